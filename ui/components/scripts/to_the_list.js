// A heading of a list is a link, and so is a number that leads to a list further down its page; a link comes in at the top of the page.
// Whoever has come from this page in another order of a list, or with other choices of those that its numbers make, pressed one of them,
// and is brought to the list.
{
  const before = new URL(document.referrer || location.href), now = new URL(location.href);
  for (const list of document.querySelectorAll('[id^="list-"]')) {
    const choices = ["sort_" + list.id.slice("list-".length), ...(list.dataset.pressed ?? "").split(" ")];
    const changed = (name) => before.searchParams.get(name) !== now.searchParams.get(name);
    if (before.pathname === now.pathname && choices.some(changed)) list.scrollIntoView();
  }
}
