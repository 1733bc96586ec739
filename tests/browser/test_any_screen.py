"""The score grid on any screen: reasons can be read and written, nothing pinned covers the cell that has the focus."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import who
from tests.browser.pages import settle, visit
from tests.browser.running_app import RunningApp
from tests.browser.test_score_grid import CONTEXTS, SECOND, Sheet

WIDTHS = (390, 768, 810, 1024, 1366, 1920)
COVERED = """() => {
  let cell = document.activeElement;
  while (cell.shadowRoot?.activeElement) cell = cell.shadowRoot.activeElement;
  const { left, top, right, bottom } = cell.getBoundingClientRect();
  const points = [[(left + right) / 2, top + 3], [(left + right) / 2, bottom - 3]];
  const seen = points.every(([x, y]) => cell.contains(cell.getRootNode().elementFromPoint(x, y)));
  return seen ? "" : `${cell.dataset.code} ${cell.dataset.field ?? "status"} at ${top}`;
}"""


LEAST = {
    "c-code": 40, "c-l3": 180, "c-weight": 40, "c-points": 70, "c-deduction": 70, "c-reason": 200, "c-status": 90,
}  # fmt: skip
"""Pixels that a column needs: of its widest usual content, and of a reason that can be read."""
NARROW = """least => [...document.querySelectorAll("*")].map((one) => one.shadowRoot?.querySelector(".score-grid"))
  .filter(Boolean).flatMap((grid) => [...grid.querySelectorAll("tr.item > *")])
  .flatMap((cell) => [...cell.classList].filter((name) => cell.offsetWidth < least[name])
    .map((name) => `${name} ${cell.offsetWidth}`))"""
SMALL = """() => {
  const control = "button, a[href], input, textarea, select, summary, [role=button]";
  // In a sentence or a figure, in a larger target (a slider goes where its line is touched), or for the keyboard only.
  const apart = "p a, li a, svg *, .modebar *, [role=group] > *, [type=file], [type=range], [data-testid^=stSkip]";
  const found = [];
  const look = (root) => {
    for (const one of root.querySelectorAll("*")) {
      if (one.shadowRoot) look(one.shadowRoot);
      if (!one.matches(control) || (one.matches(apart) && !one.closest("td"))) continue;
      const { width, height } = one.getBoundingClientRect();
      if (width < 2 || !one.checkVisibility({ visibilityProperty: true })) continue;
      if (Math.min(width, height) < 43.5) found.push(`${width} x ${height} ${one.outerHTML.slice(0, 160)}`);
    }
  };
  look(document);
  return found;
}"""
STEPS = 100
WATCH = f"""() => {{
  window.steps = [];
  addEventListener("keyup", (event) => event.key === "Shift" || window.steps.push(({COVERED})()), true);
}}"""
"""Looked at in the page at each step: to ask from here each time takes as long again as the step."""


@pytest.mark.full
@pytest.mark.parametrize("width", WIDTHS)
def test_no_step_of_the_keyboard_ends_under_what_is_pinned(
    shared_server: RunningApp, tab_of_wang: Page, width: int
) -> None:
    tab_of_wang.set_viewport_size({"width": width, "height": 800})
    sheet = Sheet(tab_of_wang, shared_server.url)
    sheet.page.evaluate(WATCH)
    for key, start in (
        ("ArrowDown", "A11"),
        ("ArrowUp", "D42"),
        ("Enter", "A11"),
        ("Shift+Enter", "D42"),
        ("Tab", "A11"),
        ("Shift+Tab", "D42"),
    ):
        sheet.cell(start).click()
        sheet.page.evaluate("steps.length = 0")
        for _ in range(STEPS):
            sheet.page.keyboard.press(key)
        assert sheet.page.evaluate("steps") == [""] * STEPS, key


@pytest.mark.parametrize("width", [*WIDTHS, 1260, 1261])
def test_columns_have_room_and_nothing_runs_out_of_the_window(
    shared_server: RunningApp, tab_of_wang: Page, width: int
) -> None:
    tab_of_wang.set_viewport_size({"width": width, "height": 800})
    sheet = Sheet(tab_of_wang, shared_server.url)
    assert sheet.cell("B32", "reason").is_visible()
    assert sheet.page.evaluate(NARROW, LEAST) == []
    assert sheet.page.evaluate("document.documentElement.scrollWidth") <= width
    expect(sheet.page.locator(".score")).to_have_attribute("aria-live", "polite")


@pytest.mark.full
def test_a_finger_has_room(shared_server: RunningApp, new_context: CONTEXTS) -> None:
    context = new_context(viewport={"width": 810, "height": 1080}, has_touch=True, is_mobile=True)
    context.add_init_script(who("王工"))
    page = context.new_page()
    small = {}
    for path in ("scorecard", "panel", "history"):
        visit(page, shared_server.url, path)
        small[path] = page.evaluate(SMALL)
        parts = page.get_by_test_id("stMain").get_by_role("radiogroup").filter(has_not_text="EN").get_by_role("radio")
        for name in parts.all_inner_texts():
            part = parts.filter(has_text=name)
            part.click()
            expect(part).to_be_checked(timeout=20 * SECOND)
            settle(page)
            small[f"{path}: {name}"] = page.evaluate(SMALL)
    assert {where: each for where, each in small.items() if each} == {}


def test_a_cell_that_holds_an_older_number_says_which_counts(fresh_server: RunningApp, new_context: CONTEXTS) -> None:
    wang, li = Sheet(new_context, fresh_server.url), Sheet(new_context, fresh_server.url, "李工")
    wang.cell("A11").click()
    li.enter("A11", "1.5")
    li.saved()
    expect(wang.note("A11")).to_contain_text("已改为1.50，按此计；按Esc显示。")
    expect(wang.cell("A11")).to_have_value("2.00")
    wang.page.keyboard.press("Escape")
    expect(wang.cell("A11")).to_have_value("1.50")
    expect(wang.note("A11")).to_be_hidden()
    wang.enter("A11", "1")  # made from what is seen now: nothing to decide
    wang.saved()
    expect(li.cell("A11")).to_have_value("1.00")
