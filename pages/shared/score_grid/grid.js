// The score grid: the official score table, edited in place.
//
// Points are whole hundredths everywhere in here, never floats. The server decides; what is added up here is a preview
// of its sums. Streamlit calls the default export again at each run: the table is built once, afterwards only values
// move, and a cell that has the focus or holds text that was not accepted is never rewritten.

const AUTOSAVE_MS = 800; // idle time after which a valid entry is saved without leaving its cell
const CLEARED_MS = 2500; // the same for a cell just emptied: people empty a cell before they type
const ANSWER_MS = 3000; // without an answer for so long the server counts as away
const RESEND_MS = 2500;
const TICK_MS = 500;
const HIGHLIGHT_MS = 6000;
const AHEAD_MS = 10_000; // so long an answer goes before older rows; after that the store has been exchanged
const MOST_REASON = 500;
const MOST_NAME = 20;
const WHO = "renewal-scorecard-who";
const FIELDS = ["points", "deduction", "reason", "status"];
const CHOICES = ["confirmed", "unscored", "evidence_missing", "not_applicable"];
const NUMBER = /^[+-]?(\d{1,9}(\.\d{0,9})?|\.\d{1,9})$/;
const FITS = CSS.supports("field-sizing", "content");
const UNFINISHED = /^([+-]|[+-]?\.)$/;

// ---------------------------------------------------------------- numbers

const hundredths = (text) => {
  if (text === null || text === undefined) return null;
  const [, sign, whole, part = ""] = /^([+-]?)(\d*)\.?(\d*)$/.exec(text);
  const value = Number(whole || 0) * 100 + Number((part + "00").slice(0, 2));
  return sign === "-" && value ? -value : value;
};

const print = (value) => {
  if (value === null) return "";
  const size = Math.abs(value);
  return `${value < 0 ? "-" : ""}${Math.floor(size / 100)}.${String(size % 100).padStart(2, "0")}`;
};

const plain = (value) => print(value).replace(/\.?0+$/, "");

// part / whole × 100 in hundredths, half up: of both, whole numbers
const share = (part, whole) => Math.floor((part * 20000 + whole) / (2 * whole));

// What somebody typed: {empty}, {value} or {wrong, unfinished}. Chinese input methods give ４.５ and 4。5: both are 4.5.
const readNumber = (typed, weight) => {
  const text = typed.trim().normalize("NFKC").replaceAll("。", ".").trim();
  if (!text) return { empty: true };
  const decimals = (text.split(".")[1] ?? "").replace(/0+$/, "");
  if (!NUMBER.test(text) || decimals.length > 2) return { wrong: "not_a_number", unfinished: UNFINISHED.test(text) };
  const value = hundredths(text);
  if (value < 0) return { wrong: "negative" };
  if (value > weight) return { wrong: "too_high" };
  return { value };
};

const fill = (template, params) => template.replace(/\{(\w+)\}/g, (_, name) => params[name] ?? "");

// crypto.randomUUID exists in secure contexts only; a dashboard in an intranet is often plain http
const uuid = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
};

// ---------------------------------------------------------------- small helpers

// Names and reasons get into the page through here only: strings become text nodes, never markup.
const el = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
};

const setText = (node, text) => {
  if (node.textContent !== text) node.textContent = text;
};

const sameValue = (a, b) => a.points === b.points && a.status === b.status && a.reason === b.reason;

const counts = (status) => status === "example" || status === "confirmed";

// Storage may be forbidden (private windows): what it would keep is then kept in memory only, as long as the tab lives.
const recall = (storage, key) => {
  try {
    return JSON.parse(window[storage].getItem(key) ?? "null");
  } catch {
    return null;
  }
};

const remember = (storage, key, value) => {
  try {
    if (value === null) window[storage].removeItem(key);
    else window[storage].setItem(key, JSON.stringify(value));
  } catch {
    // see above
  }
};

// ---------------------------------------------------------------- outbox

// Changes that the server has not answered, and conflicts that the person has not decided. It belongs to a sheet and a
// person, outlives the component (page switch) and, in sessionStorage, the page (reload).
class Outbox {
  constructor(name) {
    this.name = name;
    const kept = recall("sessionStorage", name) ?? {};
    this.edits = (kept.edits ?? []).map((edit) => ({ ...edit, at: 0 }));
    this.conflicts = kept.conflicts ?? {};
    this.entries = (kept.entries ?? []).map((entry) => ({ ...entry, at: 0 })); // what the rules compute from
  }

  static of(name) {
    if (!outboxes.has(name)) outboxes.set(name, new Outbox(name));
    return outboxes.get(name);
  }

  keep() {
    const { edits, conflicts, entries } = this;
    const empty = !edits.length && !Object.keys(conflicts).length && !entries.length;
    remember("sessionStorage", this.name, empty ? null : { edits, conflicts, entries });
  }

  last(code) {
    return this.edits.findLast((edit) => edit.code === code);
  }

  add(code, value, seen) {
    const last = this.last(code);
    if (last && !last.sent) Object.assign(last, value);
    else {
      const base = last ? last.edit_id : seen.revision;
      this.edits.push({ edit_id: uuid(), code, base, ...value, seen, sent: false, at: 0 });
    }
    delete this.conflicts[code];
    this.keep();
  }

  drop(keep) {
    this.edits = this.edits.filter(keep);
    this.keep();
  }

  get codes() {
    return new Set([...this.edits, ...this.entries].map((edit) => edit.code));
  }
}

const outboxes = new Map();
const mounted = new Set();

// The server's answers, by sheet. They come by a way of their own (answers.js), ahead of the sheet that is drawn anew
// after them, and may be here before the grid is.
const answersTo = (sheet) => window.scoreGridAnswers?.[sheet] ?? {};
window.addEventListener("score-grid-answers", () => mounted.forEach((grid) => grid.hear()));

const flushAll = () => mounted.forEach((grid) => grid.commitAll());
window.addEventListener("beforeunload", (event) => {
  flushAll();
  if ([...outboxes.values()].some((outbox) => outbox.codes.size)) event.preventDefault();
});
window.addEventListener("pagehide", flushAll);
// in the capture phase, so that the edit is on its way before Streamlit asks for the other page
window.addEventListener("popstate", flushAll, true);

// ---------------------------------------------------------------- grid

const NOTHING = { points: null, status: "unscored", reason: "", revision: 0, edit_id: "", by: "", at: "" };

class Grid {
  constructor(root) {
    this.root = root;
    this.saved = {};
    this.mine = new Set(); // edit_ids of this tab
    this.confirmedAt = {}; // by code: when the server acknowledged this tab's change
    this.savedAt = "";
    this.lastEmit = 0;
    this.emitted = 0;
    this.beat = 0;
    this.away = false;
    this.dialog = null;
    this.menu = null;
    mounted.add(this);
    this.timer = setInterval(() => this.tick(), TICK_MS);
    this.app = document.querySelector('[data-testid="stApp"]');
    this.watcher = new MutationObserver(() => this.onConnection());
    if (this.app) {
      this.watcher.observe(this.app, { attributes: true, attributeFilter: ["data-test-connection-state"] });
    }
    this.onResize = () => this.place();
    window.addEventListener("resize", this.onResize);
  }

