// Rows that open their detail: links, so that Enter, a reader and a tab of its own work; the arrow keys go along them.

const SETS = { ArrowDown: 1, ArrowUp: -1 };

class Rows extends Mounted {
  constructor(root) {
    super(root);
    this.head = el("div.list-head", { "aria-hidden": true });
    this.list = el("ul");
    root.append(el("div.lines", this.head, this.list));
    this.listen(this.list, "click", (event) => this.open(event));
    this.listen(this.list, "keydown", (event) => this.step(event));
  }

  update({ data, setTriggerValue }) {
    const { label, headings, rows, chosen, detail, wide } = data;
    Object.assign(this, { setTriggerValue, detail });
    this.root.classList.toggle("wide", wide);
    this.root.classList.toggle("bare", !rows.some((row) => row.note));
    this.list.setAttribute("aria-label", label);
    redraw(this.head, headings, () => headings.map((name, at) => el(`span.${PARTS[at]}`, name)));
    redraw(this.list, rows, () => rows.map(drawRow));
    this.mark(chosen);
    if (this.asked === chosen) this.show();
  }

  mark(chosen) {
    for (const link of this.links()) setAttribute(link, "aria-current", link.dataset.row === chosen && "true");
  }

  links() {
    return [...this.list.querySelectorAll("a")];
  }

  open(event) {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    this.asked = link.dataset.row;
    this.mark(this.asked);
    this.setTriggerValue("chosen", this.asked);
  }

  step(event) {
    if (event.key in SETS) focusNext(event, this.links(), SETS[event.key]);
  }

  // Below the list nobody would see that another detail has been opened.
  show() {
    this.asked = null;
    const detail = document.querySelector(`.st-key-${this.detail}`);
    if (detail && detail.getBoundingClientRect().top >= this.list.getBoundingClientRect().bottom) detail.scrollIntoView();
  }
}

const PARTS = ["state", "title", "note", "mark"];

// A title may be cut like its note: pointed at, the row says both.
const said = ({ title, whole }) => (whole.startsWith(title) ? whole : `${title}\n${whole}`);

const drawRow = (row) =>
  el(
    "li",
    el(
      "a",
      { href: row.href, title: said(row), "data-row": row.id, "data-tone": row.tone },
      PARTS.map((part) => el(`span.${part}`, row[part])),
    ),
  );

export default mount("listRows", ".list-rows", Rows);
