"""The form of a reporting period with 500 rows: how soon it stands, how long a keystroke takes.

Run as a script, with `places` (12 figures each) or `communities` (of ten streets, all nine figures that a community
can report); it prints milliseconds: the first row on the screen from asking for the page, from a key to what it
changed and to the next frame, from leaving a cell to its being saved.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # run as a script, the repository's root is not on the path

from core.ingest.project_tables.reported import as_typed, last_rows  # noqa: E402
from core.model.context import Actor, Context  # noqa: E402
from core.model.project import Community, Facts  # noqa: E402
from core.service.base import open_store  # noqa: E402
from core.service.manage.reporting import form, periods  # noqa: E402
from core.store import read, snapshots  # noqa: E402
from tests.browser.find_browser import HELP, find  # noqa: E402
from tests.browser.running_app import BROWSER_ARGUMENTS, RunningApp  # noqa: E402

ROWS, COLUMNS, STREETS = 500, 12, 10
PROJECT = "big-2024"
CLERK = Context(Actor("bench-0001", "测速"))
WHO = 'localStorage.setItem("renewal-scorecard-who", JSON.stringify({id: "bench-0001", name: "测速"}))'
KEYS, VISITS = 40, 5
SHOWN = """async () => {
  const grid = () => [...document.querySelectorAll("*")].map((one) => one.shadowRoot?.querySelector(".report-grid tbody input")).find(Boolean);
  while (!grid()) await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return performance.now();
}"""  # noqa: E501
FRAME = """() => {
  window.took = [];
  let start = 0;
  addEventListener("keydown", () => (start = performance.now()), true);
  addEventListener("input", () => {
    const handled = performance.now() - start;
    requestAnimationFrame(() => {
      const begun = performance.now() - start; // what the score grid's row of `make bench` measures
      setTimeout(() => took.push([handled, begun, performance.now() - start]));
    });
  });
}"""


def fill_store(path: Path, kind: str) -> str:
    """A project of 500 places, or communities, whose form is half filled; the id of its period."""
    open_store.build_at(path)
    store = open_store.store()
    facts = read.facts(store, "lingang-2023")
    rows = tuple(f"街道{n:03d}" for n in range(ROWS))
    names = rows if kind == "places" else rows[:STREETS]
    villages = [f"第{n:03d}村" for n in range(ROWS)]
    spend, homes, group = facts.spend[0], facts.renovation[0], facts.budget_groups[0]
    big = replace(
        facts,
        batch=f"{PROJECT}@2024-12-31", as_of=date(2024, 12, 31), places=names, deliveries=(), funding=(), baselines=(),
        project=replace(facts.project, id=PROJECT, name="大项目"), claims=(),
        budget_groups=(replace(group, places=names, amount=group.amount * ROWS),),
        spend=tuple(replace(spend, place=name) for name in names),
        renovation=tuple(replace(homes, place=name) for name in names),
    )  # fmt: skip
    if kind == "communities":
        return _of_communities(big, [(names[n % STREETS], name) for n, name in enumerate(villages)])
    snapshots.add(store, big, CLERK.actor)
    asked = periods.suggestion(CLERK, PROJECT)
    fields = [figure.id for figure in asked.offered][:COLUMNS]
    period = periods.open_period(CLERK, PROJECT, asked.as_of, asked.due, fields, names).id
    last = {name: as_typed(value, name) for name, value in last_rows(big)[names[0]].items()}
    edits = [
        {
            "edit_id": f"{n:012x}-c-{m:012x}",
            "code": f"{field}:{name}",
            "base": 0,
            "reason": "",
            "raw": last.get(field, "—"),
        }
        for n, name in enumerate(names[: ROWS // 2])
        for m, field in enumerate(fields)
    ]
    form.save(CLERK, PROJECT, period, edits)
    return period


def _of_communities(big: Facts, rows: list[tuple[str, str]]) -> str:
    detail = [
        Community(place, name, "台账", 10, 400, Decimal(5), Decimal(300), Decimal(200), Decimal("0.5"), raw="{}")
        for place, name in rows
    ]
    snapshots.add(open_store.store(), big, CLERK.actor, communities=detail)
    asked = periods.suggestion(CLERK, PROJECT)
    assert asked.communities is not None
    fields = [figure.id for figure in asked.communities.offered]
    period = periods.open_period(
        CLERK, PROJECT, asked.as_of, asked.due, fields, asked.communities.every, communities=True
    ).id
    edits = [
        {
            "edit_id": f"{n:012x}-c-{m:012x}",
            "code": f"{cell.field}:{row.place}{form.BETWEEN}{row.community}",
            "base": 0,
            "reason": "",
            "raw": cell.fill,
        }
        for n, row in enumerate(form.form(CLERK, PROJECT, period).rows[::2])
        for m, cell in enumerate(row.cells)
    ]
    form.save(CLERK, PROJECT, period, edits)
    return period


def cells(page: Page, field: str) -> Locator:
    """The fields of a column that are there."""
    return page.locator(f'.report-grid input[data-field="{field}"]')


def visit(page: Page, address: str) -> float:
    """Milliseconds from asking for the page until the first row has its fields."""
    page.goto(address, wait_until="commit")
    return float(page.evaluate(SHOWN))


def keystrokes(page: Page) -> list[tuple[float, float, float]]:
    """Of digits typed into an empty cell far down: handled, until the next frame begins, and until it is painted."""
    page.evaluate(FRAME)
    cell = cells(page, "paid").nth(2)
    cell.click()
    page.keyboard.press("ControlOrMeta+a")
    for n in range(KEYS):
        page.keyboard.press(str(n % 10))
        page.wait_for_timeout(60)
    return [(float(handled), float(begun), float(painted)) for handled, begun, painted in page.evaluate("took")]


def saves(page: Page) -> list[float]:
    """From leaving a cell until it is said to be saved."""
    found = []
    for n in range(8):
        cells(page, "invested").nth(n).click()
        page.keyboard.type(str(n + 4000))
        start = page.evaluate("performance.now()")
        page.keyboard.press("Enter")
        page.locator(".saving", has_text="保存中").wait_for(timeout=5000)
        page.locator(".saving", has_text="已保存").wait_for(timeout=20_000)
        found.append(page.evaluate("performance.now()") - start)
    return found


def main() -> None:
    """Print the times."""
    browser_path = find()
    if browser_path is None:
        sys.exit(HELP)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "renewal.duckdb"
        os.environ["RENEWAL_STORE"] = str(path)
        period = fill_store(path, sys.argv[1] if len(sys.argv) > 1 else "places")
        open_store.close()
        app = RunningApp(path, Path(folder) / "log.txt")
        app.start()
        browser = playwright.chromium.launch(executable_path=str(browser_path), args=list(BROWSER_ARGUMENTS))
        try:
            address = f"{app.url}/reporting?project={PROJECT}&period={period}"
            firsts = []
            for _ in range(VISITS + 1):  # the first one warms the server
                context = browser.new_context(viewport={"width": 1600, "height": 900}, locale="zh-CN")
                context.add_init_script(WHO)
                page = context.new_page()
                firsts.append(visit(page, address))
                if len(firsts) <= VISITS:
                    context.close()
            again = [visit(page, address) for _ in range(VISITS)]
            print(f"{'first row, first visit':<40}{statistics.median(firsts[1:]):>9.0f}")
            print(f"{'first row, again':<40}{statistics.median(again):>9.0f}")
            page.wait_for_timeout(1000)
            print(f"{'rows with fields':<40}{page.locator('.report-grid tbody:has(input)').count():>9}")
            times = keystrokes(page)
            for at, name in enumerate(("handled", "until its frame begins", "until it is painted")):
                took = [each[at] for each in times]
                print(f"{f'keystroke {name}, median':<40}{statistics.median(took):>9.1f}")
            print(f"{'cell left until saved, median':<40}{statistics.median(saves(page)):>9.0f}")
        finally:
            browser.close()
            app.stop()


if __name__ == "__main__":
    main()
