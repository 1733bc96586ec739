// Pasting into the form: a block copied from a spreadsheet is shown first, filled in as one step, and can be taken back
// as one.

const MOST_TOLD = 8; // lines of what fits no cell

class BlockPasting extends PastePanel {
  onPaste(cell, event) {
    const { order, columns } = this.grid;
    const text = this.blockOf(event);
    if (text === null) return;
    cell.restore(); // what was half typed here is not part of it
    cell.row.render();
    const rows = order.map(({ name, community, place, writable }) => ({ name, place: community && place.name, writable, state: place.data.label }));
    const shown = (row, column) => order[row].cells[column].now.raw;
    this.show(readBlock(text, rows, columns, { row: cell.row.at, column: cell.at }, shown), cell);
  }

  show(block, back) {
    const { words } = this.grid.data;
    const can = block.fills.length > 0 && !block.problems.length;
    const sentence = can ? fill(words.block_fills, block) : words[block.problems.length ? "block_refused" : "block_nothing"];
    const lines = [...block.problems.slice(0, MOST_TOLD), ...block.told].map((one) => fill(words[`block_${one.why}`], one));
    if (block.problems.length > MOST_TOLD) lines.push(fill(words.block_more, { count: block.problems.length }));
    const take = can && el("button.primary", { onclick: () => this.take(block, back) }, words.block_take);
    const parts = [
      el("p.paste-title", can ? {} : { role: "alert" }, sentence),
      can && block.replaced > 0 && el("p", fill(words.block_replaces, { count: block.replaced })),
      lines.length > 0 && el("ul", lines.map((each) => el("li", each))),
    ];
    this.ask(parts, take, words.cancel, () => focusCell(back));
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
    const done = fill(data.words.block_done, { count: fills.length });
    this.taken(done, data.words.block_undo, () => steps.go("undo"), () => focusCell(back));
    this.grid.renderSaving();
    this.grid.send();
  }
}
