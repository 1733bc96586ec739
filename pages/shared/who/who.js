// Who sits here: read from this browser's storage, said to the server; a line to give or change the name.

const WHO = "renewal-scorecard-who"; // the score grid reads and writes the same

const recall = () => {
  try {
    return JSON.parse(localStorage.getItem(WHO) ?? "null");
  } catch {
    return null;
  }
};

const remember = (person) => {
  try {
    localStorage.setItem(WHO, JSON.stringify(person));
  } catch {
    // storage may be forbidden (private windows): the name then lasts as long as the page
  }
};

// crypto.randomUUID exists in secure contexts only; a dashboard in an intranet is often plain http
const uuid = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
};

const el = (tag, attributes = {}, text = "") => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value);
  }
  if (text) node.textContent = text;
  return node;
};

const states = new WeakMap(); // by the element that Streamlit mounts into

const say = (component, person) => {
  component.setStateValue("who", { id: person?.id ?? "", name: person?.name ?? "" });
};

const draw = (root, component, state) => {
  const { words, silent, most } = component.data;
  const person = recall() ?? state.person;
  const sign = JSON.stringify([words, silent, person, state.asking]);
  if (sign === state.sign) return;
  state.sign = sign;
  root.hidden = silent;
  root.replaceChildren();
  if (silent) return;
  if (person?.name && !state.asking) {
    const change = () => {
      state.asking = true;
      draw(root, component, state);
      root.querySelector("input").focus();
    };
    root.append(
      el("span", {}, words.is.replace("{name}", person.name)),
      el("button", { type: "button", onclick: change }, words.change),
    );
    return;
  }
  const input = el("input", { id: "who-name", type: "text", maxlength: String(most), autocomplete: "off" });
  input.value = person?.name ?? "";
  const done = () => {
    const name = input.value.trim();
    if (!name) {
      input.setAttribute("aria-invalid", "true");
      input.title = words.required;
      input.focus();
      return;
    }
    state.person = { id: person?.id || uuid(), name };
    state.asking = false;
    remember(state.person);
    draw(root, component, state);
    say(component, state.person);
  };
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter") done();
    if (event.key === "Escape" && person?.name) {
      state.asking = false;
      draw(root, component, state);
    }
  });
  root.append(
    el("label", { for: "who-name" }, words.ask),
    input,
    el("button", { type: "button", class: "primary", onclick: done }, words.accept),
  );
};

export default function (component) {
  const root = component.parentElement.querySelector(".who-is-there");
  let state = states.get(root);
  if (!state) {
    state = { asking: false, person: null, sign: "" };
    states.set(root, state);
    say(component, recall());
  }
  draw(root, component, state);
}
