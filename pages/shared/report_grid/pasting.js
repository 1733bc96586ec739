// Pasting into the form: a block copied from a spreadsheet is shown first, filled in as one step, and can be taken back
// as one.

const MOST_TOLD = 8; // lines of what fits no cell

class BlockPasting {
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

  onPaste(cell, event) {
    const { order, columns, data } = this.grid;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (data.read_only || !/[\t\n]/.test(text.replace(/\r\n?/g, "\n").replace(/\n$/, ""))) return;
    event.preventDefault();
    cell.restore(); // what was half typed here is not part of it
    cell.row.render();
    const rows = order.map(({ name, writable, data: { label } }) => ({ name, writable, state: label }));
    const shown = (row, column) => order[row].cells[column].now.raw;
    this.show(readBlock(text, rows, columns, { row: cell.row.at, column: cell.at }, shown), cell);
  }

  show(block, back) {
    const { pastePanel, data } = this.grid;
    const { words } = data;
    this.told = false;
    const close = () => {
      this.say();
      focusCell(back);
    };
    const can = block.fills.length > 0 && !block.problems.length;
    const sentence = can ? fill(words.block_fills, block) : words[block.problems.length ? "block_refused" : "block_nothing"];
    const lines = [...block.problems.slice(0, MOST_TOLD), ...block.told].map((one) => fill(words[`block_${one.why}`], one));
    if (block.problems.length > MOST_TOLD) lines.push(fill(words.block_more, { count: block.problems.length }));
    const take = el("button.primary", { onclick: () => this.take(block, back) }, words.block_take);
    const cancel = el("button", { onclick: close }, words.cancel);
    this.say(
      el("p.paste-title", can ? {} : { role: "alert" }, sentence),
      can && block.replaced > 0 && el("p", fill(words.block_replaces, { count: block.replaced })),
      lines.length > 0 && el("ul", lines.map((each) => el("li", each))),
      el("div.buttons", can && take, cancel),
    );
    pastePanel.setAttribute("role", "dialog");
    pastePanel.onkeydown = ({ key }) => {
      if (key === "Escape") close(); // nothing is returned: false would take Enter and Tab from the buttons
    };
    (can ? take : cancel).focus({ preventScroll: true });
  }

  // The whole of it at once, as one step.
  take({ fills }, back) {
    const { order, data, steps } = this.grid;
    const act = newStep();
    for (const { row, column, raw } of fills) {
      const cell = order[row].cells[column];
      cell.clean();
      cell.change(raw, { send: false, act });
    }
    for (const row of new Set(fills.map((each) => each.row))) order[row].render();
    const undo = el("button.link", { onclick: () => steps.go("undo") }, data.words.block_undo);
    this.tell(fill(data.words.block_done, { count: fills.length }), " ", undo);
    focusCell(back);
    this.grid.renderSaving();
    this.grid.send();
  }
}
