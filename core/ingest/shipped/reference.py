"""Thresholds and unit costs that projects are compared with, from data/reference.csv, one a row."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import cast

from core.errors import InputError, Message
from core.ingest.files import cells
from core.ingest.shipped.seed import SeedTable, read_table
from core.model.reference import Far, HomeArea, Limits, Reference, UnitCost

_LIMITS = ("rate_low", "rate_high", "physical_apart", "far_sigmas", "far_share", "far_items")
_ONE = ("tolerance", "mix_apart", "spread", "home_area_low", "home_area_high", *_LIMITS)


def _positive(cell: str) -> Decimal | Message:
    value = cells.maybe_decimal(cell)
    if isinstance(value, Message):
        return value
    return value if value is not None and value > 0 else Message("应大于0，读到“{cell}”。", {"cell": cell})


_TABLE = SeedTable(
    {
        "id": cells.one_of(*_ONE, "unit_cost"),
        "name": cells.text,
        "value": _positive,
        "unit": cells.text,
        "source": cells.text,
    },
    ("id", "name"),
)


def load_reference(path: Path) -> Reference:
    """The thresholds and comparisons of that file; a threshold that it leaves out is the usual one.

    Raises InputError with all problems.
    """
    rows, problems = read_table(_TABLE, path)
    if problems:
        raise InputError(
            Message("参照数据有{count}处问题。请按所列位置修改后重试。", {"count": len(problems)}), tuple(problems)
        )
    one = {str(row["id"]): row for row in rows if row["id"] in _ONE}

    def given(*names: str, start: str = "") -> dict[str, Decimal]:
        """The thresholds that the file has, by their names behind `start`."""
        return {name: cast(Decimal, one[start + name]["value"]) for name in names if start + name in one}

    homes, sizes = None, given("low", "high", start="home_area_")
    if len(sizes) == 2:
        homes = HomeArea(**sizes, source=str(one["home_area_high"]["source"]))
    return Reference(
        home_area=homes,
        unit_costs=tuple(
            UnitCost(str(row["name"]), cast(Decimal, row["value"]), str(row["source"]))
            for row in rows
            if row["id"] == "unit_cost"
        ),
        limits=Limits(
            far=Far(**given("sigmas", "share", "items", start="far_")),
            sources=tuple(dict.fromkeys(str(one[name]["source"]) for name in _LIMITS if name in one)),
            **given("rate_low", "rate_high", "physical_apart"),
        ),
        **given("tolerance", "mix_apart", "spread"),
    )
