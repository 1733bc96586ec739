"""Many projects: 项目群 against its bare SQL, and a project's pages with and without ten thousand others.

    .venv/bin/python tests/bench/bench_many.py

Not run by the tests. The tables are filled by SQL, with copies of the seed: what is measured is reading them.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # run as a script, the repository's root is not on the path

from core.model.context import Actor, Context  # noqa: E402
from core.service import evidence, findings, home, portfolio, progress  # noqa: E402
from core.service.portfolio import Asked  # noqa: E402
from core.store import read  # noqa: E402
from core.store.files import attach  # noqa: E402
from core.store.session import statement  # noqa: E402

PROJECTS = 10_000
COMMUNITIES = 200_000
TIMES = 9
SEED = "lingang-2023"
CTX = Context(Actor("bench", "测速"))
OF_A_BATCH = (
    "place", "budget_group", "budget_group_place", "funding", "spend", "renovation", "baseline", "claim", "round",
)  # fmt: skip


def median(call: Callable[[], object], times: int = TIMES) -> float:
    """Milliseconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)


def fill(path: Path) -> None:
    """Copies of the seed's project, each with its own batch, its payments a little different, and its communities."""
    root = attach(path)
    copies = f"range(1, {PROJECTS}) AS copies(i)"
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
        changed = ", paid * (i % 97) / 60 AS paid" if table == "spend" else ""
        root.execute(
            f"""INSERT INTO store.{table} BY NAME
            SELECT seed.* REPLACE (batch || '-' || i AS batch, project || '-' || i AS project{changed})
            FROM store.{table} AS seed, {copies} WHERE project = '{SEED}' ORDER BY i, seq"""
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


def pages(project: str) -> None:
    """What the pages of one project ask for, as when something has just been imported: nothing is remembered."""
    store = home.store()
    store._remembered.clear()
    progress.overview(CTX, project)
    progress.budget(CTX, project)
    evidence.checks(CTX, project)
    findings.findings(CTX, project)
    facts = read.facts(store, project)
    read.community_sums(store, facts)
    read.communities(store, facts, facts.places[0], 0, 50)


def bare() -> None:
    """The statement by itself."""
    with home.store().reading() as session:
        session._cursor.execute(
            statement("portfolio"),
            {
                "batch": None, "moment": datetime.max, "text": None, "only": "all", "sort": "gap", "descending": False,
                "first": 0, "most": 50, "most_points": 200, "batches": [], "contradictions": [],
            },
        ).fetchall()  # fmt: skip


def listed() -> None:
    """What the page asks for, nothing of it remembered but the checks of batches, which never change."""
    home.store()._remembered.clear()
    portfolio.portfolio(CTX, Asked(sort="gap"))


def main() -> int:
    """Print the table. Returns 1 when a bound is broken."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.duckdb"
        home.build_at(path)
        os.environ["RENEWAL_STORE"] = str(path)
        home.store()
        pages(SEED)
        alone = median(lambda: pages(SEED))
        home.close()
        start = time.perf_counter()
        fill(path)
        print(f"filled with {PROJECTS:,} projects in {time.perf_counter() - start:.1f} s")
        home.store()
        first = median(listed, 1)
        others = median(lambda: pages(f"{SEED}-{PROJECTS // 2}"))
        raw, ours = median(bare), median(listed)
        sought = median(lambda: portfolio.portfolio(CTX, replace(Asked(), text="9999", sort="rate")))
        home.close()
    print(f"first look at 项目群 (checks of the 50 shown included)  {first:8.0f} ms")
    print(f"项目群                     {ours:8.0f} ms   bare SQL {raw:8.0f} ms   {ours / raw:.2f} (at most 3)")
    print(f"项目群, one sought          {sought:8.0f} ms")
    print(f"pages of one project       {others:8.0f} ms   alone    {alone:8.0f} ms   {others / alone:.2f} (at most 2)")
    return int(ours > 3 * raw or others > 2 * alone)


if __name__ == "__main__":
    sys.exit(main())
