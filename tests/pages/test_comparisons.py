"""改造前后对比 on 受益情况 from app.py: a line where none is reported, a figure where there is one."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from core.service.manage import importing
from core.service.progress import site_pictures
from tests.core.service.people import PROJECT, WANG
from tests.core.service.progress.test_site_pictures import picture
from tests.pages.opening import opened

pytestmark = pytest.mark.usefixtures("store_path")
TABLE = "街镇,指标,单位,改造前,改造后\n璜土镇,停车位,个,120,180\n利港街道,投诉,件,40,10\n"
NONE = "改造前后对比未填报"


def said(at: AppTest) -> str:
    return "\n".join(each.value.replace("\\", "") for each in (*at.caption, *at.markdown))


def test_where_none_is_reported_one_line_says_so() -> None:
    at = opened("progress/beneficiaries")
    assert not at.exception
    assert NONE in said(at)


def test_what_is_reported_is_drawn() -> None:
    charts = len(opened("progress/beneficiaries").get("plotly_chart"))
    importing.commit(WANG, PROJECT, "对比.csv", TABLE.encode(), date(2024, 12, 31))
    at = opened("progress/beneficiaries")
    assert not at.exception
    assert NONE not in said(at)
    assert len(at.get("plotly_chart")) == charts + 1
    alone = opened("progress/beneficiaries", place="申港街道")
    assert not alone.exception
    assert len(alone.get("plotly_chart")) == charts


def test_pictures_stand_small_with_their_day_and_can_be_taken_back() -> None:
    for number, moment in enumerate(("before", "after"), start=1):
        day = date(2023, number, 6)
        site_pictures.file(WANG, PROJECT, "璜土镇", "", moment, day, f"{moment}.png", picture(number))
    at = opened("progress/beneficiaries", WANG.actor)
    assert not at.exception
    buttons = [each for each in at.button if each.label == "撤回照片"]
    assert len(buttons) == len(at.get("image")) == 2
    buttons[0].click().run()
    assert not at.exception
    assert len(at.get("image")) == 1
