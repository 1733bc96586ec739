"""data/reference.csv: what ships, what a shorter file means, and what is wrong with a bad one."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from core.errors import InputError
from core.ingest.shipped.reference import load_reference
from core.model.reference import Reference

D = Decimal
SHIPPED = Path(__file__).resolve().parents[4] / "data" / "reference.csv"
HEAD = "id,name,value,unit,source\n"


def test_the_shipped_file() -> None:
    reference = load_reference(SHIPPED)
    assert (reference.tolerance, reference.mix_apart, reference.spread) == (D("0.005"), D("0.20"), D(2))
    assert reference.home_area is not None
    assert (reference.home_area.low, reference.home_area.high) == (D(54), D(109))
    assert [cost.value for cost in reference.unit_costs] == [D("76.75"), D("73.31"), D(400)]
    assert all(cost.source for cost in reference.unit_costs)
    # 17,558.00 over 228.76 and 173 over 2.36, as their sources give them; the area of a home there.
    assert (round(D(17558) / D("228.76"), 2), round(D(173) / D("2.36"), 2)) == (D("76.75"), D("73.31"))
    assert round(D("228.76") * 10_000 / 21_028) == 109


def test_what_a_file_leaves_out_is_as_usual(tmp_path: Path) -> None:
    path = tmp_path / "reference.csv"
    path.write_text(HEAD + "home_area_low,下限,54,㎡/户,某处\n", encoding="utf-8")
    assert load_reference(path) == Reference()


def test_problems_are_named_all_at_once(tmp_path: Path) -> None:
    path = tmp_path / "reference.csv"
    path.write_text(
        HEAD + "moon,月,1,元,某处\nspread,倍数,0,倍,某处\ntolerance,差,,万元,某处\nspread,a,x,倍,\n", "utf-8"
    )
    with pytest.raises(InputError) as caught:
        load_reference(path)
    assert [(problem.row, problem.column) for problem in caught.value.problems] == [
        (2, "id"),
        (3, "value"),
        (4, "value"),
        (5, "value"),
        (5, "source"),
    ]


def test_the_shipped_alarm_limits_are_those_in_use() -> None:
    """FACTS 4: 80 % and 120 %, 20 个百分点, 2σ or 20 % of full marks on 3 items; each with its source."""
    limits = load_reference(SHIPPED).limits
    assert (limits.rate_low, limits.rate_high, limits.physical_apart) == (D("0.8"), D("1.2"), D("0.2"))
    assert (limits.far.sigmas, limits.far.share, limits.far.items) == (D(2), D("0.2"), D(3))
    assert len(limits.sources) == 2
