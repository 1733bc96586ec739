// A row is chosen by a click anywhere on it, or by its button with the keyboard; rows are put in order by their headings. The
// markup is made by core/render/html.py, which escapes every word in it.

const MANY = 10; // rows: more of them have a field to look for one
const TELEPHONE = matchMedia("(max-width: 640px)");

class RowTable extends Mounted {
  constructor(root) {
    super(root);
    this.listen(root, "click", (event) => this.pressed(event));
    this.listen(root, "input", () => this.narrow());
    this.sizes = new ResizeObserver(() => this.root.clientWidth !== this.fits && this.fit());
    this.sizes.observe(root);
  }

  destroy() {
    super.destroy();
    this.sizes.disconnect();
  }

  update({ data, setTriggerValue }) {
    this.setTriggerValue = setTriggerValue;
    this.data = data;
    if (this.html !== data.html) {
      const held = this.focused()?.dataset.row;
      const sought = this.field()?.value ?? "";
      this.html = data.html;
      this.root.innerHTML = data.html;
      this.rows = [...this.root.querySelectorAll("tbody tr")];
      this.merged = this.rows[0]?.querySelector("td[rowspan]");
      if (data.origin.length) this.trace();
      this.addField(data.words.find, sought);
      if (held !== undefined) this.buttons().find((each) => each.dataset.row === held)?.focus();
    }
    this.order(...(data.order ?? [null, null]));
    this.fit();
  }

  // A table that is wider than its place leaves out its bars; if that is not enough, and on a telephone, rows are cards.
  fit() {
    const { root } = this;
    const tooWide = () => root.scrollWidth > root.clientWidth + 1;
    this.fits = root.clientWidth;
    root.classList.remove("lean", "stacked");
    if (!TELEPHONE.matches && tooWide()) root.classList.add("lean");
    if (!TELEPHONE.matches && !tooWide()) return;
    root.classList.remove("lean");
    root.classList.add("stacked");
  }

  buttons() {
    return [...this.root.querySelectorAll("button[data-row]")];
  }

  field() {
    return this.root.querySelector(".find");
  }

  focused() {
    return this.buttons().find((each) => each.matches(":focus"));
  }

  pressed(event) {
    const at = event.target instanceof Element ? event.target : null;
    if (!at || !this.root.isConnected || at.closest("dialog")) return;
    const figure = at.closest("button.figure");
    if (figure) return this.tell(figure);
    const heading = at.closest("button[data-sort]");
    if (heading) return this.turn(heading);
    const row = at.closest("tr, li")?.querySelector("button[data-row]");
    if (row) this.setTriggerValue("chosen", row.dataset.row);
  }

  // Each figure of which it is known where it stands is pressed to be told it.
  trace() {
    for (const cell of this.root.querySelectorAll("td[title]")) {
      const printed = cell.querySelector("span");
      const button = el("button.figure", { "aria-haspopup": "dialog" });
      button.append(...printed.childNodes);
      printed.append(button);
    }
  }

  tell(figure) {
    const { words, origin, imports } = this.data;
    const cell = figure.closest("td");
    const name = figure.closest("tr").querySelector("th").textContent.trim();
    const box = el("dialog.origin", { role: "dialog", "aria-labelledby": "origin-title" });
    const lines = [[cell.dataset.head, figure.textContent.trim()], ...origin];
    box.append(
      el("h2", { id: "origin-title" }, `${words.origin} · ${name}`),
      el("p", cell.title),
      el("dl", terms(lines)),
      el("div.ways", imports ? el("a", { href: imports, target: "_self" }, words.imports) : "", el("button", { onclick: () => box.close() }, words.close)),
    );
    box.addEventListener("close", () => {
      box.remove();
      figure.focus();
    });
    this.root.append(box);
    box.showModal();
  }

  // Figures from the largest, names from the first; a second press the other way round, a third as they came.
  turn(heading) {
    const column = Number(heading.dataset.sort);
    const ways = column ? ["down", "up", null] : ["up", "down", null];
    const way = ways[(this.column === column ? ways.indexOf(this.way) + 1 : 0) % ways.length];
    this.order(way && column, way);
    this.setTriggerValue("sorted", way ? `${column}.${way}` : "");
  }

  // What is not known comes last, whichever way; the total is no row of the body. A cell over all rows stays in the first;
  // a table with a cell over some of them has no headings to press, and keeps its order whatever the address says.
  order(column, way) {
    if (!this.root.querySelector("button[data-sort]")) return;
    Object.assign(this, { column, way });
    const every = this.rows.map((row, n) => ({ row, n, value: column === null ? null : valueOf(row, column) }));
    if (way) every.sort((a, b) => compared(a.value, b.value, way === "up" ? 1 : -1) || a.n - b.n);
    const body = this.root.querySelector("tbody");
    if (every.some(({ row }, n) => body.children[n] !== row)) {
      const held = this.focused();
      body.append(...every.map(({ row }) => row));
      held?.focus();
    }
    if (this.merged) every[0].row.insertBefore(this.merged, after(every[0].row, Number(this.merged.dataset.at)));
    for (const button of this.root.querySelectorAll("button[data-sort]")) {
      const said = Number(button.dataset.sort) === column && way ? { up: "ascending", down: "descending" }[way] : null;
      setAttribute(button.closest("th"), "aria-sort", said);
    }
  }

  addField(name, sought) {
    if (this.rows.length <= MANY) return;
    this.root.prepend(el("input.find", { type: "search", "aria-label": name, placeholder: name }));
    this.field().value = sought;
    this.narrow();
  }

  narrow() {
    const sought = this.field().value.trim().toLowerCase();
    for (const row of this.rows) row.hidden = !row.textContent.toLowerCase().includes(sought);
  }
}

// A figure as it is printed, a name, or null where nothing is known.
const valueOf = (row, column) => {
  if (!column) return row.querySelector("th").textContent.trim();
  const text = row.querySelector(`td[data-at="${column}"] > span`)?.textContent.trim() ?? "";
  const figure = Number.parseFloat(text.replaceAll(",", "").replace("−", "-").replace(/^[^\d+-]+/, ""));
  return Number.isNaN(figure) ? (text === "—" ? null : text || null) : figure;
};

const compared = (a, b, sign) => {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return sign * (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "zh"));
};

const after = (row, column) => [...row.querySelectorAll("td")].find((cell) => Number(cell.dataset.at) > column) ?? null;

export default mount("rowTable", ".row-table", RowTable);
