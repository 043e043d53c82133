// A heading of a list is a link, and a link comes in at the top of the page. Whoever has come from this page in another order of a list
// pressed one of its headings, and is brought back to it.
{
  const before = new URL(document.referrer || location.href), now = new URL(location.href);
  for (const list of document.querySelectorAll('[id^="list-"]')) {
    const order = (address) => address.searchParams.get("sort_" + list.id.slice("list-".length));
    if (before.pathname === now.pathname && order(before) !== order(now)) list.scrollIntoView();
  }
}
