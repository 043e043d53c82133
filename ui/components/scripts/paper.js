// Paper has every row of a table, also those that stand on other pages of it. They come as data, since a browser takes long over the cells
// of a thousand rows, and are made when the page is printed. Of their words only the text is taken, and the emphasis of our own.
if (!window.trackerPaper) {
  window.trackerPaper = true;
  const emphasis = ["STRONG", "SMALL", "SPAN", "BR"];
  const wording = (words) => {
    const read = new DOMParser().parseFromString(words, "text/html").body;
    for (const part of read.querySelectorAll("*")) {
      if (!emphasis.includes(part.tagName)) part.replaceWith(...part.childNodes);
      else for (const { name } of [...part.attributes]) if (name !== "class") part.removeAttribute(name);
    }
    return read.childNodes;
  };
  const of = (values, row) => values.each[values.of[row]];
  const rows = (columns, from, to) => {
    const made = document.createElement("tbody");
    made.className = "on-paper";
    for (let row = from; row < to; row++) {
      const line = made.insertRow();
      columns.forEach(({ look, looks, words }, place) => {
        const cell = line.appendChild(document.createElement(place ? "td" : "th"));
        if (!place) cell.scope = "row";
        cell.className = (looks ? of(looks, row) : look) ?? "";
        const said = of(words, row);
        cell.append(...(/[<&]/.test(said) ? wording(said) : [said]));
      });
    }
    return made;
  };
  const print = () => {
    for (const table of document.querySelectorAll("table[data-elsewhere]:not(:has(.on-paper))")) {
      const { before, columns } = JSON.parse(table.dataset.elsewhere);
      table.tBodies[0].before(rows(columns, 0, before));
      table.append(rows(columns, before, columns[0].words.of.length));
    }
  };
  const printed = () => document.querySelectorAll("tbody.on-paper").forEach((made) => made.remove());
  addEventListener("beforeprint", print);
  addEventListener("afterprint", printed);
  matchMedia("print").addEventListener("change", ({ matches }) => matches ? print() : printed());
}
