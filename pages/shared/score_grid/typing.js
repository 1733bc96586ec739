// Typing in a row: what a keystroke changes at once, when it is saved, where the keyboard goes.

const AUTOSAVE_MS = 800; // idle time after which a valid entry is saved without leaving its cell
const CLEARED_MS = 2500; // the same for a cell just emptied: people empty a cell before they type
const FIELDS = [...CELLS, "status"];

const listenTo = (row) => {
  const { grid } = row;
  for (const name of FIELDS) {
    const cell = row[name];
    cell.onkeydown = (event) => onKey(row, name, event);
    cell.onfocus = () => (grid.lastFocus = cell);
    if (name === "status") continue;
    cell.oninput = (event) => onInput(row, name, event);
    cell.addEventListener("compositionend", () => onInput(row, name, { isComposing: false }));
    cell.onblur = (event) => onBlur(row, event);
  }
  for (const name of NUMBERS) {
    const cell = row[name];
    // the click that comes into a number selects it, so that typing replaces it; the next one places the caret
    cell.onpointerdown = () => (cell.fresh = cell !== grid.focused);
    cell.onclick = () => {
      if (cell.fresh && cell.selectionStart === cell.selectionEnd) cell.select();
      cell.fresh = false;
    };
    cell.onpaste = (event) => grid.trial || grid.pasting.onPaste(row, name, event);
  }
  row.status.onclick = () => openMenu(row);
};

// The whole of a cell is seen: neither what is pinned at the top nor what stands at the foot covers it.
const reveal = (grid, cell) => {
  const pinned = grid.heading.offsetHeight ? grid.heading : grid.headline;
  const foot = grid.pastePanel.hidden ? window.innerHeight : grid.pastePanel.getBoundingClientRect().top;
  const { top, bottom } = cell.getBoundingClientRect();
  if (top >= pinned.getBoundingClientRect().bottom && bottom <= foot) return;
  cell.scrollIntoView({ block: bottom > window.innerHeight && grid.pastePanel.hidden ? "nearest" : "center" });
};

const focusCell = (row, name) => {
  const cell = row[name];
  row.grid.lastFocus = cell;
  cell.focus();
  cell.select?.();
};

const onBlur = (row, event) => {
  const { grid } = row;
  if (!grid.connected && event.relatedTarget?.closest?.('[role="dialog"]')) return; // see guard.js
  clearTimeout(grid.idle);
  grid.leftAt = event.relatedTarget ? 0 : performance.now();
  row.commit();
  row.render();
};

const onInput = (row, name, event) => {
  const { grid } = row;
  const cell = row[name];
  cell.dirty = true;
  row.fit(cell);
  row.wrong[name] = null;
  grid.pasting.forget();
  if (name !== "reason") {
    row.clean([name === "points" ? "deduction" : "points"]);
    if (!event.isComposing) row.wrong[name] = row.sentence(name, false);
  }
  row.render();
  renderTotals(grid);
  renderOwn(grid);
  grid.renderSpans();
  clearTimeout(grid.idle);
  if (event.isComposing) return;
  const wait = !cell.value.trim() || !grid.data.actor ? CLEARED_MS : AUTOSAVE_MS;
  grid.idle = setTimeout(() => row.wrongs.length || row.commit(), wait);
};

const onKey = (row, name, event) => {
  const action = composing(event) ? null : actionOf(row, name, event);
  if (!action) return;
  event.preventDefault();
  action();
};

const actionOf = (row, name, event) => {
  const { grid } = row;
  const { key, altKey, shiftKey } = event;
  const command = event.ctrlKey || event.metaKey;
  const move = (down, across) => () => {
    // what the sheet's evaluator does not score is stepped over
    const way = grid.views.rows.filter((each) => each === row || !each.out);
    const target = way[way.indexOf(row) + down];
    const field = FIELDS[FIELDS.indexOf(name) + across];
    if (target && field) focusCell(target, field);
    else row.commit();
  };
  if (altKey && !event.ctrlKey && event.code === "KeyS") return () => row.adopt();
  if (key === "F1") return () => row.toggleRule();
  if (key === "Escape") return () => row.restore(name);
  if (key === "Enter" && command) return () => !row.fixed && row.confirm() && move(1, 0)();
  if (key === "Enter" && name !== "status") return move(shiftKey ? -1 : 1, 0);
  if (altKey && key === "ArrowDown" && name === "status") return () => openMenu(row);
  if (altKey && NUMBERS.includes(name) && ["ArrowUp", "ArrowDown"].includes(key)) {
    return () => row.fixed || stepBy(row, name, key === "ArrowUp" ? 1 : -1);
  }
  if (altKey || command || shiftKey) return null;
  return arrowOf(row[name], name, key, move);
};

// One step of the scheme up or down, as if it had been typed.
const stepBy = (row, name, way) => {
  const { value = null, wrong } = readNumber(row[name].value, Infinity, -Infinity);
  if (wrong) return;
  row[name].value = print(stepped(value, way, ...row.bounds(name)));
  onInput(row, name, { isComposing: false });
  row[name].select();
};

// An arrow leaves a cell at the edge of what stands in it.
const arrowOf = (cell, name, key, move) => {
  const at = (edge) => {
    if (name === "status") return true;
    const { selectionStart: start, selectionEnd: end, value } = cell;
    return (start === 0 && end === value.length) || (start === end && start === (edge === "start" ? 0 : value.length));
  };
  const oneLine = name !== "reason" || cell.scrollHeight < 40;
  if (key === "ArrowDown" && (oneLine || at("end"))) return move(1, 0);
  if (key === "ArrowUp" && (oneLine || at("start"))) return move(-1, 0);
  if (key === "ArrowLeft" && at("start")) return move(0, -1);
  if (key === "ArrowRight" && at("end")) return move(0, 1);
  return null;
};

const openMenu = (row) => {
  const { grid } = row;
  if (grid.menu) return grid.closeMenu();
  const now = row.now.status;
  const { menu } = partsOf(grid.menuTemplate.content.cloneNode(true), grid.data.words);
  const choices = [...menu.children];
  const leave = () => {
    grid.closeMenu();
    row.status.focus();
  };
  for (const choice of choices) {
    const { status } = choice.dataset;
    choice.setAttribute("aria-checked", String(status === now));
    choice.onclick = () => {
      leave();
      if (status !== now) row.setStatus(status);
    };
  }
  menu.onkeydown = (event) => {
    const at = choices.indexOf(grid.focused);
    const by = { ArrowDown: 1, ArrowUp: -1, Home: -at, End: -1 - at };
    if (event.key in by) focusNext(event, choices, by[event.key]);
    else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      leave();
    }
  };
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (!menu.contains(relatedTarget) && relatedTarget !== row.status) grid.closeMenu();
  });
  grid.menu = menu;
  row.status.after(menu);
  (choices.find((choice) => choice.dataset.status === now) ?? choices[0]).focus();
  return undefined;
};
