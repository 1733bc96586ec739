// What is wrong with the page as it stands in the window, as [{kind, text, other, by}]; `by` in pixels.
//
// cut       a text is cut off by a box that shows no more of it
// shortened a text ends in "…" and nothing says the rest
// beyond    a text runs out of the window, or out of the box with a border that it stands in
// over      a text stands over another text
// struck    a line of a chart or a drawing runs through a text
// sideways  something must be scrolled sideways to be read
// edge      a part of the page begins at another edge than the menu or the page's title
// ground    the ground of a chart's label, or of a control, lies over another text
// small     letters are smaller than the page's own are in this window
// low       the plot of a chart of lines is lower than `least` pixels
//
// A text's box is that of its letters, not of its line: 22 to 86 % of the line's height, whatever the font.
({ skip, least }) => {
  const SLACK = 1.5;
  const found = [];
  const report = (kind, text, other, by) => found.push({ kind, text: short(text), other: short(other), by: Math.round(by) });
  const short = (text) => text.replace(/\s+/g, " ").trim().slice(0, 60);
  const styles = new Map();
  const style = (element) => styles.get(element) ?? styles.set(element, getComputedStyle(element)).get(element);
  const up = (element) => element.assignedSlot ?? element.parentElement ?? element.getRootNode().host ?? null;
  const where = (element) => {
    for (let one = element; one; one = up(one)) {
      const key = [...(one.classList ?? [])].find((name) => name.startsWith("st-key-"));
      if (key) return key.slice(7);
    }
    return element.localName;
  };
  const boxes = new Map();
  const box = (element) =>
    boxes.get(element) ?? boxes.set(element, element.getBoundingClientRect()).get(element);

  // Every element that is seen, through shadow roots.
  const elements = [];
  const gather = (root) => {
    for (const one of root.children) {
      if (["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE"].includes(one.tagName)) continue;
      if (skip.some((selector) => one.matches(selector))) continue;
      if (!one.checkVisibility({ opacityProperty: true, visibilityProperty: true })) {
        // `contents` has no box of its own, but what is in it may be seen; so may what a hidden element makes visible.
        if (style(one).display === "none" || style(one).opacity === "0") continue;
      } else elements.push(one);
      if (one.shadowRoot) gather(one.shadowRoot);
      gather(one);
    }
  };
  gather(document.body);

  const opaque = (colour) => !/^rgba\(.*, 0\)$|^transparent$|^none$/.test(colour);
  // What holds a text: the boxes that clip it, the box with a border that it stands in, what it is pinned with.
  const holders = new Map();
  const holder = (element) => {
    if (!element) return { clips: [], bordered: null, layer: null };
    if (holders.has(element)) return holders.get(element);
    const above = holder(up(element));
    const its = style(element);
    let { clips, bordered, layer } = above;
    if (its.position === "fixed") clips = [];
    if (its.position === "absolute") {
      let positioned = up(element);
      while (positioned && style(positioned).position === "static" && style(positioned).transform === "none")
        positioned = up(positioned);
      clips = positioned ? holder(positioned).clips : [];
    }
    if (["sticky", "fixed"].includes(its.position)) layer = element;
    const svg = element.ownerSVGElement !== undefined;
    const clipping = element.localName === "svg" || (!svg && its.display !== "inline");
    if (clipping && (its.overflowX !== "visible" || its.overflowY !== "visible"))
      clips = [...clips, { element, x: its.overflowX, y: its.overflowY }];
    const sides = ["Left", "Right", "Top", "Bottom"];
    if (!svg && sides.every((side) => parseFloat(its[`border${side}Width`]) > 0 && opaque(its[`border${side}Color`])))
      bordered = element;
    const made = { clips, bordered, layer };
    holders.set(element, made);
    return made;
  };

  const texts = [];
  for (const element of elements) {
    for (const node of element.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE || !node.textContent.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const held = holder(element);
      for (const line of range.getClientRects()) {
        if (line.width < 2 || line.height < 4 || line.right <= 0) continue; // put away beside the window: a menu
        const turned = element.ownerSVGElement && line.height > line.width * 1.5 && node.textContent.trim().length > 1;
        const letters = turned
          ? { left: line.left + line.width * 0.2, right: line.right - line.width * 0.14, top: line.top, bottom: line.bottom }
          : { left: line.left, right: line.right, top: line.top + line.height * 0.22, bottom: line.top + line.height * 0.86 };
        texts.push({ text: node.textContent, node, element, ...letters, ...held });
      }
    }
  }

  // A row of a list leaves out what stands in brackets.
  const bare = (text) => text.replace(/\s?(?:（[^（）]*）|\([^()]*\))/g, "").trim();
  const said = (element, text) => {
    for (let one = element, steps = 0; one && steps < 6; one = up(one), steps++)
      if (bare(one.getAttribute("title") ?? one.getAttribute("aria-label") ?? "").includes(bare(text))) return true;
    return false;
  };
  const kept = [];
  for (const text of texts) {
    let { left, right, top, bottom } = text;
    let unseen = false;
    let [free, loose] = [false, false]; // what scrolls inside a box may stand outside the boxes around it
    for (const { element, x, y } of text.clips.toReversed()) {
      const outer = box(element);
      if (outer.width <= 2 || outer.height <= 2) unseen = true; // for screen readers only
      if (unseen) break;
      const wide = Math.max(outer.left - left, right - outer.right);
      const high = Math.max(outer.top - top, bottom - outer.bottom);
      const rolls = (way, axis) =>
        ["auto", "scroll"].includes(way) && element[`scroll${axis}`] > element[`client${axis}`] + 1;
      if (wide > SLACK && !free) {
        if (rolls(x, "Width")) report("sideways", text.text, where(element), wide);
        else if (style(element).textOverflow === "ellipsis" || style(text.element).textOverflow === "ellipsis") {
          if (!said(text.element, text.text)) report("shortened", text.text, where(element), wide);
        } else if (x !== "visible") report("cut", text.text, where(element), wide);
        left = Math.max(left, outer.left);
        right = Math.min(right, outer.right);
      }
      free ||= rolls(x, "Width");
      loose ||= rolls(y, "Height");
      if (high > SLACK && !loose) {
        if (y !== "visible") report("cut", text.text, where(element), high);
        top = Math.max(top, outer.top);
        bottom = Math.min(bottom, outer.bottom);
      }
      if (right - left < 1 || bottom - top < 1) unseen = true;
    }
    if (unseen) continue;
    const out = Math.max(right - innerWidth, -left);
    if (out > SLACK) report("beyond", text.text, "the window", out);
    if (text.bordered) {
      const outer = box(text.bordered);
      const far = Math.max(outer.left - left, right - outer.right, outer.top - top, bottom - outer.bottom);
      if (far > SLACK && !text.clips.some(({ element }) => text.bordered.contains(element) && element !== text.bordered))
        report("beyond", text.text, where(text.bordered), far);
    }
    kept.push({ ...text, left, right, top, bottom });
  }

  kept.sort((one, other) => one.top - other.top);
  kept.forEach((one, at) => {
    for (let next = at + 1; next < kept.length && kept[next].top < one.bottom - SLACK; next++) {
      const other = kept[next];
      if (one.layer !== other.layer || one.node === other.node) continue; // its … is a box of its own
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (across <= SLACK || down <= SLACK) continue;
      report("over", one.text, other.text, Math.min(across, down));
    }
  });

  const DRAWN = "line, path, polyline, polygon, rect, circle";
  const drawn = elements.filter((one) => one.ownerSVGElement && one.matches(DRAWN) && !one.closest("defs, clipPath, marker"));
  const seen = (its, of) => opaque(its[of]) && its[of] !== "none" && parseFloat(its[`${of}Opacity`]) > 0.05;
  const filled = drawn.filter((one) => {
    const its = style(one);
    return seen(its, "fill") && parseFloat(its.fillOpacity) > 0.6 && opaque(its.fill);
  });
  for (const line of drawn) {
    const its = style(line);
    const around = box(line);
    const thin = line.localName === "rect" && Math.min(around.width, around.height) <= 2.5 && seen(its, "fill");
    const stroked = seen(its, "stroke") && parseFloat(its.strokeWidth) > 0 && line.localName !== "rect" && line.localName !== "circle";
    if (!thin && !(stroked && (!seen(its, "fill") || ["line", "polyline"].includes(line.localName)))) continue;
    const { layer } = holder(line);
    const near = kept.filter(
      (text) =>
        text.layer === layer && text.left < around.right + 1 && text.right > around.left - 1 && text.top < around.bottom + 1 && text.bottom > around.top - 1,
    );
    if (!near.length) continue;
    const points = [];
    if (thin) {
      for (let step = 0; step <= 40; step++)
        points.push([around.left + (around.width * step) / 40, around.top + (around.height * step) / 40]);
    } else {
      const matrix = line.getScreenCTM();
      const whole = line.getTotalLength();
      const count = Math.min(600, Math.ceil(whole / 2));
      const bounds = line.getBBox();
      const middle = new DOMPoint(bounds.x + bounds.width / 2, bounds.y + bounds.height / 2).matrixTransform(matrix);
      const [right, down] = [(around.left + around.right) / 2 - middle.x, (around.top + around.bottom) / 2 - middle.y];
      for (let step = 0; step <= count; step++) {
        const point = line.getPointAtLength((whole * step) / Math.max(count, 1)).matrixTransform(matrix);
        points.push([point.x + right, point.y + down]);
      }
    }
    const over = filled.filter((one) => line.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
    for (const text of near) {
      const ground = text.element.closest("g")?.querySelector(":scope > rect.bg") ?? text.element.closest("g.annotation")?.querySelector("rect.bg");
      if (ground && parseFloat(style(ground).fillOpacity) > 0.5 && opaque(style(ground).fill)) continue;
      const hits = points.filter(
        ([x, y]) =>
          x > text.left + 1 && x < text.right - 1 && y > text.top + 1 && y < text.bottom - 1 &&
          !over.some((one) => {
            const cover = box(one);
            return x > cover.left && x < cover.right && y > cover.top && y < cover.bottom;
          }),
      );
      if (hits.length) {
        const ys = hits.map(([, y]) => y);
        const xs = hits.map(([x]) => x);
        const inside = Math.max(Math.max(...ys) - Math.min(...ys), Math.max(...xs) - Math.min(...xs), 1);
        report("struck", text.text, `${line.localName}.${line.getAttribute("class") ?? ""} in ${where(line)}`, inside);
      }
    }
  }

  for (const one of elements.filter((each) => each.matches("g.annotation rect.bg"))) {
    if (!opaque(style(one).fill) || parseFloat(style(one).fillOpacity) <= 0.5) continue;
    const around = box(one);
    for (const text of kept) {
      const below = one.compareDocumentPosition(text.element) & Node.DOCUMENT_POSITION_PRECEDING;
      if (!below || text.element.ownerSVGElement !== one.ownerSVGElement) continue;
      const across = Math.min(around.right, text.right) - Math.max(around.left, text.left);
      const down = Math.min(around.bottom, text.bottom) - Math.max(around.top, text.top);
      if (across > SLACK && down > SLACK)
        report("ground", one.closest("g.annotation").textContent, text.text, Math.min(across, down));
    }
  }

  const controls = '[data-testid="stMain"] :is(button, [role="group"], [data-testid="stTextInputRootElement"])';
  for (const one of elements.filter((each) => each.matches(controls) && opaque(style(each).backgroundColor))) {
    const around = box(one);
    for (const text of kept) {
      const below = one.compareDocumentPosition(text.element) & Node.DOCUMENT_POSITION_PRECEDING;
      if (!below || text.layer !== holder(one).layer || one.contains(text.element)) continue;
      const across = Math.min(around.right, text.right) - Math.max(around.left, text.left);
      const down = Math.min(around.bottom, text.bottom) - Math.max(around.top, text.top);
      if (across > SLACK && down > SLACK) report("ground", one.textContent || where(one), text.text, Math.min(across, down));
    }
  }

  // Drawings have a size of their own.
  const smallest = (parseFloat(style(document.documentElement).fontSize) * 11) / 14;
  for (const { element, text } of kept) {
    const size = parseFloat(style(element).fontSize) * (element.currentCSSZoom ?? 1);
    if (!element.ownerSVGElement && size > 0 && size < smallest - 0.1) report("small", text, where(element), size);
  }

  for (const chart of document.querySelectorAll(".js-plotly-plot")) {
    const plot = chart.querySelector(".draglayer .nsewdrag");
    if (!plot || ![...chart.querySelectorAll(".scatterlayer .js-line")].some((line) => box(line).width > 1)) continue;
    const high = box(plot).height;
    if (high < least - 0.5) report("low", where(chart), "", high);
  }

  for (const part of [document.scrollingElement, document.querySelector('[data-testid="stMain"]')])
    if (part.scrollWidth > part.clientWidth + 1)
      report("sideways", "the page", part.dataset.testid ?? part.tagName, part.scrollWidth - part.clientWidth);

  const title = document.querySelector('[data-testid="stMain"] :is(h1, h2)');
  const block = document.querySelector('[data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"]');
  const first = title && Math.round(box(title).left * 10) / 10;
  const differs = (name, left) => {
    if (first !== null && Math.abs(left - first) > 1) report("edge", name, title.textContent, left - first);
  };
  const brand = document.querySelector("header img");
  if (brand) differs("the product's name", box(brand).left);
  for (const panel of document.querySelectorAll('[class*="st-key-panel_"]')) {
    const words = panel.querySelector(".annotation text");
    const how = panel.querySelector('[class*="st-key-row_"]');
    const apart = words && how ? box(words).left - box(panel).left - parseFloat(style(panel).paddingLeft) : 0;
    if (Math.abs(apart) > Math.max(5, innerWidth / 256)) report("edge", `a figure's words: ${words.textContent}`, where(panel), apart);
  }
  for (const one of block?.children ?? []) {
    const its = box(one);
    if (its.width > 2 && its.height > 2 && !["absolute", "fixed"].includes(style(one).position))
      differs(`${where(one.firstElementChild ?? one)}: ${one.textContent.slice(0, 30)}`, its.left);
  }
  return found;
}
