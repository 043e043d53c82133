// Stands at the end of every page's head, after Streamlit's stylesheet and before any of its script runs.
{
  // Where Streamlit answers: no page's address has a folder. Without it, Streamlit's script asks below the page's own address first, and waits
  // a tenth of a second when nothing is there.
  window.__streamlit = { BACKEND_BASE_URL: new URL(".", location.href).href };

  // The letters and icons are read before there is anything to write in them: a font that comes later has the whole page laid out anew.
  for (const family of ["Source Sans", "Material Symbols Rounded"]) document.fonts.load(`1em "${family}"`);

  // What the page names is run while the server makes the page, when the browser has nothing else to do: as soon as Streamlit's script has
  // asked for it. Without it, each kind of field is run, and put in the place of a grey one, when the first one comes.
  const state = "data-test-connection-state";
  const asked = new MutationObserver(() => {
    if (!document.querySelector(`[${state}="CONNECTED"]`)) return;
    asked.disconnect();
    for (const { href } of document.querySelectorAll('link[rel="modulepreload"]')) import(href);
  });
  asked.observe(document, { subtree: true, attributeFilter: [state] });
}
