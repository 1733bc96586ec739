// What is said of an item and decided on it. What is typed stays with its item until it is sent; what is sent waits in
// the outbox until the server has it.

// Whom a remark is meant for: the ids of those whose @name stands in it, a longer name before the one it begins with.
const mentionsIn = (text, persons) => {
  const byLength = Object.entries(persons).sort(([, a], [, b]) => b.length - a.length);
  let left = text;
  return byLength.flatMap(([id, name]) => {
    const parts = left.split(`@${name}`);
    left = parts.join(" ");
    return parts.length > 1 ? [id] : [];
  });
};

const drawRemarks = (words, { remarks, resolved }, waiting, mayMark, presenter, mark) => {
  const row = ({ revision, by, at, text, minuted }) => {
    const what = { "aria-pressed": String(minuted), "data-mark": revision, onclick: () => mark(revision, !minuted) };
    const marked = mayMark ? el("button.chip", what, words.mark) : minuted && el("span.quiet", words.mark);
    return el("li", el("span.quiet", `${presenter.name(by)} ${at}`.trim()), el("p", presenter.text(text)), marked);
  };
  const end = resolved && el("li.quiet", presenter.text(resolved));
  return [...remarks.map(row), ...waiting.map((text) => el("li.quiet", text)), end];
};

class Talk {
  constructor(board) {
    this.board = board;
    this.drafts = {}; // by item: {remark, decision, proposer} as typed
  }

  get draft() {
    return (this.drafts[this.board.item.code] ??= {});
  }

  build() {
    const { board } = this;
    const done = { remark: () => this.send(), decision: () => this.settle(true), proposer: () => this.settle(true) };
    for (const [name, enter] of Object.entries(done)) {
      board[name].oninput = () => {
        this.draft[name] = board[name].value;
        this.render();
      };
      board[name].onkeydown = (event) => {
        if (composing(event) || event.key !== "Enter" || event.shiftKey) return;
        event.preventDefault();
        enter();
      };
    }
    board.send.onclick = done.remark;
    board.settled.onclick = done.decision;
    board.unsettled.onclick = () => this.settle(false);
    board.resolve.onclick = () => this.post(board.item.talk.open ? "resolved" : "reopened", {});
  }

  post(kind, content) {
    const { board } = this;
    board.elsewhere = "";
    board.outbox.post(board.item.code, { kind, ...content });
    board.emit();
    board.render();
  }

  send() {
    const { remark, data } = this.board;
    const text = remark.value.trim();
    if (text) {
      delete this.draft.remark;
      this.post("said", { text, mentioned: mentionsIn(text, data.persons) });
    }
    remark.focus();
  }

  settle(discussed) {
    const { item, data } = this.board;
    if (!data.may_decide) return;
    const stands = (name) => (this.draft[name] ?? item.decided[name]).trim();
    const content = { text: stands("decision"), proposer: stands("proposer"), base: item.decided.revision };
    this.post(discussed ? "discussed" : "undiscussed", content);
  }

  // What was refused stands in its field again, with the sentence under it.
  answered({ code, content }, { at, message }) {
    const draft = (this.drafts[code] ??= {});
    const { kind, text, proposer } = content;
    if (message) {
      this.board.elsewhere = `${code} ${message}`;
      if (kind === "said") draft.remark ??= text;
      return;
    }
    this.board.savedAt = at;
    if (!kind.endsWith("discussed")) return;
    // typed on meanwhile: that is still to be sent
    if (draft.decision?.trim() === text) delete draft.decision;
    if (draft.proposer?.trim() === proposer) delete draft.proposer;
  }

  mention(name) {
    const { remark } = this.board;
    const before = remark.value;
    remark.value = `${before}${before && !before.endsWith(" ") ? " " : ""}@${name} `;
    this.draft.remark = remark.value;
    remark.focus();
  }

  render() {
    this.renderDecision();
    this.renderRemarks();
  }

  renderDecision() {
    const { board, draft } = this;
    const { words, persons } = board.data;
    const may = board.data.may_decide;
    const { decided } = board.item;
    for (const name of ["decision", "proposer"]) {
      const stands = draft[name] ?? decided[name];
      const value = board.presenter.text(stands);
      if (board[name].value !== value) board[name].value = value;
      board[name].readOnly = !may || board.presenter.hides(stands);
      board[name].hidden = !may && !value;
    }
    const typed = ["decision", "proposer"].some((name) => draft[name] !== undefined && draft[name] !== decided[name]);
    setText(board.state, decided.discussed ? words.discussed : words.undiscussed);
    board.state.classList.toggle("done", decided.discussed);
    setText(board.settled, decided.discussed ? words.keep_decision : words.set_discussed);
    board.settled.hidden = !may || (decided.discussed && !typed);
    board.unsettled.hidden = !may || !decided.discussed;
    const by = board.presenter.nameless ? decided.at : fill(words.decided_by, { name: decided.by, time: decided.at });
    setText(board.decidedBy, decided.revision ? by : "");
    redraw(board.names, persons, () => Object.values(persons).map((name) => el("option", { value: name })));
  }

  renderRemarks() {
    const { board, draft } = this;
    const { words, persons, may_talk: may, may_mark: mayMark, actor } = board.data;
    const { code, talk } = board.item;
    const waiting = board.outbox.entries.filter((one) => one.code === code && one.content.kind === "said");
    const texts = waiting.map((one) => one.content.text);
    const { nameless } = board.presenter;
    redraw(board.remarks, [code, talk, texts, mayMark, nameless, words], () => {
      const mark = (about, on) => this.post(on ? "marked" : "unmarked", { about });
      return drawRemarks(words, talk, texts, mayMark, board.presenter, mark);
    });
    const others = Object.entries(persons).filter(([id]) => id !== actor?.id);
    redraw(board.people, [others, nameless], () =>
      nameless ? [] : others.map(([, name]) => el("button.chip", { onclick: () => this.mention(name) }, `@${name}`)),
    );
    if (board.remark.value !== (draft.remark ?? "")) board.remark.value = draft.remark ?? "";
    board.saying.hidden = !may;
    board.talk.hidden = !may && !talk.remarks.length;
    board.resolve.hidden = !talk.remarks.length;
    setText(board.resolve, talk.open ? words.resolve : words.reopen);
  }
}
