// What a spreadsheet puts on the clipboard.

// Its cells: tabs and line ends between them, quotes around a cell that has these.
const pastedCells = (text) => {
  const rows = [[]];
  const pattern = /("(?:[^"]|"")*"(?=[\t\n]|$)|[^\t\n]*)([\t\n]|$)/gy;
  const all = text.replace(/\r\n?/g, "\n");
  while (pattern.lastIndex < all.length) {
    const [, cell, end] = pattern.exec(all);
    rows.at(-1).push((cell.startsWith('"') && cell.length > 1 && cell.endsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell).trim());
    if (end === "\n") rows.push([]);
  }
  while (rows.length && rows.at(-1).every((cell) => !cell)) rows.pop();
  return rows;
};

// A heading or a name without what is written around it: brackets, blanks, colons.
const pasteLabel = (text) =>
  text.normalize("NFKC").replace(/\([^()]*\)|\[[^[\]]*\]/g, "").replace(/\s+/g, " ").replace(/(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])/g, "").replace(/[:*]/g, "").trim();

// More than one cell; a single one is typed.
const isBlock = (text) => /[\t\n]/.test(text.replace(/\r\n?/g, "\n").replace(/\n$/, ""));
