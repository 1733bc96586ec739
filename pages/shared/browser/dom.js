// Elements and their words. Names and reasons get into the page through here only: as text, never as markup.

const fill = (template, params) => template.replace(/\{(\w+)\}/g, (_, name) => params[name] ?? "");

const setText = (node, text) => {
  if (node.textContent !== text) node.textContent = text;
};

// An attribute without a value goes.
const setAttribute = (node, name, value) => {
  if (value === null || value === undefined || value === false) node.removeAttribute(name);
  else node.setAttribute(name, value === true ? "" : value);
};

// el("button.link", {onclick}, "text", ...): attributes may be left out, and what is empty is.
const el = (name, ...content) => {
  const [tag, ...classes] = name.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  if (tag === "button") node.type = "button";
  const attributes = content[0]?.constructor === Object ? content.shift() : {};
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else setAttribute(node, key, value);
  }
  node.append(...content.flat(2).filter(Boolean));
  return node;
};

// A list of names with what they say; a name that says nothing is left out.
const terms = (pairs) =>
  pairs.flatMap(([name, text, kind = ""]) => (text ? [el("dt", name), el(`dd${kind}`, text)] : []));

// The elements with a data-part, by it. data-word is filled with that word, data-name names the element by one, data-hint
// is what an empty field shows.
const partsOf = (root, words) => {
  for (const node of root.querySelectorAll("[data-word]")) setText(node, words[node.dataset.word]);
  for (const node of root.querySelectorAll("[data-name]")) node.setAttribute("aria-label", words[node.dataset.name]);
  for (const node of root.querySelectorAll("[data-hint]")) node.placeholder = words[node.dataset.hint];
  return Object.fromEntries(Array.from(root.querySelectorAll("[data-part]"), (node) => [node.dataset.part, node]));
};

const drawn = new WeakMap(); // by element: what it shows

// Draws what is in an element anew only where it has changed: the keyboard's focus stays where it is.
const redraw = (node, content, draw) => {
  const sign = JSON.stringify(content);
  if (drawn.has(node) && drawn.get(node) === sign) return;
  drawn.set(node, sign);
  node.replaceChildren(...draw().flat().filter(Boolean));
};

// Keys that an input method takes for itself.
const composing = (event) => event.isComposing || event.keyCode === 229;

// The keyboard goes so many stops on, round and round.
const focusNext = (event, stops, by) => {
  event.preventDefault();
  const at = stops.findIndex((stop) => stop.matches(":focus"));
  stops[(at + by + stops.length) % stops.length].focus();
};

// A question that keeps the keyboard until it is closed; what is under it does not hear it.
const openDialog = (host, box) => {
  let back = document.activeElement;
  while (back?.shadowRoot?.activeElement) back = back.shadowRoot.activeElement;
  box.addEventListener("close", () => {
    box.remove();
    back?.focus?.();
  });
  box.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Tab") focusNext(event, [...box.querySelectorAll("input, button")], event.shiftKey ? -1 : 1);
  });
  host.append(box);
  box.showModal();
  const input = box.querySelector("input");
  input.focus();
  input.select();
};

// A field of such a question: `done` gets what was typed, trimmed, if it is anything.
const onEntered = (input, done, missing) => {
  const enter = () => {
    const text = input.value.trim();
    if (text) return done(text);
    input.setAttribute("aria-invalid", "true");
    missing();
    return input.focus();
  };
  input.addEventListener("keydown", (event) => {
    if (composing(event) || event.key !== "Enter") return;
    event.preventDefault();
    enter();
  });
  return enter;
};
