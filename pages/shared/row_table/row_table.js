// A row is chosen by a click anywhere on it, or by its button with the keyboard. The markup is made by core/render/html.py,
// which escapes every word in it.

class RowTable extends Mounted {
  constructor(root) {
    super(root);
    this.listen(root, "click", (event) => this.choose(event));
  }

  update({ data, setTriggerValue }) {
    this.setTriggerValue = setTriggerValue;
    if (this.html === data.html) return;
    const held = this.focused()?.dataset.row;
    this.html = data.html;
    this.root.innerHTML = data.html;
    if (held !== undefined) this.buttons().find((each) => each.dataset.row === held)?.focus();
  }

  buttons() {
    return [...this.root.querySelectorAll("button[data-row]")];
  }

  focused() {
    return this.buttons().find((each) => each.matches(":focus"));
  }

  choose(event) {
    const row = event.target instanceof Element ? event.target.closest("tr, li")?.querySelector("button[data-row]") : null;
    if (row && this.root.isConnected) this.setTriggerValue("chosen", row.dataset.row);
  }
}

export default mount("rowTable", ".row-table", RowTable);
