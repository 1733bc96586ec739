// A cell of the form: what stands in it, what is said of it. Its field is there only while its row is near the window;
// what is typed and not accepted stays with the cell.

class Cell {
  constructor(row, column, at) {
    Object.assign(this, { row, column, at, grid: row.grid, code: `${column.id}:${row.code}` });
    this.typed = null; // what stands in the field and is not taken yet
    this.wrong = ""; // why it does not count
    this.refused = false; // the server has said so
    this.seen = EMPTY; // what a change is made from
    this.doubts = [];
    this.input = null;
  }

  // As sentences call it, beside others of its place.
  get called() {
    return this.row.community ? `${this.row.name} ${this.column.name}` : this.column.name;
  }

  get now() {
    return this.grid.outbox.shown(this.code);
  }

  get conflict() {
    return this.grid.outbox.conflicts[this.code];
  }

  get text() {
    return this.typed ?? (this.grid.outbox.open(this.code)?.mine ?? this.now).raw;
  }

  get filled() {
    return Boolean(this.typed === null ? this.now.raw : this.typed.trim());
  }

  // Doubts are of what the server has; none of what is on its way.
  get doubted() {
    const { outbox } = this.grid;
    const pending = outbox.last(this.code);
    const current = !pending || pending.raw === outbox.saved[this.code]?.raw;
    return this.typed === null && current ? this.doubts : [];
  }

  // From the server. Returns whether somebody else has changed it.
  take([row, doubts]) {
    const { outbox } = this.grid;
    const before = outbox.saved[this.code];
    const now = outbox.take(this.code, row);
    this.doubts = doubts ?? [];
    const mine = outbox.mine.has(now.edit_id);
    if (this.typed === null || mine || outbox.same(now, this.seen)) this.seen = now;
    return Boolean(before) && now.revision > before.revision && !mine;
  }

  answered({ raw }, { state, message }) {
    // the answer goes ahead of the rows that are here
    if (state === "saved" || state === "conflict") this.take(this.row.data.cells[this.at] ?? []);
    if (state === "saved") this.seen = this.grid.outbox.saved[this.code];
    else if (state === "refused") {
      this.wrong = message;
      if (this.typed === null) [this.typed, this.refused] = [raw, true];
    } else if (state === "another") this.grid.tell(message);
  }

  // ------------------------------------------------------------ typing

  type(text, composing) {
    this.typed = text;
    this.refused = false;
    this.wrong = composing ? "" : wrongOf(text, this.column, this.now, this.grid.data.words, false);
  }

  // Takes what stands in the field: what has the form of a figure goes into the outbox, anything else gets its sentence.
  commit(send = true) {
    if (this.typed === null || this.refused) return;
    const { words } = this.grid.data;
    this.wrong = wrongOf(this.typed, this.column, this.now, words, true);
    if (this.wrong) return;
    const { raw } = readFigure(this.typed, this.column.kind);
    this.typed = null;
    this.change(raw, { send });
  }

  // A reason is of the figure that it was given for.
  change(raw, { send = true, reason = raw === this.now.raw ? this.now.reason : "", act = null } = {}) {
    const { grid } = this;
    const changed = grid.outbox.change(this.code, { raw, reason }, this.seen, false, act);
    if (changed && send) grid.send();
    return changed;
  }

  explain(text) {
    const reason = text.trim().replace(/\s+/g, " ").slice(0, MOST_REASON);
    if (this.row.writable && this.typed === null) this.change(this.now.raw, { reason });
    this.row.render();
    this.grid.renderSaving();
  }

  restore() {
    this.clean();
    if (!this.grid.outbox.last(this.code)) this.seen = this.grid.outbox.saved[this.code] ?? this.seen;
  }

  clean() {
    Object.assign(this, { typed: null, wrong: "", refused: false });
  }

  decide(decision) {
    this.clean();
    this.seen = this.grid.outbox.decide(this.code, decision);
    if (decision === "mine") this.grid.send();
    this.row.render();
    this.grid.renderSaving();
    focusCell(this);
  }

