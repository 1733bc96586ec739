"""What a goal can be held against: its quantities, its days, and the measures that answer it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from core.checks.goals import look_at
from core.errors import Month
from core.model.measure import Measure, Measures

AS_OF = date(2024, 12, 31)


def known(*measures: tuple[str, str, Decimal | date | None]) -> Measures:
    return Measures(Measure(name, called, value, "", None, "表", AS_OF) for name, called, value in measures)


FORECAST = ("finish_forecast", "按此前速度付完", date(2026, 5, 19))


def test_a_day_with_a_measure_can_be_held_against() -> None:
    seen = look_at("2025年底完成改造", known(FORECAST))
    assert (seen.quantities, seen.days) == (0, (Month(date(2025, 12, 1)),))
    assert [each.id for each in seen.answers] == ["finish_forecast"]
    assert seen.unreported == ("已完工小区",)
    assert seen.measurable


@pytest.mark.parametrize(
    ("text", "unreported"),
    [
        ("居民更有获得感、幸福感", ("居民满意度",)),
        ("生活和居住条件变好", ()),
        ("提高生活质量", ()),
        ("工程质量全部合格", ("验收合格率",)),
        ("满意度达到90%", ("居民满意度",)),
    ],
)
def test_without_a_measure_that_has_a_value_it_cannot(text: str, unreported: tuple[str, ...]) -> None:
    seen = look_at(text, known(("satisfaction", "居民满意度", None), FORECAST))
    assert (seen.answers, seen.unreported, seen.measurable) == ((), unreported, False)


def test_a_quantity_with_its_measure_can() -> None:
    seen = look_at("满意度达到90%", known(("satisfaction", "居民满意度", Decimal("0.92"))))
    assert (seen.quantities, seen.measurable) == (1, True)


def test_words_alone_cannot_though_a_measure_is_there() -> None:
    assert not look_at("全面完成改造", known(FORECAST)).measurable
