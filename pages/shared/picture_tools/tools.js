// ⋯: a figure's picture, table, slide. The picture is made here: Streamlit does not hand out Plotly, but its charts carry Plotly's own "save as picture" button
// (the only one of the mode bar, and drawn invisible): pressing it lays the figure out anew at the size given in the
// chart's config, draws it and presses a download link. We catch that press: the link holds the finished picture.

const WITHIN = 20000; // milliseconds that a picture may take
const PHONE = 640; // a window narrower than this gets figures with shorter lines
let queue = Promise.resolve(); // one picture at a time: presses must not be mixed up
let told = 0;

const press = (chart) =>
  new Promise((resolve, reject) => {
    const button = document.querySelector(`.st-key-${CSS.escape(chart)} .js-plotly-plot .modebar-btn`);
    if (!button) throw new Error("no chart");
    const over = new AbortController();
    setTimeout(() => {
      over.abort();
      reject(new Error("too slow"));
    }, WITHIN);
    const caught = (event) => {
      const link = event.target;
      if (!(link instanceof HTMLAnchorElement) || !link.download || !link.href.startsWith("blob:")) return;
      event.preventDefault();
      event.stopPropagation();
      over.abort();
      fetch(link.href).then((answer) => answer.blob()).then(resolve, reject);
    };
    document.addEventListener("click", caught, { capture: true, signal: over.signal });
    button.click();
  });

const draw = (chart) => {
  const picture = queue.then(() => press(chart));
  queue = picture.catch(() => undefined);
  return picture;
};

const save = async ({ chart, file, words }) => {
  const href = URL.createObjectURL(await draw(chart));
  el("a", { href, download: file }).click(); // outside the document: our own listener does not see it
  setTimeout(() => URL.revokeObjectURL(href), 60000);
  return words.saved;
};

const mayCopy = () => window.isSecureContext && navigator.clipboard?.write;

const copy = async ({ chart, words }) => {
  if (!mayCopy()) return words.insecure;
  const picture = draw(chart);
  try {
    // The promise goes in unresolved: Safari forgets the click while the picture is being drawn.
    await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
  } catch {
    await picture; // a picture that failed is another sentence than a clipboard that refused
    return words.refused;
  }
  return words.copied;
};

// The table behind the figure: as cells for a spreadsheet and a document, as tabbed lines for everything else.
const copyTable = async ({ table, words }) => {
  if (!mayCopy()) return words.insecureTable;
  const cells = el("table", el("tbody", table.map((row) => el("tr", row.map((cell) => el("td", cell))))));
  const lines = table.map((row) => row.map((cell) => cell.replace(/[\t\r\n]+/g, " ")).join("\t")).join("\n");
  const content = { "text/plain": lines, "text/html": cells.outerHTML };
  const blobs = Object.entries(content).map(([type, text]) => [type, new Blob([text], { type })]);
  try {
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
  } catch (error) {
    console.warn(error);
    return words.refusedTable;
  }
  return words.copiedTable;
};

// What the server makes: asked for by a number, which its answer bears.
const asked = new Map();
const fetched = (tools, kind) => {
  const number = Date.now();
  const answer = new Promise((resolve, reject) => {
    asked.set(number, { resolve, reject });
    setTimeout(() => reject(new Error("too slow")), WITHIN);
  });
  tools.setTriggerValue("wanted", { kind, number });
  return answer.finally(() => asked.delete(number));
};

const taken = async (tools, kind) => {
  const made = await fetched(tools, kind);
  hand(made);
  return made.said;
};

const HERE = { save, copy, copyTable };
const GAP = 4; // pixels between the button and its menu

class Tools extends Mounted {
  constructor(root) {
    super(root);
    this.listen(window, "resize", () => this.measure());
    this.listen(window, "beforeprint", scalable);
    this.listen(window, "afterprint", asDrawn);
    this.listen(window, "scroll", () => this.menu?.matches(":popover-open") && this.place(), { capture: true });
  }

  update({ data, setStateValue, setTriggerValue }) {
    Object.assign(this, { data, setStateValue, setTriggerValue }, partsOf(this.root, data.words));
    redraw(this.menu, [data.items, data.words], () =>
      data.items.map((kind) =>
        el("button", { role: "menuitem", tabindex: "-1", onclick: () => this.run(kind) }, data.words[kind]),
      ),
    );
    this.more.popoverTargetElement = this.menu;
    this.more.onkeydown = (event) => {
      if (event.key === "ArrowDown") this.open(event); // a handler that returns false would take Enter away
    };
    this.menu.ontoggle = ({ newState }) => {
      setAttribute(this.more, "aria-expanded", String(newState === "open"));
      if (newState !== "open") return;
      this.place();
      this.menu.firstElementChild.focus({ preventScroll: true });
    };
    this.menu.onkeydown = (event) => this.move(event);
    const made = data.made;
    if (made) asked.get(made.number)?.[made.content ? "resolve" : "reject"](made);
    this.measure();
  }

  open(event) {
    event.preventDefault();
    this.menu.showPopover({ source: this.more });
  }

  // Below the button where there is room, else above it, within the window.
  place() {
    const button = this.more.getBoundingClientRect();
    const { offsetWidth: wide, offsetHeight: high } = this.menu;
    const below = button.bottom + GAP;
    const top = below + high <= window.innerHeight ? below : Math.max(button.top - GAP - high, 0);
    const left = Math.max(Math.min(button.left, window.innerWidth - wide - GAP), GAP);
    Object.assign(this.menu.style, { top: `${top}px`, left: `${left}px` });
  }

  move(event) {
    const entries = [...this.menu.children];
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) focusNext(event, entries, by);
    else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      entries.at(event.key === "Home" ? 0 : -1).focus();
    } else if (event.key === "Tab") this.menu.hidePopover();
    event.stopPropagation();
  }

  async run(kind) {
    this.menu.hidePopover();
    this.more.focus();
    if (this.busy) return;
    this.busy = true;
    this.more.setAttribute("aria-disabled", "true");
    this.status.textContent = this.data.words.busy;
    try {
      this.status.textContent = await (HERE[kind] ? HERE[kind](this.data) : taken(this, kind));
    } catch (error) {
      console.warn(error);
      this.status.textContent = this.data.words.failed;
    }
    this.busy = false;
    this.more.removeAttribute("aria-disabled");
  }

  measure() {
    const narrow = window.innerWidth < PHONE;
    // All panels of a page see the same window; one of them tells the server.
    if (narrow === this.data.narrow || Date.now() - told < 1500) return;
    told = Date.now();
    this.setStateValue("narrow", narrow);
  }
}

export default mount("pictureTools", ".picture-tools", Tools);
