"""The stores that pages are looked at with: the shipped project, the demo, and a project that says little of itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from core.ingest.shipped.seed import load_seed
from core.model.context import Actor
from core.model.project import Facts
from core.service.base import open_store
from core.service.manage import demo as demo_project
from core.store import read, snapshots
from core.store.build import build_default
from core.store.opening import open_store as opened

PROJECT = "lingang-2023"


def shipped(path: Path) -> None:
    """The project that comes with the product."""
    open_store.build_at(path)


def demo(path: Path) -> None:
    """Two invented projects over several periods."""
    demo_project.make(path)


def missing(path: Path) -> None:
    """One project whose files leave out much: see `with_gaps`."""
    whole = path.with_name("whole.duckdb")
    build_default(whole, load_seed(open_store.SEED))
    store = opened(whole)
    facts = read.facts(store, PROJECT)
    store.close()
    open_store.build_at(path, empty=True)
    store = opened(path)
    snapshots.add(store, with_gaps(facts), Actor("tests-w", "王工"))
    store.close()


def with_gaps(facts: Facts) -> Facts:
    """The shipped project without sources of money, planned times and claims.

    One street reports no households and no area, another no payment.
    """
    silent, unpaid = facts.places[1], facts.places[2]
    return replace(
        facts,
        batch="gaps-2023@2024-12-31",
        as_of=date(2024, 12, 31),
        project=replace(facts.project, id="gaps-2023", name="老旧小区改造（资料不全）", approval="", approved_on=None),
        funding=(),
        baselines=(),
        claims=(),
        spend=tuple(
            replace(line, paid=None, paid_raw="") if line.place == unpaid else line for line in facts.spend
        ),
        renovation=tuple(
            replace(line, households=None, households_raw="", area=None, area_raw="") if line.place == silent else line
            for line in facts.renovation
        ),
    )  # fmt: skip
