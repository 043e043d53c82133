// The screen of a panel's meeting fills the monitor: a browser allows that only to a press, so it is done when the button is pressed that
// starts the meeting, and undone by the one that leaves it. Streamlit's own handler, which runs later, opens the screen itself.
if (!window.trackerWholeScreen) {
  window.trackerWholeScreen = true;
  const isOf = (press, name) => press.target.closest?.(`.st-key-step--${name} button`);
  window.addEventListener("click", (press) => {
    // Where the browser or the council's rules for it do not allow it, the meeting goes on in its window.
    if (isOf(press, "Start-the-meeting")) document.documentElement.requestFullscreen?.().catch(() => {});
    if (isOf(press, "Leave-the-meeting-screen") && document.fullscreenElement) document.exitFullscreen();
  }, true);
}
