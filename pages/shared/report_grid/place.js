// A place: its state, and the steps that are taken with all of its rows at once. In a form of places it stands in its one
// row; in one of communities it heads theirs.

class Place {
  constructor(grid, data) {
    Object.assign(this, { grid, data, name: data.place, rows: [], shown: null });
    this.said = []; // what became of a step that did not go
    const { words } = grid.data;
    this.state = el("span.state");
    this.last = el("button.link", { onclick: () => this.fillLast() }, words.fill_last);
    this.step = el("button.step", { onclick: () => this.act() });
    this.returned = el("p.returned");
    this.told = el("p.message", { role: "alert" });
    this.last.setAttribute("aria-label", `${words.fill_last} ${this.name}`);
    if (grid.data.communities) this.buildHead();
  }

  // Above the rows of its communities.
  buildHead() {
    const { grid } = this;
    const columns = grid.columns.length;
    const name = el("th.c-place", { scope: "rowgroup", colspan: columns + 1 }, el("b", this.name), this.state);
    const notes = el("div.notes", this.returned, this.told);
    this.noteRow = el("tr.note", { hidden: true }, el("td", { colspan: columns + 2 }, notes));
    this.body = el("tbody.head", { "data-place": this.name }, el("tr", name, el("td.c-acts", this.last, this.step)), this.noteRow);
  }

  get writable() {
    return this.data.writable && !this.grid.data.read_only;
  }

  // The step that is next: submit, recall, or none.
  get next() {
    if (this.writable) return "submit";
    return this.data.state === "submitted" && !this.grid.data.read_only ? "recall" : "";
  }

  get cells() {
    return this.rows.flatMap(({ cells }) => cells);
  }

  take(data) {
    if (data.state !== this.data.state) this.said = [];
    this.data = data;
  }

  // Empty cells get last period's figures, as one step.
  fillLast() {
    const { grid } = this;
    const act = newStep();
    for (const row of this.rows) {
      row.commit(false);
      row.cells.forEach((cell, i) => {
        const raw = row.data.fill[i];
        if (raw && !cell.filled && !cell.conflict) cell.change(raw, { send: false, act });
      });
    }
    grid.send();
    grid.renderPlace(this);
    grid.renderSaving();
  }

  act() {
    const { grid, next } = this;
    const { words } = grid.data;
    this.rows.forEach((row) => row.commit(false));
    const ready = next !== "submit";
    const open = ready ? null : this.cells.find((cell) => cell.conflict && !cell.conflict.later);
    const wrong = ready ? null : this.cells.find((cell) => cell.wrong);
    this.said = [];
    if (!grid.connected) this.said = [words.act_away];
    else if (wrong || open) this.said = [fill(words[wrong ? "act_wrong" : "act_open"], { field: (wrong ?? open).called })];
    else if (!grid.data.actor) grid.askName();
    else if (next) {
      if (grid.outbox.waiting.length) grid.emit();
      grid.ask({ id: uuid(), place: this.name, kind: next, by: grid.outbox.by });
    }
    grid.renderPlace(this);
    grid.renderSaving();
    const first = wrong ?? open ?? (next === "submit" && this.cells.find((cell) => !cell.filled));
    if (first) focusCell(first);
  }

  render() {
    const { data, grid } = this;
    const { words } = grid.data;
    this.shown = data;
    const empty = this.rows.reduce((sum, row) => sum + row.empty, 0);
    setText(this.state, this.writable && empty ? fill(words.state_empty, { state: data.label, count: empty }) : data.label);
    this.state.className = `state ${data.state}`;
    this.step.hidden = !this.next;
    this.step.disabled = grid.acting?.place === this.name;
    setText(this.step, words[this.next || "submit"]);
    this.step.setAttribute("aria-label", `${this.step.textContent} ${this.name}`);
    this.last.hidden = !this.writable || !this.rows.some((row) => row.fillable);
    setText(this.returned, data.returned ? fill(words.returned, { reason: data.returned }) : "");
    setText(this.told, this.said.join(" "));
    this.returned.hidden = !data.returned;
    this.told.hidden = !this.said.length;
    if (this.noteRow) this.noteRow.hidden = !this.speaks;
  }

  get speaks() {
    return Boolean(this.data.returned) || this.said.length > 0;
  }
}
