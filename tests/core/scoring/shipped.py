"""The 32 items that ship, their working sheet as FACTS 5 has it, and the measures of the project of FACTS 1."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

from core.model.measure import Measures
from core.model.scorecard import Indicator, Status
from core.progress import measures
from core.scoring import ScoredItem
from tests.core.lingang import FACTS
from tests.core.scoring.sheets import event

ROOT = Path(__file__).resolve().parents[3]
MEASURES = Measures(measures(FACTS))
NOTHING = Measures(())


def read(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def made(row: dict[str, str]) -> Indicator:
    params = json.loads(row["params"], parse_float=Decimal)
    texts = (row["rule"], row["inputs"], row["evidence_needed"], row["source_section"])
    weight = Decimal(row["weight"])
    return Indicator(row["code"], row["l1"], row["l2"], row["l3"], weight, row["kind"], params, *texts)


INDICATORS = {row["code"]: made(row) for row in read("schemes/old-community-32.csv")}


def rule(kind: str, weight: str, inputs: str = "", **params: object) -> Indicator:
    """An indicator with that rule and nothing else worth naming."""
    return Indicator("X1", "一级", "二级", "某项", Decimal(weight), kind, params, "", inputs, "", "")


NOT_SHIPPED: dict[str, Indicator] = {}
"""An item, by its kind, for each kind of rule that no shipped item has: what holds of all rules is tried on it too."""
EVERY_KIND = INDICATORS | NOT_SHIPPED


def working(sheet: str = "r1/working", **points: str) -> list[ScoredItem]:
    """The shipped sheet, some of its points replaced."""
    rows = {row["code"]: row for row in read("seed/score.csv") if row["sheet"] == sheet}
    return [
        ScoredItem(
            indicator,
            event(code, points.get(code, rows[code]["points"]), Status.EXAMPLE, reason=rows[code]["reason"]),
        )
        for code, indicator in INDICATORS.items()
    ]
