// What a pasted block means: which of its columns holds the points, which line goes to which item, which lines are a
// heading or a sum. It is taken whole or not at all. Reading it touches nothing of the page; the preview stands at the end.

const PASTE_SUM = /小计|合计|总计|总分|总得分|共计|累计|平均|均分|汇总|^(sub)?total\b|^sum\b|^average\b/i;
const PASTE_HEAD =
  /(得分|评分|打分|分数|分值|满分|扣分|[评核终初审定重均]分|结果|编号|编码|代码|序号|指标|名称|原因|理由|依据|说明|备注|自评|复核|初评|终评|权重|率|专家.{0,4}|评委.{0,4})$|^(points?|scores?|full marks|deductions?|codes?|no\.?|indicators?|names?|reasons?|remarks?|notes?|weights?|rate)$/i;
const PASTE_KINDS = [
  ["reason", /(原因|理由|事由|依据|说明)$|^(reasons?)$/i],
  ["other", /率$|编号|编码|代码|序号|指标|名称|备注|^(rate|codes?|no\.?|indicators?|names?|remarks?|notes?)$/i],
  ["weight", /^(分值|满分值?|标准分|应得分|权重分?|full marks|weights?)$/i],
  ["deduction", /扣|失分|^deductions?$/i],
  ["points", /./],
];
const PASTE_CODES = /^(指标)?(编号|编码|代码)$|^(indicator )?codes?$/i;
const PASTE_NOTHING = new Set(["", "—", "-", "–", "/", "*", "——", "--"]);
const MOST_WAYS = 20_000;

const pasteNumber = (text) => {
  const { value, wrong } = readNumber(text, Infinity, -Infinity);
  return wrong ? undefined : (value ?? null);
};

const isPasteNumber = (text) => Boolean(text) && pasteNumber(text) !== undefined;

// The column whose cells are the items' codes (or names): each at most once, most of the lines.
const pasteKeys = (lines, width, known) => {
  for (let column = 0; column < width; column += 1) {
    const cells = lines.map((line) => pasteLabel(line.cells[column] ?? "")).filter(Boolean);
    const found = cells.filter((cell) => known.has(cell));
    const numbers = found.filter((cell) => isPasteNumber(cell)).length;
    const places = found.map((cell) => known.get(cell));
    const inOrder = places.every((place, i) => !i || place === places[i - 1] + 1);
    const titled = lines.some((line) => PASTE_CODES.test(pasteLabel(line.cells[column] ?? "")));
    const enough = found.length >= 2 || lines.length === 1 || (titled && found.length === 1);
    const each = enough && found.length * 2 >= cells.length && new Set(found).size === found.length;
    // codes that are numbers may be points: they are codes under a heading that says so, or where they count on, left of
    // another column
    const codes = !numbers || titled || (inOrder && column < width - 1 && found.length * 2 > cells.length);
    if (width > 1 && each && codes) return column;
  }
  return null;
};

// Heading and titles: the lines above the first one with a number, if the last of them reads like a heading.
const pasteHeading = (lines, isKey) => {
  const first = lines.findIndex((line) => line.cells.some((cell) => isPasteNumber(cell) || isKey(cell)));
  const heading = lines.slice(0, Math.max(first, 0)).findLastIndex((line) => {
    const texts = line.cells.map(pasteLabel).filter(Boolean);
    const fit = texts.filter((text) => PASTE_HEAD.test(text) && !/^[零〇一二两三四五六七八九十半]+分/.test(text));
    return texts.length && fit.length * 2 >= texts.length;
  });
  return heading < 0 ? 0 : heading + 1;
};

