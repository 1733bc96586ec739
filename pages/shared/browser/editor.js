// A sheet that is typed in: what the score grid, the meeting's board and the form of a reporting period have in common. Its outbox is sent until the
// server has answered, and no change is lost on the way out.

const TICK_MS = 500;
const RESEND_MS = 2500;
const ANSWER_MS = 3000; // without an answer for so long the server counts as away
const GATHERED_MS = 100; // longer than Streamlit gathers changes before it sends them
const PAGE_LINKS = ["stTopNavLink", "stTopNavDropdownLink", "stSidebarNavLink", "stPageLink-NavLink"];

const commitAll = () => mounted.forEach((editor) => editor.commit());
window.addEventListener("beforeunload", (event) => {
  commitAll();
  if (window.renewalHandedOver) return; // to another person (who.js): the outboxes stay in this tab
  if ([...outboxes.values()].some((outbox) => outbox.waiting.length)) event.preventDefault();
});
window.addEventListener("pagehide", commitAll);
// in the capture phase, so that the edit is on its way before Streamlit asks for the other page
window.addEventListener("popstate", commitAll, true);
// A link to another page that is followed right after a change waits until the change is on its way. Behind the request
// for the other page it would still be stored, but Streamlit would then empty that page.
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!event.isTrusted || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (!PAGE_LINKS.includes(link?.dataset.testid)) return;
  commitAll();
  if (![...mounted].some(({ lastEmit }) => lastEmit && performance.now() - lastEmit < GATHERED_MS)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  setTimeout(() => link.click(), GATHERED_MS);
}, true);

class Editor extends Mounted {
  constructor(root, kind) {
    super(root);
    this.kind = kind; // under which its outboxes are kept
    this.savedAt = "";
    this.away = false;
    this.lastEmit = 0;
    this.emitted = 0;
    this.entered = 0;
    this.beat = 0;
    this.timer = setInterval(() => this.tick(), TICK_MS);
  }

  destroy() {
    this.commit();
    clearInterval(this.timer);
    super.destroy();
  }

  // What is not saved goes over through sessionStorage.
  retire() {
    this.destroy();
    outboxes.clear();
  }

  // What holds its changes.
  get holds() {
    return Outbox;
  }

  // Takes the outbox of the sheet and of whoever asks. Returns whether it is another one than before.
  open({ sheet, actor, local }) {
    const name = `${this.kind}-outbox:${sheet}`;
    const outbox = this.holds.of(name, actor?.id ?? null);
    if (outbox === this.outbox) return false;
    if (actor && local) outbox.takeOver(this.holds.of(name, null));
    this.outbox = outbox;
    return true;
  }

  // What became of its edits: they come by a way of their own (answers.js) and may be here before the sheet is.
  get answers() {
    return window.sheetAnswers?.[this.data.sheet] ?? {};
  }

  get focused() {
    return this.root.getRootNode().activeElement;
  }

  emit(again = false) {
    const { setStateValue } = this.component;
    const { by, edits, entries } = this.outbox;
    this.lastEmit = performance.now();
    this.outbox.waiting.forEach((one) => (one.at ||= this.lastEmit));
    edits.forEach((edit) => (edit.sent = true));
    this.outbox.keep();
    const sent = (edit) => ({ edit_id: edit.edit_id, by, code: edit.code, base: edit.base, ...this.outbox.sent(edit) });
    setStateValue("outbox", edits.map(sent));
    if (entries.length || this.entered) {
      setStateValue("inputs", entries.map(({ edit_id, code, content }) => ({ edit_id, by, code, content })));
    }
    if (again) setStateValue("beat", (this.beat += 1)); // an equal value must reach the server too
    this.emitted = edits.length;
    this.entered = entries.length;
  }

  get connected() {
    const app = document.querySelector('[data-testid="stApp"]');
    return !app || app.getAttribute("data-test-connection-state") === "CONNECTED";
  }

  tick() {
    if (!this.outbox) return;
    const { waiting } = this.outbox;
    const now = performance.now();
    this.away = !this.connected || waiting.some((one) => one.at && now - one.at > ANSWER_MS);
    if (waiting.length && this.data.actor && now - this.lastEmit > RESEND_MS) this.emit(true);
    if (!waiting.length && (this.emitted || this.entered) && now - this.lastEmit > 1000) this.emit();
    this.renderSaving();
  }
}

// "undo" or "redo", where a key asks for it and the sheet takes it for itself. The browser's own undo has what is being
// typed; what is in no cell of the sheet is not the sheet's.
const stepAsked = (root, event) => {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  const letter = (ctrlKey || metaKey) && !altKey ? key.toLowerCase() : "";
  const back = letter === "z" && !shiftKey;
  const on = shiftKey ? letter === "z" : letter === "y";
  const cell = event.composedPath()[0];
  const here = cell === document.body || root.contains(cell);
  const other = cell.matches?.("input, textarea, select") && !cell.dataset.field;
  if (!(back || on) || !here || other || cell.dirty || composing(event) || event.defaultPrevented) return null;
  event.preventDefault();
  return back ? "undo" : "redo";
};

// Why a typed number does not count; nothing where it does, or may once it is finished. `kind`: deduction_ or nothing.
const sentenceOf = (words, now, typed, [weight, least, step, origin], finished, kind = "") => {
  const { wrong, unfinished, below, above } = readNumber(typed, weight, least, step, origin);
  if (!wrong || (unfinished && !finished)) return "";
  let kept = fill(words.kept_not_counted, { status: words[now.status] });
  if (now.status === "unscored") kept = words.kept_unscored;
  if (counts(now.status)) kept = fill(words.kept, { points: print(now.points) });
  const sentence = words[/^(not_|off_)/.test(wrong) ? wrong : `${kind}${wrong}`];
  const next = wrong === "off_step" ? { step: plain(step), below: plain(below), above: plain(above) } : {};
  return fill(sentence, { weight: plain(weight), most: plain(-least), typed: typed.trim(), kept, ...next });
};

// The question that a conflict asks. A reason is told where it makes the difference, or always.
const drawConflict = (conflict, words, always, decide) =>
  drawQuestion(conflict, words, decide, (value, other) => {
    const text = counts(value.status) ? print(value.points) : words[value.status];
    if (value.reason === other.reason || (value.points !== other.points && !always)) return text;
    return fill(words.with_reason, { value: text, reason: value.reason || words.no_reason });
  });

// `describe`: a value in words, beside the other one.
const drawQuestion = ({ mine, theirs, seen, later }, words, decide, describe) => {
  const name = theirs.by || words.someone;
  const sentence = fill(later ? words.conflict_later : words.conflict, {
    name,
    time: theirs.at,
    theirs: describe(theirs, mine),
    seen: describe(seen, theirs),
    mine: describe(mine, theirs),
  });
  const button = (decision, text) => el("button", { "data-decision": decision, onclick: () => decide(decision) }, text);
  return [
    el("span", { role: "alert" }, sentence),
    button("mine", words.mine),
    button("theirs", fill(words.theirs, { name })),
    later ? null : button("later", words.later),
  ];
};
