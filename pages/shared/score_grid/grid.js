// The score grid: the official score table, edited in place. The server decides; what is added up here is a preview of
// its sums. The table is built once, afterwards only values move, and a cell that has the focus or holds text that was
// not accepted is never rewritten.

class Grid extends Editor {
  constructor(root) {
    super(root, "score");
    this.confirmedAt = {}; // by code: when the server acknowledged this tab's change
    this.expanded = new Set(); // codes of rows with 怎么算 open
    this.guard = new Guard(this);
    this.listen(window, "resize", () => this.place());
    this.listen(root, "focusin", ({ target }) => target.matches("tbody :focus-visible") && reveal(this, target));
    this.listen(window, "keydown", (event) => this.undoing?.onKey(event));
    this.listen(window, "sheet-answers", () => this.outbox?.edits.length && this.take());
    this.sizes = new ResizeObserver(() => this.place());
    this.watcher = new MutationObserver(() => this.onConnection());
    const app = document.querySelector('[data-testid="stApp"]');
    if (app) this.watcher.observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] });
  }

  destroy() {
    super.destroy();
    clearTimeout(this.idle);
    this.watcher.disconnect();
    this.sizes.disconnect();
    this.guard.watch(false);
    this.guard.release();
  }

  // Returns where somebody was typing.
  retire() {
    const cell = this.lastFocus;
    const here = cell === this.focused || (!cell?.isConnected && performance.now() - this.leftAt < 1000);
    super.retire();
    if (!here || !cell?.dataset.field) return null;
    const { selectionStart, selectionEnd, value, dataset } = cell;
    return { code: dataset.code, field: dataset.field, text: value, caret: [selectionStart, selectionEnd] };
  }

  resume(spot) {
    const cell = this.rows[spot?.code]?.[spot?.field];
    if (!cell) return;
    cell.focus({ preventScroll: true });
    this.lastFocus = cell;
    cell.value = spot.text;
    cell.setSelectionRange(...spot.caret);
  }

  // ------------------------------------------------------------ from the server

  update(component) {
    this.component = component;
    if (component.data.drawn !== this.text) {
      this.text = component.data.drawn;
      this.drawn = JSON.parse(this.text);
    }
    const data = { ...this.drawn, ...component.data };
    const scheme = JSON.stringify([data.sheet, data.language, data.read_only, data.items]);
    // where nobody was named before, who types goes on typing
    const another = Boolean(this.outbox?.by) && this.outbox.by !== data.actor?.id;
    const anew = another || scheme !== this.scheme;
    if (anew && this.scheme) this.commit(false); // of whoever typed it, before the outbox is another's
    this.data = data;
    const opened = this.open(data);
    if (anew) {
      this.scheme = scheme;
      this.build();
      this.outbox.saved = {};
    }
    this.outbox.heard = (...change) => this.undoing.heard(...change);
    this.outbox.settleEntries(data.entered ?? {}, ({ code }, { at, message }) => {
      if (this.rows[code]) this.rows[code].entryWrong = message ?? "";
      this.savedAt = at ?? this.savedAt;
    });
    this.take();
    if ((anew || opened) && data.actor && this.outbox.waiting.length) this.emit();
  }

  // The answers go ahead of the rows.
  take() {
    this.outbox.settle(this.answers, (edit, answer) => this.answered(edit, answer));
    for (const row of this.order) {
      const before = this.outbox.saved[row.code];
      const now = this.outbox.take(row.code, this.data.rows?.[row.code]);
      if (!before) row.seen = now;
      else if (now.revision > before.revision && !this.outbox.mine.has(now.edit_id)) row.highlight();
    }
    this.undoing.take(this.data.steps);
    this.render();
  }

  answered({ code, edit_id: id, points }, { state, at, message }) {
    const row = this.rows[code];
    if (state === "saved") {
      this.savedAt = at;
      this.confirmedAt[code] = { edit_id: id, at };
      if (row) row.seen = this.outbox.ahead[code];
    } else if (state === "refused" && row) {
      row.wrong.points = message;
      if (!row.points.dirty) row.points.value = print(points);
    }
  }

  // ------------------------------------------------------------ to the server

  commit(send = true) {
    this.order?.forEach((row) => row.commit(send));
  }

  send() {
    if (!this.outbox.waiting.length) return;
    if (this.data.actor) this.emit();
    else setTimeout(() => this.askName()); // after the focus has come to where it was going
  }

  onConnection() {
    if (this.connected && this.outbox?.edits.length) this.emit(true);
    this.guard.watch(!this.connected);
    this.tick();
  }

  // Nothing is on its way to the server, or known of it and not yet in its sums.
  get settled() {
    const { edits, saved } = this.outbox;
    const open = (row) => {
      const newer = saved[row.code].revision > (this.data.rows[row.code]?.revision ?? 0);
      return newer || row.points.dirty || row.deduction.dirty;
    };
    return !edits.length && !this.order.some(open);
  }

  // ------------------------------------------------------------ questions

  askName() {
    window.dispatchEvent(new Event("renewal-who-ask")); // who.js
  }

  unconfirmed(l1) {
    return this.order.filter((row) => row.item.l1 === l1 && row.now.status === "example" && !row.conflict);
  }

  askGroup(l1) {
    if (this.root.querySelector("dialog")) return;
    const { words } = this.data;
    const { box, title, input, wrong, accept, cancel } = partsOf(this.askTemplate.content.cloneNode(true), words);
    setText(title, fill(words.group_title, { l1, count: this.unconfirmed(l1).length }));
    const missing = () => setText(wrong, words.required);
    accept.onclick = onEntered(input, (reason) => this.confirmGroup(l1, reason), missing);
    cancel.onclick = () => box.close();
    openDialog(this.root, box);
    this.lastFocus = input;
  }

  confirmGroup(l1, reason) {
    this.root.querySelector("dialog").close();
    const note = fill(this.data.words.group_note, { reason });
    const act = newStep();
    for (const { code, now, seen } of this.unconfirmed(l1)) {
      const text = [now.reason, note].filter(Boolean).join(";").slice(0, MOST_REASON);
      this.outbox.add(code, { points: now.points, status: "confirmed", reason: text }, seen, act);
    }
    this.render();
    this.send();
  }

  closeMenu() {
    const { menu } = this;
    this.menu = null;
    menu?.remove();
  }

  // ------------------------------------------------------------ drawing

  build() {
    const { items, words, language, read_only: readOnly } = this.data;
    this.closeMenu();
    for (const body of this.root.querySelectorAll("tbody")) body.remove();
    Object.assign(this, partsOf(this.root, words));
    this.root.lang = language === "en" ? "en" : "zh-CN";
    this.root.classList.toggle("read-only", readOnly);
    this.keys.hidden = readOnly;
    this.whoButton.onclick = () => this.askName();
    this.trial = false;
    this.pasting = new Pasting(this);
    this.pasting.say();
    this.undoing = new Undoing(this);
    this.groups.replaceChildren();
    this.rows = {};
    this.order = [];
    this.groupCells = [];
    this.seconds = [];
    this.spans = [];
    let group = null;
    let second = null;
    for (const item of items) {
      if (group?.l1 !== item.l1) group = this.buildGroup(item.l1);
      if (second?.group !== group || second.l2 !== item.l2) {
        const subtotal = el("span.subtotal");
        second = { group, rows: [], subtotal, cell: el("th.c-l2", { scope: "rowgroup" }, item.l2, subtotal) };
        second.l2 = item.l2;
        this.seconds.push(second);
        this.spans.push(second);
      }
      const row = new Row(this, item);
      row.tr.prepend(...[group, second].filter((span) => !span.rows.length).map((span) => span.cell));
      [group, second].forEach((span) => span.rows.push(row));
      group.body.append(...row.lines);
      this.rows[item.code] = row;
      this.order.push(row);
    }
    const kind = this.views?.kind ?? "all";
    this.views = new Views(this);
    this.views.choose(kind);
    this.thead = this.heading.closest("thead");
    this.sizes.observe(this.summary); // which places it, once all of it is laid out
  }

  buildGroup(l1) {
    const { words } = this.data;
    const group = { l1, rows: [], body: el("tbody"), ...partsOf(this.groupTemplate.content.cloneNode(true), words) };
    setText(group.name, l1);
    group.button.setAttribute("aria-label", `${words.group} ${l1}`);
    group.button.onclick = () => this.askGroup(l1);
    group.bar = el("i");
    group.rate = el("span.figures");
    const above = el("div.group", el("b", l1), group.rate, el("span.bar", group.bar));
    if (!this.groupCells.some((one) => one.l1 === l1)) this.groups.append(above);
    this.foot.before(group.body);
    this.groupCells.push(group);
    this.spans.push(group);
    return group;
  }

  // Below what of Streamlit's own stays on top, and how high the summary is: where the headings come to rest. Said to
  // the two that rest there, not to the whole table, whose every cell the browser would look at anew.
  place() {
    if (!this.summary) return;
    const header = document.querySelector('[data-testid="stHeader"]')?.getBoundingClientRect();
    const main = document.querySelector('[data-testid="stMain"]')?.getBoundingClientRect();
    const offset = header && main ? Math.max(0, Math.min(header.bottom, 200) - main.top) : 0;
    this.summary.style.setProperty("--offset", `${offset}px`);
    this.thead.style.setProperty("--offset", `${offset}px`);
    this.thead.style.setProperty("--summary", `${this.summary.getBoundingClientRect().height}px`);
  }

  render() {
    this.order.forEach((row) => row.render());
    renderTotals(this);
    renderOwn(this);
    this.renderSpans();
    this.renderSaving();
    this.undoing.render();
    this.views.render();
  }

  renderSpans() {
    for (const { cell, rows } of this.spans) {
      const height = rows.flatMap((row) => row.lines).filter((line) => !line.hidden).length;
      if (cell.rowSpan !== height) cell.rowSpan = height;
    }
  }

  renderSaving() {
    const { words, actor, local, read_only: readOnly } = this.data;
    const count = this.outbox.codes.size;
    const conflicts = Object.keys(this.outbox.conflicts).length;
    const wrong = this.order.filter((row) => row.wrongs.length).length;
    let text = this.savedAt ? fill(words.saved, { time: this.savedAt }) : words.autosave;
    if (count) text = actor ? words.saving : words.name_needed;
    if (this.away) text = count ? fill(words.away, { count }) : words.away_clean;
    if (readOnly) text = words.read_only;
    if (this.trial) text = words.trial_note;
    if (wrong) text += ` · ${fill(words.not_counted, { count: wrong })}`;
    if (conflicts) text += ` · ${fill(words.undecided_count, { count: conflicts })}`;
    setText(this.saving, text);
    this.saving.classList.toggle("alarm", this.away || Boolean(count && !actor));
    this.summary.classList.toggle("away", this.away);
    setText(this.whoName, actor ? fill(words.name_is, actor) : "");
    setText(this.whoButton, actor ? words.name_change : words.name_give);
    this.whoLine.hidden = !local || (!actor && (readOnly || !count));
    if (this.wasAway === this.away) return;
    this.wasAway = this.away;
    this.order.forEach((row) => row.render());
  }
}

export default mount("scoreGrid", ".score-grid", Grid);