const readPaste = (text, items, start, field, chosen = null) => {
  const lines = pastedCells(text).map((cells, i) => ({ no: i + 1, cells }));
  const width = Math.max(0, ...lines.map((line) => line.cells.length));
  const codes = new Map(items.map((item, i) => [pasteLabel(item.code), i]));
  const named = items.map((item, i) => [pasteLabel(item.name), i]);
  const names = new Map(named.filter(([name]) => named.filter(([other]) => other === name).length === 1));
  const byCode = pasteKeys(lines, width, codes);
  const keyColumn = byCode ?? pasteKeys(lines, width, names);
  const known = byCode === null ? names : codes;
  const isKey = (cell) => keyColumn !== null && known.has(pasteLabel(cell)) && !isPasteNumber(cell);
  const above = pasteHeading(lines, isKey);
  const skipped = lines.slice(0, above).filter((line) => line.cells.some(Boolean)).map((line) => ({ ...line, why: "heading" }));
  const data = lines.slice(above);
  const heads = above ? lines[above - 1].cells.map(pasteLabel) : [];
  const kinds = Array.from({ length: width }, (_, column) => pasteKind(data, column, heads[column] ?? "", keyColumn));
  const map = (column) => {
    const deducted = kinds[column] === "deduction" || (kinds[column] === "number" && field === "deduction");
    const read = data.map((line) => pasteLine(line, column, keyColumn, known, kinds));
    return keyColumn === null ? inOrder(read, items, start, deducted) : byKeys(read, items, deducted);
  };
  const columns = kinds.map((kind, index) => ({ index, kind, title: heads[index] ?? "" })).filter(({ kind }) => ["points", "deduction", "number"].includes(kind));
  const column = chosen ?? pasteColumn(columns, map, field, items);
  if (column === null) return { lines, columns, column, skipped, fills: [], problems: [], doubts: [], unread: [], direct: false };
  const found = withoutOthers(map(column));
  const reasons = pasteReasons(kinds, column);
  for (const one of found.fills) {
    const reason = reasons === null ? "" : (one.line.cells[reasons] ?? "");
    one.reason = reason && !PASTE_NOTHING.has(reason) ? reason : null;
    if (one.reason?.length > MOST_REASON) found.problems.push({ line: one.line, why: "reason", item: one.item });
  }
  const unread = kinds.map((kind, index) => ({ index, title: heads[index] ?? "", kind })).filter(({ index, kind }) => kind !== "empty" && ![column, reasons, keyColumn].includes(index));
  const clean = width === 1 && !above && !found.skipped.length && !found.doubts.length && !found.problems.length;
  const direct = clean && data.length === items.length - start;
  return { lines, columns, column, reasons, keyColumn, unread, ...found, skipped: [...skipped, ...found.skipped], direct };
};

const pasteKind = (data, column, head, keyColumn) => {
  const texts = data.map((line) => line.cells[column] ?? "").filter((text) => !PASTE_NOTHING.has(text));
  if (column === keyColumn) return "key";
  const kind = head && PASTE_KINDS.find(([, words]) => words.test(head))[0];
  const some = texts.some(isPasteNumber);
  if (kind) return kind === "points" && !some && texts.length ? "other" : kind;
  if (!texts.length) return "empty";
  const sums = texts.filter((text) => PASTE_SUM.test(pasteLabel(text))).length;
  if (some && texts.filter(isPasteNumber).length * 2 >= texts.length - sums) return "number";
  return texts.every((text) => /^[\d.]+ *[%％]$/.test(text)) ? "other" : "text";
};

// The column of points; null: it has to be asked.
const pasteColumn = (columns, map, field, items) => {
  const named = columns.filter(({ kind }) => kind !== "number");
  let left = named.length ? named : columns;
  if (left.length > 1 && named.length) {
    const same = left.filter(({ kind }) => kind === field);
    const others = left.filter(({ kind }) => kind !== field);
    if (same.length === 1) left = same;
    else if (!same.length && others.length === 1) left = others;
  } else if (left.length > 1) {
    // full marks stand beside the points, 扣分 behind them
    const full = ({ index }) => {
      const { fills, problems } = map(index);
      return !problems.length && fills.every(({ points, item }) => points === item.weight || points === 0);
    };
    const scored = left.filter((one) => !full(one));
    if (scored.length && scored.length < left.length) left = scored;
    if (left.length === 2) {
      const [a, b] = left.map(({ index }) => map(index));
      const whole = a.fills.length === b.fills.length && a.fills.every(({ item, given }, i) => b.fills[i].item === item && given + b.fills[i].given === item.weight);
      if (whole && a.fills.length > 1) left = [left[0]];
    }
  }
  return left.length === 1 ? left[0].index : null;
};

