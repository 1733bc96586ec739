// What the board shows. Each part is drawn anew only if it has changed.

const drawHead = ({ total, grade, margin, note }) => [
  el("span.total", total),
  grade && el("span.grade", grade),
  el("span.margin", margin),
  note && el("span.quiet", note),
];

// A picture is shown beside the item; a PDF in a tab of its own, in the browser's viewer; others by their names.
const drawFile = (file, show) => {
  if (!file.address) return el("span", file.name);
  if (file.picture) return el("button", { "data-file": file.name, onclick: () => show(file) }, file.name);
  return el("a", { href: file.address, target: "_blank", rel: "noopener" }, file.name);
};

const drawFacts = ({ words, rule_name: ruleName }, { suggestion, ...item }, show) => {
  const figure = (name, value) => el("div.figure", el("span.name", name), el("b", value), el("span.quiet"));
  const others = suggestion.alternatives.map((each) => el("li", el("b", each.points), ` ${each.sentence}`));
  const figures = [
    ...item.earlier.map((one) => figure(one.name, one.points)),
    figure(words.suggestion, suggestion.label),
    figure(words.spread, item.spread),
    figure(ruleName, item.by_rule ?? "—"),
  ];
  const evidence = [item.evidence, ...item.files.map((file) => drawFile(file, show))].filter(Boolean);
  const told = [
    [words.rule, item.rule],
    [words.evidence, evidence.length ? evidence.flatMap((one, at) => (at ? [" · ", one] : [one])) : ""],
    [words.how, suggestion.sentence],
  ];
  const more = others.length ? [el("dt.unseen", words.suggestion), el("dd", el("ul", others))] : [];
  return [el("div.figures", figures), el("dl", terms(told), more, terms([[words.implied, item.implied]]))];
};

const drawMore = (words, { flags, comments }, presenter) => {
  const rows = terms([
    ...flags.map((flag) => [words.flag, presenter.text(flag.text), flag.open ? ".flagged" : ".quiet"]),
    ...comments.map(({ by, unit, text }) => {
      const [name, said] = [unit ? by : presenter.name(by), presenter.text(text)];
      return [words.comment, name ? fill(words.said_by, { name, said }) : said];
    }),
  ]);
  return rows.length ? [el("dl", rows)] : [];
};

const drawScores = (words, scores, presenter) => {
  if (!scores.length) return [el("p.quiet", words.no_scores)];
  const row = (score) => {
    const reason = presenter.text(score.reason) || (score.counts ? words.no_reason : "");
    const cells = [el("td.number", score.points), el("td", reason)];
    return el(score.counts ? "tr" : "tr.out", el("th", { scope: "row" }, presenter.name(score.name)), cells);
  };
  const heads = [["th", words.evaluator], ["th.number", words.points], ["th", words.reason]];
  const head = el("tr", heads.map(([name, text]) => el(name, { scope: "col" }, text)));
  return [el("table", el("thead", head), el("tbody", scores.map(row)))];
};

const drawBeside = ({ address, name }, words, close) => [
  el("div.beside", el("button", { onclick: close }, words.close), el("img", { src: address, alt: name })),
];

const drawSide = ({ agenda, words, head }, code, nameless, jump) => {
  const row = (one) => {
    const here = { "data-jump": one.code, "aria-current": String(one.code === code), onclick: () => jump(one.code) };
    const what = el("span.what", el("b", one.code), ` ${one.name}`);
    const sentence = el("span.quiet", nameless ? one.nameless : one.sentence);
    return el("li", el("button", here, what, el("span.gap", one.spread), sentence));
  };
  const flip = ({ sentence, moves }) => [el("p.flip", sentence), el("ul", moves.map((move) => el("li", move)))];
  return [
    el("h3", words.agenda),
    agenda.length ? el("ol", agenda.map(row)) : el("p.quiet", words.no_agenda),
    head.flips.length && el("div.flips", el("h3", words.flips), head.flips.flatMap(flip)),
  ];
};

class BoardView extends Editor {
  build() {
    const { words } = this.data;
    Object.assign(this, partsOf(this.root, words));
    this.tryButton.onclick = () => this.toggleTrial();
    this.back.title = words.previous;
    this.back.onclick = () => this.step(-1);
    this.on.title = words.next;
    this.on.onclick = () => this.step(1);
    this.presenter.build();
    this.talking.build();
    for (const name of ["points", "reason"]) {
      this[name].oninput = () => this.onInput(name);
      this[name].onkeydown = (event) => this.onEnter(event, name);
      this[name].onblur = () => {
        this.commit();
        this.render();
      };
    }
    this.status.onchange = () => {
      this.commit(this.status.value);
      this.render();
    };
  }

