// Paper is of another width than the window that a chart was drawn for: while it is printed each chart may be scaled.

const drawings = (box) => box.querySelectorAll(":scope > .main-svg");

const scalable = () => {
  for (const box of document.querySelectorAll(".js-plotly-plot .svg-container:not([data-drawn])")) {
    const [width, height] = ["width", "height"].map((side) => drawings(box)[0]?.getAttribute(side));
    if (!width || !height) continue;
    box.dataset.drawn = "";
    box.style.setProperty("--drawn", `${width / height}`);
    box.style.setProperty("--drawn-height", `${height}`);
    for (const drawing of drawings(box)) {
      drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
      drawing.setAttribute("preserveAspectRatio", "xMinYMid meet");
    }
  }
};

const asDrawn = () => {
  for (const box of document.querySelectorAll(".svg-container[data-drawn]")) {
    delete box.dataset.drawn;
    for (const drawing of drawings(box)) drawing.removeAttribute("viewBox");
  }
};
