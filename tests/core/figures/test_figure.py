"""Figures as they are described: complete, in one language when asked, with the table of their measures."""

from __future__ import annotations

import pytest

from core.figures import households, money, over_time
from core.figures.day_marks import day_marks, with_marks
from core.figures.figure import Bars, Figure, SmallMultiples, Spans, Stack, amounts_of, in_words
from core.figures.needed_pace import needed_pace
from core.figures.palette import UNPAID, street_colours
from core.model.measure import Measures
from core.progress import measures
from core.progress.forecast import forecast, paid_points
from core.progress.trend import marks, trend
from core.text import render
from tests.core.lingang import FACTS, PLACES
from tests.core.quarters import march

MARCH = march(FACTS)


def every() -> list[Figure]:
    m, over = Measures(measures(MARCH)), trend([FACTS, MARCH])
    assert over is not None
    assert MARCH.default_baseline is not None
    by_street = [money.street_rates(MARCH, m, key) for key in (None, *money.KEYS)]
    known, ahead = paid_points(m.one("paid"), over), forecast(m.one("finish_forecast"), over)
    pace = needed_pace(MARCH, m, MARCH.default_baseline, known, ahead)
    return [
        *(f(MARCH, m) for f in (money.payment_and_time, money.estimate, money.rates, money.funding, money.monthly)),
        *(f(MARCH, m) for f in (households.scope, households.unit_costs, households.intensity)),
        households.household_area(MARCH, m),
        *(households.lorenz(MARCH, m, key) for key in ("household", "m2")),
        *(figure for figure in (*by_street, pace) if figure is not None),
        money.pace(MARCH, m, MARCH.default_baseline, known, ahead),
        with_marks(over_time.curve(MARCH, over), day_marks(marks(MARCH), ()), dated=True),
        over_time.stretches(MARCH, over.stretches, m.one("needed_per_month")),
        over_time.milestones(MARCH, marks(MARCH)),
    ]


FIGURES = every()


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_a_figure_says_its_finding_basis_source_and_day_and_has_its_table(figure: Figure) -> None:
    assert str(figure.finding)
    assert str(figure.basis)
    assert figure.source == MARCH.project.source
    assert figure.as_of == MARCH.as_of
    assert figure.rows
    assert {len(row) for row in figure.rows} == {len(figure.headings)}


def test_a_band_is_said_where_anything_rests_on_an_assumption() -> None:
    for figure in FIGURES:
        if any(amount.assumed for amount in amounts_of(figure.marks)):
            assert figure.band == "测算值·非批复数", figure.id


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_in_english_no_words_of_ours_are_left_in_chinese(figure: Figure) -> None:
    typed = {each.name for each in (*MARCH.milestones, *MARCH.funding)} | set(PLACES)
    said: list[str] = []

    def english(words: object, _: str) -> str:
        said.append(render(words, "en"))  # type: ignore[arg-type]
        return said[-1]

    in_words(figure.marks, english)
    ours = [text for text in said if not any(name in text for name in typed)]
    assert [text for text in ours if any("一" <= letter <= "鿿" for letter in text)] == []


def test_streets_have_their_colours_and_come_longest_first() -> None:
    found = households.intensity(FACTS, Measures(measures(FACTS))).marks
    assert isinstance(found, Bars)
    # 2,164/8,000 ÷ 4,520/26,310 = 1.57
    assert [(row.name, row.amounts[0].text) for row in found.rows] == [
        ("璜土镇", "1.57"), ("夏港街道", "1.03"), ("申港街道", "0.96"), ("利港街道", "0.63"),
    ]  # fmt: skip
    colours = street_colours(PLACES)
    assert [row.amounts[0].colour for row in found.rows] == [colours[str(row.name)] for row in found.rows]


def test_the_estimate_is_the_sum_of_its_parts() -> None:
    found = money.estimate(FACTS, Measures(measures(FACTS))).marks
    assert isinstance(found, Stack)
    assert [part.amount.value for part in found.parts] == [2164, 2627, 1900, 1309, 7000]
    assert (found.whole.amount.value, found.parts[-1].amount.colour) == (15000, UNPAID)


def test_intervals_run_from_the_lowest_key_to_the_highest_in_the_streets_order() -> None:
    figure = money.street_rates(FACTS, Measures(measures(FACTS)))
    assert figure is not None
    assert isinstance(figure.marks, Spans)
    assert [(row.name, row.low.text, row.high.text) for row in figure.marks.rows] == [
        ("璜土镇", "80.79%", "122.32%"), ("夏港街道", "51.53%", "54.85%"), ("申港街道", "39.41%", "54.40%"),
        ("利港街道", "28.21%", "48.87%"),
    ]  # fmt: skip


def test_one_set_of_small_multiples_can_stand_alone() -> None:
    figure = households.scope(FACTS, Measures(measures(FACTS)))
    assert isinstance(figure.marks, SmallMultiples)
    alone = households.part_of(figure, 2, "户数")
    assert (alone.title, alone.rows) == ("户数", figure.marks.parts[2].rows)
