"""Pictures before and after: filed with place and day, two of everything, taken back, and redacted."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PIL import Image

from core.errors import NameNeeded, NotAllowed, UnknownName
from core.model.context import Context, Version
from core.model.site_picture import SitePicture
from core.service.base import redaction
from core.service.progress import site_pictures
from core.store import clock
from tests.core.service.people import LI, NOBODY, PROJECT, WANG
from tests.core.store.test_row_digests import OPERATOR_HERE

DAY = date(2023, 5, 6)
pytestmark = pytest.mark.usefixtures("store_path")


def picture(number: int) -> bytes:
    """A picture that is another one for each number."""
    stream = io.BytesIO()
    Image.new("RGB", (4, 4), (number, 0, 0)).save(stream, "png")
    return stream.getvalue()


def file(
    place: str = "璜土镇", community: str = "", moment: str = "before", number: int = 1, ctx: Context = WANG
) -> None:
    day = DAY + timedelta(days=number)
    site_pictures.file(ctx, PROJECT, place, community, moment, day, f"{number}.png", picture(number))


def shown(place: str | None = None, ctx: Context = WANG) -> list[tuple[str, str, list[str], list[str]]]:
    def names(pictures: Sequence[SitePicture]) -> list[str]:
        return [each.picture.name for each in pictures]

    found = site_pictures.pictures(ctx, PROJECT, place)
    return [(each.place, each.community, names(each.before), names(each.after)) for each in found]


def test_pictures_stand_by_place_and_community() -> None:
    file(number=2)
    file(number=1)
    file(moment="after", number=3, ctx=LI)
    file(community="甲小区", moment="after", number=4)
    file("利港街道", number=5)
    assert shown() == [
        ("利港街道", "", ["5.png"], []),
        ("璜土镇", "", ["1.png", "2.png"], ["3.png"]),
        ("璜土镇", "甲小区", [], ["4.png"]),
    ]
    assert shown("利港街道") == [("利港街道", "", ["5.png"], [])]
    (only,) = site_pictures.pictures(WANG, PROJECT, "利港街道")
    assert site_pictures.content(WANG, PROJECT, only.before[0].id) == picture(5)
    assert (only.before[0].taken_on, only.before[0].actor_name) == (DAY + timedelta(days=5), "王工")


def test_one_that_is_taken_back_is_gone_now_and_was_there_then() -> None:
    file(number=1)
    file(number=2)
    then = replace(WANG, version=Version(moment=clock.now()))
    (here,) = site_pictures.pictures(WANG, PROJECT)
    site_pictures.take_back(LI, PROJECT, here.before[0].id)
    assert shown() == [("璜土镇", "", ["2.png"], [])]
    assert shown(ctx=then) == [("璜土镇", "", ["1.png", "2.png"], [])]
    with pytest.raises(UnknownName):
        site_pictures.take_back(LI, PROJECT, here.before[0].id)


def test_what_is_no_picture_has_no_day_or_no_place_is_refused() -> None:
    with pytest.raises(NotAllowed, match="不是图片"):
        site_pictures.file(WANG, PROJECT, "璜土镇", "", "before", DAY, "a.pdf", b"%PDF-1.7")
    with pytest.raises(NotAllowed, match="打不开，可能已损坏"):
        site_pictures.file(WANG, PROJECT, "璜土镇", "", "before", DAY, "a.png", picture(1)[:30])
    with pytest.raises(NotAllowed, match="请填写拍摄日期"):
        site_pictures.file(WANG, PROJECT, "璜土镇", "", "before", None, "a.png", picture(1))
    with pytest.raises(NotAllowed, match="还没有到"):
        site_pictures.file(WANG, PROJECT, "璜土镇", "", "before", date(2099, 1, 1), "a.png", picture(1))
    with pytest.raises(UnknownName, match="沙港镇"):
        file("沙港镇")
    with pytest.raises(NameNeeded):
        file(ctx=NOBODY)
    assert shown() == []


def test_a_picture_can_be_redacted_and_its_record_stays() -> None:
    file(number=1)
    redaction.redact(OPERATOR_HERE, PROJECT, hashlib.sha256(picture(1)).hexdigest(), "误传")
    ((here,),) = [each.before for each in site_pictures.pictures(WANG, PROJECT)]
    with pytest.raises(NotAllowed, match="误传"):
        site_pictures.content(WANG, PROJECT, here.id)
