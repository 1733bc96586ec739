// 自评: what the unit gave itself, beside the points, with the gap of these to it, coloured by its size.

// Whole hundredths; `far` is a part of full marks in percent. As GapSize of the server.
const sizeOf = (gap, span, far) => {
  const size = Math.abs(gap) * 100;
  if (!size) return "";
  if (size > far * span) return "large";
  return 2 * size > far * span ? "middle" : "small";
};

// The columns that a line over the whole table, or over its last part, reaches across.
const widen = (grid, by) => {
  for (const { ruleCell, noteCell } of grid.order) {
    ruleCell.colSpan = 8 + by;
    noteCell.colSpan = 5 + by;
  }
};

const renderOwn = (grid) => {
  const { own, words } = grid.data;
  grid.root.classList.toggle("with-self", Boolean(own));
  widen(grid, own ? 1 : 0);
  if (!own) return;
  grid.selfName.title = own.title;
  let sum = 0;
  for (const row of grid.order) {
    const given = hundredths(own.points[row.code] ?? null);
    const { points, status } = row.live;
    const gap = given === null || points === null || !counts(status) || row.out ? 0 : points - given;
    sum += given ?? 0;
    setText(row.self, given === null ? "—" : print(given));
    setText(row.gap, gap ? `${gap > 0 ? "+" : "−"}${print(Math.abs(gap))}` : "");
    row.gap.className = `gap-size ${sizeOf(gap, row.weight - row.least, Number(own.far))}`;
    setAttribute(row.gap, "aria-label", gap ? `${words.gap} ${row.gap.textContent}` : null);
  }
  setText(grid.sumSelf, print(sum));
};
