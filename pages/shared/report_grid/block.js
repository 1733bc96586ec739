// What a pasted block means: which line goes to which place, which column to which figure. It is taken whole or not at
// all; what fits no cell is named. Reading it touches nothing of the page.

const BLOCK_SUM = /^(小计|合计|总计|共计|(sub)?total|sum)$/i;

const isFigureText = (text) => ["change", "share", "day"].some((kind) => !readFigure(text, kind).wrong);

// `rows`: {name, place, writable, state}, place of a community only; `start`: the cell that it was pasted into, {row, column}; `shown`: what stands in a cell.
const readBlock = (text, rows, columns, start, shown) => {
  const lines = pastedCells(text).map((cells, i) => ({ no: i + 1, cells })).filter(({ cells }) => cells.some(Boolean));
  const found = { fills: [], problems: [], told: [], replaced: 0 };
  const names = blockNames(rows);
  const keyed = blockKeys(lines, names);
  const head = lines.length > 1 || keyed ? blockHead(lines[0], keyed, names) : null;
  const to = blockColumns(head, lines, keyed, columns, start.column, found);
  const seen = new Set();
  let next = start.row;
  for (const line of head ? lines.slice(1) : lines) {
    const key = blockKey(line, keyed);
    const label = key.trim();
    if (keyed && BLOCK_SUM.test(pasteLabel(line.cells[0])) && !names.has(key)) {
      found.told.push({ why: "sum", line: line.no, cell: line.cells[0] });
      continue;
    }
    const at = keyed ? names.get(key) : next++;
    const row = rows[at];
    const cell = line.cells[Math.max(keyed - 1, 0)];
    const of = rows[0]?.place ? "_community" : "";
    if (at === null) found.problems.push({ why: "several", line: line.no, cell });
    else if (!row) found.problems.push({ why: `${keyed ? (label ? "unknown" : "nameless") : "beyond"}${of}`, line: line.no, cell });
    else if (seen.has(at)) found.problems.push({ why: "twice", line: line.no, cell: row.name });
    else readBlockLine(line, row, at, to, columns, shown, found);
    seen.add(at);
  }
  const cells = found.fills;
  found.rows = new Set(cells.map(({ row }) => row)).size;
  found.columns = new Set(cells.map(({ column }) => column)).size;
  return found;
};

// By what the first cells of a line may say, the row: its name, or its place and its name; null: several have that name.
const blockNames = (rows) => {
  const names = new Map();
  rows.forEach(({ name, place }, i) => {
    names.set(pasteLabel(name), names.has(pasteLabel(name)) ? null : i);
    if (place) names.set(`${pasteLabel(place)}\n${pasteLabel(name)}`, i);
  });
  return names;
};

// How many of the first columns name the row.
const blockKeys = (lines, names) => [2, 1].find((count) => lines.some((line) => names.has(blockKey(line, count)))) ?? 0;

const blockKey = (line, keyed) => line.cells.slice(0, keyed).map(pasteLabel).join("\n");

// The first line, where it says what the columns are.
const blockHead = (line, keyed, names) => {
  if (keyed && names.has(blockKey(line, keyed))) return null;
  const titles = line.cells.slice(keyed).filter(Boolean);
  return titles.length && !titles.some(isFigureText) ? line : null;
};

// By the block's column: the figure that it goes to; nothing where it has none.
const blockColumns = (head, lines, keyed, columns, start, found) => {
  const width = Math.max(0, ...lines.map(({ cells }) => cells.length));
  const first = keyed;
  const known = new Map(columns.map(({ name }, i) => [pasteLabel(name), i]));
  const to = [];
  for (let column = first; column < width; column += 1) {
    if (!lines.some((line) => line !== head && line.cells[column])) continue;
    const title = head?.cells[column] ?? "";
    const at = head ? known.get(pasteLabel(title)) : start + column - first;
    if (at === undefined || at >= columns.length) found.problems.push({ why: head ? "no_figure" : "wide", column: column + 1, cell: title });
    else if (to.includes(at)) found.problems.push({ why: "figure_twice", column: column + 1, cell: title });
    else to[column] = at;
  }
  return to;
};

const readBlockLine = (line, row, at, to, columns, shown, found) => {
  const given = [...to.entries()].filter(([column, index]) => index !== undefined && line.cells[column]);
  if (given.length && !row.writable) {
    found.problems.push({ why: "closed", line: line.no, cell: row.name, state: row.state });
    return;
  }
  for (const [column, index] of given) {
    const text = line.cells[column];
    const { raw, wrong } = readFigure(text, columns[index].kind);
    const now = shown(at, index);
    if (wrong) found.problems.push({ why: wrong, line: line.no, cell: text, name: columns[index].name });
    else found.fills.push({ row: at, column: index, raw });
    if (!wrong && now && now !== raw) found.replaced += 1;
  }
};
