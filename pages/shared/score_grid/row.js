// An indicator's row: what stands in its cells, what counts of it, what becomes of it.

const NUMBERS = ["points", "deduction"];
const CELLS = [...NUMBERS, "reason"];
const HIGHLIGHT_MS = 6000;
const FITS = CSS.supports("field-sizing", "content");

const lacksReason = ({ points, status, reason }, weight) => {
  return counts(status) && points !== null && points < weight && !reason;
};

class Row {
  constructor(grid, item) {
    const { words } = grid.data;
    const { code, l3 } = item;
    const copy = grid.rowTemplate.content.cloneNode(true);
    Object.assign(this, { grid, item, code, weight: hundredths(item.weight), least: hundredths(item.least), step: hundredths(item.step), wrong: {} }, partsOf(copy, words));
    this.lines = [this.tr, this.rule, this.note];
    this.cells = CELLS.map((name) => this[name]);
    for (const cell of copy.querySelectorAll("[data-label]")) cell.dataset.label = words[cell.dataset.label];
    for (const node of [this.tr, this.status, ...this.cells]) node.dataset.code = code;
    for (const name of CELLS) this[name].setAttribute("aria-label", `${l3} ${words[name]}`);
    setText(this.codeCell, code);
    setText(this.name, l3);
    setText(this.weightCell, this.least <= -10000 ? "—" : print(this.weight + this.least));
    this.flag.id = `flag-${code}`;
    this.message.id = `message-${code}`;
    this.how.title = words.how;
    this.how.setAttribute("aria-label", `${words.how} ${l3}`);
    this.how.onclick = () => this.toggleRule();
    this.rule.hidden = !grid.expanded.has(code);
    this.terms.append(...terms([[words.how, item.rule], [words.evidence, item.evidence], [words.source, item.source]]));
    listenTo(this);
  }

  get now() {
    return this.grid.outbox.shown(this.code);
  }

  // Why the sheet's evaluator does not score it; "" where they do.
  get out() {
    return this.grid.outbox.saved[this.code]?.out ?? "";
  }

  // Nothing can be entered here.
  get fixed() {
    return Boolean((this.grid.data.read_only && !this.grid.trial) || this.out);
  }

  get conflict() {
    return this.grid.outbox.conflicts[this.code];
  }

  get typing() {
    return this.cells.some((cell) => cell.dirty);
  }

  get wrongs() {
    return Object.values(this.wrong).filter(Boolean);
  }

  // What counts at this moment: the saved or pending value, with what is being typed if it is valid.
  get live() {
    const value = valueOf(this.now);
    for (const name of NUMBERS) {
      if (!this[name].dirty) continue;
      const typed = readNumber(this[name].value, ...this.bounds(name));
      if (typed.wrong) continue;
      value.points = typed.empty ? null : name === "points" ? typed.value : this.weight - typed.value;
      // what is tried confirms nothing
      if (!typed.empty) value.status = !this.grid.trial ? "confirmed" : counts(value.status) ? value.status : "example";
      else if (counts(value.status)) value.status = "unscored";
    }
    if (this.reason.dirty) value.reason = this.reason.value.trim();
    return value;
  }

  // The most and the least that may stand in a cell, its steps and where they begin: of a 扣分项 points lie below 0, what
  // it takes off does not.
  bounds(name) {
    const { weight, least, step } = this;
    return name === "deduction" ? [weight - least, 0, step, weight] : [weight, least, step, 0];
  }

  sentence(name, finished = true) {
    const kind = name === "deduction" ? "deduction_" : "";
    return sentenceOf(this.grid.data.words, this.now, this[name].value, this.bounds(name), finished, kind);
  }

  // What was typed no longer stands.
  clean(names = CELLS) {
    for (const name of names) {
      this[name].dirty = false;
      this.wrong[name] = null;
    }
  }

  // Takes what stands in the cells: a valid change goes into the outbox, anything else gets its sentence.
  commit(send = true) {
    if (this.fixed || !this.typing) return;
    if (this.grid.trial) return this.tried();
    const target = this.live;
    for (const name of NUMBERS) {
      if (!this[name].dirty) continue;
      this.wrong[name] = this.sentence(name);
      this[name].dirty = Boolean(this.wrong[name]);
    }
    const { length } = target.reason;
    if (this.reason.dirty && length > MOST_REASON) {
      this.wrong.reason = fill(this.grid.data.words.reason_too_long, { most: MOST_REASON, length });
      target.reason = this.now.reason;
    } else this.reason.dirty = false;
    this.change(target, { send });
  }

  // What is tried stays in its cell and counts, and goes nowhere.
  tried() {
    for (const name of NUMBERS) if (this[name].dirty) this.wrong[name] = this.sentence(name);
    this.grid.render();
  }

  change(target, { send = true, sure = false, act } = {}) {
    const changed = this.grid.outbox.change(this.code, target, this.seen, sure, act);
    if (changed && send) this.grid.send();
    this.grid.render();
  }

  setStatus(status) {
    if (this.grid.trial) return false;
    if (status === "confirmed") return this.confirm();
    const reason = this.reason.dirty ? this.reason.value.trim() : this.now.reason;
    this.clean();
    return this.change({ points: null, status, reason });
  }

  // Confirms the row as it stands. Returns whether it could.
  confirm() {
    this.commit();
    if (this.grid.trial || this.wrong.points || this.wrong.deduction) return false;
    if (this.now.points !== null) {
      this.change(this.now, { sure: true });
      return true;
    }
    this.wrong.points = this.grid.data.words.points_first;
    this.grid.render();
    return false;
  }

