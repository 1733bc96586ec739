"""`make bench`: the dashboard against pages as bare as Streamlit allows; medians and ratios of one run.

Ours and theirs take turns, so that whatever else the machine does falls on both.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # run as a script, the repository's root is not on the path

from core.model.context import Actor, Context  # noqa: E402
from core.scoring.sensitivity import sensitivity  # noqa: E402
from core.service.base import open_store  # noqa: E402
from core.service.base.open_store import build_at  # noqa: E402
from core.service.scoring import scorecards  # noqa: E402
from tests.browser.find_browser import HELP, find  # noqa: E402
from tests.browser.pages import LINK, settle, unfolded, visit  # noqa: E402
from tests.browser.running_app import BROWSER_ARGUMENTS, RunningApp  # noqa: E402

HERE = Path(__file__).parent
WATCH = (HERE / "watch.js").read_text(encoding="utf-8")
WHO = 'localStorage.setItem("renewal-scorecard-who", JSON.stringify({id: "bench-0001", name: "测速"}))'
QUICK = "--quick" in sys.argv
VISITS = 2 if QUICK else 15
EDITS = 8 if QUICK else 40
DRAWS = 3 if QUICK else 9
FRAME = 1000 / 60

METRIC = '[data-testid="stMetricValue"]'
CHART = '[data-testid="stPlotlyChart"] .main-svg'
POINTS = 'input[data-field="points"][data-code="A11"]'
STREET = ".row-table tbody tr:first-child td"
TOTAL = "strong.total"
SAVING = ".saving"


@dataclass(frozen=True)
class Line:
    """One line of the table: medians in ms; `bound` is the largest ratio (or, without a bare page, ms) allowed."""

    name: str
    ours: float
    bare: float | None
    bound: float | None

    def __str__(self) -> str:
        ratio = None if self.bare is None else self.ours / self.bare
        measured = self.ours if ratio is None else ratio
        within = "" if self.bound is None else ("yes" if measured <= self.bound else "NO")
        bound = "" if self.bound is None else (f"{self.bound:.1f} ms" if ratio is None else f"{self.bound:.2f}")
        bare = "" if self.bare is None else f"{self.bare:.1f}"
        shown = "" if ratio is None else f"{ratio:.2f}"
        return f"{self.name:<46}{self.ours:>9.1f}{bare:>9}{shown:>8}{bound:>10}{within:>7}"


def new_page(browser: Browser) -> Page:
    """A person who has never been here: nothing is cached."""
    context = browser.new_context(viewport={"width": 1600, "height": 900}, locale="zh-CN")
    context.add_init_script(WATCH)
    context.add_init_script(WHO)
    return context.new_page()


def first_visit(browser: Browser, url: str, selector: str, count: int) -> float:
    """From asking for the page until `count` of the elements stand on the screen, with an empty cache."""
    page = new_page(browser)
    page.goto(url, wait_until="commit")
    took = page.evaluate("([selector, count]) => benchShown(selector, count)", [selector, count])
    page.context.close()
    return float(took)


def key(page: Page, name: str, selector: str, kind: str, *, frame: bool = False) -> float:
    """From the key to the answer, in ms."""
    page.evaluate("(args) => benchKey(...args)", [name, selector, kind, frame])
    page.keyboard.press(name)
    return float(page.evaluate("() => window.benchAnswer"))


def switch(page: Page, path: str, selector: str) -> float:
    """From the click on a link of the navigation until an element of the other page is there."""
    unfolded(page, f'{LINK}[href$="{path}"]')
    took = page.evaluate(
        """async ([links, path, selector]) => {
             const link = [...document.querySelectorAll(links)].find((link) => new URL(link.href).pathname === path);
             const start = performance.now();
             link.click();
             return await benchShown(selector, 1) - start;
           }""",
        [LINK, path, selector],
    )
    settle(page)
    return float(took)


def in_turn(ours: Callable[[int], float], bare: Callable[[int], float], times: int) -> tuple[float, float]:
    """Medians of both, measured alternately; the first of each is thrown away."""
    pairs = [(ours(turn), bare(turn)) for turn in range(times + 1)][1:]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def edits(ours: Page, bare: Page) -> tuple[list[float], Line]:
    """Keystroke to total; change to acknowledged."""
    total: list[float] = []
    cell = ours.locator(POINTS)
    box = bare.locator('[data-testid="stNumberInput"] input')

    def change(turn: int) -> float:
        cell.click()
        ours.keyboard.press("ControlOrMeta+A")
        total.append(key(ours, str(1 - turn % 2), TOTAL, "changed", frame=True))
        return key(ours, "Enter", SAVING, "saved")

    def change_bare(turn: int) -> float:
        box.click()
        bare.keyboard.press("ControlOrMeta+A")
        bare.keyboard.type(str(3 + turn % 2))
        return key(bare, "Enter", METRIC, "changed")

    mine, theirs = in_turn(change, change_bare, EDITS)
    return total, Line("change -> fsynced and acknowledged", mine, theirs, 1.10)


def filters(browser: Browser, ours: str, bare: str) -> Line:
    """Another planned time on 总览, against a bare select box: from the key until the figure is another."""
    pages = new_page(browser), new_page(browser)
    visit(pages[0], ours)
    visit(pages[1], bare)

    def choose(page: Page, box: str, figure: str, turn: int) -> float:
        field = page.locator(f'{box} input[role="combobox"]')
        field.click()
        page.keyboard.press("ArrowDown" if turn % 2 == 0 else "ArrowUp")
        took = key(page, "Enter", figure, "changed")
        settle(page)
        return took

    finish = f".st-key-card_finish {METRIC}"
    mine, theirs = in_turn(
        lambda turn: choose(pages[0], ".st-key-choose_baseline", finish, turn),
        lambda turn: choose(pages[1], ".st-key-span", METRIC, turn),
        VISITS,
    )
    return Line("filter change -> the figure", mine, theirs, 1.30)


def street(browser: Browser, url: str) -> Line:
    """A street of the table on 总览, and all of them again: from the click until the page stands with its figures."""
    page = new_page(browser)
    visit(page, url)
    took = []
    for _ in range(2 * VISITS + 1):
        took.append(float(page.evaluate("(args) => benchClick(...args)", [STREET, f".st-key-card_paid {METRIC}"])))
        settle(page)
    page.context.close()
    return Line("click on a street -> last figure", statistics.median(took[1:]), None, 200)


def weight_draws(folder: Path) -> Line:
    """10,000 draws of the weights over seven sheets of the shipped 32 items."""
    store = folder / "draws.duckdb"
    build_at(store)
    os.environ["RENEWAL_STORE"] = str(store)
    card = scorecards.scorecard(Context(Actor("bench")), "lingang-2023")
    open_store.close()
    took: list[float] = []
    for _ in range(DRAWS + 1):
        start = time.perf_counter()
        sensitivity([card.items] * 7, card.sheet.grade_scheme, draws=10_000)
        took.append((time.perf_counter() - start) * 1000)
    return Line("10,000 weight draws, 7 sheets x 32 items", statistics.median(took[1:]), None, 200)


def main() -> None:
    """Start four servers, measure, print."""
    browser_path = find()
    if browser_path is None:
        sys.exit(HELP)
    lines: list[Line] = []
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        store = folder / "renewal.duckdb"
        build_at(store)

        def serve(script: Path) -> str:
            app = RunningApp(store, folder / f"{script.stem}.log", script)
            app.start()
            stack.callback(app.stop)
            return app.url

        ours, bare, bare_chart, bare_filter, bare_pages = (
            serve(script)
            for script in (
                ROOT / "deploy" / "asgi.py",
                *(HERE / f"bare{part}.py" for part in ("", "_chart", "_filter", "_pages")),
            )
        )
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=str(browser_path), args=list(BROWSER_ARGUMENTS))
        stack.callback(browser.close)

        grid, number = new_page(browser), new_page(browser)
        visit(grid, ours, "scorecard")
        visit(number, bare)
        keystrokes, acknowledged = edits(grid, number)
        lines += [Line("keystroke -> total on screen", statistics.median(keystrokes[1:]), None, FRAME), acknowledged]
        grid.context.close()
        number.context.close()

        look = new_page(browser)
        visit(look, ours)
        cards, charts = look.locator(METRIC).count(), look.locator('[data-testid="stPlotlyChart"]').count()
        look.context.close()
        mine, theirs = in_turn(
            lambda _: first_visit(browser, ours, METRIC, cards), lambda _: first_visit(browser, bare, METRIC, 1), VISITS
        )
        lines.append(Line(f"first visit -> {cards} cards", mine, theirs, 1.20))
        mine, theirs = in_turn(
            lambda _: first_visit(browser, ours, CHART, charts),
            lambda _: first_visit(browser, bare_chart, CHART, 1),
            VISITS,
        )
        lines.append(Line(f"first visit -> last of {charts} charts", mine, theirs, 1.25))

        many, two = new_page(browser), new_page(browser)
        visit(many, ours)
        visit(two, bare_pages)
        mine, theirs = in_turn(
            lambda turn: switch(many, *(("/scorecard", POINTS) if turn % 2 == 0 else ("/", METRIC))),
            lambda turn: switch(two, *(("/second", ".st-key-second") if turn % 2 == 0 else ("/", ".st-key-first"))),
            VISITS,
        )
        lines.append(Line("page switch", mine, None, 150))
        lines.append(Line("page switch, against bare pages", mine, theirs, None))
        lines.append(street(browser, ours))
        lines.append(filters(browser, ours, bare_filter))
        lines.append(weight_draws(folder))
    print(f"{'medians in ms':<46}{'ours':>9}{'bare':>9}{'ratio':>8}{'bound':>10}{'within':>7}")
    for line in lines:
        print(line)


if __name__ == "__main__":
    main()
