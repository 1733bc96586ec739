// 建议分 with its arithmetic, 反推值, and the fields of what the rule computes from, in the row that opens below.

const renderOffer = (row) => {
  const { data, outbox, focused } = row.grid;
  const offer = data.suggestions?.[row.code];
  if (!offer || row.rule.hidden) return;
  const waiting = outbox.entries.some((entry) => entry.code === row.code);
  const sign = JSON.stringify([offer, row.entryWrong, waiting, row.fixed]);
  if (row.offerSign === sign) return;
  row.offerSign = sign;
  row.offer.replaceChildren(...drawOffer(row, offer));
  // what is entered stays as it is until the server has it all: an answer to its first part knows nothing of the rest
  const form = JSON.stringify([offer.form, row.fixed]);
  if (!row.form || (row.formSign !== form && !waiting && !row.form.contains(focused))) {
    row.formSign = form;
    row.form = el("div.entries", offer.form.map((field) => drawField(row, field)));
  }
  // the fields stay where they are while somebody types in them
  if (row.form.contains(focused) && !row.entryWrong) return;
  const wrong = row.entryWrong && el("p.message", { role: "alert" }, row.entryWrong);
  row.entry.replaceChildren(...(offer.form.length ? terms([[data.words.fields, [row.form, wrong]]]) : []));
};

const drawOffer = (row, { points, label, sentence, alternatives, implied }) => {
  const { words } = row.grid.data;
  const keys = { "data-adopt": row.code, "aria-keyshortcuts": "Alt+S", onclick: () => row.adopt() };
  const others = alternatives.map((each) => el("li", el("b", each.points), ` ${each.sentence}`));
  const suggested = [el("b", label), ` ${sentence} `];
  if (points && !row.fixed) suggested.push(el("button.adopt", keys, words.adopt));
  if (others.length) suggested.push(el("ul", others));
  return terms([[words.suggestion, suggested], [words.implied, implied]]);
};

const drawField = (row, field) => {
  const common = { "data-entry": field.name, "data-code": row.code, disabled: row.fixed };
  const number = { type: "text", inputmode: "decimal", autocomplete: "off" };
  const options = field.options?.map(([value, text]) => el("option", { value }, text));
  const box = options ? el("select", common, options) : el("input", { ...common, ...number });
  box.value = field.value;
  box.onchange = () => enter(row, field);
  return el("label", el("span", field.label), box);
};

const enter = (row, { name, whole }) => {
  const { grid } = row;
  const boxes = [...row.form.querySelectorAll("[data-entry]")];
  const content = Object.fromEntries(boxes.map((box) => [box.dataset.entry, box.value.trim().normalize("NFKC")]));
  const odd = whole && content[name] && !/^\d{1,9}$/.test(content[name]);
  row.entryWrong = odd ? fill(grid.data.words.not_whole, { typed: content[name] }) : "";
  if (odd) return renderOffer(row);
  grid.outbox.enter(row.code, content);
  grid.send();
  return grid.render();
};
