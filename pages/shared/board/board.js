// 逐项评议: one item large enough to be read from the back of a room, the panel's points entered under it.
//
// All items are here, so that the next one shows at once. The server decides what an entry is worth and keeps it; what
// it has not answered stays in the outbox. What is drawn stands in drawing.js.

const places = new Map(); // by sheet: the item and the chip that were shown, kept over a page switch

class Board extends BoardView {
  constructor(root) {
    super(root, "board");
    this.presenter = new Presenter(this);
    this.talking = new Talk(this);
    this.beside = null; // the picture of evidence that is shown in the agenda's place
    this.trying = false;
    this.trial = {};
    this.clean();
    this.listen(window, "keydown", (event) => this.onKey(event));
  }

  // Nothing is being typed.
  clean() {
    this.dirty = { points: false, reason: false };
    this.base = null;
    this.wrong = "";
  }

  // ------------------------------------------------------------ from the server

  update(component) {
    this.component = component;
    const { data } = component;
    const first = !this.data;
    if (!first && data.actor?.id !== this.data.actor?.id) this.commit();
    this.data = data;
    const opened = this.open(data);
    this.place = places.get(data.sheet) ?? { code: null, chip: "all" };
    places.set(data.sheet, this.place);
    if (first) {
      this.trial = data.tried ?? {};
      this.trying = Object.keys(this.trial).length > 0;
      this.build();
    }
    this.outbox.settle(data.answers ?? {}, (edit, answer) => this.answered(edit, answer));
    this.outbox.settleEntries(data.posted ?? {}, (entry, answer) => this.talking.answered(entry, answer));
    data.items.forEach((item) => this.outbox.take(item.code, item.panel));
    this.render();
    if (data.led && data.led.number !== this.place.led) {
      this.place.led = data.led.number;
      this.jump(data.led.code);
    }
    if (opened && this.outbox.waiting.length) this.emit();
  }

  answered(edit, { state, message, at }) {
    if (state === "saved") this.savedAt = at;
    else if (state === "refused" && edit.code === this.item.code) this.wrong = message;
    else if (state !== "conflict") this.elsewhere = state === "another" ? message : `${edit.code} ${message}`;
  }

  // ------------------------------------------------------------ items

  get list() {
    const { chip } = this.place;
    return this.data.items.filter((item) => chip === "all" || item.needs.includes(chip));
  }

  get item() {
    const { items } = this.data;
    return items.find((item) => item.code === this.place.code) ?? this.list[0] ?? items[0];
  }

  get now() {
    return this.outbox.shown(this.item.code);
  }

  go(code) {
    this.commit();
    if (this.wrong && this.dirty.points) return; // what was typed does not count: say so before leaving it
    this.place.code = code;
    this.clean();
    this.elsewhere = "";
    this.beside = null;
    this.render();
  }

  step(by) {
    // the item may have left the chip's list (it is confirmed now): go on from where it stood among all
    const { items } = this.data;
    const from = items.indexOf(this.item);
    const next =
      by > 0
        ? this.list.find((item) => items.indexOf(item) > from)
        : this.list.findLast((item) => items.indexOf(item) < from);
    if (next) this.go(next.code);
  }

  jump(code) {
    if (!this.list.some((item) => item.code === code)) this.place.chip = "all";
    this.go(code);
  }

  choose(chip) {
    this.commit();
    this.place.chip = chip;
    if (this.list.length && !this.list.includes(this.item)) this.go(this.list[0].code);
    this.render();
  }

  // ------------------------------------------------------------ keys

