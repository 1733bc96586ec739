"""Many projects: 项目群 and a scorecard against their bare SQL, and a project's pages with and without the others.

Ten thousand projects, forty thousand streets, a million score events. The pages are opened in a real browser, by turns
in both stores.

    .venv/bin/python tests/bench/bench_many.py [EVENTS] [--no-browser]

Not run by the tests. The tables are filled by SQL, with copies of the seed: what is measured is reading them.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest import mock

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # run as a script, the repository's root is not on the path

from core.model.context import Actor, Context  # noqa: E402
from core.model.scorecard import MINUS  # noqa: E402
from core.service.base import open_store  # noqa: E402
from core.service.evidence import data_checks, findings  # noqa: E402
from core.service.manage import portfolio  # noqa: E402
from core.service.manage.portfolio import PortfolioAsked  # noqa: E402
from core.service.progress import money_and_households, overview  # noqa: E402
from core.service.scoring import scorecards  # noqa: E402
from core.store import read  # noqa: E402
from core.store.files import attach  # noqa: E402
from core.store.session import Session, statement  # noqa: E402
from tests.bench.bench import METRIC, first_visit, in_turn, new_page  # noqa: E402
from tests.bench.bench_import import line  # noqa: E402
from tests.bench.events import add_events  # noqa: E402
from tests.browser.find_browser import HELP, find  # noqa: E402
from tests.browser.pages import LINK, settle, unfolded, visit  # noqa: E402
from tests.browser.running_app import BROWSER_ARGUMENTS, RunningApp  # noqa: E402

PROJECTS = 10_000
COMMUNITIES = 200_000
TIMES = 9
EVENTS = 1_000_000
MOST_LIST = 3
MOST_PAGE = 1.25
"""How much slower a page may be among the others: what two runs of the same page differ by."""
AWAY = f'{LINK}[href$="/findings"]'
PAGES = {
    "总览": "/",
    "资金使用": "/budget",
    "受益情况": "/beneficiaries",
    "绩效评分": "/scorecard",
    "数据疑点": "/checks",
}
SEED = "lingang-2023"
CTX = Context(Actor("bench", "测速"))
OF_A_BATCH = (
    "place", "budget_group", "budget_group_place", "funding", "spend", "renovation", "baseline", "claim", "round",
    "sheet",
)  # fmt: skip


def median(call: Callable[[], object], times: int = TIMES) -> float:
    """Milliseconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)


def fill(path: Path, projects: int) -> None:
    """Copies of the seed's project, each with its own batch, its payments a little different, and its communities."""
    root = attach(path)
    copies = f"range(1, {projects}) AS copies(i)"
    root.execute(
        f"""INSERT INTO store.import_batch
        SELECT id || '-' || i, project || '-' || i, as_of, source, actor, actor_name,
               made_at + to_microseconds(1000 + CAST(i AS BIGINT))
        FROM store.import_batch, {copies} WHERE project = '{SEED}' ORDER BY i"""
    )
    root.execute(
        f"""INSERT INTO store.project BY NAME
        SELECT seed.* REPLACE (batch || '-' || i AS batch, id || '-' || i AS id, name || i AS name)
        FROM store.project AS seed, {copies} WHERE id = '{SEED}' ORDER BY i"""
    )
    for table in OF_A_BATCH:
        # Only the sheet that has scores: copies of the reconstructions would be empty.
        only, order = ("AND id = 'r1/working'", "id") if table == "sheet" else ("", "seq")
        changed = ", paid * (i % 97) / 60 AS paid" if table == "spend" else ""
        root.execute(
            f"""INSERT INTO store.{table} BY NAME
            SELECT seed.* REPLACE (batch || '-' || i AS batch, project || '-' || i AS project{changed})
            FROM store.{table} AS seed, {copies} WHERE project = '{SEED}' {only} ORDER BY i, {order}"""
        )
    each = COMMUNITIES // PROJECTS
    root.execute(
        f"""INSERT INTO store.community BY NAME
        SELECT batch, project, row_number() OVER (PARTITION BY batch ORDER BY name, n) AS seq, name AS place,
               '小区' || n AS name, '表' AS source, 5 AS buildings, 200 AS households, 2 AS area, 10 AS invested,
               8 AS paid, 0.5 AS physical, '{{}}' AS raw
        FROM store.place, range({each // 4}) AS numbers(n) ORDER BY batch"""
    )
    root.execute("CHECKPOINT store")
    root.close()


def score(path: Path, projects: int, each: int) -> int:
    """So many events on the working sheet of every project but the seed."""
    os.environ["RENEWAL_STORE"] = str(path)
    codes = [item.indicator.code for item in scorecards.scorecard(CTX, SEED).items]
    open_store.close()
    return add_events(path, [f"{SEED}-{i}" for i in range(1, projects)], codes, each)


def card(project: str) -> None:
    """A scorecard, as when nothing is remembered."""
    open_store.store()._remembered.clear()
    scorecards.scorecard(CTX, project)


def bare_of(call: Callable[[], object]) -> Callable[[], object]:
    """The statements that a call runs, by themselves."""
    run: list[tuple[str, object]] = []
    real = Session._run

    def note(session: Session, text: str, params: Mapping[str, object]) -> list[tuple[Any, ...]]:
        run.append((text, dict(params) or None))
        return real(session, text, params)

    with mock.patch.object(Session, "_run", note):
        call()

    def again() -> None:
        with open_store.store().reading() as session:
            for text, params in run:
                session._cursor.execute(text, params).fetchall()

    return again


def pages(project: str) -> None:
    """What the pages of one project ask for, as when something has just been imported: nothing is remembered."""
    store = open_store.store()
    store._remembered.clear()
    overview.overview(CTX, project)
    money_and_households.budget(CTX, project)
    data_checks.checks(CTX, project)
    scorecards.scorecard(CTX, project)
    findings.findings(CTX, project)
    facts = read.facts(store, project)
    read.community_sums(store, facts)
    read.communities(store, facts, facts.places[0], 0, 50)


