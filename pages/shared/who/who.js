// Who sits here: read from this browser's storage, said to the server; a line and a dialog to give or change the name.
//
// A name never tells people apart, the random id beside it does: a name that is put right keeps the id, another person
// gets another one and a page made anew, on which nothing of the first one's stands.

const WHO = "renewal-scorecard-who"; // {id, name}
const PEOPLE = "renewal-scorecard-people"; // who else has used this browser: [{id, name, at}], the last one first
const MOST_PEOPLE = 12;

let unstored = null; // who sits here where storage is forbidden
const sits = () => recall("localStorage", WHO) ?? unstored;
const people = () => recall("localStorage", PEOPLE) ?? [];

// The name is given, or put right.
const introduce = (person) => {
  unstored = person;
  remember("localStorage", WHO, person);
  mounted.forEach((line) => line.changed());
};

// Somebody else sits here now. What the first one has not saved stays in the tab's own storage, under their id: leaving
// the page loses nothing, so nothing is asked (editor.js).
const handOver = (person) => {
  const before = sits();
  const others = people().filter((one) => one.id !== person.id && one.id !== before.id);
  remember("localStorage", PEOPLE, [{ ...before, at: Date.now() }, ...others].slice(0, MOST_PEOPLE));
  window.renewalHandedOver = remember("localStorage", WHO, person);
  const address = new URL(location.href);
  address.searchParams.delete("sheet");
  history.replaceState(null, "", address);
  location.reload();
};

class Line extends Mounted {
  update(component) {
    this.component = component;
    this.root.toggleAttribute("data-heard", component.data.heard);
    if (this.first === undefined) this.say();
    this.draw();
  }

  // `first` is whom the page was made for: a server that was started again meanwhile does not know.
  say() {
    const { local, actor } = this.component.data;
    const { id = "", name = "" } = (local ? sits() : actor) ?? {};
    this.first ||= id;
    this.component.setStateValue("who", { id, name, first: this.first });
  }

  changed() {
    this.say();
    this.draw();
  }

  draw() {
    const { words, silent } = this.component.data;
    const person = sits();
    this.root.hidden = silent;
    redraw(this.root, [words, silent, person], () => {
      if (silent) return [];
      if (person?.name) return [el("span", fill(words.is, person)), el("button", { onclick: () => this.ask() }, words.change)];
      return this.field("who-name", words.ask, "", words.accept, (name) => introduce({ id: uuid(), name }));
    });
  }

  // A label, an input and the button that takes what was typed.
  field(id, label, value, button, accept) {
    const { most, words } = this.component.data;
    const input = el("input", { id, type: "text", maxlength: most, autocomplete: "off", value });
    const done = onEntered(input, accept, () => (input.title = words.required));
    return [el("label", { for: id }, label), input, el("button.primary", { onclick: done }, button)];
  }

  ask() {
    const { words, local } = this.component.data;
    if (!local || document.querySelector(".who-dialog")) return;
    const person = sits();
    const box = el("dialog.who-dialog", { role: "dialog", "aria-labelledby": "who-title" });
    const close = () => box.close();
    const is = (id) => (name) => {
      close();
      introduce({ id, name });
    };
    if (person?.name) box.append(...this.change(words, person, is(person.id)));
    else box.append(el("div.field", this.field("ask", words.ask, "", words.accept, is(uuid()))));
    box.append(el("button", { onclick: close }, words.cancel));
    box.querySelector("h2, label").id = "who-title";
    openDialog(document.body, box);
  }

  change(words, person, correct) {
    const others = people().filter((one) => one.id !== person.id);
    const known = el("p.known", { role: "alert" });
    const another = (name) => {
      if (others.some((one) => one.name === name) && known.dataset.name !== name) {
        known.dataset.name = name;
        known.textContent = fill(words.known, { name });
      } else handOver({ id: uuid(), name });
    };
    const twice = (one) => one.name === person.name || others.filter((each) => each.name === one.name).length > 1;
    const back = others.map((one) => {
      const { id, name, at } = one;
      const when = twice(one) ? ` (${new Date(at).toLocaleString()})` : "";
      return el("button", { "data-person": id, onclick: () => handOver({ id, name }) }, `${name}${when}`);
    });
    return [
      el("h2", fill(words.is, person)),
      el("div.field", this.field("who-correct", words.correct, person.name, words.correct, correct)),
      back.length ? el("div.field", el("span", words.back), back) : "",
      el("div.field", this.field("who-other", words.other, "", words.hand_over, another)),
      known,
      el("p.kept", fill(words.kept, person)),
    ];
  }
}

// Another tab of this browser has said who sits here now.
window.addEventListener("storage", (event) => {
  if (event.key === WHO) mounted.forEach((line) => line.changed());
});
// A button that stands where somebody with a name could work asks for it. Once a name is given it is about to be
// replaced by the one that works: it asks nothing more.
document.addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest('[class*="st-key-ask_who_"] button');
  if (button && !sits()?.name) [...mounted].at(-1)?.ask();
});
// The score grid asks before it can save.
window.addEventListener("renewal-who-ask", () => [...mounted].at(-1)?.ask());

export default mount("whoIsThere", ".who-is-there", Line);