  // Takes the suggested points over, as if they had been typed.
  adopt() {
    const points = this.grid.data.suggestions?.[this.code]?.points;
    if (!points || this.fixed || this.conflict) return;
    this.clean(NUMBERS);
    this.points.value = points;
    this.points.dirty = true;
    this.commit();
    // the points that stood there already, as the shipped example: adopting them confirms them
    if (this.now.status === "example") this.confirm();
  }

  decide(decision) {
    this.clean();
    this.seen = this.grid.outbox.decide(this.code, decision);
    if (decision === "mine") this.grid.send();
    focusCell(this, "points");
    this.put(["points"]);
    this.grid.render();
  }

  restore(name) {
    const names = name === "reason" ? ["reason"] : NUMBERS;
    this.clean(names);
    this.put(names);
    if (!this.grid.outbox.last(this.code)) this.seen = this.grid.outbox.saved[this.code] ?? this.seen;
    this[name].select?.();
    this.grid.render();
  }

  // Writes a value into cells, also where somebody is.
  put(names = CELLS, { points, reason } = this.now) {
    const texts = { points: print(points), deduction: points === null ? "" : print(this.weight - points), reason };
    for (const name of names) {
      const cell = this[name];
      if (cell.value === texts[name]) continue;
      cell.value = texts[name];
      this.fit(cell);
    }
  }

  // A reason shows whole: where CSS cannot do it (field-sizing) its height follows here.
  fit(cell) {
    if (FITS || cell.tagName !== "TEXTAREA") return;
    cell.style.height = "auto";
    cell.style.height = `${cell.scrollHeight}px`;
  }

  highlight() {
    this.tr.classList.remove("moved");
    void this.tr.offsetWidth; // restarts the animation
    this.tr.classList.add("moved");
    clearTimeout(this.calm);
    this.calm = setTimeout(() => this.tr.classList.remove("moved"), HIGHLIGHT_MS);
  }

  toggleRule() {
    this.rule.hidden = !this.rule.hidden;
    if (this.rule.hidden) this.grid.expanded.delete(this.code);
    else this.grid.expanded.add(this.code);
    this.how.setAttribute("aria-expanded", String(!this.rule.hidden));
    renderOffer(this);
    this.grid.renderSpans();
  }

  render() {
    const { outbox, focused, data } = this.grid;
    const saved = outbox.saved[this.code] ?? NOTHING;
    const pending = outbox.last(this.code);
    const now = this.live;
    const untouched = !this.typing && !this.cells.includes(focused);
    // whoever types in a row edits what they saw there, not what came in meanwhile
    if (!pending && (untouched || outbox.mine.has(saved.edit_id) || sameValue(saved, this.seen))) this.seen = saved;
    const free = CELLS.filter((name) => !this.wrong[name] && !this[name].dirty && this[name] !== focused);
    this.put(free, outbox.open(this.code)?.mine ?? now);
    this.deduction.classList.toggle("zero", this.deduction.value === "0.00");

    const { fixed, out } = this;
    for (const cell of this.cells) Object.assign(cell, { readOnly: fixed, tabIndex: out ? -1 : 0 });
    this.status.disabled = fixed || this.grid.trial;
    this.tr.classList.toggle("out", Boolean(out));
    const status = data.words[out || now.status];
    this.statusMark.className = `mark ${now.status}`;
    setText(this.statusText, status);
    this.status.setAttribute("aria-label", fill(data.words.status_of, { name: this.item.l3, status }));
    this.tr.dataset.status = now.status;
    this.flag.hidden = !lacksReason(now, this.weight);

    const { conflict, wrongs } = this;
    setText(this.record, this.recordOf(saved, pending));
    this.record.className = pending || wrongs.length || conflict ? "open" : "";
    const older = this.older;
    setText(this.message, [...wrongs, older].filter(Boolean).join(" "));
    this.note.hidden = !wrongs.length && !conflict && !older;
    const decide = (decision) => this.decide(decision);
    redraw(this.choice, conflict, () => (conflict ? drawConflict(conflict, data.words, false, decide) : []));
    for (const name of CELLS) {
      const wrong = this.wrong[name] && this.message.id;
      const about = [wrong, name === "reason" && !this.flag.hidden && this.flag.id].filter(Boolean);
      setAttribute(this[name], "aria-invalid", wrong && "true");
      setAttribute(this[name], "aria-describedby", about.length > 0 && about.join(" "));
    }
    renderOffer(this);
  }

  // Where somebody stands in a cell it is not rewritten: it then says that another number has come to count.
  get older() {
    const { focused, data, outbox } = this.grid;
    const name = NUMBERS.find((each) => this[each] === focused);
    const { points, status, by, at } = outbox.saved[this.code] ?? NOTHING;
    if (!name || this.typing || this.conflict || outbox.last(this.code)) return "";
    const { value = null, wrong } = readNumber(this[name].value, this.weight);
    const counted = !counts(status) ? null : name === "points" ? points : this.weight - points;
    if (wrong || value === counted) return "";
    return fill(data.words.older, { name: by || data.words.someone, time: at, counted: print(counted) || data.words[status] });
  }

  // Who changed the item when, or what keeps it from being saved.
  recordOf(saved, pending) {
    const { data, away, confirmedAt } = this.grid;
    const { words } = data;
    const confirmed = confirmedAt[this.code];
    if (this.grid.trial && this.typing) return words.tried;
    if (this.conflict) return words.undecided;
    if (this.wrongs.length) return words.unsaved;
    if (pending) return away || !data.actor ? words.unsaved : words.saving;
    if (confirmed?.edit_id === saved.edit_id) return fill(words.saved, { time: confirmed.at });
    return saved.revision && saved.status !== "example" && saved.by ? `${saved.by} ${saved.at}` : "";
  }
}
