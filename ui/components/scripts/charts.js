// Draws the page's charts. A chart is an element of the class "chart", with its figure in data-figure. Streamlit puts a new element in its
// place when the figure changes. The colours of the light and the dark stand in the stylesheet, so a change of theme draws nothing anew.
{
  const { library, early } = document.currentScript.dataset;
  const config = { displayModeBar: false, scrollZoom: false };
  const charts = document.getElementsByClassName("chart");
  const watched = new WeakSet(), drawn = new WeakMap();
  let running = null;

  const runPlotly = () => running ??= import(new URL(library, document.baseURI));
  // Running the library takes a tenth of a second. Where the page has charts that is done while the server makes the page, when the browser
  // has nothing else to do: as soon as Streamlit's own script has asked for it.
  if (early) {
    const state = "data-test-connection-state";
    const asked = new MutationObserver(() => {
      if (!document.querySelector(`[${state}="CONNECTED"]`)) return;
      asked.disconnect();
      runPlotly();
    });
    asked.observe(document, { subtree: true, attributeFilter: [state] });
  }

  const draw = async (chart) => {
    await runPlotly();
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
