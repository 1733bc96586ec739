// 逐项评议: one item large enough to be read from the back of a room, the panel's points entered under it.
//
// All items are here, so that the next one shows at once. The server decides what an entry is worth and keeps it; what
// it has not answered stays in the outbox (also over a reload). Names and reasons become text nodes, never markup.

const RESEND_MS = 2500;
const AWAY_MS = 3500;
const TICK_MS = 500;
const MOST_REASON = 500;
const NUMBER = /^[+-]?(\d{1,9}(\.\d{0,9})?|\.\d{1,9})$/;
const CHOICES = ["confirmed", "unscored", "evidence_missing", "not_applicable"];
const NOTHING = { points: null, status: "unscored", reason: "", revision: 0, edit_id: "", by: "", at: "" };

const fill = (template, params) => template.replace(/\{(\w+)\}/g, (_, name) => params[name] ?? "");

// crypto.randomUUID exists in secure contexts only; a dashboard in an intranet is often plain http
const uuid = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
};

const hundredths = (text) => {
  const [, whole, part = ""] = /^(\d*)\.?(\d*)$/.exec(text);
  return Number(whole || 0) * 100 + Number((part + "00").slice(0, 2));
};

const print = (value) => `${Math.floor(value / 100)}.${String(value % 100).padStart(2, "0")}`;

// What somebody typed: {empty}, {value: "4.50"} or {wrong}. Chinese input methods give ４.５ and 4。5: both are 4.5.
const readPoints = (typed, weight) => {
  const text = typed.trim().normalize("NFKC").replaceAll("。", ".").trim();
  if (!text) return { empty: true };
  const decimals = (text.split(".")[1] ?? "").replace(/0+$/, "");
  if (!NUMBER.test(text) || decimals.length > 2) return { wrong: "not_a_number" };
  if (text.startsWith("-") && /[1-9]/.test(text)) return { wrong: "negative" };
  const value = hundredths(text.replace(/^[+-]/, ""));
  return value > hundredths(weight) ? { wrong: "too_high" } : { value: print(value) };
};

const el = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
};

const stored = (key) => {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
};

