// After some seconds without a server Streamlit covers the page with a dialog of its own. It says in English what the
// line above the table says, and takes the keyboard from somebody who is typing: it is closed as it comes, and the keys
// pressed meanwhile go where they were meant to go.

// Its button, by its own name or by the one that the script of Streamlit's words gave it.
const CLOSING = 'button[aria-label="Close"], button[aria-label="关闭"]';

class Guard {
  constructor(grid) {
    this.grid = grid;
    this.intruders = new MutationObserver(() => this.onChange());
    this.redirect = (event) => this.onKey(event);
    this.cell = undefined; // where somebody was typing as the dialog came; null: nowhere
  }

  // Whether to look out for it.
  watch(cutOff) {
    this.intruders.disconnect();
    if (cutOff) this.intruders.observe(document.body, { childList: true, subtree: true });
  }

  release() {
    window.removeEventListener("keydown", this.redirect, true);
    this.cell = undefined;
  }

  onChange() {
    const intruder = document.querySelector('[data-testid="stDialog"]');
    if (intruder && this.cell === undefined) {
      this.cell = this.grid.lastFocus ?? null;
      window.addEventListener("keydown", this.redirect, true);
      intruder.querySelector(CLOSING)?.click();
    } else if (!intruder && this.cell !== undefined) {
      const { cell } = this;
      this.release();
      if (cell?.isConnected) (this.grid.lastFocus ?? cell).focus({ preventScroll: true });
    }
  }

  onKey(event) {
    const cell = this.grid.lastFocus;
    if (!cell || event.isComposing) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    if (event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey && cell.setRangeText) {
      cell.setRangeText(event.key, cell.selectionStart, cell.selectionEnd, "end");
      cell.dispatchEvent(new InputEvent("input"));
    } else cell.dispatchEvent(new KeyboardEvent("keydown", event));
  }
}
