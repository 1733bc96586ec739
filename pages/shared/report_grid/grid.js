// The form of a reporting period: places or communities × figures, typed in place. The server decides what a figure is worth and what is
// doubtful of it; here only the form of what is typed is looked at. Rows have fields only near the window.

const CARDS = "(max-width: 640px)";
const AHEAD = "600px"; // so far outside of the window rows have fields

class ReportGrid extends Editor {
  constructor(root) {
    super(root, "report");
    this.near = new Set(); // rows with fields
    this.acting = null; // the step that was asked for and is not answered
    this.small = matchMedia(CARDS);
    this.listen(this.small, "change", () => this.rearrange());
    this.listen(window, "keydown", (event) => this.steps?.onKey(event));
    this.listen(window, "sheet-answers", () => this.outbox?.edits.length && this.take(false));
  }

  destroy() {
    super.destroy();
    clearTimeout(this.idle);
    this.watcher?.disconnect();
  }

  get holds() {
    return ReportOutbox;
  }

  get cards() {
    return this.small.matches;
  }

  // ------------------------------------------------------------ from the server

  update(component) {
    this.component = component;
    const moved = component.data.drawn !== this.text;
    if (moved) {
      this.text = component.data.drawn;
      this.drawn = JSON.parse(this.text);
    }
    const data = { ...this.drawn, ...component.data };
    const form = JSON.stringify([data.sheet, data.language, data.read_only, data.columns, data.rows.map(({ code }) => code)]);
    const another = Boolean(this.outbox?.by) && this.outbox.by !== data.actor?.id;
    const anew = another || form !== this.form;
    if (anew && this.form) this.commit(false); // of whoever typed it, before the outbox is another's
    this.data = data;
    const opened = this.open(data);
    if (anew) {
      this.form = form;
      this.outbox.saved = {};
      this.build();
    }
    this.outbox.heard = (...change) => this.steps.heard(...change);
    this.hear(data.told);
    this.take(anew || moved || opened);
    if ((anew || opened) && data.actor && this.outbox.waiting.length) this.emit();
  }

  // The answers go ahead of the rows. `whole`: there are rows that may be new.
  take(whole) {
    this.outbox.settle(this.answers, (edit, answer) => this.answered(edit, answer));
    if (whole) {
      this.places.forEach((place, i) => place.take(this.data.places[i]));
      this.order.forEach((row, i) => row.take(this.data.rows[i]));
    }
    this.render();
  }

  answered(edit, answer) {
    if (answer.state === "saved") this.savedAt = answer.at;
    this.cells.get(edit.code)?.answered(edit, answer);
    const row = this.cells.get(edit.code)?.row;
    if (row && !row.near) row.count();
  }

  // What became of the step that was asked for.
  hear(told) {
    if (!this.acting || told?.id !== this.acting.id) return;
    const place = this.places.find(({ name }) => name === told.place);
    this.acting = null;
    this.component.setStateValue("act", null);
    if (place) place.said = told.sentences;
    if (place) this.renderPlace(place);
  }

  // ------------------------------------------------------------ to the server

  commit(send = true) {
    this.order?.forEach((row) => row.typing && row.commit(send));
  }

  send() {
    if (!this.outbox.waiting.length) return;
    if (this.data.actor) this.emit();
    else setTimeout(() => this.askName()); // after the focus has come to where it was going
  }

  // A step of a row: it is asked for until the server has said what became of it.
  ask(act) {
    this.acting = act;
    this.askedAt = performance.now();
    this.component.setStateValue("act", { ...act, beat: (this.beat += 1) });
  }

  tick() {
    super.tick();
    if (this.acting && this.connected && performance.now() - this.askedAt > RESEND_MS) this.ask(this.acting);
  }

  askName() {
    window.dispatchEvent(new Event("renewal-who-ask")); // who.js
  }

  tell(text) {
    this.pasting.tell(text);
  }

  // ------------------------------------------------------------ drawing

  build() {
    const { rows, places, columns, words, language, communities } = this.data;
    this.watcher?.disconnect();
    Object.assign(this, partsOf(this.root, words), { columns, empty: 0 });
    this.near.clear();
    this.root.lang = language === "en" ? "en" : "zh-CN";
    this.root.style.setProperty("--columns", columns.length);
    this.pasting = new BlockPasting(this);
    this.pasting.say();
    this.steps = new OwnSteps(this);
    this.whoButton.onclick = () => this.askName();
    const title = ({ name, unit }) => el("th.c-cell", { scope: "col" }, name, unit && el("span.unit", unit));
    const head = [el("th.c-place", { scope: "col" }, communities ? words.community : words.place), columns.map(title), el("th.c-acts", { scope: "col" }, words.row_acts)];
    this.titles.replaceChildren(...head.flat());
    for (const body of this.table.querySelectorAll("tbody")) body.remove();
    this.root.classList.toggle("of-communities", communities);
    this.places = places.map((place) => new Place(this, place));
    const of = new Map(this.places.map((place) => [place.name, place]));
    this.order = rows.map((row, i) => new GridRow(this, of.get(row.place), row, i));
    this.cells = new Map(this.order.flatMap((row) => row.cells.map((cell) => [cell.code, cell])));
    this.table.append(...this.places.flatMap((place) => [place.body, ...place.rows.map(({ body }) => body)]).filter(Boolean));
    this.picking = new Picking(this);
    this.picking.lay();
    this.watch();
  }

  // In the table its own box scrolls, cards scroll with the page.
  watch() {
    const rows = new Map(this.order.map((row) => [row.body, row]));
    const options = { root: this.cards ? this.scrolledIn : this.scroller, rootMargin: `${AHEAD} 0px` };
    this.watcher?.disconnect();
    this.watcher = new IntersectionObserver((seen) => {
      for (const { target, isIntersecting } of seen) rows.get(target)[isIntersecting ? "come" : "go"]();
    }, options);
    for (const { body } of this.order) this.watcher.observe(body);
  }

  rearrange() {
    if (!this.order) return;
    this.near.forEach((row) => row.arrange());
    this.picking.lay();
    this.watch();
    this.render();
  }

  render() {
    for (const row of this.order) if (row.near || row.shown !== row.data) row.draw();
    for (const place of this.places) if (place.shown !== place.data || place.rows.some(({ near }) => near)) place.render();
    this.renderSaving();
  }

  renderPlace(place) {
    for (const row of place.rows) row.draw();
    place.render();
  }

  renderSaving() {
    const { words, actor, local } = this.data;
    const count = this.outbox.codes.size;
    const conflicts = Object.keys(this.outbox.conflicts).length;
    const wrong = [...this.near].reduce((sum, { cells }) => sum + cells.filter((cell) => cell.wrong).length, 0);
    let text = this.savedAt ? fill(words.saved, { time: this.savedAt }) : words.autosave;
    if (count) text = actor ? words.saving : words.name_needed;
    if (this.away) text = count ? fill(words.away, { count }) : words.away_clean;
    if (wrong) text += ` · ${fill(words.not_counted, { count: wrong })}`;
    if (conflicts) text += ` · ${fill(words.undecided_count, { count: conflicts })}`;
    setText(this.saving, text);
    this.saving.classList.toggle("alarm", this.away || Boolean(count && !actor));
    setText(this.left, this.empty ? fill(words.left, { count: this.empty }) : words.all_filled);
    this.whoButton.hidden = !local || Boolean(actor) || !count;
    this.picking.render();
    this.steps.render();
  }
}

export default mount("reportGrid", ".report-grid", ReportGrid);
