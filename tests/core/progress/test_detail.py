"""Detail against the streets' own figures: FACTS 1 and the rows of `tests.core.detail`, added by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from core.model.project import CommunitySums
from core.progress.detail import QUANTITIES, compared_with_place
from tests.core.lingang import FACTS, NOTHING

D = Decimal
HUANGTU = CommunitySums("璜土镇", 5, 128, 4520, D(39), D(2164), D(2164))
LIGANG = CommunitySums("利港街道", 2, 205, 6848, None, D(1300), D(1300))


def test_a_street_agrees_where_every_sum_is_its_own_figure() -> None:
    whole, huangtu, xiagang, _, ligang = compared_with_place(FACTS, [HUANGTU, LIGANG])
    assert (huangtu.place, huangtu.agree) == ("璜土镇", True)
    assert (ligang.place, ligang.agree) == ("利港街道", False)
    assert [pair.agree for pair in ligang.pairs] == [False, True, True, None, False, False]
    assert (ligang.pairs[0].added, ligang.pairs[0].own) == (D(2), D(5))
    assert (xiagang.agree, xiagang.pairs[1].added, xiagang.pairs[1].own) == (None, None, D(254))
    # Two of four streets have no detail: what all of it adds up to says nothing of the project.
    assert (whole.place, whole.agree) == (None, None)


@pytest.mark.parametrize(("off", "agree"), [("0.005", True), ("-0.005", True), ("0.006", False)])
def test_money_and_area_may_be_off_by_their_rounding(off: str, agree: bool) -> None:
    near = replace(HUANGTU, paid=D(2164) + D(off))
    assert compared_with_place(FACTS, [near])[1].agree is agree
    assert (
        compared_with_place(FACTS, [replace(HUANGTU, households=4521)])[1].agree is False
    )  # what is counted is not rounded


def test_all_streets_make_the_project() -> None:
    amounts = {"夏港街道": (9, 254, 8400, "112.38", 2627), "申港街道": (9, 193, 6542, "77", 1900)}
    rest = [CommunitySums(p, c, b, h, D(a), D(m), D(m)) for p, (c, b, h, a, m) in amounts.items()]
    full = replace(LIGANG, communities=5, area=D("102.29"), invested=D(1309), paid=D(1309))
    whole = compared_with_place(FACTS, [HUANGTU, full, *rest])[0]
    assert [pair.added for pair in whole.pairs] == [D(28), D(780), D(26310), D("330.67"), D(8000), D(8000)]
    assert whole.agree is True
    assert [pair.quantity for pair in whole.pairs] == list(QUANTITIES)


def test_without_detail_or_figures_nothing_is_said() -> None:
    assert {each.agree for each in compared_with_place(FACTS, [])} == {None}
    assert [each.agree for each in compared_with_place(NOTHING, [])] == [None]
