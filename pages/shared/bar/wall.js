// Fills the screen at the click that asks for it, and says when the screen is left: by Esc, or by the browser's own way.
// The way out shows while the mouse is moved.

const STARTS = ":is(.st-key-wall_one, .st-key-wall_turns) button:not(:disabled)";
const SEEN_MS = 3000;

class WholeScreen extends Mounted {
  constructor(root) {
    super(root);
    this.filled = document.fullscreenElement === document.documentElement;
    this.listen(document, "click", (event) => this.fill(event), { capture: true });
    this.listen(document, "fullscreenchange", () => this.changed());
    this.listen(document, "keydown", (event) => event.key === "Escape" && this.leave());
    this.listen(document, "pointermove", () => this.show());
  }

  update({ data, setTriggerValue }) {
    Object.assign(this, { on: data.on, setTriggerValue });
  }

  fill(event) {
    const { target } = event;
    if (!(target instanceof Element)) return;
    if (target.closest(STARTS)) document.documentElement.requestFullscreen?.().catch(() => undefined);
    if (target.closest(".st-key-wall_leave") && this.filled) document.exitFullscreen();
  }

  changed() {
    const before = this.filled;
    this.filled = document.fullscreenElement === document.documentElement;
    if (before && !document.fullscreenElement) this.leave();
  }

  leave() {
    if (this.on && this.root.isConnected) this.setTriggerValue("left", true);
  }

  show() {
    if (!this.on) return;
    clearTimeout(this.hiding);
    document.documentElement.toggleAttribute("data-moved", true);
    this.hiding = setTimeout(() => document.documentElement.toggleAttribute("data-moved", false), SEEN_MS);
  }
}

export default mount("wholeScreen", ".whole-screen", WholeScreen);