  render() {
    const { data, item, list } = this;
    const { words } = data;
    this.root.lang = data.language === "en" ? "en" : "zh-CN";
    this.root.classList.toggle("trying", this.trying);
    this.tryButton.setAttribute("aria-pressed", String(this.trying));
    setText(this.position, `${list.indexOf(item) + 1 || "–"}/${list.length}`);
    redraw(this.head, data.head, () => drawHead(data.head));
    this.renderChips();
    const levels = `${item.l1} › ${item.l2} · ${words.weight} ${Number(item.weight)}`;
    const title = [el("span.code", item.code), el("h2", item.l3), el("span.levels", levels)];
    redraw(this.title, [item.code, item.l3, levels], () => title);
    const { presenter } = this;
    const { nameless } = presenter;
    redraw(this.facts, [item, words], () => drawFacts(data, item, (file) => this.show(file)));
    redraw(this.scores, [item.scores, words, nameless], () => drawScores(words, item.scores, presenter));
    redraw(this.more, [item.flags, item.comments, words, nameless], () => drawMore(words, item, presenter));
    this.renderSide();
    redraw(this.tried, [this.trying, data.trial, words, data.read_only], () => (this.trying ? this.drawTrial() : []));
    this.renderEntry();
    this.talking.render();
    this.renderNote();
    this.renderSaving();
    this.presenter.render();
  }

  // The agenda, or a picture of evidence in its place.
  renderSide() {
    const { data, item, beside } = this;
    const { nameless } = this.presenter;
    redraw(this.side, [data.agenda, data.head.flips, item.code, data.words, nameless, beside], () =>
      beside
        ? drawBeside(beside, data.words, () => this.show(null))
        : drawSide(data, item.code, nameless, (code) => this.jump(code)),
    );
  }

  show(file) {
    this.beside = file;
    this.render();
  }

  renderChips() {
    const { chips, items } = this.data;
    const count = (name) => items.filter((item) => name === "all" || item.needs.includes(name)).length;
    const shown = chips.map(([name, label]) => [name, `${label} ${count(name)}`, String(name === this.place.chip)]);
    const chip = ([name, text, pressed]) =>
      el("button.chip", { "aria-pressed": pressed, "data-chip": name, onclick: () => this.choose(name) }, text);
    redraw(this.chips, shown, () => shown.map(chip));
  }

  drawTrial() {
    const { trial, words, read_only: readOnly } = this.data;
    const moves = trial?.moves ?? [];
    const move = ({ code, name, before, after }) => {
      const adopt = el("button", { "data-adopt": code, onclick: () => this.adopt(code, true) }, words.adopt);
      const drop = el("button", { "data-drop": code, onclick: () => this.adopt(code, false) }, words.drop);
      return el("li", `${code} ${name} ${before} → ${after}`, readOnly ? null : adopt, drop);
    };
    const outcome = el("span.outcome", moves.length ? trial.sentence : words.trial_hint);
    const all = [el("button", { onclick: () => this.dropAll() }, words.drop_all), el("ul", moves.map(move))];
    return [el("b", words.trial_title), outcome, ...(moves.length ? all : [])];
  }

  renderEntry() {
    const { words, rule_name: rule, read_only: readOnly } = this.data;
    const { item, now, trying } = this;
    const put = (node, name, value) => {
      if (!this.dirty[name] && node.value !== value) node.value = value;
    };
    put(this.points, "points", (trying && this.trial[item.code]) || print(now.points));
    put(this.reason, "reason", this.presenter.text(now.reason));
    this.points.readOnly = Boolean(readOnly) && !trying;
    this.status.disabled = Boolean(readOnly) || trying;
    this.reason.readOnly = this.status.disabled || this.presenter.hides(now.reason);
    this.status.value = now.status;
    setText(this.pointsName, trying ? words.trial_points : words.panel_points);
    const offers = [
      [item.suggestion.points, words.use_suggestion, "Alt+S", "suggestion"],
      [item.by_rule, fill(words.use_rule, { rule }), "Alt+R", "rule"],
    ].filter(([points]) => points && !this.points.readOnly);
    const button = ([points, name, keys, use]) => {
      const what = { "data-use": use, "aria-keyshortcuts": keys, onclick: () => this.use(points) };
      return el("button", what, `${name} ${points}`, el("kbd", keys));
    };
    redraw(this.shortcuts, offers, () => offers.map(button));
  }

  renderNote() {
    const { words, read_only: readOnly } = this.data;
    const { code } = this.item;
    const { now, wrong, elsewhere } = this;
    const { conflicts } = this.outbox;
    const name = this.presenter.name(now.by);
    const record = now.by ? fill(words.record, { name, time: now.at, status: words[now.status] }) : "";
    const others = Object.keys(conflicts).filter((other) => other !== code);
    redraw(this.note, [wrong, elsewhere, conflicts[code], others, record, readOnly, words], () => {
      const jump = (other) => el("button", { onclick: () => this.jump(other) }, other);
      const choice = () => drawConflict(conflicts[code], words, true, (decision) => this.decide(decision));
      return [
        wrong && el("p.wrong", { role: "alert" }, wrong),
        elsewhere && el("p.wrong", { role: "alert" }, elsewhere),
        conflicts[code] && el("p.choice", choice()),
        others.length && el("p.wrong", words.undecided, " ", others.map(jump)),
        readOnly && el("p.quiet", readOnly),
        record && el("p.quiet", record),
      ];
    });
  }

  renderSaving() {
    const { words } = this.data;
    const count = this.outbox.codes.size;
    const waiting = this.away ? fill(words.away, { count }) : words.saving;
    setText(this.saving, count ? waiting : this.savedAt && fill(words.saved, { time: this.savedAt }));
    this.saving.classList.toggle("alarm", Boolean(count && this.away));
  }
}
