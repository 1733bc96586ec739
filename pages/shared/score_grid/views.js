// What of the sheet is shown: all of it as the official table, or the items of one kind in a plain list, those with
// deductions by their size. And 试算: points that are tried and never sent.

const isLost = (row) => {
  const { points, status } = row.live;
  return counts(status) && points !== null && points < row.weight;
};
const lostBy = (row) => row.weight - row.live.points;
const KINDS = {
  all: () => true,
  lost: isLost,
  open: (row) => row.now.status === "example",
  unreasoned: (row) => lacksReason(row.live, row.weight),
};

class Views {
  constructor(grid) {
    this.grid = grid;
    this.kind = "all";
    this.inGroups = true; // as the rows were built
    this.listed = null; // the rows of the plain list; null: the official table is shown
    this.body = el("tbody", { hidden: true });
    grid.foot.before(this.body);
    const { words } = grid.data;
    this.chips = Object.keys(KINDS).map((kind) =>
      el("button.chip", { "data-kind": kind, onclick: () => this.choose(kind) }),
    );
    this.trial = el("button.chip", { "aria-pressed": "false", onclick: () => this.tryPoints(!grid.trial) }, words.trial);
    grid.viewsBar.replaceChildren(...this.chips);
    grid.trialBar.replaceChildren(this.trial);
  }

  // The rows that the keyboard goes through.
  get rows() {
    return this.listed ?? this.grid.order;
  }

  choose(kind) {
    this.kind = kind;
    this.lay();
    this.render();
  }

  found() {
    const rows = this.grid.order.filter(KINDS[this.kind]);
    return this.kind === "lost" ? rows.toSorted((one, other) => lostBy(other) - lostBy(one)) : rows;
  }

  lay() {
    const { grid, kind } = this;
    this.listed = kind === "all" ? null : this.found();
    grid.root.classList.toggle("flat", kind !== "all");
    grid.sumName.colSpan = kind === "all" ? 4 : 2;
    this.body.hidden = kind === "all";
    for (const group of grid.groupCells) {
      group.body.hidden = kind !== "all";
      if (!this.inGroups) group.body.append(...group.rows.flatMap((row) => row.lines));
    }
    this.inGroups = kind === "all";
    this.body.append(...(this.listed ?? []).flatMap((row) => row.lines));
  }

  // Where somebody stands in the list it keeps its rows: one that is answered leaves it when they have left.
  render() {
    const { grid } = this;
    const { words } = grid.data;
    const now = this.listed && this.found();
    const same = !now || (now.length === this.listed.length && now.every((row, at) => row === this.listed[at]));
    if (!same && !this.body.contains(grid.focused)) this.lay();
    for (const chip of this.chips) {
      const { kind } = chip.dataset;
      const count = grid.order.filter(KINDS[kind]).length;
      setText(chip, fill(words[`show_${kind}`], { count }));
      chip.setAttribute("aria-pressed", String(kind === this.kind));
      chip.hidden = !count && kind !== this.kind;
    }
  }

  tryPoints(on) {
    const { grid } = this;
    if (on) grid.commit();
    grid.trial = on;
    grid.root.classList.toggle("trying", on);
    setText(this.trial, on ? grid.data.words.trial_end : grid.data.words.trial);
    this.trial.setAttribute("aria-pressed", String(on));
    if (!on) grid.order.forEach((row) => row.clean());
    grid.render();
  }
}

// What a trial says of its total.
const trialOf = (grid, total) => {
  const before = print(addUp(grid.order, (row) => valueOf(row.now)).points);
  const change = hundredths(total) - hundredths(before);
  const sign = change > 0 ? "+" : change < 0 ? "−" : "";
  return fill(grid.data.words.trial_from, { total: before, change: `${sign}${print(Math.abs(change))}` });
};
