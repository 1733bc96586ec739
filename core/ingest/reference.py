"""What projects are compared with, from its CSV file: data/reference.csv, one threshold or unit cost a row."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import cast

from core.errors import InputError, Message
from core.ingest import cells
from core.ingest.seed import Table, read_table
from core.model.reference import Far, HomeArea, Limits, Reference, UnitCost

_LIMITS = ("rate_low", "rate_high", "physical_apart", "far_sigmas", "far_share", "far_items")
_ONE = ("tolerance", "mix_apart", "spread", "home_area_low", "home_area_high", *_LIMITS)


def _positive(cell: str) -> Decimal | Message:
    value = cells.maybe_decimal(cell)
    if isinstance(value, Message):
        return value
    return value if value is not None and value > 0 else Message("应大于0,读到“{cell}”。", {"cell": cell})


_TABLE = Table(
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
    usual = Reference()

    def value(name: str, otherwise: Decimal) -> Decimal:
        return cast(Decimal, one[name]["value"]) if name in one else otherwise

    homes = None
    if "home_area_low" in one and "home_area_high" in one:
        low, high = one["home_area_low"], one["home_area_high"]
        homes = HomeArea(cast(Decimal, low["value"]), cast(Decimal, high["value"]), str(high["source"]))
    limits, far = usual.limits, usual.limits.far
    return Reference(
        tolerance=value("tolerance", usual.tolerance),
        mix_apart=value("mix_apart", usual.mix_apart),
        spread=value("spread", usual.spread),
        home_area=homes,
        unit_costs=tuple(
            UnitCost(str(row["name"]), cast(Decimal, row["value"]), str(row["source"]))
            for row in rows
            if row["id"] == "unit_cost"
        ),
        limits=Limits(
            rate_low=value("rate_low", limits.rate_low),
            rate_high=value("rate_high", limits.rate_high),
            physical_apart=value("physical_apart", limits.physical_apart),
            far=Far(
                sigmas=value("far_sigmas", far.sigmas),
                share=value("far_share", far.share),
                items=value("far_items", far.items),
            ),
            sources=tuple(dict.fromkeys(str(one[name]["source"]) for name in _LIMITS if name in one)),
        ),
    )
