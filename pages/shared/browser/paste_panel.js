// The panel at the foot of a grid that shows a pasted block before it is filled in, and tells of what was done.

class PastePanel {
  constructor(grid) {
    this.grid = grid;
    this.told = false; // whether the panel tells of what was done
  }

  // What there is to say, at the foot of what one sees; nothing: it goes.
  say(...parts) {
    const { pastePanel } = this.grid;
    pastePanel.removeAttribute("role");
    pastePanel.onkeydown = null;
    pastePanel.replaceChildren(...parts.filter(Boolean));
    pastePanel.hidden = !parts.length;
  }

  // A line that goes with the next change.
  tell(...line) {
    this.say(el("p", { role: "status" }, ...line));
    this.told = true;
  }

  forget() {
    if (this.told) this.say();
    this.told = false;
  }

  // The block that was pasted; null: it is left to the browser.
  blockOf(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (this.grid.data.read_only || !isBlock(text)) return null;
    event.preventDefault();
    return text;
  }

  // Asks: `parts` and the buttons; `take` is one of them where the block can be filled in. `back` gets the keyboard again.
  ask(parts, take, cancelWord, back) {
    const { pastePanel } = this.grid;
    this.told = false;
    const close = () => {
      this.say();
      back();
    };
    const cancel = el("button", { onclick: close }, cancelWord);
    this.say(...parts, el("div.buttons", take, cancel));
    pastePanel.setAttribute("role", "dialog");
    pastePanel.onkeydown = ({ key }) => {
      if (key === "Escape") close(); // nothing is returned: false would take Enter and Tab from the buttons
    };
    (take || (pastePanel.querySelector("select") ?? cancel)).focus({ preventScroll: true });
  }

  // It was filled in, and can be taken back.
  taken(sentence, undoWord, undo, back) {
    this.tell(sentence, " ", el("button.link", { onclick: undo }, undoWord));
    back();
  }
}
