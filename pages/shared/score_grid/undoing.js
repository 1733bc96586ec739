// Undo and redo: one's own steps on the sheet, newest last. The server reads them from the record (core.scoring.undoing);
// what is done here and not answered yet goes ahead of what it has sent. An undo is a change like others, by an id that
// says so, and the server takes all of a step or nothing.

class Undoing {
  constructor(grid) {
    this.grid = grid;
    this.steps = { undo: [], redo: [] };
    this.passed = new Set(); // ids of steps that cannot be undone, once that was said
    grid.undo.onclick = () => this.go("undo");
    grid.redo.onclick = () => this.go("redo");
  }

  // What the server knows counts while nothing is on its way to it.
  take(steps) {
    if (!this.grid.settled) return;
    const change = ({ code, before, after }) => ({ code, before: valueOf(read(before)), after: valueOf(read(after)) });
    const step = (each) => ({ ...each, changes: each.changes.map(change) });
    this.steps = { undo: steps.undo.map(step), redo: steps.redo.map(step) };
  }

  // A change of this browser is on its way.
  heard(code, act, before, value) {
    const { undo } = this.steps;
    if (act.kind !== "c") return;
    this.steps.redo = [];
    let step = undo.find(({ id }) => id === act.step);
    if (!step) undo.push((step = { id: act.step, changes: [], why_not: "" }));
    const known = step.changes.find((each) => each.code === code);
    if (known) known.after = value;
    else step.changes.push({ code, before, after: value });
  }

  next(way) {
    return this.steps[way].findLast(({ id }) => !this.passed.has(id));
  }

  // Undoes or redoes the next step, whole; or says why it cannot, and the one before it is next.
  go(way) {
    const { grid } = this;
    const { words, read_only: readOnly } = grid.data;
    const step = this.next(way);
    if (readOnly || !step) return;
    const [kind, from, to, other] = way === "undo" ? ["u", "after", "before", "redo"] : ["r", "before", "after", "undo"];
    const open = step.changes.find(({ code }) => grid.rows[code].conflict);
    const why = open ? fill(words.step_undecided, open) : step.why_not;
    if (why) {
      if (!open) this.passed.add(step.id);
      grid.pasting.tell(fill(words[`${way}_refused`], { why }));
      this.render();
      return;
    }
    const what = this.what(step, from, to);
    for (const change of step.changes) {
      const row = grid.rows[change.code];
      row.clean();
      grid.outbox.add(row.code, change[to], row.seen, { step: step.id, kind });
      row.put();
      row.highlight();
    }
    this.steps[way] = this.steps[way].filter((each) => each !== step);
    this.steps[other].push(step);
    grid.pasting.forget();
    setText(grid.undone, fill(words[way === "undo" ? "undone" : "redone"], { what })); // for who cannot see it
    const first = grid.rows[step.changes[0].code];
    if (grid.focused?.dataset.field) focusCell(first, "points");
    else first.points.scrollIntoView({ block: "nearest" });
    reveal(grid, first.points);
    grid.render();
    grid.send();
  }

  // "A11 1.00 → 0.50"
  what({ changes }, from, to) {
    const { words } = this.grid.data;
    const [{ code, [from]: now, [to]: then }] = changes;
    const told = ({ points, status }) => (counts(status) ? print(points) : words[status]);
    const short = ({ reason }) => (reason.length > 6 ? `${reason.slice(0, 6)}…` : reason || words.no_reason);
    let first = fill(words.step_change, { code, now: told(now), then: told(then) });
    if (now.points === then.points && now.status !== then.status) {
      first = fill(words.step_change, { code, now: words[now.status], then: words[then.status] });
    } else if (now.points === then.points) first = fill(words.step_reason, { code, now: short(now), then: short(then) });
    return changes.length > 1 ? fill(words.step_many, { first, count: changes.length }) : first;
  }

  render() {
    const { words, read_only: readOnly } = this.grid.data;
    for (const [way, from, to] of [["undo", "after", "before"], ["redo", "before", "after"]]) {
      const step = this.next(way);
      const button = this.grid[way];
      const what = step && this.what(step, from, to);
      setText(button, step ? fill(words[way], { what: step.why_not ? fill(words.step_stopped, { what }) : what }) : "");
      button.title = button.textContent;
      button.hidden = readOnly || !step;
    }
  }

  onKey(event) {
    const way = this.grid.trial ? null : stepAsked(this.grid.root, event);
    if (way) this.go(way);
  }
}
