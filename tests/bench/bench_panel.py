"""The scorecard of a large panel beside the shipped one: from the key to the total, and until the change is saved.

    .venv/bin/python tests/bench/bench_panel.py

The large one: 100 items, 15 experts who have all submitted, three rounds, the last of them being scored. Both grids are
edited by turns in one browser against one server each; medians. The bounds: a frame, and 1.25 of the shipped one.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # run as a script, the repository's root is not on the path

from core.model.context import Actor, Context  # noqa: E402
from core.model.scorecard import Sheet  # noqa: E402
from core.service.base import open_store  # noqa: E402
from core.service.manage import scheme_editing, scheme_files  # noqa: E402
from core.service.scoring import opening, scorecards, steps  # noqa: E402
from tests.bench.bench import EDITS, FRAME, POINTS, SAVING, TOTAL, Line, in_turn, key, new_page  # noqa: E402
from tests.browser.find_browser import HELP, find  # noqa: E402
from tests.browser.pages import visit  # noqa: E402
from tests.browser.running_app import BROWSER_ARGUMENTS, RunningApp  # noqa: E402

PROJECT, SCHEME = "lingang-2023", "old-community-32"
ITEMS, EXPERTS, ROUNDS = 100, 15, 3
CHIEF = Context(Actor("bench-chief", "主评人"))
MOST = 1.25


def large(path: Path) -> str:
    """Make the large store; the address of the sheet that is scored."""
    open_store.build_at(path)
    os.environ["RENEWAL_STORE"] = str(path)
    first = scheme_files.scheme_of(CHIEF, SCHEME).indicators[0]
    items = tuple(
        replace(first, code=f"A{number}", l3=f"第{number}项指标", weight=Decimal(1)) for number in range(11, 11 + ITEMS)
    )
    scheme = scheme_editing.save(CHIEF, PROJECT, SCHEME, 1, 1, "一百项", items)
    for number in range(ROUNDS):
        opened = opening.open_round(
            CHIEF, PROJECT, f"第{number + 1}次", "reevaluation", "mean", scheme=(scheme.id, scheme.version)
        )
        for expert in range(EXPERTS):
            ctx = Context(Actor(f"bench-{expert:04}", f"评价人{expert + 1}"))
            score(ctx, opening.my_sheet(ctx, PROJECT, opened.round))
    open_store.close()
    return f"{opened.round}/working"


def score(ctx: Context, sheet: Sheet) -> None:
    """Full marks on all items, submitted."""
    points = [
        {"edit_id": str(uuid4()), "code": item.code, "base": 0, "points": str(item.weight), "status": "confirmed"}
        for item in sheet.scheme.indicators
    ]
    scorecards.save(ctx, PROJECT, sheet.id, points)
    steps.submit(ctx, PROJECT, sheet.id)


def change(page: Page, turn: int, keystrokes: list[float]) -> float:
    """Other points on the first item: ms until they are saved; those until the total into the list."""
    page.locator(POINTS).click()
    page.keyboard.press("ControlOrMeta+A")
    keystrokes.append(key(page, str(1 - turn % 2), TOTAL, "changed", frame=True))
    return key(page, "Enter", SAVING, "saved")


def main() -> None:
    """Print the lines."""
    browser_path = find()
    if browser_path is None:
        sys.exit(HELP)
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        sheet = large(folder / "large.duckdb")
        open_store.build_at(folder / "shipped.duckdb")
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=str(browser_path), args=list(BROWSER_ARGUMENTS))
        stack.callback(browser.close)
        pages: list[Page] = []
        for store, query in (("large", {"sheet": sheet}), ("shipped", {})):
            app = RunningApp(folder / f"{store}.duckdb", folder / f"{store}.log")
            app.start()
            stack.callback(app.stop)
            pages.append(new_page(browser))
            visit(pages[-1], app.url, "scorecard", **query)
        total: tuple[list[float], list[float]] = ([], [])
        ours, theirs = in_turn(
            lambda turn: change(pages[0], turn, total[0]), lambda turn: change(pages[1], turn, total[1]), EDITS
        )
        lines = (
            Line(f"keystroke -> total, {ITEMS} items", statistics.median(total[0][1:]), None, FRAME),
            Line(f"saved, {ITEMS} items, {EXPERTS} experts, {ROUNDS} rounds", ours, theirs, MOST),
        )
    print(f"{'medians in ms':<46}{'ours':>9}{'shipped':>9}{'ratio':>8}{'bound':>10}{'within':>7}")
    print(*lines, sep="\n")


if __name__ == "__main__":
    main()