  // ------------------------------------------------------------ drawing

  build() {
    const { row, column, grid } = this;
    const { words } = grid.data;
    const id = `${row.at}-${this.at}`;
    const last = row.data.last[this.at];
    const name = column.unit ? fill(words.with_unit, column) : column.name;
    const field = { type: "text", inputmode: ["change", "day"].includes(column.kind) ? "text" : "decimal", enterkeyhint: "next" };
    const typing = { autocomplete: "off", spellcheck: "false", maxlength: 60, "data-field": column.id };
    this.input = el("input", { ...field, ...typing, id: `cell-${id}`, "aria-label": `${row.called} ${name}` });
    this.input.dataset.place = row.place.name;
    if (row.community) this.input.dataset.community = row.community;
    this.last = el("span.last", { id: `last-${id}` }, el("span.last-name", words.last), last);
    this.note = el("div.cell-note", { id: `note-${id}`, hidden: true });
    this.td = el("td.c-cell", el("span.label", { "aria-hidden": "true" }, name), this.input, this.last);
    this.last.onclick = () => this.input.focus();
    listenToCell(this);
    return this.td;
  }

  drop() {
    this.input = this.td = this.note = this.last = null;
  }

  render() {
    const { input, grid, row, doubted } = this;
    if (!input) return;
    const composed = input === grid.focused && this.typed !== null;
    if (!composed && input.value !== this.text) input.value = this.text;
    input.dirty = this.typed !== null;
    input.readOnly = !row.writable;
    const open = doubted.length > 0 && !this.now.reason;
    this.td.className = ["c-cell", !this.filled && "empty", open && "doubted", this.conflict && "open"].filter(Boolean).join(" ");
    this.renderNote(doubted, open);
    const told = !this.note.hidden && this.note.id;
    setAttribute(input, "aria-invalid", this.wrong ? "true" : null);
    setAttribute(input, "aria-describedby", [this.last.id, told].filter(Boolean).join(" "));
  }

  renderNote(doubted, open) {
    const { note, wrong, conflict, grid, row, now } = this;
    const said = Boolean(wrong || conflict || doubted.length);
    note.hidden = !said;
    note.classList.toggle("calm", said && !wrong && !conflict && !open);
    // whoever types a reason goes on typing it
    const typing = note.contains(grid.focused) && doubted.length;
    redraw(note, [wrong, conflict, doubted, typing ? this.told : now.reason, row.writable], () => this.drawNote(doubted));
    if (!typing) this.told = now.reason;
  }

  drawNote(doubted) {
    const { wrong, conflict, grid, now } = this;
    const { words } = grid.data;
    return [
      el("b.of", this.column.name),
      wrong && el("span.message", wrong),
      conflict && el("div.choice", { role: "group" }, drawQuestion(conflict, words, (way) => this.decide(way), describeFigure(words))),
      doubted.length > 0 && el("span.doubt", doubted.join(" ")),
      doubted.length > 0 && this.drawReason(now.reason),
    ];
  }

  // Why it stands all the same.
  drawReason(reason) {
    const { row, column, grid } = this;
    const { words } = grid.data;
    if (!row.writable) return reason && el("span.why", fill(words.reason_is, { reason }));
    const name = fill(words.reason_of, { place: row.called, field: column.name });
    const field = { type: "text", maxlength: MOST_REASON, autocomplete: "off", placeholder: words.reason_hint };
    const input = el("input.why", { ...field, "aria-label": name, "data-reason": this.code });
    input.value = reason;
    input.onkeydown = (event) => {
      if (composing(event) || !["Enter", "Escape"].includes(event.key)) return;
      event.preventDefault();
      if (event.key === "Escape") input.value = this.now.reason;
      focusCell(this); // leaving it saves it
    };
    input.onblur = () => input.value.trim() !== this.now.reason && this.explain(input.value);
    return input;
  }
}