  destroy() {
    this.commitAll();
    clearInterval(this.timer);
    clearTimeout(this.idle);
    this.watcher.disconnect();
    this.intruders?.disconnect();
    this.stolen?.release();
    this.sizes?.disconnect();
    window.removeEventListener("resize", this.onResize);
    mounted.delete(this);
  }

  // Gives way to the grid of a newer version of the product, which came with a restart of the server under an open page.
  // What is not saved goes over through sessionStorage; returns where somebody was typing.
  retire() {
    const cell = this.lastFocus;
    const here = cell === this.focused || (!cell?.isConnected && performance.now() - this.leftAt < 1000);
    this.destroy();
    outboxes.clear();
    if (!here || !cell?.dataset.field) return null;
    const { selectionStart, selectionEnd, value, dataset } = cell;
    return { code: dataset.code, field: dataset.field, text: value, caret: [selectionStart, selectionEnd] };
  }

  // Goes on where its predecessor was.
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
    const first = this.data === undefined;
    const scheme = JSON.stringify([data.sheet, data.language, data.read_only, data.items, data.actor?.id]);
    this.data = data;
    if (scheme !== this.scheme) {
      if (this.scheme) this.commitAll();
      this.scheme = scheme;
      this.outbox = Outbox.of(`score-outbox:${data.sheet}:${data.actor?.id ?? "local"}`);
      this.outbox.edits.forEach((edit) => this.mine.add(edit.edit_id));
      this.build();
      this.saved = {};
    }
    this.settle(answersTo(data.sheet));
    this.settleEntries(data.entered ?? {});
    this.take(data.rows ?? {});
    this.render();
    if (first && (this.who || this.outbox.codes.size)) this.emit();
  }

  hear() {
    if (!this.data) return;
    const answers = answersTo(this.data.sheet);
    const rows = this.outbox.edits.filter((edit) => answers[edit.edit_id]).map((edit) => this.rows[edit.code]);
    if (!rows.length) return;
    this.settle(answers);
    this.take(this.data.rows ?? {});
    rows.forEach((row) => row && this.renderRow(row));
    this.renderSums();
    this.renderSpans();
    this.renderSaving();
  }

  // Acknowledged edits leave the outbox; refused ones go back into their cell, conflicts beside it.
  settle(answers) {
    for (const edit of [...this.outbox.edits]) {
      const answer = answers[edit.edit_id];
      const row = this.rows[edit.code];
      if (!answer || !this.outbox.edits.includes(edit)) continue;
      this.outbox.drop((other) => other !== edit);
      const value = { points: edit.points, status: edit.status, reason: edit.reason };
      if (answer.state === "saved") {
        this.savedAt = answer.at;
        this.confirmedAt[edit.code] = { edit_id: edit.edit_id, at: answer.at };
        const own = { ...NOTHING, ...value, revision: answer.revision, edit_id: edit.edit_id, at: answer.at, until: performance.now() + AHEAD_MS };
        this.own = { ...this.own, [edit.code]: own };
        if (row) row.seen = own;
      } else if (answer.state === "conflict") {
        this.conflict(edit, answer.theirs);
      } else if (row) {
        const next = this.outbox.edits.find((other) => other.base === edit.edit_id);
        if (next) Object.assign(next, { base: edit.base, edit_id: uuid(), sent: false });
        if (next) this.mine.add(next.edit_id);
        row.wrong.points = answer.message;
        if (!row.points.dirty) row.points.value = print(edit.points);
        this.outbox.keep();
      }
    }
  }

  conflict(edit, answer) {
    const latest = this.outbox.last(edit.code) ?? edit;
    this.outbox.drop((other) => other.code !== edit.code); // those made after it rest on it: one decision for all
    const theirs = { ...NOTHING, ...answer, points: hundredths(answer.points), until: performance.now() + AHEAD_MS };
    const mine = { points: latest.points, status: latest.status, reason: latest.reason };
    if (!sameValue(mine, theirs)) this.outbox.conflicts[edit.code] = { mine, theirs, seen: edit.seen, later: false };
    this.own = { ...this.own, [edit.code]: theirs };
    this.outbox.keep();
  }

  take(rows) {
    const own = this.own ?? {};
    this.own = {};
    for (const row of this.order) {
      const sent = rows[row.code];
      let now = sent ? { ...NOTHING, ...sent, points: hundredths(sent.points) } : NOTHING;
      // an answer may be ahead of the rows that come, until a look at the store brings them
      const ahead = own[row.code];
      if (ahead?.revision > now.revision && performance.now() < ahead.until) now = this.own[row.code] = ahead;
      const before = this.saved[row.code];
      this.saved[row.code] = now;
      if (!before) row.seen = now;
      else if (now.revision > before.revision && !this.mine.has(now.edit_id)) this.highlight(row);
      const conflict = this.outbox.conflicts[row.code];
      if (conflict && now.revision > conflict.theirs.revision) {
        conflict.theirs = now;
        if (sameValue(conflict.mine, now)) delete this.outbox.conflicts[row.code];
        this.outbox.keep();
      }
    }
  }

  highlight(row) {
    row.tr.classList.remove("moved");
    void row.tr.offsetWidth; // restarts the animation
    row.tr.classList.add("moved");
    clearTimeout(row.calm);
    row.calm = setTimeout(() => row.tr.classList.remove("moved"), HIGHLIGHT_MS);
  }

  // ------------------------------------------------------------ to the server

  get who() {
    this.person ??= recall("localStorage", WHO);
    return this.data.actor ?? (this.person?.name ? this.person : null);
  }

  emit(again = false) {
    const { setStateValue } = this.component;
    const now = performance.now();
    if (!this.data.actor) {
      if (!this.who) return;
      setStateValue("who", { id: this.who.id, name: this.who.name });
    }
    this.outbox.edits.forEach((edit) => {
      edit.sent = true;
      edit.at ||= now;
    });
    this.outbox.keep();
    const entry = ({ edit_id, code, base, points, status, reason }) => {
      return { edit_id, code, base, points: points === null ? null : print(points), status, reason };
    };
    setStateValue("outbox", this.outbox.edits.map(entry));
    const entries = this.outbox.entries;
    if (entries.length || this.entered) {
      entries.forEach((one) => (one.at ||= now));
      setStateValue("inputs", entries.map(({ edit_id, code, content }) => ({ edit_id, code, content })));
    }
    this.entered = entries.length;
    if (again) setStateValue("beat", (this.beat += 1)); // an equal value must reach the server too
    this.lastEmit = now;
    this.emitted = this.outbox.edits.length;
  }

  get connected() {
    return !this.app || this.app.getAttribute("data-test-connection-state") === "CONNECTED";
  }

  onConnection() {
    if (this.connected && this.outbox?.edits.length) this.emit(true);
    this.guard();
    this.tick();
  }

  tick() {
    if (!this.data) return;
    const now = performance.now();
    const edits = [...this.outbox.edits, ...this.outbox.entries];
    const waiting = edits.filter((edit) => edit.at).map((edit) => now - edit.at);
    this.away = !this.connected || Math.max(0, ...waiting) > ANSWER_MS;
    if (edits.length && this.who && now - this.lastEmit > RESEND_MS) this.emit(true);
    if (!edits.length && (this.emitted || this.entered) && now - this.lastEmit > 1000) this.emit();
    this.renderSaving();
  }

  // After some seconds without a server Streamlit covers the page with a dialog of its own. It says in English what the
  // line above the table says, and takes the keyboard from somebody who is typing: it is closed as it comes, and the
  // keys pressed meanwhile go where they were meant to go.
  guard() {
    if (this.connected) {
      this.intruders?.disconnect();
      this.intruders = null;
    } else if (!this.intruders) {
      this.intruders = new MutationObserver(() => this.closeIntruder());
      this.intruders.observe(document.body, { childList: true, subtree: true });
    }
  }

  closeIntruder() {
    const intruder = document.querySelector('[data-testid="stDialog"]');
    if (intruder && !this.stolen) {
      const cell = this.lastFocus ?? null;
      const redirect = (event) => this.redirect(event);
      this.stolen = { cell, release: () => window.removeEventListener("keydown", redirect, true) };
      window.addEventListener("keydown", redirect, true);
      intruder.querySelector('button[aria-label="Close"]')?.click();
    } else if (!intruder && this.stolen) {
      const { cell, release } = this.stolen;
      release();
      this.stolen = null;
      if (cell?.isConnected) (this.lastFocus ?? cell).focus({ preventScroll: true });
    }
  }

  redirect(event) {
    const cell = this.lastFocus;
    if (!cell || event.isComposing) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    if (event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey && cell.setRangeText) {
      cell.setRangeText(event.key, cell.selectionStart, cell.selectionEnd, "end");
      cell.dispatchEvent(new InputEvent("input"));
    } else {
      cell.dispatchEvent(new KeyboardEvent("keydown", event));
    }
  }

  // ------------------------------------------------------------ values

  shown(code) {
    return this.outbox.last(code) ?? this.saved[code] ?? NOTHING;
  }

  // What counts at this moment: the saved or pending value, with what is being typed if it is valid.
  live(row) {
    const { points, status, reason } = this.shown(row.code);
    const value = { points, status, reason };
    for (const field of ["points", "deduction"]) {
      if (!row[field].dirty) continue;
      const typed = readNumber(row[field].value, row.weight);
      if (typed.wrong) continue;
      value.points = typed.empty ? null : field === "points" ? typed.value : row.weight - typed.value;
      if (!typed.empty) value.status = "confirmed";
      else if (counts(status)) value.status = "unscored";
    }
    if (row.reason.dirty) value.reason = row.reason.value.trim();
    return value;
  }

  message(row, field, typed, wrong) {
    const now = this.shown(row.code);
    const words = this.data.words;
    const kept = counts(now.status)
      ? fill(words.kept, { points: print(now.points) })
      : now.status === "unscored"
        ? words.kept_unscored
        : fill(words.kept_not_counted, { status: words[now.status] });
    const name = field === "deduction" && wrong !== "not_a_number" ? `deduction_${wrong}` : wrong;
    return fill(words[name], { weight: plain(row.weight), typed: typed.trim(), kept });
  }

  commitAll() {
    this.order?.forEach((row) => this.commit(row));
  }

  // Takes what stands in the row's cells: a valid change goes into the outbox, anything else gets its sentence.
  commit(row, send = true) {
    const cells = [row.points, row.deduction, row.reason];
    if (this.data.read_only || !cells.some((cell) => cell.dirty)) return;
    const words = this.data.words;
    const target = this.live(row);
    for (const field of ["points", "deduction"]) {
      const cell = row[field];
      if (!cell.dirty) continue;
      const { wrong } = readNumber(cell.value, row.weight);
      if (wrong) row.wrong[field] = this.message(row, field, cell.value, wrong);
      else cell.dirty = false;
    }
    if (row.reason.dirty && target.reason.length > MOST_REASON) {
      row.wrong.reason = fill(words.reason_too_long, { most: MOST_REASON, length: target.reason.length });
      target.reason = this.shown(row.code).reason;
    } else row.reason.dirty = false;
    this.change(row, target, send);
  }

  change(row, target, send = true) {
    const { points, reason } = target;
    const value = { points, status: target.status === "example" ? "confirmed" : target.status, reason };
    const now = this.shown(row.code);
    const unchanged = sameValue(value, now) || (sameValue(target, now) && target.status === "example" && !target.confirm);
    const conflict = this.outbox.conflicts[row.code];
    if (conflict && !conflict.later) {
      // typed while the other's change was arriving: it still has to be decided
      if (!unchanged) conflict.mine = value;
      this.outbox.keep();
    } else if (!unchanged) {
      const seen = conflict ? this.saved[row.code] : row.seen;
      this.outbox.add(row.code, value, { ...seen });
      this.mine.add(this.outbox.last(row.code).edit_id);
      if (send) this.send();
    }
    this.render();
  }

  send() {
    if (this.who) this.emit();
    else setTimeout(() => this.askName()); // after the focus has come to where it was going
  }

  setStatus(row, status) {
    if (status === "confirmed") return this.confirm(row);
    for (const field of ["points", "deduction"]) {
      row[field].dirty = false;
      row.wrong[field] = null;
    }
    const reason = row.reason.dirty ? row.reason.value.trim() : this.shown(row.code).reason;
    row.reason.dirty = false;
    return this.change(row, { points: null, status, reason });
  }

  // Confirms the row as it stands. Returns whether it could.
  confirm(row) {
    this.commit(row);
    if (row.wrong.points || row.wrong.deduction) return false;
    const now = this.shown(row.code);
    if (now.points === null) {
      row.wrong.points = this.data.words.points_first;
      this.render();
      return false;
    }
    this.change(row, { points: now.points, status: now.status, reason: now.reason, confirm: true });
    return true;
  }

  confirmGroup(l1, reason) {
    const note = fill(this.data.words.group_note, { reason });
    for (const row of this.openRows(l1)) {
      const now = this.shown(row.code);
      const text = [now.reason, note].filter(Boolean).join(";").slice(0, MOST_REASON);
      this.outbox.add(row.code, { points: now.points, status: "confirmed", reason: text }, { ...row.seen });
      this.mine.add(this.outbox.last(row.code).edit_id);
    }
    this.render();
    this.send();
  }

  openRows(l1) {
    return this.order.filter(
      (row) => row.l1 === l1 && this.shown(row.code).status === "example" && !this.outbox.conflicts[row.code],
    );
  }

  decide(row, decision) {
    const conflict = this.outbox.conflicts[row.code];
    const { mine, theirs } = conflict;
    for (const cell of [row.points, row.deduction, row.reason]) cell.dirty = false;
    row.wrong = {};
    if (decision === "later") conflict.later = true;
    else delete this.outbox.conflicts[row.code];
    this.outbox.keep();
    row.seen = theirs.revision > this.saved[row.code].revision ? theirs : this.saved[row.code];
    if (decision === "mine") {
      this.outbox.add(row.code, mine, { ...row.seen });
      this.mine.add(this.outbox.last(row.code).edit_id);
      this.send();
    }
    this.focusCell(row, "points");
    this.put(row.points, print(this.shown(row.code).points), true);
    this.render();
  }

  // ------------------------------------------------------------ sums

  sums() {
    const part = () => ({ points: 0, weight: 0, scored: 0 });
    const groups = new Map();
    const sum = { ...part(), items: 0, answered: 0, confirmed: 0, all: this.order.length, unreasoned: 0 };
    for (const row of this.order) {
      const now = this.live(row);
      if (!groups.has(row.l1)) groups.set(row.l1, part());
      if (now.status === "not_applicable") continue;
      sum.items += 1;
      for (const one of [sum, groups.get(row.l1)]) {
        one.weight += row.weight;
        if (now.points === null || !counts(now.status)) continue;
        one.points += now.points;
        one.scored += row.weight;
      }
      if (!counts(now.status) || now.points === null) continue;
      sum.answered += 1;
      sum.confirmed += now.status === "confirmed" ? 1 : 0;
      sum.unreasoned += now.points < row.weight && !now.reason ? 1 : 0;
    }
    sum.groups = groups;
    sum.complete = sum.items > 0 && sum.answered === sum.items;
    const partial = sum.items < sum.all;
    const scale = (value) => (partial && sum.weight ? share(value, sum.weight) : value);
    sum.low = scale(sum.points);
    sum.high = scale(sum.points + sum.weight - sum.scored);
    sum.normalised = partial && sum.complete ? sum.low : null;
    return sum;
  }

  // As printed, in the shape that the server sends, whose figures win while nothing is on its way to it.
  figures(sum) {
    const figures = {
      total: print(sum.points),
      normalised: sum.normalised === null ? null : print(sum.normalised),
      scored_weight: print(sum.scored),
      low: print(sum.low),
      high: print(sum.high),
      grade: null,
      margin_up: null,
      margin_down: null,
    };
    if (sum.complete && this.data.figures?.veto) {
      figures.grade = this.data.figures.grade ?? this.data.grades.at(-1).name; // whatever the total is
    } else if (sum.complete) {
      const floors = this.data.grades.map((grade) => hundredths(grade.floor));
      const index = floors.findIndex((floor) => sum.low >= floor);
      figures.grade = this.data.grades[index]?.name ?? null;
      if (index > 0) figures.margin_up = print(floors[index - 1] - sum.low);
      if (index >= 0 && index < floors.length - 1) figures.margin_down = print(sum.low - floors[index]);
    }
    const newer = (row) => this.saved[row.code].revision > (this.data.rows[row.code]?.revision ?? 0);
    const typed = (row) => row.points.dirty || row.deduction.dirty;
    const settled = !this.outbox.edits.length && !this.order.some((row) => typed(row) || newer(row));
    return settled ? { ...figures, ...this.data.figures } : figures;
  }

  margin(figures) {
    const { words, grades } = this.data;
    if (this.data.figures?.veto) return this.data.figures.veto;
    const index = grades.findIndex((grade) => grade.name === figures.grade);
    if (index < 0) return "";
    const { margin_up: up, margin_down: down } = figures;
    const sentence = up && down ? words.margin_both : down ? words.margin_down : up ? words.margin_up : "";
    return fill(sentence, {
      grade: figures.grade,
      floor: plain(hundredths(grades[index].floor)),
      ceiling: plain(hundredths(grades[index - 1]?.floor ?? "0")),
      down,
      up,
      lower: grades[index + 1]?.name,
      higher: grades[index - 1]?.name,
      total: figures.normalised ?? figures.total,
    });
  }

  // ------------------------------------------------------------ drawing

  build() {
    const { items, words, banner, read_only: readOnly } = this.data;
    this.closeMenu();
    this.rows = {};
    this.order = [];
    this.expanded = this.expanded ?? new Set();
    this.root.replaceChildren();
    this.root.lang = this.data.language === "en" ? "en" : "zh-CN";
    this.root.classList.toggle("read-only", readOnly);

    this.banner = el("p", { class: "banner" }, banner ?? "");
    this.total = el("strong", { class: "total" });
    this.totalName = el("span", { class: "total-name" });
    this.grade = el("span", { class: "grade" });
    this.note = el("span", { class: "margin" });
    this.side = el("span", { class: "side" });
    this.saving = el("span", { class: "saving", role: "status" });
    this.whoName = el("span", { class: "who-name" });
    this.whoButton = el("button", { type: "button", class: "link", onclick: () => this.askName() }, words.name_change);
    this.whoLine = el("span", { class: "who" }, this.whoName, this.whoButton);
    this.groupCells = new Map();
    const groups = el("div", { class: "groups" });
    for (const l1 of new Set(items.map((item) => item.l1))) {
      const bar = el("i");
      const figures = el("span", { class: "figures" });
      groups.append(el("div", { class: "group" }, el("b", {}, l1), figures, el("span", { class: "bar" }, bar)));
      this.groupCells.set(l1, { bar, figures });
    }
    const headline = el(
      "div",
      { class: "headline" },
      el("span", { class: "score" }, this.totalName, this.total, this.grade),
      this.note,
      el("span", { class: "right" }, this.saving, this.whoLine),
    );
    this.summary = el("div", { class: "summary" }, headline, el("div", { class: "second" }, groups, this.side));

    const heads = ["l1", "l2", "code", "l3", "weight", "points", "deduction", "reason", "status", "record"];
    const columns = el("colgroup", {}, ...heads.map((name) => el("col", { class: `col-${name}` })));
    const head = el("tr", {}, ...heads.map((name) => el("th", { scope: "col", class: `c-${name}` }, words[name])));
    const caption = el("caption", { class: "unseen" }, words.caption);
    this.table = el("table", {}, caption, columns, el("thead", {}, head));
    this.spans = [];
    let group = null;
    let second = null;
    for (const item of items) {
      if (!group || group.l1 !== item.l1) group = this.buildGroup(item);
      if (!second || second.l1 !== item.l1 || second.l2 !== item.l2) {
        second = { l1: item.l1, l2: item.l2, rows: [], cell: el("th", { scope: "rowgroup", class: "c-l2" }, item.l2) };
        this.spans.push(second);
      }
      const row = this.buildRow(item, group.rows.length ? null : group.cell, second.rows.length ? null : second.cell);
      group.rows.push(row);
      second.rows.push(row);
      group.body.append(row.tr, row.rule, row.note);
    }
    this.foot = {
      weight: el("td", { class: "c-weight" }),
      points: el("td", { class: "c-points" }),
      deduction: el("td", { class: "c-deduction" }),
      reason: el("td", { class: "c-reason", colspan: "3" }),
    };
    const sumName = el("th", { scope: "row", colspan: "4", class: "c-sum" }, words.sum);
    this.table.append(el("tfoot", {}, el("tr", {}, sumName, ...Object.values(this.foot))));
    const keys = readOnly ? null : el("p", { class: "keys" }, words.keys);
    this.root.append(this.banner, this.summary, this.table, ...(keys ? [keys] : []));
    this.sizes?.disconnect();
    this.sizes = new ResizeObserver(() => this.place());
    this.sizes.observe(this.summary);
    this.place();
  }

  buildGroup(item) {
    const words = this.data.words;
    const subtotal = el("span", { class: "subtotal" });
    const button = el(
      "button",
      { type: "button", class: "link confirm-group", "aria-label": `${words.group} ${item.l1}` },
      words.group,
    );
    button.addEventListener("click", () => this.askGroup(item.l1));
    const cell = el("th", { scope: "rowgroup", class: "c-l1" }, el("span", { class: "l1-name" }, item.l1), subtotal, button);
    const group = { l1: item.l1, rows: [], cell, subtotal, button, body: el("tbody") };
    this.spans.push(group);
    this.table.append(group.body);
    return group;
  }

  buildRow(item, l1, l2) {
    const words = this.data.words;
    const readOnly = this.data.read_only;
    const row = { code: item.code, l1: item.l1, item, weight: hundredths(item.weight), wrong: {}, seen: NOTHING };
    const field = (name, tag, attributes) => {
      const cell = el(tag, {
        "aria-label": `${item.l3} ${words[name]}`,
        "data-field": name,
        "data-code": item.code,
        autocomplete: "off",
        spellcheck: "false",
        readonly: readOnly,
        ...attributes,
      });
      cell.addEventListener("input", (event) => this.onInput(row, name, event));
      cell.addEventListener("compositionend", () => this.onInput(row, name, { isComposing: false }));
      cell.addEventListener("keydown", (event) => this.onKey(row, name, event));
      cell.addEventListener("focus", () => this.onFocus(cell));
      cell.addEventListener("blur", (event) => this.onBlur(row, event));
      cell.addEventListener("pointerdown", () => (cell.fresh = cell !== this.focused && tag === "input"));
      // the click that comes into a number selects it, so that typing replaces it; the next one places the caret
      cell.addEventListener("click", () => {
        if (cell.fresh && cell.selectionStart === cell.selectionEnd) cell.select();
        cell.fresh = false;
      });
      row[name] = cell;
      return cell;
    };
    const number = { type: "text", inputmode: "decimal", enterkeyhint: "next" };
    field("points", "input", number);
    field("deduction", "input", number);
    field("reason", "textarea", { rows: "1", enterkeyhint: "next" });
    for (const name of ["points", "deduction"]) {
      row[name].addEventListener("paste", (event) => this.onPaste(row, name, event));
    }
    row.statusMark = el("i", { class: "mark", "aria-hidden": "true" });
    row.statusText = el("span");
    row.status = el(
      "button",
      { type: "button", class: "status", "aria-haspopup": "menu", "data-code": item.code, disabled: readOnly },
      row.statusMark,
      row.statusText,
    );
    row.status.addEventListener("click", () => this.openMenu(row));
    row.status.addEventListener("keydown", (event) => this.onKey(row, "status", event));
    row.status.addEventListener("focus", () => this.onFocus(row.status));
    row.how = el(
      "button",
      {
        type: "button",
        class: "how",
        tabindex: "-1",
        title: words.how,
        "aria-label": `${words.how} ${item.l3}`,
        "aria-expanded": "false",
        "aria-keyshortcuts": "F1",
      },
      "i",
    );
    row.how.addEventListener("click", () => this.toggleRule(row));
    row.flag = el("span", { class: "flag", id: `flag-${item.code}` }, words.reason_missing);
    row.record = el("span");
    const cell = (name, ...children) => el("td", { class: `c-${name}`, "data-label": words[name] }, ...children);
    row.tr = el(
      "tr",
      { class: "item", "data-code": item.code },
      l1,
      l2,
      cell("code", item.code),
      el("th", { scope: "row", class: "c-l3" }, el("span", { class: "l3-name" }, item.l3), row.how),
      cell("weight", print(row.weight)),
      cell("points", row.points),
      cell("deduction", row.deduction),
      cell("reason", row.reason, row.flag),
      cell("status", row.status),
      cell("record", row.record),
    );
    const pair = (name, text) => (text ? [el("dt", {}, words[name]), el("dd", {}, text)] : []);
    const rule = [...pair("how", item.rule), ...pair("evidence", item.evidence), ...pair("source", item.source)];
    row.offer = el("div", { class: "offer" });
    row.rule = el("tr", { class: "rule", hidden: true }, el("td", { colspan: "8" }, el("dl", {}, ...rule), row.offer));
    row.rule.hidden = !this.expanded.has(item.code);
    row.message = el("div", { class: "message", id: `message-${item.code}` });
    row.choice = el("div", { class: "choice", role: "group" });
    row.note = el(
      "tr",
      { class: "note", hidden: true },
      el("td", { colspan: "3", class: "gap" }),
      el("td", { colspan: "5" }, row.message, row.choice),
    );
    this.rows[item.code] = row;
    this.order.push(row);
    return row;
  }

  // Below what of Streamlit's own stays on top, and how high the summary is: where the headings come to rest.
  place() {
    const header = document.querySelector('[data-testid="stHeader"]')?.getBoundingClientRect();
    const main = document.querySelector('[data-testid="stMain"]')?.getBoundingClientRect();
    const offset = header && main ? Math.max(0, Math.min(header.bottom, 200) - main.top) : 0;
    this.root.style.setProperty("--offset", `${offset}px`);
    if (this.summary) this.root.style.setProperty("--summary", `${this.summary.offsetHeight}px`);
  }

  get focused() {
    return this.root.getRootNode().activeElement;
  }

  put(cell, text, force = false) {
    if (!force && (cell === this.focused || cell.dirty)) return;
    if (cell.value === text) return;
    cell.value = text;
    this.fit(cell);
  }

  // A reason shows whole: where CSS cannot do it (field-sizing) its height follows here.
  fit(cell) {
    if (FITS || cell.tagName !== "TEXTAREA") return;
    cell.style.height = "auto";
    cell.style.height = `${cell.scrollHeight}px`;
  }

  render() {
    this.order.forEach((row) => this.renderRow(row));
    this.renderSums();
    this.renderSpans();
    this.renderSaving();
  }

  renderRow(row) {
    const words = this.data.words;
    const conflict = this.outbox.conflicts[row.code];
    const open = conflict && !conflict.later;
    const pending = this.outbox.last(row.code);
    const saved = this.saved[row.code];
    const now = this.live(row);
    const cells = [row.points, row.deduction, row.reason];
    const untouched = !cells.some((cell) => cell.dirty || cell === this.focused);
    // whoever types in a row edits what they saw there, not what came in meanwhile
    if (!pending && (untouched || this.mine.has(saved.edit_id) || sameValue(saved, row.seen))) row.seen = saved;
    const shown = open ? conflict.mine : now;
    const deduction = shown.points === null ? "" : print(row.weight - shown.points);
    if (!row.wrong.points) this.put(row.points, print(shown.points));
    if (!row.wrong.deduction) this.put(row.deduction, deduction);
    if (!row.wrong.reason) this.put(row.reason, shown.reason);
    row.deduction.classList.toggle("zero", row.deduction.value === "0.00");

    row.statusMark.className = `mark ${now.status}`;
    setText(row.statusText, words[now.status]);
    row.status.setAttribute("aria-label", `${row.item.l3} ${words.status}: ${words[now.status]}`);
    row.tr.dataset.status = now.status;
    const unreasoned = counts(now.status) && now.points !== null && now.points < row.weight && !now.reason;
    row.flag.hidden = !unreasoned;

    const wrong = Object.values(row.wrong).filter(Boolean);
    let record = saved.revision && saved.status !== "example" && saved.by ? `${saved.by} ${saved.at}` : "";
    if (this.confirmedAt[row.code]?.edit_id === saved.edit_id) {
      record = fill(words.saved, { time: this.confirmedAt[row.code].at });
    }
    if (pending) record = this.away || !this.who ? words.unsaved : words.saving;
    if (wrong.length) record = words.unsaved;
    if (conflict) record = words.undecided;
    setText(row.record, record);
    row.record.className = pending || wrong.length || conflict ? "open" : "";

    setText(row.message, wrong.join(" "));
    this.renderConflict(row, conflict);
    row.note.hidden = !wrong.length && !conflict;
    for (const field of ["points", "deduction", "reason"]) {
      const described = [];
      if (row.wrong[field]) described.push(row.message.id);
      if (field === "reason" && unreasoned) described.push(row.flag.id);
      row[field].toggleAttribute("aria-invalid", Boolean(row.wrong[field]));
      if (row.wrong[field]) row[field].setAttribute("aria-invalid", "true");
      if (described.length) row[field].setAttribute("aria-describedby", described.join(" "));
      else row[field].removeAttribute("aria-describedby");
    }
    this.renderOffer(row);
  }

  // ------------------------------------------------------------ suggestions, and what they are computed from

  // 建议分 with its arithmetic, 反推值, and the fields of what the rule computes from, in the row that opens below.
  renderOffer(row) {
    const offer = this.data.suggestions?.[row.code];
    if (!offer || row.rule.hidden) return;
    const words = this.data.words;
    const form = JSON.stringify([words.fields, offer.form]);
    const waiting = this.outbox.entries.filter((entry) => entry.code === row.code).length;
    const sign = JSON.stringify([offer, row.entryWrong, words.suggestion, waiting]);
    if (row.offerSign === sign) return;
    row.offerSign = sign;
    // what is entered stays as it is until the server has it all: an answer to its first part knows nothing of the rest
    const busy = waiting || row.offerForm?.contains(this.focused);
    if (!row.offerForm || (row.formSign !== form && !busy)) {
      row.formSign = form;
      row.offerForm = this.buildForm(row, offer.form);
    }
    const adopt = el(
      "button",
      { type: "button", class: "adopt", "data-adopt": row.code, "aria-keyshortcuts": "Alt+S", onclick: () => this.adopt(row) },
      words.adopt,
    );
    const line = (name, ...content) => [el("dt", {}, name), el("dd", {}, ...content)];
    const others = offer.alternatives.map((each) => el("li", {}, el("b", {}, each.points), ` ${each.sentence}`));
    const offered = [el("b", {}, offer.label), ` ${offer.sentence} `];
    if (offer.points && !this.data.read_only) offered.push(adopt);
    if (others.length) offered.push(el("ul", {}, ...others));
    const parts = [...line(words.suggestion, ...offered)];
    if (offer.implied) parts.push(...line(words.implied, offer.implied));
    const wrong = row.entryWrong ? el("p", { class: "message", role: "alert" }, row.entryWrong) : null;
    const fields = offer.form.length ? line(words.fields, row.offerForm, ...(wrong ? [wrong] : [])) : [];
    row.offerList ??= row.offer.appendChild(el("dl"));
    row.offerEntry ??= row.offer.appendChild(el("dl"));
    row.offerList.replaceChildren(...parts);
    // the fields stay where they are while somebody types in them
    if (!row.offerForm.contains(this.focused) || wrong) row.offerEntry.replaceChildren(...fields);
  }

  buildForm(row, form) {
    const fields = form.map((spec) => {
      const common = { "data-entry": spec.name, "data-code": row.code, disabled: this.data.read_only };
      const options = (spec.options ?? []).map(([value, text]) => el("option", { value }, text));
      const box = spec.options
        ? el("select", common, ...options)
        : el("input", { type: "text", inputmode: "decimal", autocomplete: "off", ...common });
      box.value = spec.value;
      box.addEventListener("change", () => this.enterInputs(row, spec));
      return el("label", {}, el("span", {}, spec.label), box);
    });
    return el("div", { class: "entries" }, ...fields);
  }

  // All of an item's fields go together: the server judges them as one.
  enterInputs(row, changed) {
    const content = {};
    for (const box of row.offerForm.querySelectorAll("[data-entry]")) content[box.dataset.entry] = box.value.trim().normalize("NFKC");
    if (changed.whole && content[changed.name] && !/^\d{1,9}$/.test(content[changed.name])) {
      row.entryWrong = fill(this.data.words.not_whole, { typed: content[changed.name] });
      return this.renderOffer(row);
    }
    row.entryWrong = "";
    const { entries } = this.outbox;
    const waiting = entries.find((entry) => entry.code === row.code && !entry.at);
    if (waiting) waiting.content = content;
    else entries.push({ edit_id: uuid(), code: row.code, content, at: 0 });
    this.outbox.keep();
    this.send();
    return this.render();
  }

  settleEntries(answers) {
    for (const entry of [...this.outbox.entries]) {
      const answer = answers[entry.edit_id];
      if (!answer) continue;
      this.outbox.entries = this.outbox.entries.filter((other) => other !== entry);
      this.outbox.keep();
      const row = this.rows[entry.code];
      if (row) row.entryWrong = answer.message ?? "";
      if (answer.at) this.savedAt = answer.at;
    }
  }

  // Takes the suggested points over, as if they had been typed.
  adopt(row) {
    const points = this.data.suggestions?.[row.code]?.points;
    if (!points || this.data.read_only || this.outbox.conflicts[row.code]) return;
    row.deduction.dirty = false;
    row.wrong = {};
    row.points.value = points;
    row.points.dirty = true;
    this.commit(row);
    // the points that stood there already, as the shipped example: adopting them confirms them
    if (this.shown(row.code).status === "example") this.confirm(row);
  }

  describe(value, other) {
    const words = this.data.words;
    const text = counts(value.status) ? print(value.points) : words[value.status];
    if (value.points !== other.points || value.reason === other.reason) return text;
    return fill(words.with_reason, { value: text, reason: value.reason || words.no_reason });
  }

  renderConflict(row, conflict) {
    const sign = conflict ? JSON.stringify(conflict) : "";
    if (row.choiceSign === sign) return;
    row.choiceSign = sign;
    row.choice.replaceChildren();
    if (!conflict) return;
    const words = this.data.words;
    const { mine, theirs, seen, later } = conflict;
    const name = theirs.by || words.someone;
    const sentence = fill(later ? words.conflict_later : words.conflict, {
      name,
      time: theirs.at,
      theirs: this.describe(theirs, mine),
      seen: this.describe(seen, theirs),
      mine: this.describe(mine, theirs),
    });
    const button = (decision, text) =>
      el("button", { type: "button", "data-decision": decision, onclick: () => this.decide(row, decision) }, text);
    const buttons = [button("mine", words.mine), button("theirs", fill(words.theirs, { name }))];
    if (!later) buttons.push(button("later", words.later));
    row.choice.append(el("span", { role: "alert" }, sentence), ...buttons);
  }

  renderSums() {
    const words = this.data.words;
    const sum = this.sums();
    const figures = this.figures(sum);
    const normalised = figures.normalised;
    setText(this.banner, this.data.banner ?? "");
    this.banner.hidden = !this.data.banner;
    if (sum.complete) {
      setText(this.totalName, normalised === null ? words.total : words.normalised);
      setText(this.total, normalised ?? figures.total);
      const raw = fill(words.raw, { points: figures.total, weight: plain(sum.weight) });
      setText(this.note, [this.margin(figures), normalised === null ? "" : raw].filter(Boolean).join(" "));
    } else {
      setText(this.totalName, fill(words.answered, { scored: sum.answered, items: sum.items }));
      setText(this.total, fill(words.part, { points: figures.total, weight: plain(hundredths(figures.scored_weight)) }));
      setText(this.note, `${fill(words.range, { low: figures.low, high: figures.high })} · ${words.no_grade}`);
    }
    this.summary.classList.toggle("partial", !sum.complete);
    setText(this.grade, figures.grade ?? "");
    this.grade.hidden = !figures.grade;
    const side = [fill(words.confirmed_count, { confirmed: sum.confirmed, items: sum.items })];
    if (sum.unreasoned) side.push(fill(words.reasons_missing, { count: sum.unreasoned }));
    if (this.data.claim) side.push(this.data.claim);
    setText(this.side, side.join(" · "));
    for (const [l1, group] of sum.groups) {
      const { bar, figures: cell } = this.groupCells.get(l1);
      const rate = group.scored ? share(group.points, group.scored) : null;
      const text = `${print(group.points)}/${plain(group.scored)}`;
      setText(cell, rate === null ? "—" : `${text}  ${print(rate)}%`);
      bar.style.width = rate === null ? "0" : `${rate / 100}%`;
    }
    for (const span of this.spans) {
      if (!span.subtotal) continue;
      const group = sum.groups.get(span.l1);
      setText(span.subtotal, `${print(group.points)}/${plain(group.weight)}`);
      span.button.hidden = this.data.read_only || !this.openRows(span.l1).length;
    }
    setText(this.foot.weight, print(sum.weight));
    setText(this.foot.points, print(sum.points));
    setText(this.foot.deduction, print(sum.scored - sum.points));
    setText(this.foot.reason, sum.complete ? "" : fill(words.answered, { scored: sum.answered, items: sum.items }));
  }

  renderSpans() {
    for (const span of this.spans) {
      const height = span.rows.reduce((n, row) => n + 1 + (row.rule.hidden ? 0 : 1) + (row.note.hidden ? 0 : 1), 0);
      if (span.cell.rowSpan !== height) span.cell.rowSpan = height;
    }
  }

  renderSaving() {
    const words = this.data.words;
    const count = this.outbox.codes.size;
    const conflicts = Object.keys(this.outbox.conflicts).length;
    const wrong = this.order.filter((row) => Object.values(row.wrong).some(Boolean)).length;
    let text = words.autosave;
    if (this.savedAt) text = fill(words.saved, { time: this.savedAt });
    if (count) text = this.who ? words.saving : words.name_needed;
    if (this.away) text = count ? fill(words.away, { count }) : words.away_clean;
    if (this.data.read_only) text = words.read_only;
    const more = [];
    if (wrong) more.push(fill(words.not_counted, { count: wrong }));
    if (conflicts) more.push(fill(words.undecided_count, { count: conflicts }));
    setText(this.saving, [text, ...more, this.extra].filter(Boolean).join(" · "));
    this.saving.classList.toggle("alarm", this.away || Boolean(count && !this.who));
    this.summary.classList.toggle("away", this.away);
    setText(this.whoName, this.who ? fill(words.name_is, { name: this.who.name }) : "");
    setText(this.whoButton, this.who ? words.name_change : words.name_give);
    this.whoLine.hidden = Boolean(this.data.actor) || this.data.read_only || (!this.who && !count);
    if (this.wasAway !== this.away) {
      this.wasAway = this.away;
      this.order.forEach((row) => this.renderRow(row));
    }
  }

  // ------------------------------------------------------------ typing

  onFocus(cell) {
    this.lastFocus = cell;
    // what is pinned at the top must not cover the cell
    const pinned = this.table.tHead.getBoundingClientRect();
    const box = cell.getBoundingClientRect();
    if (pinned.height && box.top < pinned.bottom && pinned.top < box.bottom && getComputedStyle(this.table.tHead).position !== "static") {
      cell.closest("tr").scrollIntoView({ block: "center" });
    }
  }

  onBlur(row, event) {
    if (!this.connected && event.relatedTarget?.closest?.('[role="dialog"]')) return; // see guard()
    clearTimeout(this.idle);
    this.leftAt = event.relatedTarget ? 0 : performance.now();
    this.commit(row);
    this.renderRow(row);
  }

  onInput(row, field, event) {
    const cell = row[field];
    cell.dirty = true;
    this.fit(cell);
    this.extra = "";
    row.wrong[field] = null;
    if (field !== "reason") {
      const other = field === "points" ? "deduction" : "points";
      row[other].dirty = false;
      row.wrong[other] = null;
      const { wrong, unfinished } = readNumber(cell.value, row.weight);
      if (wrong && !unfinished && !event.isComposing) row.wrong[field] = this.message(row, field, cell.value, wrong);
    }
    this.renderRow(row);
    this.renderSums();
    this.renderSpans();
    clearTimeout(this.idle);
    const wait = !cell.value.trim() || !this.who ? CLEARED_MS : AUTOSAVE_MS;
    if (!event.isComposing) this.idle = setTimeout(() => this.onIdle(row), wait);
  }

  onIdle(row) {
    if (!Object.values(row.wrong).some(Boolean)) this.commit(row);
  }

  onKey(row, field, event) {
    if (event.isComposing || event.keyCode === 229) return;
    const cell = row[field];
    const at = (edge) => {
      if (field === "status") return true;
      const { selectionStart: start, selectionEnd: end, value } = cell;
      const whole = start === 0 && end === value.length;
      return whole || (start === end && start === (edge === "start" ? 0 : value.length));
    };
    const oneLine = field !== "reason" || cell.scrollHeight < 40;
    const move = (down, across) => {
      event.preventDefault();
      const target = this.order[this.order.indexOf(row) + down];
      const name = FIELDS[FIELDS.indexOf(field) + across];
      if (!target || !name) return this.commit(row);
      return this.focusCell(target, name);
    };
    if (event.altKey && !event.ctrlKey && event.code === "KeyS") {
      event.preventDefault();
      this.adopt(row);
    } else if (event.key === "F1") {
      event.preventDefault();
      this.toggleRule(row);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.restore(row, field);
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (!this.data.read_only && this.confirm(row)) move(1, 0);
    } else if (event.key === "Enter" && field !== "status") {
      move(event.shiftKey ? -1 : 1, 0);
    } else if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
      if (field === "status" && event.altKey && event.key === "ArrowDown") this.openMenu(row);
    } else if (event.key === "ArrowDown" && (oneLine || at("end"))) move(1, 0);
    else if (event.key === "ArrowUp" && (oneLine || at("start"))) move(-1, 0);
    else if (event.key === "ArrowLeft" && at("start")) move(0, -1);
    else if (event.key === "ArrowRight" && at("end")) move(0, 1);
  }

  focusCell(row, field) {
    const cell = row[field];
    this.lastFocus = cell;
    cell.focus();
    cell.select?.();
  }

  restore(row, field) {
    clearTimeout(this.idle);
    const fields = field === "reason" ? ["reason"] : ["points", "deduction"];
    for (const name of fields) {
      if (!row[name]) continue;
      row[name].dirty = false;
      row.wrong[name] = null;
    }
    const now = this.shown(row.code);
    this.put(row.points, print(now.points), fields.includes("points"));
    this.put(row.deduction, now.points === null ? "" : print(row.weight - now.points), fields.includes("points"));
    this.put(row.reason, now.reason, fields.includes("reason"));
    row[field].select?.();
    this.render();
  }

  // A column copied from Excel: its first column fills downwards from this cell.
  onPaste(row, field, event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
    if (this.data.read_only || (lines.length === 1 && !text.includes("\t"))) return;
    event.preventDefault();
    const start = this.order.indexOf(row);
    const targets = this.order.slice(start, start + lines.length);
    targets.forEach((target, i) => {
      const other = field === "points" ? "deduction" : "points";
      target[field].value = lines[i].split("\t")[0].trim();
      target[field].dirty = true;
      target[other].dirty = false;
      target.wrong[field] = target.wrong[other] = null;
      this.commit(target, false);
    });
    const rest = lines.length - targets.length;
    this.extra = rest > 0 ? fill(this.data.words.paste_rest, { count: rest }) : "";
    this.render();
    if (this.outbox.edits.length) this.send();
  }

  toggleRule(row) {
    row.rule.hidden = !row.rule.hidden;
    if (row.rule.hidden) this.expanded.delete(row.code);
    else this.expanded.add(row.code);
    row.how.setAttribute("aria-expanded", String(!row.rule.hidden));
    this.renderOffer(row);
    this.renderSpans();
  }

  // ------------------------------------------------------------ status menu

  openMenu(row) {
    if (this.menu) return this.closeMenu();
    const words = this.data.words;
    const now = this.shown(row.code).status;
    const choose = (status) => {
      this.closeMenu();
      row.status.focus();
      if (status !== now) this.setStatus(row, status);
    };
    const choices = CHOICES.map((status) => {
      const mark = el("i", { class: `mark ${status}`, "aria-hidden": "true" });
      const item = el(
        "button",
        { type: "button", role: "menuitemradio", "aria-checked": String(status === now), "data-status": status, tabindex: "-1" },
        mark,
        words[status],
      );
      item.addEventListener("click", () => choose(status));
      return item;
    });
    this.menu = el("div", { class: "menu", role: "menu", "aria-label": words.set_status }, ...choices);
    this.menu.addEventListener("keydown", (event) => {
      const index = choices.indexOf(this.focused);
      const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: choices.length - 1 }[event.key];
      if (to !== undefined) {
        event.preventDefault();
        choices[(to + choices.length) % choices.length].focus();
      } else if (event.key === "Escape" || event.key === "Tab") {
        event.preventDefault();
        this.closeMenu();
        row.status.focus();
      }
    });
    this.menu.addEventListener("focusout", (event) => {
      if (!this.menu?.contains(event.relatedTarget) && event.relatedTarget !== row.status) this.closeMenu();
    });
    row.status.parentElement.append(this.menu);
    (choices.find((item) => item.dataset.status === now) ?? choices[0]).focus();
    return undefined;
  }

  closeMenu() {
    const menu = this.menu;
    this.menu = null;
    menu?.remove();
  }

  // ------------------------------------------------------------ questions

  askName() {
    const words = this.data.words;
    this.ask(words.name_title, this.person?.name ?? "", MOST_NAME, (name) => {
      const id = this.person?.id ?? uuid();
      this.person = { id, name };
      remember("localStorage", WHO, this.person);
      this.emit();
      this.render();
    });
  }

  askGroup(l1) {
    const words = this.data.words;
    const title = fill(words.group_title, { l1, count: this.openRows(l1).length });
    this.ask(title, "", 100, (reason) => this.confirmGroup(l1, reason), words.group_reason);
  }

  ask(title, value, most, accept, label = null) {
    if (this.dialog) return;
    const words = this.data.words;
    const back = this.focused;
    const input = el("input", { type: "text", id: "ask", maxlength: String(most), autocomplete: "off", "aria-describedby": "ask-wrong" });
    input.value = value;
    const wrong = el("p", { class: "message", id: "ask-wrong", "aria-live": "polite" });
    const close = () => {
      this.dialog.remove();
      this.dialog = null;
      for (const part of this.root.children) part.inert = false;
      back?.focus?.();
      this.render();
    };
    const done = () => {
      const text = input.value.trim();
      if (!text) {
        input.setAttribute("aria-invalid", "true");
        setText(wrong, words.required);
        input.focus();
        return;
      }
      close();
      accept(text);
    };
    const buttons = [
      el("button", { type: "button", class: "primary", onclick: done }, words.accept),
      el("button", { type: "button", onclick: close }, words.cancel),
    ];
    const box = el(
      "div",
      { class: "ask", role: "dialog", "aria-modal": "true", "aria-labelledby": "ask-title" },
      el("label", { id: "ask-title", for: "ask", class: "ask-title" }, title),
      label ? el("label", { for: "ask" }, label) : null,
      input,
      wrong,
      el("div", { class: "buttons" }, ...buttons),
    );
    box.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.isComposing || event.keyCode === 229) return;
      const stops = [input, ...buttons];
      if (event.key === "Escape") close();
      else if (event.key === "Enter" && this.focused === input) {
        event.preventDefault();
        done();
      } else if (event.key === "Tab") {
        event.preventDefault();
        const next = stops.indexOf(this.focused) + (event.shiftKey ? -1 : 1);
        stops[(next + stops.length) % stops.length].focus();
      }
    });
    for (const part of this.root.children) part.inert = true;
    this.dialog = el("div", { class: "veil" }, box);
    this.root.append(this.dialog);
    this.lastFocus = input;
    input.focus();
    input.select();
  }
}

export default function (component) {
  const { parentElement } = component;
  const root = parentElement.querySelector(".score-grid");
  let grid = parentElement.scoreGrid;
  if (grid?.root === root && grid instanceof Grid) grid.update(component);
  else {
    const spot = grid?.retire?.();
    grid = new Grid(root);
    parentElement.scoreGrid = grid;
    grid.update(component);
    grid.resume(spot);
  }
  // Streamlit also calls this for a call that a newer update overtook, while the grid stands and is typed in.
  return () => {
    if (root.isConnected) return;
    grid.destroy();
    if (parentElement.scoreGrid === grid) delete parentElement.scoreGrid;
  };
}
