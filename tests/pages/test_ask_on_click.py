"""Where somebody with a name could work, a button stands before one was given: a click on it asks for the name."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from streamlit.testing.v1 import AppTest

from core.model.context import Actor
from pages.shared.who import ASK
from tests.pages.opening import opened

WANG = Actor("browser-of-wang", "王工")
ASKING: tuple[tuple[str, str | None, Collection[str]], ...] = (
    ("progress/overview", None, ("登记",)),
    ("progress/budget", None, ("登记大事", "登记里程碑")),
    ("progress/beneficiaries", None, ("添加改造前后照片",)),
    ("scoring/scorecard", None, ("登记",)),
    ("scoring/history", "items", ("撤销",)),
    ("scoring/panel", "items", ("新建空白评审组评分表",)),
    ("scoring/panel", "survey", ("新建问卷", "导入问卷")),
    ("scoring/schemes", None, ("修改",)),
    ("evidence/standards", None, ("填写检查表", "记录、照片", "导入改造标准")),
    ("manage/importing", "particulars", ("保存",)),
    ("manage/importing", "batches", ("更正一个数", "撤回", "改截止日")),
)
"""Page, its part, and the buttons that ask."""


def asking(at: AppTest) -> set[str]:
    return {button.label for button in at.button if (button.key or "").startswith(ASK)}


@pytest.mark.usefixtures("store_path")
@pytest.mark.parametrize(("page", "part", "labels"), ASKING)
def test_buttons_stand_and_ask_before_a_name_was_given(page: str, part: str | None, labels: Collection[str]) -> None:
    at = opened(page, None, part)
    assert not at.exception
    assert set(labels) <= asking(at)
    assert "who" in {each.proto.component_name for each in at.get("bidi_component")}, "nobody would open the dialog"
    assert not [button.label for button in at.button if button.disabled]
    at = opened(page, WANG, part)
    assert not at.exception
    assert not asking(at), "a name was given"
