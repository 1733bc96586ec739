// 存为图片, 复制图片 and 复制表格. Streamlit does not hand out Plotly, but its charts carry Plotly's own "save as picture" button
// (the only one of the mode bar, and drawn invisible): pressing it lays the figure out anew at the size given in the
// chart's config, draws it and presses a download link. We catch that press: the link holds the finished picture.

const WITHIN = 20000; // milliseconds that a picture may take
const PHONE = 640; // a window narrower than this gets figures with shorter lines
let queue = Promise.resolve(); // one picture at a time: presses must not be mixed up
let told = 0;

const chartOf = (key) => document.querySelector(`.st-key-${CSS.escape(key)} .js-plotly-plot`);

function draw(key) {
  const picture = queue.then(
    () =>
      new Promise((resolve, reject) => {
        const button = chartOf(key)?.querySelector(".modebar-btn");
        if (!button) {
          reject(new Error("no chart"));
          return;
        }
        const stop = () => {
          clearTimeout(timer);
          document.removeEventListener("click", caught, true);
        };
        const caught = (event) => {
          const link = event.target;
          if (!(link instanceof HTMLAnchorElement) || !link.download || !link.href.startsWith("blob:")) return;
          event.preventDefault();
          event.stopPropagation();
          stop();
          fetch(link.href).then((answer) => answer.blob()).then(resolve, reject);
        };
        const timer = setTimeout(() => {
          stop();
          reject(new Error("too slow"));
        }, WITHIN);
        document.addEventListener("click", caught, true);
        button.click();
      }),
  );
  queue = picture.catch(() => undefined);
  return picture;
}

async function save(data) {
  const address = URL.createObjectURL(await draw(data.chart));
  const link = document.createElement("a");
  link.href = address;
  link.download = data.file;
  link.click(); // outside the document: our own listener does not see it
  setTimeout(() => URL.revokeObjectURL(address), 60000);
  return data.words.saved;
}

async function copy(data) {
  if (!window.isSecureContext || !navigator.clipboard?.write) return data.words.insecure;
  const picture = draw(data.chart);
  try {
    // The promise goes in unresolved: Safari forgets the click while the picture is being drawn.
    await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
  } catch (error) {
    await picture; // a picture that failed is another sentence than a clipboard that refused
    return data.words.refused;
  }
  return data.words.copied;
}

// The table behind the figure: as cells for a spreadsheet and a document, as tabbed lines for everything else.
async function copyTable(data) {
  if (!window.isSecureContext || !navigator.clipboard?.write) return data.words.insecureTable;
  const table = document.createElement("table");
  for (const row of data.table) {
    const line = table.insertRow();
    for (const cell of row) line.insertCell().textContent = cell;
  }
  const lines = data.table.map((row) => row.map((cell) => cell.replace(/[\t\r\n]+/g, " ")).join("\t")).join("\n");
  const blob = (text, type) => new Blob([text], { type });
  try {
    await navigator.clipboard.write([
      new ClipboardItem({
        "text/plain": blob(lines, "text/plain"),
        "text/html": blob(table.outerHTML, "text/html"),
      }),
    ]);
  } catch (error) {
    console.warn(error);
    return data.words.refusedTable;
  }
  return data.words.copiedTable;
}

function build(root) {
  const state = { data: null, busy: false };
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  const buttons = [save, copy, copyTable].map((work) => {
    const button = document.createElement("button");
    button.type = "button";
    button.addEventListener("click", async () => {
      if (state.busy) return;
      state.busy = true;
      buttons.forEach((each) => each.setAttribute("aria-disabled", "true"));
      status.textContent = state.data.words.busy;
      try {
        status.textContent = await work(state.data);
      } catch (error) {
        console.warn(error);
        status.textContent = state.data.words.failed;
      }
      state.busy = false;
      buttons.forEach((each) => each.removeAttribute("aria-disabled"));
    });
    return button;
  });
  root.replaceChildren(...buttons, status);
  return { state, show: (words) => [words.save, words.copy, words.copyTable].forEach((text, i) => (buttons[i].textContent = text)) };
}

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".picture-tools");
  root.parts ??= build(root);
  root.parts.state.data = data;
  root.parts.show(data.words);

  const measure = () => {
    const narrow = window.innerWidth < PHONE;
    // All panels of a page see the same window; one of them tells the server.
    if (narrow === root.parts.state.data.narrow || Date.now() - told < 1500) return;
    told = Date.now();
    setStateValue("narrow", narrow);
  };
  measure();
  // Streamlit runs the clean-up of the last call only: each call takes the listener of the one before away.
  root.parts.stop?.();
  window.addEventListener("resize", measure);
  root.parts.stop = () => window.removeEventListener("resize", measure);
  return () => root.isConnected || root.parts.stop();
}
