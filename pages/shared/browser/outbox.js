// Changes that the server has not answered, and conflicts that the person has not decided. An outbox is of a sheet and a
// person, outlives the component (page switch) and, in sessionStorage, the page (reload): whoever comes back finds theirs,
// and nobody else's is ever sent for them.

const AHEAD_MS = 10_000; // so long an answer goes before older rows; after that the store has been exchanged
const MOST_REASON = 500;
const NOTHING = { points: null, status: "unscored", reason: "", revision: 0, edit_id: "", by: "", at: "" };

const sameValue = (a, b) => a.points === b.points && a.status === b.status && a.reason === b.reason;

const valueOf = ({ points, status, reason }) => ({ points, status, reason });

// An edit's id: `<step>-c-<12 hex>` changes, -u- undoes and -r- redoes a step (core.scoring.undoing).
const random12 = () => uuid().slice(-12);
const newStep = () => ({ step: random12(), kind: "c" });
const idOf = ({ step, kind }) => `${step}-${kind}-${random12()}`;
const actOf = (id) => ({ step: id.slice(0, -15), kind: id.at(-14) });

const counts = (status) => status === "example" || status === "confirmed";

// What the server says of an item, its points in hundredths.
const read = (row) => ({ ...NOTHING, ...row, points: hundredths(row?.points) });

const outboxes = new Map();

class Outbox {
  constructor(name, by) {
    this.name = name;
    this.by = by; // null: who types has not given a name yet
    this.saved = {}; // by code: the newest that the server has shown or answered
    this.ahead = {}; // by code: answers that the rows shown do not know of yet
    // an open tab of 0.5 keeps the board's points as texts
    const kept = recall("sessionStorage", name, (key, value) => (key === "points" ? hundredths(value) : value)) ?? {};
    this.edits = (kept.edits ?? []).map((edit) => ({ ...edit, at: 0 }));
    this.conflicts = kept.conflicts ?? {};
    this.entries = (kept.entries ?? []).map((entry) => ({ ...entry, at: 0 })); // what the rules compute from
    this.heard = null; // told of each change: (code, act, before, value)
    this.mine = new Set(this.edits.map((edit) => edit.edit_id)); // edit_ids of this tab
  }

  static of(sheet, by) {
    const name = `${sheet}:${by ?? "local"}`;
    if (!outboxes.has(name)) outboxes.set(name, new this(name, by));
    return outboxes.get(name);
  }

  // What was typed before the name was given is of whoever then gave it.
  takeOver(nameless) {
    this.edits.push(...nameless.edits);
    this.entries.push(...nameless.entries);
    Object.assign(this.conflicts, nameless.conflicts);
    Object.assign(this.saved, nameless.saved);
    Object.assign(nameless, { edits: [], entries: [], conflicts: {} });
    nameless.keep();
    this.keep();
  }

  keep() {
    const { edits, conflicts, entries } = this;
    edits.forEach((edit) => this.mine.add(edit.edit_id));
    const empty = !edits.length && !Object.keys(conflicts).length && !entries.length;
    remember("sessionStorage", this.name, empty ? null : { edits, conflicts, entries });
  }

  get waiting() {
    return [...this.edits, ...this.entries];
  }

  get codes() {
    return new Set(this.waiting.map((one) => one.code));
  }

  last(code) {
    return this.edits.findLast((edit) => edit.code === code);
  }

  // An item as it stands: what is on its way, what was answered, what the server last showed.
  shown(code) {
    return this.last(code) ?? this.saved[code] ?? this.nothing;
  }

  // A conflict that has to be decided before the item is changed.
  open(code) {
    const conflict = this.conflicts[code];
    return conflict && !conflict.later ? conflict : null;
  }

  // ------------------------------------------------------------ what a value is: of a score, unless a subclass says otherwise

  get nothing() {
    return NOTHING;
  }

  // Its own fields, of something that has more.
  value(of) {
    return valueOf(of);
  }

  same(a, b) {
    return sameValue(a, b);
  }

  // What the server says of an item.
  read(row) {
    return read(row);
  }

  // What the server is told of it.
  sent({ points, status, reason }) {
    return { status, reason, points: points === null ? null : print(points) };
  }

  // What becomes of an item if somebody wants this of it; null: it is so already.
  // 待确认 becomes 已确认 by a change, or if they are sure of it as it stands.
  wanted(target, now, sure) {
    const example = target.status === "example";
    const value = { ...this.value(target), status: example ? "confirmed" : target.status };
    return this.same(value, now) || (example && !sure && this.same(target, now)) ? null : value;
  }

