// Typing in the form: what a keystroke changes at once, when it is saved, where the keyboard goes.

const AUTOSAVE_MS = 800; // idle time after which what has the form of a figure is saved without leaving its cell
const CLEARED_MS = 2500; // the same for a cell just emptied: people empty a cell before they type

const listenToCell = (cell) => {
  const { input, grid } = cell;
  input.onkeydown = (event) => onCellKey(cell, event);
  input.oninput = (event) => onCellInput(cell, event.isComposing);
  input.addEventListener("compositionend", () => onCellInput(cell, false));
  input.onblur = () => onCellBlur(cell);
  input.onpaste = (event) => grid.pasting.onPaste(cell, event);
  // the click that comes into a figure selects it, so that typing replaces it; the next one places the caret
  input.onpointerdown = () => (input.fresh = input !== grid.focused);
  input.onclick = () => {
    if (input.fresh && input.selectionStart === input.selectionEnd) input.select();
    input.fresh = false;
  };
};

// Its row may be far from the window, without fields.
const focusCell = (cell) => {
  const { picking } = cell.grid;
  if (picking.on) picking.choose(cell.row);
  cell.row.come();
  cell.input.focus();
  cell.input.select();
};

const onCellInput = (cell, composed) => {
  const { grid, row, input } = cell;
  cell.type(input.value, composed);
  input.dirty = true;
  grid.pasting.forget();
  cell.render();
  row.renderNotes();
  grid.renderSaving();
  clearTimeout(grid.idle);
  if (composed) return;
  const wait = !input.value.trim() || !grid.data.actor ? CLEARED_MS : AUTOSAVE_MS;
  grid.idle = setTimeout(() => {
    if (cell.wrong) return;
    cell.commit();
    row.render();
    grid.renderSaving();
  }, wait);
};

const onCellBlur = (cell) => {
  const { grid, row } = cell;
  clearTimeout(grid.idle);
  cell.commit();
  row.render();
  grid.renderSaving();
};

const onCellKey = (cell, event) => {
  const action = composing(event) ? null : cellAction(cell, event);
  if (!action) return;
  event.preventDefault();
  action();
};

const cellAction = (cell, event) => {
  const { grid, row } = cell;
  const { key, altKey, shiftKey } = event;
  const command = event.ctrlKey || event.metaKey;
  if (key === "Escape") {
    return () => {
      cell.restore();
      row.render();
      cell.input.select();
      grid.renderSaving();
    };
  }
  if (key === "Enter" && !command && !altKey) return () => enterOn(cell, shiftKey ? -1 : 1);
  if (altKey || command || shiftKey) return null;
  return cellArrow(cell, key);
};

// Down the column, and on at the head of the next one: in a form of one row from field to field.
const enterOn = (cell, by) => {
  const { columns, picking } = cell.grid;
  const order = picking.on ? [cell.row] : cell.grid.order;
  const next = cell.at * order.length + order.indexOf(cell.row) + by;
  if (next < 0 || next >= order.length * columns.length) {
    cell.commit();
    cell.row.render();
    cell.grid.renderSaving();
  } else focusCell(order[next % order.length].cells[Math.floor(next / order.length)]);
};

// An arrow leaves a cell at the edge of what stands in it.
const cellArrow = ({ input, row, at, grid }, key) => {
  const { selectionStart: start, selectionEnd: end, value } = input;
  const whole = start === 0 && end === value.length;
  const edge = { ArrowLeft: start === end && start === 0, ArrowRight: start === end && end === value.length };
  const move = (down, across) => {
    const target = grid.order[row.at + down]?.cells[at + across];
    return target ? () => focusCell(target) : null;
  };
  if (key === "ArrowDown") return move(1, 0);
  if (key === "ArrowUp") return move(-1, 0);
  if (key in edge && (whole || edge[key])) return move(0, key === "ArrowLeft" ? -1 : 1);
  return null;
};