  onKey(event) {
    if (composing(event) || document.querySelector('[role="dialog"]')) return;
    const inside = event.composedPath()[0];
    const own = this.root.contains(inside) || this.root.getRootNode().host === event.target;
    const typing = inside.matches?.("input, textarea, select, [contenteditable]");
    if (typing && !own) return;
    const taken = { KeyS: this.item.suggestion?.points, KeyR: this.item.by_rule };
    if (event.altKey && !event.ctrlKey && event.code in taken) {
      event.preventDefault();
      this.use(taken[event.code]);
    } else if (!event.ctrlKey && !event.altKey && !event.metaKey) {
      const place = !typing && /^\d$/.test(event.key) && this.presenter.typed(event.key, this.list);
      if (place) this.go(place);
      const by = { PageDown: 1, PageUp: -1, ...(typing ? {} : { ArrowRight: 1, ArrowLeft: -1 }) }[event.key];
      if (!by) return;
      event.preventDefault();
      this.step(by);
    }
  }

  onEnter(event, field) {
    if (composing(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.commit(event.ctrlKey || event.metaKey ? "confirmed" : null);
      this.render();
      if (field === "points" && !this.wrong && !event.ctrlKey && !this.trying) {
        this.reason.focus();
        this.reason.select(); // a new reason takes the old one's place, not the end of its last sentence
      }
    } else if (event.key === "Escape") {
      this.clean();
      this.render();
    }
  }

  // ------------------------------------------------------------ typing

  use(points) {
    if (!points || (this.data.read_only && !this.trying)) return;
    this.points.value = points;
    this.onInput("points");
    this.commit();
    this.render();
  }

  onInput(field) {
    if (!this.dirty.points && !this.dirty.reason) this.base = this.now;
    this.dirty[field] = true;
    this.wrong = field === "points" ? this.sentence(false) : "";
    this.renderNote();
  }

  // The most and the least points of the item, their steps and where these begin.
  get bounds() {
    return [hundredths(this.item.weight), hundredths(this.item.least), hundredths(this.item.step), 0];
  }

  sentence(finished = true) {
    return sentenceOf(this.data.words, this.now, this.points.value, this.bounds, finished);
  }

  // Takes what stands in the fields: a valid change goes to the server, anything else gets its sentence.
  commit(status = null) {
    if (!this.data || (!this.dirty.points && !this.dirty.reason && !status)) return;
    const { empty, value: points, wrong } = readNumber(this.points.value, ...this.bounds);
    const { now } = this;
    if (this.dirty.points && wrong) this.wrong = this.sentence();
    else if (this.trying) this.suppose(points);
    else if (!this.data.read_only) {
      const target = valueOf(now);
      if (this.dirty.points) {
        target.points = points ?? null;
        if (!empty) target.status = "confirmed";
        else if (now.points !== null) target.status = "unscored";
      }
      if (this.dirty.reason) target.reason = this.reason.value.trim().slice(0, MOST_REASON);
      if (status) target.status = status;
      if (status && status !== "confirmed") target.points = null;
      if (status === "confirmed" && target.points === null) this.wrong = this.data.words.points_first;
      else this.change(this.item.code, target, this.base ?? now);
    }
  }

  change(code, target, seen) {
    this.clean();
    if (this.outbox.change(code, target, seen)) this.emit();
  }

  decide(decision) {
    this.clean();
    this.outbox.decide(this.item.code, decision);
    if (decision === "mine") this.emit();
    this.render();
    this.points.focus();
  }

  // ------------------------------------------------------------ 试算

  emitTrial() {
    this.clean();
    this.component.setStateValue("trial", this.trying ? { ...this.trial } : {});
    this.render();
  }

  suppose(points) {
    if (!this.dirty.points) return;
    const { code } = this.item;
    if (points === undefined || points === this.now.points) delete this.trial[code];
    else this.trial[code] = print(points);
    this.emitTrial();
  }

  toggleTrial() {
    this.commit();
    this.trying = !this.trying;
    if (!this.trying) this.trial = {};
    this.emitTrial();
  }

  dropAll() {
    this.trial = {};
    this.emitTrial();
  }

  adopt(code, take) {
    const points = hundredths(this.trial[code]);
    delete this.trial[code];
    const now = this.outbox.shown(code);
    if (take && points !== null) this.change(code, { points, status: "confirmed", reason: now.reason }, now);
    this.emitTrial();
  }
}

export default mount("meetingBoard", ".board", Board);
