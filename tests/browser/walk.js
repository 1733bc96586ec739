// What a visitor can read on the page: the visible texts (through shadow roots and SVG), and what a screen reader
// says for visible parts. Returns [{text, where}]; `skip` is a list of selectors whose insides do not count.
(skip) => {
  const found = [];
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };
  const name = (element) => {
    const id = element.closest("[data-testid]")?.getAttribute("data-testid");
    return element.tagName.toLowerCase() + (id ? ` in ${id}` : "");
  };
  const add = (element, text, what) => {
    if (text && text.trim()) found.push({ text: text.trim(), where: name(element) + (what ? ` (${what})` : "") });
  };
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      if (node.parentElement && seen(node.parentElement)) add(node.parentElement, node.textContent);
      return;
    }
    if (node.nodeType === Node.ELEMENT_NODE) {
      if (["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE"].includes(node.tagName)) return;
      if (skip.some((selector) => node.matches(selector))) return;
      if (seen(node)) {
        for (const attribute of ["aria-label", "title", "placeholder", "alt", "aria-description"])
          add(node, node.getAttribute(attribute), attribute);
        const said = !["checkbox", "radio"].includes(node.type); // whose value ("on") nobody sees nor hears
        if (said && ["INPUT", "TEXTAREA"].includes(node.tagName)) add(node, node.value, "value");
      }
      if (node.shadowRoot) walk(node.shadowRoot);
    }
    node.childNodes.forEach(walk);
  };
  walk(document.body);
  return found;
}
