// Makes the rows of long tables. They come as data (data-rows), each value of a column once: a browser takes long over the HTML of a hundred
// rows, and over that of a thousand. The rows of the page that the reader is on are made before they could be missed; those on the list's
// other pages when it is printed, since paper has every row. Of their words only the text is taken, with emphasis and links of our own.
{
  const tables = document.getElementsByClassName("from-data");
  const made = new WeakSet();
  const kept = ["A", "STRONG", "SMALL", "SPAN", "BR"];
  // What a link within a page leads to (ui/lists/figure_terms.py).
  const isPlace = (id) => id.startsWith("term-");
  // A page of the tracker's own: neither another website nor a script.
  const isOurs = (address) => /^(\.\/)?[a-z_]*([?#]|$)/.test(address);
  // A document that is shown nowhere: nothing in it is fetched or run.
  const read = document.implementation.createHTMLDocument("").body;
  const wording = (words) => {
    read.innerHTML = words;
    for (const part of read.querySelectorAll("*")) {
      if (!kept.includes(part.tagName)) part.replaceWith(...part.childNodes);
      else for (const { name, value } of [...part.attributes]) {
        const may = { class: true, id: isPlace(value), href: part.tagName === "A" && isOurs(value) };
        if (!may[name]) part.removeAttribute(name);
      }
    }
    return [...read.childNodes];
  };
  const of = (values, row) => values?.each[values.of[row]];

  const rows = (columns, from, to) => {
    const body = document.createElement("tbody");
    for (let row = from; row < to; row++) {
      const line = body.insertRow();
      columns.forEach(({ look, looks, words, addresses }, place) => {
        const cell = line.appendChild(document.createElement(place ? "td" : "th"));
        const shown = (looks ? of(looks, row) : look) ?? "";
        if (shown) cell.className = shown;
        if (!place) cell.scope = "row";
        const said = of(words, row), address = of(addresses, row);
        let around = cell;
        if (address && said && isOurs(address)) {
          around = cell.appendChild(document.createElement("a"));
          around.setAttribute("href", address);
        }
        around.append(...(/[<&]/.test(said) ? wording(said) : [said]));
      });
    }
    return body;
  };

  const make = (table) => {
    made.add(table);
    const { first, last, columns } = JSON.parse(table.dataset.rows);
    table.tBodies[0].replaceWith(rows(columns, first, last));
  };
  const print = () => {
    for (const table of tables) {
      if (table.querySelector(".on-paper")) continue;
      const { first, last, columns } = JSON.parse(table.dataset.rows);
      const before = rows(columns, 0, first), after = rows(columns, last, columns[0].words.of.length);
      before.className = after.className = "on-paper";
      table.tBodies[0].before(before);
      table.append(after);
    }
  };
  const printed = () => document.querySelectorAll("tbody.on-paper").forEach((body) => body.remove());
  addEventListener("beforeprint", print);
  addEventListener("afterprint", printed);
  matchMedia("print").addEventListener("change", ({ matches }) => matches ? print() : printed());

  // Before the browser next draws the page.
  const makeNew = () => {
    for (const table of tables) if (!made.has(table)) make(table);
  };
  new MutationObserver(makeNew).observe(document, { childList: true, subtree: true });
  makeNew();
}
