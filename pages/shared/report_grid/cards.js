// On a telephone a community is a card: one at a time, picked from a list.

class Picking {
  constructor(grid) {
    this.grid = grid;
    this.row = null; // whose card is there
    grid.pick.onchange = () => this.choose(grid.order[Number(grid.pick.value)]);
    grid.nextRow.onclick = () => this.choose(grid.order[(this.row.at + 1) % grid.order.length]);
  }

  get on() {
    return this.grid.cards && Boolean(this.grid.data.communities);
  }

  choose(row) {
    if (row === this.row) return;
    this.row?.commit();
    this.row = row;
    this.lay();
    row.render();
    this.grid.component.setStateValue("chosen", row.code);
    this.grid.renderSaving();
  }

  // Only what is picked is there, with the head of its place.
  lay() {
    const { grid } = this;
    const { order, places } = grid;
    grid.picker.hidden = !this.on;
    if (this.on) this.row ??= order[0];
    for (const row of order) row.body.hidden = this.on && row !== this.row;
    for (const place of places) if (place.body) place.body.hidden = this.on && place !== this.row.place;
    if (this.on) this.row.come();
  }

  render() {
    const { grid, row } = this;
    if (!this.on) return;
    const { order, places, data, pick } = grid;
    const text = ({ name, empty }) => (empty ? fill(data.words.pick_empty, { name, count: empty }) : name);
    redraw(pick, order.map(text), () =>
      places.map(({ name, rows }) => el("optgroup", { label: name }, rows.map((one) => el("option", { value: one.at }, text(one))))),
    );
    pick.value = String(row.at);
  }
}