def timed(path: Path, project: str) -> float:
    """The same in a store, in ms."""
    os.environ["RENEWAL_STORE"] = str(path)
    open_store.store()
    return median(lambda: pages(project), 1)


def bare() -> None:
    """The statement by itself."""
    with open_store.store().reading() as session:
        session._cursor.execute(
            statement("portfolio"),
            {
                "until": datetime.max, "moment": datetime.max, "text": None, "only": "all", "sort": "gap",
                "descending": False,
                "first": 0, "most": 50, "most_points": 200, "minus": MINUS, "batches": [], "contradictions": [],
            },
        ).fetchall()  # fmt: skip


def listed() -> None:
    """What the page asks for, nothing of it remembered but the checks of batches, which never change."""
    open_store.store()._remembered.clear()
    portfolio.portfolio(CTX, PortfolioAsked(sort="gap"))


def clicked(view: Page, selector: str, changes: str) -> float:
    """From the click until the text of `changes` is another and the page stands whole."""
    unfolded(view, selector)
    took = float(view.evaluate("(args) => benchClick(...args)", [selector, changes]))
    settle(view)
    return took


def browse(alone: Path, crowded: Path, folder: Path, raw: float, told: Callable[..., None]) -> None:
    """The pages of one project in a browser, among the others and in a store of its own, by turns; then 项目群."""
    browser_path = find()
    if browser_path is None:
        sys.exit(HELP)
    with ExitStack() as stack:
        browser = stack.enter_context(sync_playwright()).chromium.launch(
            executable_path=str(browser_path), args=list(BROWSER_ARGUMENTS)
        )
        stack.callback(browser.close)
        urls, views = [], []
        for store in (crowded, alone):
            app = RunningApp(store, folder / f"{store.stem}.log")
            app.start()
            stack.callback(app.stop)
            urls.append(app.url)
            views.append(new_page(browser))
            visit(views[-1], app.url, project=SEED)
        ours, theirs = in_turn(*(lambda _, url=url: first_visit(browser, url, METRIC, 4) for url in urls), TIMES)
        told(f"first visit -> 总览, among {PROJECTS:,} / alone", ours, theirs, MOST_PAGE)
        for view in views:
            clicked(view, AWAY, "h1")
        for name, path in PAGES.items():
            link = f'{LINK}[href$="{path}"]'

            def turn(_: int, view: Page, link: str = link) -> float:
                took = clicked(view, link, "h1")
                clicked(view, AWAY, "h1")
                return took

            ours, theirs = in_turn(*(lambda at, view=view: turn(at, view) for view in views), TIMES)
            told(f"switch to {name}, among {PROJECTS:,} / alone", ours, theirs, MOST_PAGE)
        for language, name in (("zh", "first look: the 50 shown are checked"), ("en", "next page")):
            # What was asked in one language is not remembered for the other; the checks are.
            view = new_page(browser)
            visit(view, urls[0], "portfolio", lang=language)
            nexts = [clicked(view, '[data-testid="stPaginationNext"]', "td") for _ in range(TIMES)]
            told(f"项目群 in the browser, {name} / bare SQL", statistics.median(nexts), raw)


def main(events: int, *, browser: bool) -> int:
    """Print the table. Returns 1 when a bound is broken."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lonely, crowded = folder / "alone.duckdb", folder / "many.duckdb"
        each = -(-events // (PROJECTS - 1))
        start = time.perf_counter()
        made = 0
        # Alone is a copy, too, beside the seed: the same rows, without the others.
        for path, projects in ((lonely, 2), (crowded, PROJECTS)):
            open_store.build_at(path)
            fill(path, projects)
            made = score(path, projects, each)
        streets = 4 * PROJECTS
        print(
            f"{PROJECTS:,} projects, {streets:,} streets, {made:,} events ({time.perf_counter() - start:.0f} s to make)"
        )
        print(f"{'medians in ms':<64}{'ours':>9}{'bare':>9}{'ratio':>8}{'bound':>10}{'within':>7}")
        os.environ["RENEWAL_STORE"] = str(crowded)
        kept = []

        def told(name: str, ours: float, against: float | None = None, bound: float | None = None) -> None:
            print(line(name, ours, against, bound))
            kept.append(bound is None or against is None or ours <= bound * against)

        told("项目群, first look: the 50 shown are checked", median(listed, 1))
        raw = median(bare)
        told("项目群, service call / bare SQL", median(listed), raw, MOST_LIST)
        there = f"{SEED}-{PROJECTS // 2}"
        told("a scorecard / its bare SQL", median(lambda: card(there)), median(bare_of(lambda: card(there))), MOST_LIST)
        told(
            "项目群，one sought",
            median(lambda: portfolio.portfolio(CTX, replace(PortfolioAsked(), text="9999", sort="rate"))),
        )
        others, alone = in_turn(
            lambda _: timed(crowded, f"{SEED}-{PROJECTS // 2}"), lambda _: timed(lonely, f"{SEED}-1"), TIMES
        )
        told(f"service calls of a project's pages, among {PROJECTS:,} / alone", others, alone, MOST_PAGE)
        for path in (crowded, lonely):
            os.environ["RENEWAL_STORE"] = str(path)
            open_store.store().close()
        open_store.close()
        if browser:
            browse(lonely, crowded, folder, raw, told)
    return int(not all(kept))


if __name__ == "__main__":
    asked = [word for word in sys.argv[1:] if word.isdigit()]
    sys.exit(main(int(asked[0]) if asked else EVENTS, browser="--no-browser" not in sys.argv))
