// A place's row: near the window it has fields, far from it it only keeps its height.

class PlaceRow {
  constructor(grid, data, at) {
    Object.assign(this, { grid, data, at, name: data.place });
    this.cells = grid.columns.map((column, i) => new Cell(this, column, i));
    this.empty = 0; // cells that are still empty
    this.near = false;
    this.said = []; // what became of it, where it did not go
    const { words } = grid.data;
    this.state = el("span.state");
    this.head = el("th.c-place", { scope: "row" }, el("b", this.name), this.state);
    this.away = el("td.away", { colspan: grid.columns.length });
    this.last = el("button.link", { onclick: () => this.fillLast() }, words.fill_last);
    this.step = el("button.step", { onclick: () => this.act() });
    this.acts = el("td.c-acts", this.last, this.step);
    this.tr = el("tr.place", this.head, this.away, this.acts);
    this.returned = el("p.returned");
    this.told = el("p.message", { role: "alert" });
    this.notes = el("div.notes", this.returned, this.told);
    this.noteRow = el("tr.note", { hidden: true }, el("td", { colspan: grid.columns.length + 2 }, this.notes));
    this.body = el("tbody", { "data-place": this.name }, this.tr, this.noteRow);
    this.last.setAttribute("aria-label", `${words.fill_last} ${this.name}`);
  }

  get writable() {
    return this.data.writable && !this.grid.data.read_only;
  }

  get typing() {
    return this.cells.some((cell) => cell.typed !== null);
  }

  // The step that is next: submit, recall, or none.
  get next() {
    if (this.writable) return "submit";
    return this.data.state === "submitted" && !this.grid.data.read_only ? "recall" : "";
  }

  // ------------------------------------------------------------ from the server

  take(data) {
    const before = this.data;
    this.data = data;
    // a cell that was never filled has no entry
    const moved = this.cells.filter((cell, i) => cell.take(data.cells[i] ?? []));
    if (data.state !== before.state) this.said = [];
    for (const cell of moved) cell.td && flash(cell.td);
    this.count();
  }

  // ------------------------------------------------------------ what is done with it

  commit(send = true) {
    this.cells.forEach((cell) => cell.commit(send));
  }

  // Empty cells get last period's figures, as one step.
  fillLast() {
    const { grid } = this;
    const act = newStep();
    this.commit(false);
    this.cells.forEach((cell, i) => {
      const raw = this.data.fill[i];
      if (raw && !cell.filled && !cell.conflict) cell.change(raw, { send: false, act });
    });
    grid.send();
    this.render();
    grid.renderSaving();
  }

  act() {
    const { grid, next } = this;
    const { words } = grid.data;
    this.commit(false);
    const ready = next !== "submit";
    const open = ready ? null : this.cells.find((cell) => cell.conflict && !cell.conflict.later);
    const wrong = ready ? null : this.cells.find((cell) => cell.wrong);
    this.said = [];
    if (!grid.connected) this.said = [words.act_away];
    else if (wrong || open) this.said = [fill(words[wrong ? "act_wrong" : "act_open"], { field: (wrong ?? open).column.name })];
    else if (!grid.data.actor) grid.askName();
    else if (next) {
      if (grid.outbox.waiting.length) grid.emit();
      grid.ask({ id: uuid(), place: this.name, kind: next, by: grid.outbox.by });
    }
    this.render();
    grid.renderSaving();
    const first = wrong ?? open ?? (next === "submit" && this.cells.find((cell) => !cell.filled));
    if (first) focusCell(first);
  }

  // ------------------------------------------------------------ drawing

  count() {
    const empty = this.cells.filter((cell) => !cell.filled).length;
    this.grid.empty += empty - this.empty;
    this.empty = empty;
  }

  // Fields are made when somebody may come to see them.
  come() {
    if (this.near) return;
    this.near = true;
    this.tr.style.height = "";
    this.away.replaceWith(...this.cells.map((cell) => cell.build()));
    this.arrange();
    this.grid.near.add(this);
    this.render();
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
    this.tr.style.height = `${height}px`;
    this.noteRow.hidden = !this.data.returned && !this.said.length;
    this.grid.near.delete(this);
  }

  // On a card what is said of a cell stands under it, in the table under the row.
  arrange() {
    for (const { td, note } of this.cells) (this.grid.cards ? td : this.notes).append(note);
  }

  render() {
    this.count();
    this.shown = this.data;
    const { data, grid, empty } = this;
    const { words } = grid.data;
    const left = this.writable && empty ? fill(words.state_empty, { state: data.label, count: empty }) : data.label;
    setText(this.state, left);
    this.state.className = `state ${data.state}`;
    this.step.hidden = !this.next;
    this.step.disabled = grid.acting?.place === this.name;
    setText(this.step, words[this.next || "submit"]);
    this.step.setAttribute("aria-label", `${this.step.textContent} ${this.name}`);
    this.last.hidden = !this.writable || !this.cells.some((cell, i) => data.fill[i] && !cell.filled);
    setText(this.returned, data.returned ? fill(words.returned, { reason: data.returned }) : "");
    setText(this.told, this.said.join(" "));
    this.returned.hidden = !data.returned;
    this.told.hidden = !this.said.length;
    if (this.near) this.cells.forEach((cell) => cell.render());
    this.renderNotes();
  }

  renderNotes() {
    const inCells = this.near && !this.grid.cards && this.cells.some((cell) => !cell.note.hidden);
    this.noteRow.hidden = !inCells && !this.data.returned && !this.said.length;
  }
}

const flash = (node) => {
  node.classList.remove("moved");
  void node.offsetWidth; // restarts the animation
  node.classList.add("moved");
};
