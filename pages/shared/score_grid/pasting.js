// Pasting into the grid: a block copied from Excel. One column of numbers as long as the rows is filled in, anything else
// is shown first; the whole of it can be taken back until something else is typed.

const pasteText = ({ cells }) => cells.filter(Boolean).join(" ").slice(0, 60);

// What goes where, what goes nowhere, what is wrong: as parts of the page.
const pasteParts = (paste, words, shown) => {
  const say = (one) => {
    const { line = one, item, why, text, count } = one;
    const cell = text || pasteText(line);
    const weight = item && plain(item.weight);
    const { code, name } = item ?? {};
    return fill(words[`paste_${why}`], { line: line.no, cell, code, name, weight, count, off: item && plain(-item.least), step: item && plain(item.step), most: MOST_REASON });
  };
  const list = (texts, kind) => (texts.length ? [el(`ul.${kind}`, texts.map((each) => el("li", each)))] : []);
  const parts = [el("p.paste-title", words.paste_title)];
  if (paste.column === null) return [...parts, el("p", paste.columns.length ? words.paste_which : words.paste_no_points)];
  if (paste.problems.length) {
    parts.push(el("p", { role: "alert" }, words.paste_refused), ...list(paste.problems.map(say), "message"));
  }
  const unread = paste.unread.map(({ index, title, kind }) => {
    return fill(words.paste_unread, { column: index + 1, title: title || (kind === "weight" ? words.weight : "—") });
  });
  parts.push(...list([...paste.doubts.map(say), ...paste.skipped.map(say), ...unread], "paste-told"));
  if (!paste.fills.length || paste.problems.length) return parts;
  const row = (role, texts) => el("div", { role: "row" }, texts.map((text) => el("span", { role }, text)));
  const head = [words.paste_from, words.code, words.l3, words.paste_before, words.points, words.reason];
  const rows = paste.fills.map(({ line, item, points, reason }) => {
    const from = fill(words.paste_line, { line: line.no });
    const before = shown(item.code).points;
    return row("cell", [from, item.code, item.name, before === null ? "—" : print(before), print(points), reason]);
  });
  return [...parts, el("div.paste-rows", { role: "table", tabindex: "0" }, row("columnheader", head), rows)];
};

// The choice of the column of points.
const pasteColumns = (paste, words, choose) => {
  const option = ({ index, title }) => {
    const text = fill(words.paste_column, { column: index + 1, title });
    return el("option", { value: index, selected: index === paste.column }, text);
  };
  const none = paste.column === null && el("option", { value: "", selected: true });
  const select = el("select", none, paste.columns.map(option));
  select.onchange = () => select.value && choose(Number(select.value));
  return el("label", words.paste_points_in, " ", select);
};

class Pasting extends PastePanel {
  onPaste(row, name, event) {
    const { order } = this.grid;
    const text = this.blockOf(event);
    if (text === null) return;
    row.restore(name); // what was half typed here is not part of it
    const items = order.map(({ code, weight, least, step, out, item: { l1, l2, l3 } }) => ({ code, weight, least, step, out, name: l3, l1, l2 }));
    const read = (column) => readPaste(text, items, order.indexOf(row), name, column);
    const first = read(null);
    if (first.direct) this.take(first, row[name]);
    else this.show(first, read, row[name]);
  }

  show(paste, read, back) {
    const { outbox, data } = this.grid;
    const { words } = data;
    const count = paste.fills.length;
    const can = count > 0 && !paste.problems.length;
    const take = can && el("button.primary", { onclick: () => this.take(paste, back) }, fill(words.paste_take, { count }));
    const parts = pasteParts(paste, words, (code) => outbox.shown(code));
    const choose = (column) => this.show(read(column), read, back);
    if (paste.columns.length > 1) parts.splice(1, 0, pasteColumns(paste, words, choose));
    this.ask(parts, take, words.cancel, () => back.focus());
  }

  // The whole of it at once, as one step.
  take(paste, back) {
    const { rows, data, undoing } = this.grid;
    const act = newStep();
    for (const { item, points, reason } of paste.fills) {
      const row = rows[item.code];
      const typed = row.reason.dirty ? row.reason.value.trim() : row.now.reason;
      row.clean();
      row.change({ points, status: "confirmed", reason: reason ?? typed }, { send: false, act });
      row.put();
    }
    const done = fill(data.words.paste_done, { count: paste.fills.length });
    this.taken(done, data.words.paste_undo, () => undoing.go("undo"), () => back.focus());
    this.grid.render();
    this.grid.send();
  }
}
