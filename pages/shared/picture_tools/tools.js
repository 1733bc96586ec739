// 存为图片, 复制图片 and 复制表格. Streamlit does not hand out Plotly, but its charts carry Plotly's own "save as picture" button
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

class Tools extends Mounted {
  constructor(root) {
    super(root);
    this.listen(window, "resize", () => this.measure());
  }

  update({ data, setStateValue }) {
    Object.assign(this, { data, setStateValue }, partsOf(this.root, data.words));
    this.save.onclick = () => this.run(save);
    this.copy.onclick = () => this.run(copy);
    this.copyTable.onclick = () => this.run(copyTable);
    this.measure();
  }

  async run(work) {
    if (this.busy) return;
    const buttons = [this.save, this.copy, this.copyTable];
    this.busy = true;
    buttons.forEach((button) => button.setAttribute("aria-disabled", "true"));
    this.status.textContent = this.data.words.busy;
    try {
      this.status.textContent = await work(this.data);
    } catch (error) {
      console.warn(error);
      this.status.textContent = this.data.words.failed;
    }
    this.busy = false;
    buttons.forEach((button) => button.removeAttribute("aria-disabled"));
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
