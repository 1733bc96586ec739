// Paper is of another width than the window that a chart was drawn for: while it is printed each chart may be scaled.

const scalable = () => {
  for (const box of document.querySelectorAll(".js-plotly-plot .svg-container")) {
    const [width, height] = ["width", "height"].map((side) => box.querySelector(":scope > .main-svg")?.getAttribute(side));
    if (!width || !height || box.dataset.drawn) continue;
    box.dataset.drawn = "";
    box.style.setProperty("--drawn", `${width / height}`);
    box.style.setProperty("--drawn-height", `${height}`);
    for (const drawing of box.querySelectorAll(":scope > .main-svg"))
      drawing.setAttribute("viewBox", `0 0 ${drawing.getAttribute("width")} ${drawing.getAttribute("height")}`);
  }
};

const asDrawn = () => {
  for (const box of document.querySelectorAll(".svg-container[data-drawn]")) {
    delete box.dataset.drawn;
    for (const drawing of box.querySelectorAll(":scope > .main-svg")) drawing.removeAttribute("viewBox");
  }
};
