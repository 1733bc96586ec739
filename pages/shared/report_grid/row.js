// The row of a place or of a community: near the window it has fields, far from it it only keeps its height.

class GridRow {
  constructor(grid, place, data, at) {
    Object.assign(this, { grid, place, data, at, name: data.name, code: data.code });
    this.community = grid.data.communities ? this.name : "";
    this.called = this.community ? `${place.name} ${this.name}` : this.name;
    this.cells = grid.columns.map((column, i) => new Cell(this, column, i));
    this.empty = 0; // cells that are still empty
    this.near = false;
    this.shown = null;
    this.left = this.community ? el("span.state") : place.state;
    this.head = el("th.c-place", { scope: "row" }, el("b", this.name), this.left);
    this.away = el("td.away", { colspan: grid.columns.length });
    this.acts = el("td.c-acts", this.community ? [] : [place.last, place.step]);
    this.tr = el("tr.place", this.head, this.away, this.acts);
    this.notes = el("div.notes", this.community ? [] : [place.returned, place.told]);
    this.noteRow = el("tr.note", { hidden: true }, el("td", { colspan: grid.columns.length + 2 }, this.notes));
    this.body = el("tbody", { "data-place": place.name, "data-community": this.community || null }, this.tr, this.noteRow);
    place.rows.push(this);
  }

  get writable() {
    return this.place.writable;
  }

  get typing() {
    return this.cells.some((cell) => cell.typed !== null);
  }

  // Whether an empty cell has a figure of last period's.
  get fillable() {
    return this.cells.some((cell, i) => this.data.fill[i] && !cell.filled);
  }

  // ------------------------------------------------------------ from the server

  take(data) {
    this.data = data;
    // a cell that was never filled has no entry
    const moved = this.cells.filter((cell, i) => cell.take(data.cells[i] ?? []));
    for (const cell of moved) cell.td && flash(cell.td);
    this.count();
  }

  commit(send = true) {
    this.cells.forEach((cell) => cell.commit(send));
  }

  count() {
    const empty = this.cells.filter((cell) => !cell.filled).length;
    this.grid.empty += empty - this.empty;
    this.empty = empty;
  }

  // ------------------------------------------------------------ drawing

  // Fields are made when somebody may come to see them.
  come() {
    if (this.near) return;
    this.near = true;
    this.tr.style.height = "";
    this.away.replaceWith(...this.cells.map((cell) => cell.build()));
    this.arrange();
    this.grid.near.add(this);
    this.draw();
  }

  // They go when nobody is in them.
  go() {
    if (!this.near || this.body.contains(this.grid.focused)) return;
    this.near = false;
    const { height } = this.tr.getBoundingClientRect();
    this.cells[0].td.before(this.away);
    for (const cell of this.cells) {
      cell.td.remove();
      cell.note.remove();
      cell.drop();
    }
    if (height) this.tr.style.height = `${height}px`;
    this.grid.near.delete(this);
    this.renderNotes();
  }

  // On a card what is said of a cell stands under it, in the table under the row.
  arrange() {
    for (const { td, note } of this.cells) (this.grid.cards ? td : this.notes).append(note);
  }

  // With its place, which counts its empty cells.
  render() {
    this.draw();
    this.place.render();
  }

  draw() {
    this.count();
    this.shown = this.data;
    const { grid, empty } = this;
    if (this.community) setText(this.left, this.writable && empty ? fill(grid.data.words.row_empty, { count: empty }) : "");
    if (this.near) this.cells.forEach((cell) => cell.render());
    this.renderNotes();
  }

  renderNotes() {
    const inCells = this.near && !this.grid.cards && this.cells.some((cell) => !cell.note.hidden);
    this.noteRow.hidden = !inCells && (Boolean(this.community) || !this.place.speaks);
  }
}

const flash = (node) => {
  node.classList.remove("moved");
  void node.offsetWidth; // restarts the animation
  node.classList.add("moved");
};
