// Draws the page's charts. A chart is an element of the class "chart", with its figure in data-figure. Streamlit puts a new element in its
// place when the figure changes. The colours of the light and the dark stand in the stylesheet, so a change of theme draws nothing anew.
{
  const library = new URL(document.currentScript.dataset.library, document.baseURI);
  const config = { displayModeBar: false, scrollZoom: false };
  const charts = document.getElementsByClassName("chart");
  const watched = new WeakSet(), drawn = new WeakMap();
  let run = null;

  const draw = async (chart) => {
    // A page that begins with charts has run it already (early.js); whoever comes from another page fetches it now. Asked for once: a chart
    // that gets another width for paper is to have it at once.
    await (run ??= import(library));
    const width = chart.clientWidth;
    if (!chart.isConnected) {
      widths.unobserve(chart);
      watched.delete(chart);
      drawn.delete(chart);
      Plotly.purge(chart);
    } else if (width && width !== drawn.get(chart)) {
      if (drawn.has(chart)) {
        Plotly.relayout(chart, { width });
      } else {
        const { data, layout } = JSON.parse(chart.dataset.figure);
        Plotly.newPlot(chart, data, { ...layout, width }, config);
      }
      drawn.set(chart, width);
    }
  };

  // It tells the first width too, and of an element that is gone that it has none.
  const widths = new ResizeObserver((changed) => changed.forEach(({ target }) => draw(target)));
  const watchNew = () => {
    for (const chart of charts) {
      if (watched.has(chart)) continue;
      watched.add(chart);
      widths.observe(chart);
    }
  };
  new MutationObserver(watchNew).observe(document, { childList: true, subtree: true });
  watchNew();
}
