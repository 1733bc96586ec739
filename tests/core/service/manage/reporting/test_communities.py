"""Reporting by community: what is asked, who may write it, its steps, and the snapshot that a release makes.

The figures are those of tests.core.detail: the communities of 璜土镇 have been paid 500, 500, 464, 400 and 300 万元.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image

from core.errors import NotAllowed, Question
from core.service.base import open_store
from core.service.base.project import facts
from core.service.manage import verifying
from core.service.manage.reporting import form, periods, photos, review
from core.service.progress import site_pictures
from core.store import read
from tests.core.service.manage.reporting.people import (
    DUE,
    HUANG,
    MARCH,
    PERIOD,
    PROJECT,
    WU,
    XIA,
    ZHOU,
    approve,
    edit,
    give_places,
    list_communities,
    open_march,
    row,
    save,
    states,
)

D = Decimal
HUANGTU, LIGANG = "璜土镇", "利港街道"
VILLAGES = tuple(f"璜土镇第{number}村" for number in range(1, 6))
PAID = dict(zip(VILLAGES, ("510", "500", "464", "400", "310"), strict=True))
"""2,184 of 璜土镇's: 10 more in the first village and 10 in the last."""


@pytest.fixture(autouse=True)
def asked(store_path: object) -> None:
    give_places()
    list_communities()
    open_march("paid", "begun_on", places=(HUANGTU, LIGANG), communities=True)


def fill(begun: str = "2024-03-01") -> None:
    edits = [edit("paid", row(HUANGTU, name), paid) for name, paid in PAID.items()]
    edits += [edit("begun_on", row(HUANGTU, name), begun) for name in VILLAGES]
    assert all(isinstance(each, form.Saved) for each in save(HUANG, *edits))


def jpeg() -> bytes:
    made = BytesIO()
    Image.new("RGB", (8, 6), "#888").save(made, "JPEG")
    return made.getvalue()


def test_a_period_of_communities_is_suggested_where_there_is_a_list_of_them() -> None:
    like = periods.suggestion(ZHOU, PROJECT)
    assert like.by_community
    assert like.communities is not None
    assert like.communities.every == (HUANGTU, LIGANG)
    assert like.communities.fields == ("paid", "begun_on")
    assert [each.id for each in like.communities.offered] == [
        "buildings", "households", "area", "invested", "paid", "physical", "begun_on", "done_on", "own_estimate",
    ]  # fmt: skip
    assert {"paid", "physical"} < {*like.fields}


def test_what_cannot_be_asked_of_communities_is_said() -> None:
    with pytest.raises(NotAllowed) as refused:
        periods.open_period(
            ZHOU, PROJECT, date(2025, 6, 30), DUE.replace(month=7), ("contract",), ("夏港街道",), communities=True
        )
    assert [str(each) for each in refused.value.reasons] == [
        "“contract”不能由小区填报。", "“夏港街道”没有小区明细，不能按小区填报。",
    ]  # fmt: skip


def test_each_community_has_a_row_with_its_last_figures() -> None:
    there = form.form(HUANG, PROJECT, PERIOD)
    assert [(each.place, each.community) for each in there.rows] == [(HUANGTU, name) for name in VILLAGES]
    assert [(cell.field, cell.last, cell.fill) for cell in there.rows[0].cells] == [
        ("paid", "500.00", "500.00"), ("begun_on", "—", "—"),
    ]  # fmt: skip
    assert len(form.form(ZHOU, PROJECT, PERIOD).rows) == 7


def test_a_reporter_writes_own_communities_only() -> None:
    (own,) = save(HUANG, edit("paid", row(HUANGTU, VILLAGES[0]), "510"))
    assert isinstance(own, form.Saved)
    (others,) = save(XIA, edit("paid", row(HUANGTU, VILLAGES[1]), "510"))
    assert isinstance(others, form.Refused)
    for code in (row(HUANGTU), row(HUANGTU, "没有这个村"), row(LIGANG, VILLAGES[0])):
        (no_row,) = save(ZHOU, edit("paid", code, "510"))
        assert no_row == form.GARBLED
    (seen,) = save(HUANG, edit("paid", row(HUANGTU, VILLAGES[0]), "520"))
    assert isinstance(seen, form.Conflict)


