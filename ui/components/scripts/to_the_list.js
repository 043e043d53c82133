// A heading of a list is a link, and so is a number that leads to a list further down its page; a link comes in at the top of the page.
// Whoever has come from this page in another order of a list, or with other choices of those that its numbers make, pressed one of them,
// and is brought to the list; so is who pressed the number of the list that was there already.
{
  const before = new URL(window.trackerCameFrom ?? (document.referrer || location.href)), now = new URL(location.href);
  const changed = (name) => before.searchParams.get(name) !== now.searchParams.get(name);
  const whole = (address) => [...address.searchParams].sort().join();
  for (const list of document.querySelectorAll('[id^="list-"]')) {
    const pressed = (list.dataset.pressed ?? "").split(" ");
    const again = whole(before) === whole(now) && pressed.some((name) => now.searchParams.has(name));
    if (before.pathname !== now.pathname) continue;
    if (!again && !["sort_" + list.id.slice("list-".length), ...pressed].some(changed)) continue;
    list.scrollIntoView();
    // In a browser that has not been here before, fields above the list are drawn a moment later and push it out of sight again.
    setTimeout(() => list.scrollIntoView(), 700);
  }
}