  // ------------------------------------------------------------ changes

  // What somebody wants of an item, made from what they saw. Returns whether there is something to send.
  change(code, target, seen, sure = false, act = null) {
    const value = this.wanted(target, this.shown(code), sure);
    if (!value) return false;
    const open = this.open(code);
    // typed while the other's change was arriving: it still has to be decided
    if (open) open.mine = value;
    else this.add(code, value, this.conflicts[code] ? this.saved[code] : seen, act);
    this.keep();
    return !open;
  }

  // `given`: the step that it is of, if it is of one with others.
  add(code, value, seen, given = null) {
    const last = this.last(code);
    const before = this.value(this.shown(code));
    const same = !given && last && !last.sent && actOf(last.edit_id).kind === "c"; // as it is not sent yet
    const act = given ?? (same ? actOf(last.edit_id) : newStep());
    if (same) Object.assign(last, value);
    else {
      // What was seen may have been on its way then and be saved by now: its id names it, whatever revision it became.
      const base = last ? last.edit_id : seen.edit_id || seen.revision;
      this.edits.push({ edit_id: idOf(act), code, base, ...value, seen: this.value(seen), sent: false, at: 0 });
    }
    this.heard?.(code, act, before, value);
    delete this.conflicts[code];
    this.keep();
  }

  drop(keep) {
    this.edits = this.edits.filter(keep);
    this.keep();
  }

  // All of an item's fields go together: the server judges them as one.
  enter(code, content) {
    const waiting = this.entries.find((entry) => entry.code === code && !entry.at);
    if (waiting) waiting.content = content;
    else this.entries.push({ edit_id: uuid(), code, content, at: 0 });
    this.keep();
  }

  // What is said of an item: each by itself.
  post(code, content) {
    this.entries.push({ edit_id: uuid(), code, content, at: 0 });
    this.keep();
  }

  // Saved edits leave, refused ones too; a conflict waits for a decision, what another person made for them.
  settle(answers, told) {
    for (const edit of [...this.edits]) {
      const answer = answers[edit.edit_id];
      if (!answer || !this.edits.includes(edit)) continue;
      if (answer.state !== "another") this.drop((other) => other !== edit);
      if (answer.state === "saved") this.goAhead(edit.code, { ...answer, ...this.value(edit), edit_id: edit.edit_id });
      else if (answer.state === "conflict") this.conflict(edit, this.read(answer.theirs));
      else if (answer.state === "refused") this.rebase(edit);
      this.keep();
      told(edit, answer);
    }
  }

  settleEntries(answers, told) {
    for (const entry of [...this.entries]) {
      const answer = answers[entry.edit_id];
      if (!answer || answer.another) continue;
      this.entries = this.entries.filter((other) => other !== entry);
      this.keep();
      told(entry, answer);
    }
  }

  goAhead(code, value) {
    this.ahead[code] = { ...this.nothing, ...value, until: performance.now() + AHEAD_MS };
  }

  // The edits made after it rest on it: one decision for all.
  conflict(edit, theirs) {
    const { code, seen } = edit;
    const mine = this.value(this.last(code) ?? edit);
    this.edits = this.edits.filter((other) => other.code !== code);
    if (!this.same(mine, theirs)) this.conflicts[code] = { mine, theirs, seen, later: false };
    this.goAhead(code, theirs);
  }

  rebase(edit) {
    const next = this.edits.find((other) => other.base === edit.edit_id);
    if (next) Object.assign(next, { base: edit.base, edit_id: idOf(actOf(next.edit_id)), sent: false });
  }

  // What the server shows of an item; an answer may be ahead of it, until a look at the store brings it.
  take(code, row) {
    let now = this.read(row);
    const ahead = this.ahead[code];
    if (ahead?.revision > now.revision && performance.now() < ahead.until) now = ahead;
    else delete this.ahead[code];
    this.saved[code] = now;
    const conflict = this.conflicts[code];
    if (conflict && now.revision > conflict.theirs.revision) {
      conflict.theirs = now;
      if (this.same(conflict.mine, now)) delete this.conflicts[code];
      this.keep();
    }
    return now;
  }

  // "mine", "theirs" or "later". Returns what a change from now on is made from.
  decide(code, decision) {
    const conflict = this.conflicts[code];
    const { mine, theirs } = conflict;
    const seen = theirs.revision > this.saved[code].revision ? theirs : this.saved[code];
    if (decision === "later") conflict.later = true;
    else delete this.conflicts[code];
    if (decision === "mine") this.add(code, mine, seen);
    this.keep();
    return seen;
  }
}
