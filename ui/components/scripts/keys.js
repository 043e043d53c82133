// A key of the panel's page (Alt and a letter) first moves the focus to its button, as the mouse does. So a field hands in what was
// just typed before the button is obeyed, and the focus is not lost. Streamlit's own handler, which runs later, presses the button.
if (!window.trackerKeys) {
  window.trackerKeys = true;
  window.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.key.length !== 1) return;
    const mark = `kbd[aria-label="Shortcut Alt + ${event.key.toUpperCase()}"]`;
    document.querySelector(`button:not(:disabled):has(${mark})`)?.focus();
  }, true);
}
