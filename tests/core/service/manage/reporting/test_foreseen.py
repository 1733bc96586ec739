"""The alarms that stand once what was submitted counts, for who has reported it and in its review."""

from __future__ import annotations

import pytest

from core.errors import Question
from core.model.context import Context
from core.service.evidence import alarms as counting
from core.service.manage.reporting import foreseen, review
from tests.core.lingang import PLACES
from tests.core.service.manage.reporting.people import (
    HUANG,
    PERIOD,
    PROJECT,
    WU,
    ZHOU,
    approve,
    fill,
    give_places,
    open_march,
    report,
)

pytestmark = pytest.mark.usefixtures("store_path")
HUANGTU, XIAGANG, SHENGANG, LIGANG = PLACES


def said(ctx: Context = ZHOU) -> dict[str, list[str]]:
    """The sentences by place."""
    return {place: [str(each) for each in those] for place, those in foreseen.alarms(ctx, PROJECT, PERIOD).items()}


def test_a_reporter_reads_those_of_their_place_once_it_is_submitted() -> None:
    """2,500 of 15,000 × 4,520 ÷ 26,310 = 2,576.97 is 97.01 %, with 60 % of the work done."""
    give_places()
    open_march()
    fill(HUANGTU, {"paid": "2500", "physical": "60%"})
    assert said(HUANG) == {}
    review.submit(HUANG, PROJECT, PERIOD, HUANGTU)
    report(XIAGANG)
    assert list(said(HUANG)) == [HUANGTU]
    assert any("97.01%" in each and "60.00%" in each for each in said(HUANG)[HUANGTU])
    assert all(each.endswith("（测算值·非批复数）") for each in said(HUANG)[HUANGTU])


def test_a_part_that_counts_already_is_in_the_figures_of_the_whole() -> None:
    """2,500 and 3,000 count; with the 2,400 and 1,600 that are submitted 9,500 of 15,000 is 63.33 %."""
    give_places()
    open_march()
    for place in PLACES:
        report(place)
    approve(ZHOU, (HUANGTU, XIAGANG))
    with pytest.raises(Question) as asked:
        review.release(WU, PROJECT, PERIOD)
    review.release(WU, PROJECT, PERIOD, asked.value.agreed)
    assert any(each.startswith("累计支付占概算为63.33%") for each in said()[""])
    assert {*said()} == {"", SHENGANG, LIGANG}


def test_they_are_those_that_stand_when_it_counts() -> None:
    """9,500 of 15,000 is 63.33 %, which is less than 80 %."""
    give_places()
    open_march()
    for place in PLACES:
        report(place)
    ahead = said()
    assert any(each.startswith("累计支付占概算为63.33%，低于80%") for each in ahead[""])
    assert "63.33%" not in "".join(str(line.message) for line in counting.alarms(ZHOU, PROJECT).lines)
    approve(ZHOU, PLACES)
    assert said() == ahead
    with pytest.raises(Question) as asked:  # the sources' money is left behind
        review.release(WU, PROJECT, PERIOD)
    review.release(WU, PROJECT, PERIOD, asked.value.agreed)
    assert said() == {}
    now = [str(line.message) for line in counting.alarms(ZHOU, PROJECT).lines if line.state != "ended"]
    assert sorted(each.removesuffix("（测算值·非批复数）") for those in ahead.values() for each in those) == sorted(now)