const pasteReasons = (kinds, column) => {
  const of = (wanted) => [...kinds.keys()].filter((index) => kinds[index] === wanted);
  const named = of("reason");
  if (named.length) return named.find((index) => index > column) ?? named[0];
  const texts = of("text").filter((index) => index > column);
  return texts.length === 1 ? texts[0] : null;
};

// One line: its number (undefined: no number), whether a word calls it a sum, the item that it names.
const pasteLine = (line, column, keyColumn, known, kinds) => {
  const text = line.cells[column] ?? "";
  const labels = line.cells.filter((cell, i) => i === column || ["key", "text", "other"].includes(kinds[i]) || cell === line.cells[0]);
  const key = keyColumn === null ? "" : pasteLabel(line.cells[keyColumn] ?? "");
  const item = known.get(key);
  const called = item === undefined && labels.some((cell) => !isPasteNumber(cell) && PASTE_SUM.test(pasteLabel(cell)));
  return {
    line, text, key, called, item: keyColumn === null ? undefined : item,
    blank: line.cells.every((cell) => !cell),
    value: PASTE_NOTHING.has(text) ? null : pasteNumber(text),
  };
};

const pasteFill = (one, item, deducted) => ({
  line: one.line, item, given: one.value, points: deducted ? item.weight - one.value : one.value,
});

const pasteWrong = (one, item, deducted) => {
  const wrong = (why) => ({ line: one.line, text: one.text, why, item });
  if (one.value === undefined) return wrong("not_a_number");
  const points = deducted ? item.weight - one.value : one.value;
  const fits = points % item.step === 0 || points === item.weight || points === item.least;
  if (one.value === null || (fits && points <= item.weight && points >= item.least)) return null;
  if (!fits && points < item.weight && points > item.least) return wrong("off_step");
  if (item.least < 0) return wrong("not_off");
  return wrong(one.value < 0 ? "not_a_number" : "too_high");
};

// What the sheet's evaluator does not score is left out, and told.
const withoutOthers = (found) => {
  const told = found.fills.filter(({ item }) => item.out).map(({ line, item }) => ({ ...line, why: "out", item }));
  const skipped = [...found.skipped, ...told].sort((a, b) => a.no - b.no);
  return { ...found, skipped, fills: found.fills.filter(({ item }) => !item.out) };
};

// By codes or names: each line goes to its own item, wherever the cell is that it was pasted in.
const byKeys = (read, items, deducted) => {
  const fills = [];
  const skipped = [];
  const problems = [];
  const seen = new Set();
  let sum = 0;
  for (const one of read) {
    if (one.item !== undefined) {
      const item = items[one.item];
      const wrong = pasteWrong(one, item, deducted);
      if (seen.has(one.item)) problems.push({ line: one.line, text: one.key, why: "twice", item });
      else if (wrong) problems.push(wrong);
      else if (one.value === null) skipped.push({ ...one.line, why: "blank", item });
      else fills.push(pasteFill(one, item, deducted));
      seen.add(one.item);
      sum += one.value ?? 0;
    } else if (one.called || (!one.key && one.value === sum)) skipped.push({ ...one.line, why: "sum" });
    else if (one.value !== null) problems.push({ ...one, text: one.key || one.text, why: one.key ? "unknown" : "no_key" });
    else if (!one.blank) skipped.push({ ...one.line, why: "text" });
  }
  return { fills, skipped, problems, doubts: [] };
};