const store = (key, value) => {
  try {
    if (value === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // storage may be forbidden (private windows): the outbox then lasts as long as the page
  }
};

const places = new Map(); // by sheet: the item and the chip that were shown, kept over a page switch
const boards = new WeakMap(); // by the element that Streamlit mounts into
const mounted = new Set();

window.addEventListener("beforeunload", (event) => {
  mounted.forEach((board) => board.commit());
  if ([...mounted].some((board) => board.edits.length)) event.preventDefault();
});
window.addEventListener("popstate", () => mounted.forEach((board) => board.commit()), true);

class Board {
  constructor(root) {
    this.root = root;
    this.signs = {};
    this.dirty = { points: false, reason: false };
    this.wrong = "";
    this.trying = false;
    this.trial = {};
    this.savedAt = "";
    this.onKey = (event) => this.key(event);
    window.addEventListener("keydown", this.onKey);
    this.timer = setInterval(() => this.tick(), TICK_MS);
    mounted.add(this);
  }

  destroy() {
    this.commit();
    window.removeEventListener("keydown", this.onKey);
    clearInterval(this.timer);
    mounted.delete(this);
  }

  // ------------------------------------------------------------ from the server

  update(component) {
    this.component = component;
    const first = !this.data;
    const data = component.data;
    if (this.name !== data.sheet) {
      this.name = data.sheet;
      const kept = stored(this.key_) ?? {};
      this.edits = (kept.edits ?? []).map((edit) => ({ ...edit, at: 0 }));
      this.conflicts = kept.conflicts ?? {};
      this.place = places.get(data.sheet) ?? { code: null, chip: "all" };
      places.set(data.sheet, this.place);
    }
    this.data = data;
    if (first) {
      this.trial = data.tried ?? {};
      this.trying = Object.keys(this.trial).length > 0;
      this.build();
    }
    this.settle(data.answers ?? {});
    this.render();
    if (first && this.edits.length) this.emit();
  }

  get key_() {
    return `board-outbox:${this.name}`;
  }

  keep() {
    const empty = !this.edits.length && !Object.keys(this.conflicts).length;
    store(this.key_, empty ? null : { edits: this.edits, conflicts: this.conflicts });
  }

  settle(answers) {
    for (const edit of [...this.edits]) {
      const answer = answers[edit.edit_id];
      if (!answer || !this.edits.includes(edit)) continue;
      this.edits = this.edits.filter((other) => other !== edit);
      if (answer.state === "saved") {
        this.savedAt = answer.at;
        this.ahead = { ...this.ahead, [edit.code]: { ...NOTHING, ...edit, revision: answer.revision, at: answer.at } };
      } else if (answer.state === "conflict") {
        const latest = this.last(edit.code) ?? edit;
        this.edits = this.edits.filter((other) => other.code !== edit.code);
        const theirs = { ...NOTHING, ...answer.theirs };
        const same = ["points", "status", "reason"].every((name) => latest[name] === theirs[name]);
        if (!same) this.conflicts[edit.code] = { mine: latest, theirs, seen: edit.seen, later: false };
      } else {
        this.edits = this.edits.filter((other) => other.code !== edit.code);
        if (edit.code === this.item?.code) this.wrong = answer.message;
        else this.elsewhere = `${edit.code} ${answer.message}`;
      }
      this.keep();
    }
  }

  // ------------------------------------------------------------ to the server

  emit(again = false) {
    const { setStateValue } = this.component;
    const now = performance.now();
    this.edits.forEach((edit) => (edit.at ||= now));
    const entry = ({ edit_id, code, base, points, status, reason }) => ({ edit_id, code, base, points, status, reason });
    setStateValue("outbox", this.edits.map(entry));
    if (again) setStateValue("beat", (this.beat = (this.beat ?? 0) + 1)); // an equal value must reach the server too
    this.emitted = this.edits.length;
    this.lastEmit = now;
  }

  emitTrial() {
    this.component.setStateValue("trial", this.trying ? { ...this.trial } : {});
  }

  tick() {
    if (!this.data) return;
    const since = performance.now() - (this.lastEmit ?? 0);
    if (this.edits.length && since > RESEND_MS) this.emit(true);
    else if (!this.edits.length && this.emitted && since > 1000) this.emit();
    this.renderSaving();
  }

  last(code) {
    return this.edits.findLast((edit) => edit.code === code);
  }

  // The panel's entry of an item: what is on its way, what was answered, what the server last showed.
  now(code) {
    const shown = { ...NOTHING, ...this.data.items.find((item) => item.code === code).panel };
    const ahead = this.ahead?.[code];
    return this.last(code) ?? (ahead && ahead.revision > shown.revision ? ahead : shown);
  }

  send(code, value, seen) {
    const before = this.last(code);
    // What was seen may have been on its way then and be saved by now: its own id names it, whatever revision it became.
    const base = before ? before.edit_id : seen.edit_id || seen.revision;
    this.edits.push({ edit_id: uuid(), code, base, ...value, seen, at: 0 });
    delete this.conflicts[code];
    this.keep();
    this.emit();
  }

  // ------------------------------------------------------------ items

  get list() {
    const chip = this.place.chip;
    return this.data.items.filter((item) => chip === "all" || item.needs.includes(chip));
  }

  get item() {
    const { items } = this.data;
    return items.find((item) => item.code === this.place.code) ?? this.list[0] ?? items[0];
  }

  go(code) {
    this.commit();
    if (this.wrong && this.dirty.points) return; // what was typed does not count: say so before leaving it
    this.place.code = code;
    this.dirty = { points: false, reason: false };
    this.base = null;
    this.wrong = "";
    this.elsewhere = "";
    this.render();
  }

  step(by) {
    const list = this.list;
    if (!list.length) return;
    const at = list.findIndex((item) => item.code === this.item.code);
    // the item may have left the chip's list (it is confirmed now): go on from where it stood among all
    const order = this.data.items.map((item) => item.code);
    const from = order.indexOf(this.item.code);
    const next =
      at >= 0
        ? list[at + by]
        : by > 0
          ? list.find((item) => order.indexOf(item.code) > from)
          : list.findLast((item) => order.indexOf(item.code) < from);
    if (next) this.go(next.code);
  }

  key(event) {
    if (event.isComposing || event.keyCode === 229 || document.querySelector('[role="dialog"]')) return;
    const inside = event.composedPath()[0];
    const own = this.root.contains(inside) || this.root.getRootNode().host === event.target;
    const typing = inside.matches?.("input, textarea, select, [contenteditable]");
    if (typing && !own) return;
    if (event.altKey && !event.ctrlKey && event.code === "KeyS") return this.use(event, this.item.suggestion?.points);
    if (event.altKey && !event.ctrlKey && event.code === "KeyR") return this.use(event, this.item.by_rule);
    if (event.ctrlKey || event.altKey || event.metaKey) return undefined;
    const by = { PageDown: 1, PageUp: -1, ...(typing ? {} : { ArrowRight: 1, ArrowLeft: -1 }) }[event.key];
    if (!by) return undefined;
    event.preventDefault();
    return this.step(by);
  }

  use(event, points) {
    event?.preventDefault();
    if (!points || (this.data.read_only && !this.trying)) return;
    this.points.value = points;
    this.onInput("points");
    this.commit();
    this.render();
  }

  fill() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.root.requestFullscreen();
  }

  // ------------------------------------------------------------ typing

  onInput(field) {
    if (!this.dirty.points && !this.dirty.reason) this.base = this.now(this.item.code);
    this.dirty[field] = true;
    this.wrong = "";
    if (field === "points") {
      const { wrong } = readPoints(this.points.value, this.item.weight);
      if (wrong && !/^[+-]?\.?$/.test(this.points.value)) this.wrong = this.sentence(wrong);
    }
    this.renderNote();
  }

  sentence(wrong) {
    const { words } = this.data;
    const { points } = this.now(this.item.code);
    const kept = points === null ? words.kept_unscored : fill(words.kept, { points });
    return fill(words[wrong], { weight: Number(this.item.weight), typed: this.points.value.trim(), kept });
  }

  // Takes what stands in the fields: a valid change goes to the server, anything else gets its sentence.
  commit(status = null) {
    if (!this.data || (!this.dirty.points && !this.dirty.reason && !status)) return;
    const { code, weight } = this.item;
    const typed = readPoints(this.points.value, weight);
    if (this.dirty.points && typed.wrong) {
      this.wrong = this.sentence(typed.wrong);
      return;
    }
    if (this.trying) {
      if (!this.dirty.points) return;
      if (typed.empty || typed.value === this.now(code).points) delete this.trial[code];
      else this.trial[code] = typed.value;
      this.dirty = { points: false, reason: false };
      this.emitTrial();
      return;
    }
    if (this.data.read_only) return;
    const now = this.now(code);
    const value = { points: now.points, status: now.status, reason: now.reason };
    if (this.dirty.points) {
      value.points = typed.empty ? null : typed.value;
      value.status = typed.empty ? (now.points === null ? now.status : "unscored") : "confirmed";
    }
    if (this.dirty.reason) value.reason = this.reason.value.trim().slice(0, MOST_REASON);
    if (status) value.status = status;
    if (status && status !== "confirmed") value.points = null;
    if (status === "confirmed" && value.points === null) {
      this.wrong = this.data.words.points_first;
      return;
    }
    if (value.status === "example") value.status = "confirmed";
    const seen = this.base ?? now;
    this.dirty = { points: false, reason: false };
    this.base = null;
    const same = ["points", "status", "reason"].every((name) => value[name] === now[name]);
    if (!same) this.send(code, value, seen);
  }

  decide(decision) {
    const { code } = this.item;
    const { mine, theirs } = this.conflicts[code];
    const { points, status, reason } = mine;
    this.dirty = { points: false, reason: false };
    if (decision === "later") this.conflicts[code].later = true;
    else delete this.conflicts[code];
    this.keep();
    if (decision === "mine") {
      const now = this.now(code);
      this.send(code, { points, status, reason }, now.revision > theirs.revision ? now : theirs);
    }
    this.render();
    this.points.focus();
  }

  // ------------------------------------------------------------ drawing

  build() {
    const { words } = this.data;
    const step = (by, name, sign) =>
      el("button", { type: "button", class: "step", title: name, "aria-label": name, onclick: () => this.step(by) }, sign);
    this.head = el("div", { class: "head" });
    this.chips = el("div", { class: "chips", role: "group", "aria-label": words.filter });
    this.tryButton = el("button", { type: "button", class: "chip try", onclick: () => this.toggleTrial() }, words.trial);
    this.saving = el("span", { class: "saving", role: "status" });
    this.title = el("div", { class: "title" });
    this.facts = el("div", { class: "facts" });
    this.scores = el("div", { class: "scores" });
    const events = (name) => ({
      oninput: () => this.onInput(name),
      onblur: () => {
        this.commit();
        this.render();
      },
      onkeydown: (event) => this.enter(event, name),
    });
    const field = { autocomplete: "off", spellcheck: "false" };
    this.points = el("input", { id: "points", type: "text", inputmode: "decimal", ...field, ...events("points") });
    this.reason = el("textarea", { id: "reason", rows: "1", maxlength: String(MOST_REASON), ...field, ...events("reason") });
    this.status = el(
      "select",
      { "aria-label": words.status, onchange: () => this.chooseStatus() },
      CHOICES.map((name) => el("option", { value: name }, words[name])),
      el("option", { value: "example", disabled: true, hidden: true }, words.example),
    );
    this.pointsName = el("label", { for: "points" }, words.panel_points);
    this.shortcuts = el("div", { class: "shortcuts" });
    this.note = el("div", { class: "note", "aria-live": "polite" });
    this.entry = el(
      "div",
      { class: "entry" },
      this.pointsName,
      this.points,
      el("label", { for: "reason" }, words.reason),
      this.reason,
      this.status,
      this.shortcuts,
    );
    this.tried = el("div", { class: "tried", role: "status" });
    this.more = el("div", { class: "more" });
    const parts = [this.title, this.facts, this.scores, this.entry, this.note, this.more];
    this.stage = el("section", { class: "stage", "aria-label": words.stage }, ...parts);
    this.side = el("aside", { "aria-label": words.agenda });
    const steps = el("div", { class: "steps" }, step(-1, words.previous, "‹"), (this.position = el("span")), step(1, words.next, "›"));
    // on a projector the board gets the whole screen
    const full = document.fullscreenEnabled
      ? el("button", { type: "button", class: "chip", onclick: () => this.fill() }, words.full)
      : null;
    this.root.replaceChildren(
      this.head,
      el("div", { class: "bar" }, ...[this.chips, this.tryButton, steps, full, this.saving].filter(Boolean)),
      this.tried,
      el("div", { class: "two" }, this.stage, this.side),
      el("p", { class: "keys" }, words.keys),
    );
  }

  enter(event, field) {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.commit(event.ctrlKey || event.metaKey ? "confirmed" : null);
      this.render();
      if (field === "points" && !this.wrong && !event.ctrlKey && !this.trying) {
        this.reason.focus();
        this.reason.select(); // a new reason takes the old one's place, not the end of its last sentence
      }
    } else if (event.key === "Escape") {
      this.dirty = { points: false, reason: false };
      this.wrong = "";
      this.render();
    }
  }

  chooseStatus() {
    this.commit(this.status.value);
    this.render();
  }

  toggleTrial() {
    this.commit();
    this.trying = !this.trying;
    if (!this.trying) this.trial = {};
    this.dirty = { points: false, reason: false };
    this.wrong = "";
    this.emitTrial();
    this.render();
  }

  // Redraws a part only if what it shows has changed: the keyboard's focus stays where it is.
  part(name, node, content, draw) {
    const sign = JSON.stringify(content);
    if (this.signs[name] === sign) return;
    this.signs[name] = sign;
    node.replaceChildren(...draw().flat().filter(Boolean));
  }

  render() {
    const { data } = this;
    const { words, items } = data;
    const item = this.item;
    const list = this.list;
    this.root.lang = data.language === "en" ? "en" : "zh-CN";
    this.root.classList.toggle("trying", this.trying);
    this.part("head", this.head, data.head, () => this.drawHead());
    const counts = Object.fromEntries(data.chips.map(([name]) => [name, items.filter((i) => name === "all" || i.needs.includes(name)).length]));
    this.part("chips", this.chips, [data.chips, counts, this.place.chip], () =>
      data.chips.map(([name, label]) =>
        el(
          "button",
          {
            type: "button",
            class: "chip",
            "aria-pressed": String(name === this.place.chip),
            "data-chip": name,
            onclick: () => this.choose(name),
          },
          `${label} ${counts[name]}`,
        ),
      ),
    );
    this.tryButton.setAttribute("aria-pressed", String(this.trying));
    const at = list.findIndex((other) => other.code === item.code);
    this.position.textContent = `${at + 1 || "–"}/${list.length}`;
    this.part("title", this.title, [item.code, item.l1, item.l2, item.l3, item.weight, words], () => [
      el("span", { class: "code" }, item.code),
      el("h2", {}, item.l3),
      el("span", { class: "levels" }, `${item.l1} › ${item.l2} · ${words.weight} ${Number(item.weight)}`),
    ]);
    this.part("facts", this.facts, [item, words, this.trial], () => this.drawFacts(item));
    this.part("scores", this.scores, [item.scores, words], () => this.drawScores(item));
    this.part("more", this.more, [item.flags, item.comments, words], () => this.drawMore(item));
    this.part("side", this.side, [data.agenda, data.head.flips, item.code, words], () => this.drawSide());
    this.part("tried", this.tried, [this.trying, data.trial, words, data.read_only], () => this.drawTrial());
    this.renderEntry();
    this.renderNote();
    this.renderSaving();
  }

  choose(chip) {
    this.commit();
    this.place.chip = chip;
    if (this.list.length && !this.list.includes(this.item)) this.go(this.list[0].code);
    this.render();
  }

  drawHead() {
    const { head, words } = this.data;
    return [
      el("span", { class: "total" }, head.total),
      head.grade ? el("span", { class: "grade" }, head.grade) : null,
      el("span", { class: "margin" }, head.margin),
      head.note ? el("span", { class: "quiet" }, head.note) : null,
    ];
  }

  figure(name, value, quiet = "", kind = "") {
    return el("div", { class: `figure ${kind}` }, el("span", { class: "name" }, name), el("b", {}, value), el("span", { class: "quiet" }, quiet));
  }

  drawFacts(item) {
    const { words, data } = { words: this.data.words, data: this.data };
    const line = (name, text, kind = "") => (text ? [el("dt", {}, name), el("dd", { class: kind }, text)] : []);
    const { suggestion } = item;
    const figures = [
      ...item.earlier.map((one) => this.figure(one.name, one.points, "")),
      this.figure(words.suggestion, suggestion.label, ""),
      this.figure(words.spread, item.spread, ""),
      this.figure(data.rule_name, item.by_rule ?? "—", ""),
    ];
    const others = suggestion.alternatives.map((each) => el("li", {}, el("b", {}, each.points), " ", each.sentence));
    return [
      el("div", { class: "figures" }, figures),
      el(
        "dl",
        {},
        line(words.rule, item.rule),
        line(words.evidence, [item.evidence, ...item.files].filter(Boolean).join(" · ")),
        line(words.how, suggestion.sentence),
        others.length ? [el("dt", { class: "unseen" }, words.suggestion), el("dd", {}, el("ul", {}, others))] : [],
        line(words.implied, item.implied),
      ),
    ];
  }

  drawMore(item) {
    const { words } = this.data;
    const rows = [
      ...item.flags.map((flag) => [words.flag, flag.text, flag.open ? "flagged" : "quiet"]),
      ...item.comments.map((comment) => [words.comment, comment, ""]),
    ];
    return [rows.length ? el("dl", {}, rows.map(([name, text, kind]) => [el("dt", {}, name), el("dd", { class: kind }, text)]).flat()) : null];
  }

  drawScores(item) {
    const { words } = this.data;
    if (!item.scores.length) return [el("p", { class: "quiet" }, words.no_scores)];
    const row = (score) =>
      el(
        "tr",
        { class: score.counts ? "" : "out" },
        el("th", { scope: "row" }, score.name),
        el("td", { class: "number" }, score.points),
        el("td", {}, score.reason || (score.counts ? words.no_reason : "")),
      );
    const head = [words.evaluator, words.points, words.reason].map((name, i) =>
      el("th", { scope: "col", class: i === 1 ? "number" : "" }, name),
    );
    return [el("table", {}, el("thead", {}, el("tr", {}, head)), el("tbody", {}, item.scores.map(row)))];
  }

  drawSide() {
    const { agenda, words, head } = this.data;
    const jump = (row) =>
      el(
        "li",
        {},
        el(
          "button",
          { type: "button", "data-jump": row.code, "aria-current": String(row.code === this.item.code), onclick: () => this.jump(row.code) },
          el("span", { class: "what" }, el("b", {}, row.code), ` ${row.name}`),
          el("span", { class: "gap" }, row.spread),
          el("span", { class: "quiet" }, row.sentence),
        ),
      );
    const flips = head.flips.map((flip) => [
      el("p", { class: "flip" }, flip.sentence),
      el("ul", {}, flip.moves.map((move) => el("li", {}, move))),
    ]);
    return [
      el("h3", {}, words.agenda),
      agenda.length ? el("ol", {}, agenda.map(jump)) : el("p", { class: "quiet" }, words.no_agenda),
      flips.length ? el("h3", {}, words.flips) : null,
      ...flips.flat(),
    ];
  }

  jump(code) {
    if (!this.list.some((item) => item.code === code)) this.place.chip = "all";
    this.go(code);
  }

  drawTrial() {
    const { trial, words, read_only: readOnly } = this.data;
    if (!this.trying) return [];
    const move = (one) =>
      el(
        "li",
        {},
        `${one.code} ${one.name} ${one.before} → ${one.after}`,
        readOnly ? null : el("button", { type: "button", "data-adopt": one.code, onclick: () => this.adopt(one.code, true) }, words.adopt),
        el("button", { type: "button", "data-drop": one.code, onclick: () => this.adopt(one.code, false) }, words.drop),
      );
    const moves = trial?.moves ?? [];
    return [
      el("b", {}, words.trial_title),
      el("span", { class: "outcome" }, moves.length ? trial.sentence : words.trial_hint),
      moves.length ? el("button", { type: "button", onclick: () => this.dropAll() }, words.drop_all) : null,
      moves.length ? el("ul", {}, moves.map(move)) : null,
    ];
  }

  dropAll() {
    this.trial = {};
    this.emitTrial();
    this.render();
  }

  adopt(code, take) {
    const points = this.trial[code];
    delete this.trial[code];
    this.dirty = { points: false, reason: false };
    if (take && points) {
      const now = this.now(code);
      this.send(code, { points, status: "confirmed", reason: now.reason }, now);
    }
    this.emitTrial();
    this.render();
  }

  renderEntry() {
    const { words, read_only: readOnly } = this.data;
    const item = this.item;
    const now = this.now(item.code);
    const active = this.root.getRootNode().activeElement;
    const put = (node, name, value) => {
      if (!this.dirty[name] && !(node === active && node.value === value) && node.value !== value) node.value = value;
    };
    put(this.points, "points", (this.trying ? this.trial[item.code] : null) ?? now.points ?? "");
    put(this.reason, "reason", now.reason);
    this.points.readOnly = Boolean(readOnly) && !this.trying;
    this.reason.readOnly = Boolean(readOnly) || this.trying;
    this.status.disabled = Boolean(readOnly) || this.trying;
    this.status.value = now.status;
    this.pointsName.textContent = this.trying ? words.trial_points : words.panel_points;
    const offers = [
      [item.suggestion.points, words.use_suggestion, "Alt+S", "suggestion"],
      [item.by_rule, fill(words.use_rule, { rule: this.data.rule_name }), "Alt+R", "rule"],
    ].filter(([points]) => points && !(readOnly && !this.trying));
    this.part("shortcuts", this.shortcuts, [offers, words], () =>
      offers.map(([points, name, keys, use]) =>
        el("button", { type: "button", "data-use": use, "aria-keyshortcuts": keys, onclick: () => this.use(null, points) }, `${name} ${points}`, el("kbd", {}, keys)),
      ),
    );
  }

  describe(value, other) {
    const { words } = this.data;
    const main = value.points ?? words[value.status];
    if (value.reason === other.reason) return main;
    return fill(words.with_reason, { value: main, reason: value.reason || words.no_reason });
  }

  renderNote() {
    const { words, read_only: readOnly } = this.data;
    const item = this.item;
    const now = this.now(item.code);
    const conflict = this.conflicts[item.code];
    const record = now.by ? fill(words.record, { name: now.by, time: now.at, status: words[now.status] }) : "";
    const elsewhere = Object.keys(this.conflicts).filter((code) => code !== item.code);
    this.part("note", this.note, [this.wrong, this.elsewhere, conflict, elsewhere, record, readOnly, words], () => {
      const rows = [];
      if (this.wrong) rows.push(el("p", { class: "wrong", role: "alert" }, this.wrong));
      if (this.elsewhere) rows.push(el("p", { class: "wrong", role: "alert" }, this.elsewhere));
      if (conflict) rows.push(this.drawChoice(conflict));
      if (elsewhere.length) {
        const jumps = elsewhere.map((code) => el("button", { type: "button", onclick: () => this.jump(code) }, code));
        rows.push(el("p", { class: "wrong" }, words.undecided, " ", jumps));
      }
      if (readOnly) rows.push(el("p", { class: "quiet" }, readOnly));
      if (record) rows.push(el("p", { class: "quiet" }, record));
      return rows;
    });
  }

  drawChoice({ mine, theirs, seen, later }) {
    const { words } = this.data;
    const name = theirs.by || words.someone;
    const sentence = fill(later ? words.conflict_later : words.conflict, {
      name,
      time: theirs.at,
      theirs: this.describe(theirs, mine),
      seen: this.describe(seen, theirs),
      mine: this.describe(mine, theirs),
    });
    const button = (decision, text) =>
      el("button", { type: "button", "data-decision": decision, onclick: () => this.decide(decision) }, text);
    const buttons = [button("mine", words.mine), button("theirs", fill(words.theirs, { name }))];
    if (!later) buttons.push(button("later", words.later));
    return el("p", { class: "choice" }, el("span", { role: "alert" }, sentence), buttons);
  }

  renderSaving() {
    const { words } = this.data;
    const waiting = this.edits.filter((edit) => edit.at).map((edit) => performance.now() - edit.at);
    const away = Math.max(0, ...waiting) > AWAY_MS;
    const count = new Set(this.edits.map((edit) => edit.code)).size;
    let text = this.savedAt ? fill(words.saved, { time: this.savedAt }) : "";
    if (count) text = away ? fill(words.away, { count }) : words.saving;
    if (this.saving.textContent !== text) this.saving.textContent = text;
    this.saving.classList.toggle("alarm", away);
  }
}

export default function (component) {
  const root = component.parentElement.querySelector(".board");
  let board = boards.get(root);
  if (!board) {
    board = new Board(root);
    boards.set(root, board);
  }
  board.update(component);
  // Streamlit also calls this for a call that a newer update overtook, while the board stands and is typed in.
  return () => {
    if (root.isConnected) return;
    board.destroy();
    boards.delete(root);
  };
}
