// Draws the page's charts. A chart is an element of the class "chart", with its height, and with its figure in data-figure. Streamlit puts a
// new element in its place when the figure changes. The colours of the light and the dark stand in the stylesheet, so a change of theme draws
// nothing anew.
//
// A chart in the window, or just outside it, is drawn at once. No other keeps the reader waiting: it is drawn when the page is whole and the
// browser has nothing else to do, one at a time; when the reader comes near it; and before the page is printed.
{
  const library = new URL(document.currentScript.dataset.library, document.baseURI);
  const config = { displayModeBar: false, scrollZoom: false };
  const charts = document.getElementsByClassName("chart");
  const watched = new WeakSet(), drawn = new WeakMap(), waiting = new Set();
  // A second at most: a browser that always has something to do is never idle.
  const whenIdle = (work) => window.requestIdleCallback?.(work, { timeout: 1000 }) ?? setTimeout(work, 100);
  let run = null, isResting = true;

  const draw = (chart) => {
    const width = chart.clientWidth;
    if (!width || width === drawn.get(chart)) return;
    const isFirst = !drawn.has(chart);
    drawn.set(chart, width);
    if (isFirst) {
      waiting.delete(chart);
      near.unobserve(chart);
      const { data, layout } = JSON.parse(chart.dataset.figure);
      Plotly.newPlot(chart, data, { ...layout, width }, config);
    } else {
      Plotly.relayout(chart, { width });
    }
  };
  // A page that begins with a chart has run it already (early.js).
  const ready = () => run ??= import(library);

  const watch = (chart) => {
    watched.add(chart);
    widths.observe(chart);
    near.observe(chart);
  };
  const forget = (chart) => {
    widths.unobserve(chart);
    near.unobserve(chart);
    watched.delete(chart);
    waiting.delete(chart);
    if (drawn.delete(chart)) Plotly.purge(chart);
  };

  // It tells the first width too, and of an element that is gone that it has none; so has one in a fold.
  const widths = new ResizeObserver((changed) => {
    for (const { target } of changed) {
      if (!target.isConnected) forget(target);
      else if (drawn.has(target)) draw(target);
      else if (target.clientWidth) waiting.add(target);
      else waiting.delete(target);
    }
    drawWaiting();
  });
  const near = new IntersectionObserver(async (changed) => {
    const seen = changed.filter(({ isIntersecting }) => isIntersecting);
    if (seen.length) await ready();
    for (const { target } of seen) if (target.isConnected) draw(target);
  }, { rootMargin: "300px", scrollMargin: "300px" });
  const drawWaiting = async () => {
    if (!isResting || !waiting.size || !document.getElementById("page-done")) return;
    isResting = false;
    // At once, and not when the browser is idle: whoever prints before it is there has no chart.
    await ready();
    whenIdle(() => {
      const [chart] = waiting;
      waiting.delete(chart);
      isResting = true;
      drawWaiting();
      if (chart) draw(chart);
    });
  };

  const print = () => window.Plotly && waiting.forEach(draw);
  addEventListener("beforeprint", print);
  matchMedia("print").addEventListener("change", print);

  const watchNew = () => {
    for (const chart of charts) if (!watched.has(chart)) watch(chart);
    drawWaiting();
  };
  new MutationObserver(watchNew).observe(document, { childList: true, subtree: true });
  watchNew();
}