// In order, from the item on that was pasted in. A line that is the sum of those before it may be a sum or an item: of
// all ways to read it the one counts that ends with the sheet or with a group, its sums where groups end.
const inOrder = (read, items, start, deducted) => {
  const ends = (at) => at >= items.length || items[at].l1 !== items[at - 1].l1 || items[at].l2 !== items[at - 1].l2;
  const add = (values) => values.reduce((sum, value) => sum + (value ?? 0), 0);
  const isSum = (value, values, since, at) => {
    if (!values.length || value === null || value === undefined) return false;
    const back = (same) => {
      let from = at - 1;
      while (from > start && same(items[from - 1], items[at - 1])) from -= 1;
      return from;
    };
    const l1 = back((a, b) => a.l1 === b.l1);
    const l2 = back((a, b) => a.l1 === b.l1 && a.l2 === b.l2);
    return [since, start, l1, l2].some((from) => {
      const several = at - from > 1 || (ends(at) && (from === l1 || from === l2));
      return several && add(values.slice(from - start)) === value;
    });
  };
  let best = null;
  let rival = null;
  let ways = 0;
  const finish = (way) => {
    const at = start + way.values.length;
    const end = at === items.length ? 0 : at > start && items[at].l1 !== items[at - 1].l1 ? 1 : 2;
    // the end weighs most, then the sums where no group ends
    way.rank = (end * MOST_WAYS + way.sums.filter((sum) => !sum.atEnd).length) * MOST_WAYS + way.sums.length;
    if (!best || way.rank < best.rank) [best, rival] = [way, null];
    else if (way.rank === best.rank && way.values.join() !== best.values.join()) rival ??= way;
  };
  const go = (i, way, since) => {
    ways += 1;
    if (ways > MOST_WAYS) return;
    const one = read[i];
    if (!one) return finish(way);
    const at = start + way.values.length;
    if (one.called) return go(i + 1, { ...way, sums: [...way.sums, { one, atEnd: true }] }, at);
    const item = items[at];
    if (item && !pasteWrong(one, item, deducted)) {
      go(i + 1, { ...way, values: [...way.values, one.value], ones: [...way.ones, one] }, since);
    }
    if (isSum(one.value, way.values, since, at)) {
      go(i + 1, { ...way, sums: [...way.sums, { one, atEnd: ends(at) || i === read.length - 1 }] }, at);
    }
  };
  go(0, { values: [], ones: [], sums: [] }, start);
  if (!best || rival || ways > MOST_WAYS) return { fills: [], skipped: [], doubts: [], problems: inOrderProblems(read, items, start, best, rival, deducted) };
  const doubts = best.ones
    .map((one, n) => ({ ...one, why: "like_a_sum", item: items[start + n], n }))
    .filter(({ value, n }) => n > 1 && value > 0 && add(best.values.slice(0, n)) === value);
  const fills = best.ones.flatMap((one, n) => (one.value === null ? [] : [pasteFill(one, items[start + n], deducted)]));
  const blanks = best.ones.flatMap((one, n) => (one.value === null ? [{ ...one.line, why: "blank", item: items[start + n] }] : []));
  const sums = best.sums.map(({ one }) => ({ ...one.line, why: "sum" }));
  return { fills, skipped: [...sums, ...blanks].sort((a, b) => a.no - b.no), problems: [], doubts };
};

// Why nothing of it can be filled in: the lines that are no numbers, the first that does not fit, and what is too much.
const inOrderProblems = (read, items, start, best, rival, deducted) => {
  if (best && rival) {
    const at = best.values.findIndex((value, i) => value !== rival.values[i]);
    const one = best.ones[at] ?? rival.ones[at] ?? best.ones.at(-1);
    return [{ line: one.line, text: one.text, why: "either", item: items[start + at] }];
  }
  const lines = read.filter((one) => !one.called);
  const problems = lines.filter((one) => one.value === undefined).map((one) => ({ line: one.line, text: one.text, why: "not_a_number" }));
  const wrong = lines.map((one, i) => items[start + i] && one.value !== undefined && pasteWrong(one, items[start + i], deducted));
  problems.push(...wrong.filter(Boolean).slice(0, 1));
  const rest = lines[items.length - start];
  if (rest) problems.push({ line: rest.line, text: rest.text, why: "rest", count: lines.length - items.length + start });
  return problems.length ? problems : [{ line: lines[0]?.line ?? read[0].line, text: "", why: "either" }];
};
