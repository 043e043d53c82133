// Follows a link to another of the tracker's pages within the open one, as the menu does: the browser need not begin the app anew. Streamlit
// reads the address when it hears that it has changed, as it does when the reader goes back. A link within its page, one for a new window,
// and every link while there is no connection or the page is still being made, are followed by the browser. On a full screen, such as that of a
// panel's meeting, one within its page is followed here too: the browser would leave the full screen.
{
  const done = () => document.getElementById("page-done");
  const isConnected = () => document.querySelector('[data-test-connection-state="CONNECTED"]');

  const heading = () => document.querySelector("h1");

  // Whoever follows a link by keyboard, or has the page read aloud, goes on from the new page's heading.
  const arrive = (link, before) => {
    const made = new MutationObserver(() => {
      const now = heading();
      if (!now || now.textContent === before) return;
      made.disconnect();
      if (![document.body, link].includes(document.activeElement)) return;
      now.tabIndex = -1;
      now.focus({ preventScroll: true });
    });
    made.observe(document, { childList: true, subtree: true, characterData: true });
  };

  addEventListener("click", (event) => {
    const link = event.target.closest?.('[data-testid="stHtml"] a[href]'), last = done();
    if (!link || !last || link.target || link.hasAttribute("download") || !isConnected()) return;
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    // No page's address has a folder.
    const to = new URL(link.href), folder = new URL(".", location.href);
    if (to.hash || to.origin !== folder.origin || !to.pathname.startsWith(folder.pathname)) return;
    const isWithin = to.pathname === location.pathname;
    if (isWithin && !document.fullscreenElement) return;
    if (!last.dataset.pages?.split(" ").includes(to.pathname.slice(folder.pathname.length))) return;
    event.preventDefault();
    if (!isWithin) arrive(link, heading()?.textContent);
    window.trackerCameFrom = location.href;
    history.pushState(null, "", to);
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
    dispatchEvent(new PopStateEvent("popstate"));
  });
}
