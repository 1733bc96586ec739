// The sheet added up as it stands: a preview of the server's sums, whose figures win while nothing is on its way to it.

const addUp = (rows, valueNow = (row) => row.live) => {
  const part = () => ({ points: 0, weight: 0, scored: 0, off: 0 });
  const groups = new Map(rows.map((row) => [row.item.l1, part()]));
  const sum = { ...part(), groups, items: 0, answered: 0, confirmed: 0, unreasoned: 0 };
  for (const row of rows) {
    const now = valueNow(row);
    if (now.status === "not_applicable") continue;
    const parts = [sum, groups.get(row.item.l1)];
    parts.forEach((one) => (one.weight += row.weight));
    sum.items += 1;
    if (now.points === null || !counts(now.status)) {
      sum.off += row.least; // a 扣分项 that may still take points off
      continue;
    }
    for (const one of parts) {
      one.points += now.points;
      one.scored += row.weight;
    }
    sum.answered += 1;
    sum.confirmed += now.status === "confirmed" ? 1 : 0;
    sum.unreasoned += lacksReason(now, row.weight) ? 1 : 0;
  }
  sum.partial = sum.items < rows.length;
  const scale = (value) => (sum.partial && sum.weight ? share(value, sum.weight) : value);
  sum.complete = sum.items > 0 && sum.answered === sum.items;
  sum.low = scale(sum.points + sum.off);
  sum.high = scale(sum.points + sum.weight - sum.scored);
  sum.normalised = sum.partial && sum.complete ? sum.low : null;
  return sum;
};

// As printed, in the shape that the server sends.
const figuresOf = (sum, grades, given) => {
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
  if (!sum.complete) return figures;
  if (given?.veto) return { ...figures, grade: given.grade ?? grades.at(-1).name }; // whatever the total is
  const floors = grades.map((grade) => hundredths(grade.floor));
  const found = floors.findIndex((floor) => sum.low >= floor);
  const index = found < 0 ? floors.length - 1 : found; // 扣分项 can take a total below 0
  figures.grade = grades[index]?.name ?? null;
  if (index > 0) figures.margin_up = print(floors[index - 1] - sum.low);
  if (index >= 0 && index < floors.length - 1) figures.margin_down = print(sum.low - floors[index]);
  return figures;
};

// How far it is to the grades above and below.
const marginOf = (figures, { words, grades, figures: given }) => {
  if (given?.veto) return given.veto;
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
};

// The line above the table, the groups beside it, the sums in the merged cells and at the foot.
const renderTotals = (grid) => {
  const { words, grades, figures: given, claim, banner, read_only: readOnly } = grid.data;
  const sum = addUp(grid.order);
  const figures = { ...figuresOf(sum, grades, given), ...(grid.settled ? given : {}) };
  const { total, normalised, scored_weight: scored, low, high } = figures;
  const note = [banner, claim].filter(Boolean).join(" ");
  setText(grid.banner, note);
  grid.banner.hidden = !note;
  const answered = fill(words.answered, { scored: sum.answered, items: sum.items });
  if (sum.complete) {
    setText(grid.totalName, normalised === null ? words.total : words.normalised);
    setText(grid.total, normalised ?? total);
    const raw = normalised === null ? "" : fill(words.raw, { points: total, weight: plain(sum.weight) });
    const tried = grid.trial ? trialOf(grid, total) : "";
    setText(grid.margin, [tried, marginOf(figures, grid.data), raw].filter(Boolean).join(" "));
  } else {
    setText(grid.totalName, answered);
    setText(grid.total, fill(words.part, { points: total, weight: plain(hundredths(scored)) }));
    const range = sum.partial ? words.scaled_range : words.range;
    setText(grid.margin, `${fill(range, { low, high })} · ${words.no_grade}`);
  }
  grid.summary.classList.toggle("partial", !sum.complete);
  setText(grid.grade, figures.grade ?? "");
  grid.grade.hidden = !figures.grade;
  const confirmed = fill(words.confirmed_count, { confirmed: sum.confirmed, items: sum.items });
  const unreasoned = sum.unreasoned && fill(words.reasons_missing, { count: sum.unreasoned });
  setText(grid.side, [confirmed, unreasoned].filter(Boolean).join(" · "));
  for (const { l1, bar, rate, subtotal, button } of grid.groupCells) {
    const { points, weight, scored: of } = sum.groups.get(l1);
    const reached = of ? share(points, of) : null;
    const none = points ? print(points) : "—"; // 扣分项 have points and no full marks
    setText(rate, of ? `${print(points)}/${plain(of)}  ${print(reached)}%` : none);
    bar.style.width = of ? `${reached / 100}%` : "0";
    setText(subtotal, weight ? `${of ? print(points) : "—"}/${plain(weight)}` : none);
    button.hidden = readOnly || grid.trial || !grid.unconfirmed(l1).length;
  }
  // one item alone is its own sum
  for (const { rows, subtotal } of grid.seconds.filter((second) => second.rows.length > 1)) {
    const { points, weight, scored } = addUp(rows);
    const of = weight ? `${scored ? print(points) : "—"}/${plain(weight)}` : print(points);
    // a rate of some of its items would mislead, and a group that one does not score has nothing
    const rate = weight && scored === weight ? ` ${print(share(points, weight))}%` : "";
    setText(subtotal, weight || points ? of + rate : "—");
  }
  setText(grid.sumWeight, print(sum.weight));
  setText(grid.sumPoints, sum.scored ? print(sum.points) : "—");
  setText(grid.sumDeduction, sum.scored ? print(sum.scored - sum.points) : "—");
  setText(grid.sumNote, sum.complete ? "" : answered);
};
