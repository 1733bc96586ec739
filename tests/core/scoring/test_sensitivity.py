"""Weights varied: exact against fractions, known where it can be worked out, the same for everybody."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.scorecard import Grade, GradeScheme, Status
from core.scoring.sensitivity import Sensitivity, sensitivity
from core.scoring.tally import ScoredItem, grade_at
from tests.core.scoring.panels import unhurried
from tests.core.scoring.sheets import MOF, item

D = Decimal
NA = Status.NOT_APPLICABLE


def test_equal_rates_keep_their_grade_whatever_the_weights() -> None:
    (found,) = sensitivity([[item("A", "60", "54"), item("B", "40", "36")]], MOF)
    assert (found.grade, found.stays, found.draws) == ("优", 1, 10_000)
    assert found.shares == (("优", D(1)), ("良", D(0)), ("中", D(0)), ("差", D(0)))
    assert str(found.sentence) == "各项权重在±20%内随机变动10,000次，100.00%仍为优。"


def test_a_total_just_at_the_rounding_edge_is_decided_exactly() -> None:
    # 179.99 of 200 on both: 89.995 under any weights, half up 90.00. In floats it falls to either side.
    edge = [item("A", "200", "179.99"), item("B", "200", "179.99"), item("N", "1", None, status=NA)]
    below = [item("A", "200", "179.98"), *edge[1:]]
    found, lower = sensitivity([edge, below], MOF)
    assert (found.grade, found.stays) == ("优", 1)
    assert (lower.grade, lower.stays) == ("良", 1)


def test_a_grade_on_its_floor_holds_in_half_of_the_draws() -> None:
    # 50 of 50 and 40 of 50: the total is 90 where both weights grow alike, above it where the first grows more
    (found,) = sensitivity([[item("A", "50", "50"), item("B", "50", "40")]], MOF)
    assert found.stays == pytest.approx(D("0.5"), abs=D("0.02"))
    assert sum(share for _, share in found.shares) == 1


def test_what_minus_items_take_off_has_no_weight() -> None:
    """92 % of both, less 2.00: 90.00 under any weights; less 2.01, 89.99. Of 50 that apply, less 1.00: 92 - 2."""
    both = [item("A", "60", "55.2"), item("B", "40", "36.8")]
    part = [item("A", "30", "27.6"), item("B", "20", "18.4"), item("N", "50", None, status=NA)]
    off = [(both, "-2"), (both, "-2.01"), (part, "-1"), (part, "-1.01")]
    found = sensitivity([[*items, item("扣-1", "0", points)] for items, points in off], MOF)
    assert [(each.grade, each.stays) for each in found] == [("优", 1), ("良", 1), ("优", 1), ("良", 1)]


def test_an_incomplete_sheet_has_no_shares() -> None:
    (found,) = sensitivity([[item("A", "50", "50"), item("B", "50", None)]], MOF)
    assert (found.grade, found.stays, found.shares) == (None, None, ())
    assert str(found.sentence) == "全部评完后定等级"
    assert sensitivity([[], []], MOF) == (Sensitivity(None, (), D("0.20"), 10_000),) * 2


def test_the_seed_fixes_the_draws_and_the_order_of_items_changes_nothing() -> None:
    items = [item("A", "50", "50"), item("B", "30", "25"), item("C", "20", "15")]
    assert sensitivity([items], MOF) == sensitivity([items[::-1]], MOF)
    assert sensitivity([items], MOF) != sensitivity([items], MOF, seed=1)
    # PCG64's stream does not change with numpy, so this number may stand here.
    assert sensitivity([items], MOF)[0].stays == D("0.5001")


def test_a_sheet_gets_the_same_alone_and_in_a_panel() -> None:
    a = [item("A", "50", "50"), item("B", "50", "39.9")]
    b = [item("A", "50", "45"), item("B", "50", "45")]
    assert sensitivity([a, b], MOF) == sensitivity([a], MOF) + sensitivity([b], MOF)


@pytest.mark.parametrize(("spread", "draws"), [("1", 10), ("-0.1", 10), ("0.2", 0)])
def test_impossible_settings_are_refused(spread: str, draws: int) -> None:
    with pytest.raises(ValueError, match="Decimal"):
        sensitivity([[item("A", "100", "90")]], MOF, spread=D(spread), draws=draws)


def test_without_variation_the_grade_always_stays() -> None:
    (found,) = sensitivity([[item("A", "50", "50"), item("B", "50", "40")]], MOF, spread=D(0), draws=5)
    assert found.stays == 1


@st.composite
def complete(draw: st.DrawFn) -> list[ScoredItem]:
    sizes = draw(st.lists(st.integers(1, 60), min_size=1, max_size=5))
    items = [item(str(i), str(size), str(draw(st.decimals(0, size, places=2)))) for i, size in enumerate(sizes)]
    return [*items, item("N", "7", None, status=NA)] if draw(st.booleans()) else items


@unhurried
@given(complete())
def test_every_draw_agrees_with_fractions(items: list[ScoredItem]) -> None:
    scored = [each for each in items if each.points is not None]
    partial = len(scored) < len(items)
    whole = Fraction(100) if partial else Fraction(sum(each.indicator.weight for each in scored))
    grades = GradeScheme("g", "g", (Grade("a", D(50)), Grade("b", D(20)), Grade("c", D(0))))
    draws = 50
    raw = np.random.PCG64(7).random_raw(draws * len(items)).reshape(draws, len(items))
    codes = sorted(each.indicator.code for each in items)
    counts = dict.fromkeys("abc", 0)
    for row in raw:
        # The definition, step by step: rate of the item, drawn weight, renormalised weight, total.
        factor = {code: Fraction(800_000 + int(n) % 400_001, 1_000_000) for code, n in zip(codes, row, strict=True)}
        drawn = {e.indicator.code: Fraction(e.indicator.weight) * factor[e.indicator.code] for e in scored}
        total = sum(
            Fraction(e.points or 0) / Fraction(e.indicator.weight)
            * drawn[e.indicator.code] / sum(drawn.values()) * whole
            for e in scored
        )  # fmt: skip
        counts["abc"[grade_at(D(total.numerator) / total.denominator, grades)]] += 1
    (found,) = sensitivity([items], grades, draws=draws, seed=7)
    assert found.shares == tuple((name, D(n) / draws) for name, n in counts.items())