def test_a_place_is_submitted_once_all_of_its_communities_are_filled() -> None:
    save(HUANG, edit("paid", row(HUANGTU, VILLAGES[0]), "499"))
    with pytest.raises(NotAllowed) as refused:
        review.submit(HUANG, PROJECT, PERIOD, HUANGTU)
    assert [str(each) for each in refused.value.reasons] == [
        "还有9项未填：璜土镇第1村开工日期、璜土镇第2村累计支付、璜土镇第2村开工日期、璜土镇第3村累计支付、"
        "璜土镇第3村开工日期、璜土镇第4村累计支付等9格。没有变化的请填上期数。",
        "这些数有疑问，请改正或写明原因：璜土镇第1村累计支付。",
    ]
    assert {each.place: each.missing for each in periods.progress(ZHOU, PROJECT, PERIOD)} == {HUANGTU: 9, LIGANG: 4}


def test_a_release_gives_the_list_and_its_place_the_new_figures() -> None:
    fill()
    review.submit(HUANG, PROJECT, PERIOD, HUANGTU)
    changes = [each for each in review.compared(WU, PROJECT, PERIOD) if each.field == "paid"]
    assert [(each.community, each.before, each.after) for each in changes] == [
        (VILLAGES[0], "500.00", "510.00"), (VILLAGES[4], "300.00", "310.00"),
    ]  # fmt: skip
    approve(WU, (HUANGTU,))
    with pytest.raises(Question) as question:
        review.release(WU, PROJECT, PERIOD)
    review.release(WU, PROJECT, PERIOD, question.value.agreed)
    assert states() == {HUANGTU: "released", LIGANG: "filling"}
    made = facts(ZHOU, PROJECT)
    assert made.as_of == MARCH
    assert [line.paid for line in made.spend] == [2184, 2627, 1900, 1309]
    rows = read.communities_of(open_store.store(), made, (HUANGTU, LIGANG))
    assert [each.paid for each in rows] == [510, 500, 464, 400, 310, 600, 700]
    assert {each.begun_on for each in rows[:5]} == {date(2024, 3, 1)}
    assert [each.households for each in rows[:5]] == [1000, 1000, 900, 900, 720]
    assert verifying.verify(ZHOU, PROJECT).problems == ()


def test_a_picture_is_filed_of_an_own_community_with_today_as_its_day() -> None:
    photos.file(HUANG, PROJECT, PERIOD, HUANGTU, VILLAGES[0], "after", "现场.jpg", jpeg())
    (filed,) = photos.filed(WU, PROJECT, PERIOD)
    assert (filed.place, filed.community, filed.moment, filed.actor_name) == (HUANGTU, VILLAGES[0], "after", "黄工")
    assert filed.taken_on == periods.today()
    (shown,) = site_pictures.pictures(WU, PROJECT)
    assert (shown.place, shown.community, len(shown.after)) == (HUANGTU, VILLAGES[0], 1)


@pytest.mark.parametrize(
    ("who", "community", "content", "sentence"),
    [
        (XIA, VILLAGES[0], jpeg(), "“璜土镇”不由您填报。如有需要请联系数据员。"),
        (HUANG, "没有这个村", jpeg(), "“没有这个村”不在这一期的填报表里。请刷新后再试。"),
    ],
)
def test_a_picture_that_is_not_taken_is_refused_with_a_sentence(who, community, content, sentence) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(NotAllowed) as refused:
        photos.file(who, PROJECT, PERIOD, HUANGTU, community, "after", "现场.jpg", content)
    assert str(refused.value.reasons[0]) == sentence
    assert photos.filed(WU, PROJECT, PERIOD) == ()
