// Undo and redo of what was changed in this tab: each is a change like others, where nobody has changed the cell since.

class OwnSteps {
  constructor(grid) {
    this.grid = grid;
    this.undo = [];
    this.redo = [];
    this.going = false;
    grid.undo.onclick = () => this.go("undo");
    grid.redo.onclick = () => this.go("redo");
  }

  heard(code, act, before, after) {
    if (this.going) return;
    this.redo = [];
    let step = this.undo.find(({ id }) => id === act.step);
    if (!step) this.undo.push((step = { id: act.step, changes: [] }));
    const known = step.changes.find((each) => each.code === code);
    if (known) known.after = after;
    else step.changes.push({ code, before, after });
  }

  // Undoes or redoes the next step, whole; one that cannot be goes, and the reason is told.
  go(way) {
    const { grid } = this;
    const { words } = grid.data;
    const step = this[way].pop();
    if (!step) return;
    const [from, to, other] = way === "undo" ? ["after", "before", "redo"] : ["before", "after", "undo"];
    const changes = step.changes.map((each) => ({ cell: grid.cells.get(each.code), now: each[from], then: each[to] }));
    const stopped = changes.find(({ cell, now }) => !cell?.row.writable || cell.conflict || !grid.outbox.same(cell.now, now));
    if (stopped) grid.tell(fill(words.undo_refused, { place: stopped.cell?.row.called, field: stopped.cell?.column.name }));
    else {
      this.put(changes);
      this[other].push(step);
      setText(grid.undone, fill(words[way === "undo" ? "undone" : "redone"], { what: this.what(changes, changes.length) }));
      if (grid.focused?.dataset.field) focusCell(changes[0].cell);
    }
    grid.renderSaving();
  }

  put(changes) {
    const { grid } = this;
    const act = newStep();
    this.going = true;
    for (const { cell, then } of changes) {
      cell.clean();
      grid.outbox.add(cell.code, then, cell.seen, act);
    }
    this.going = false;
    for (const row of new Set(changes.map(({ cell }) => cell.row))) row.render();
    grid.send();
  }

  // 璜土镇 累计支付 8,000.00 → 8,100.00
  what([{ cell, now, then }], count) {
    const { words } = this.grid.data;
    const told = ({ raw }) => raw || words.empty_cell;
    const names = { place: cell.row.called, field: cell.column.name };
    const same = now.raw === then.raw;
    const first = fill(words[same ? "step_reason" : "step"], { ...names, now: told(now), then: told(then) });
    return count > 1 ? fill(words.step_many, { first, count }) : first;
  }

  render() {
    const { grid } = this;
    for (const way of ["undo", "redo"]) {
      const changes = this[way].at(-1)?.changes ?? [];
      const [from, to] = way === "undo" ? ["after", "before"] : ["before", "after"];
      const first = changes.slice(0, 1).map((each) => ({ cell: grid.cells.get(each.code), now: each[from], then: each[to] }));
      const known = first[0]?.cell && !grid.data.read_only;
      grid[way].hidden = !known;
      setText(grid[way], known ? fill(grid.data.words[way], { what: this.what(first, changes.length) }) : "");
      grid[way].title = grid[way].textContent;
    }
  }

  onKey(event) {
    const way = stepAsked(this.grid.root, event);
    if (way) this.go(way);
  }
}
