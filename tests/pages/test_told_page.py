"""提醒记录: what was told stands on 数据导入 with channel, result and reason; without any there is no tab."""

from __future__ import annotations

from datetime import datetime

import pytest
from streamlit.testing.v1 import AppTest

from core.errors import Message
from core.model.context import Actor, Context
from core.model.rights import OPERATOR
from core.service.base import open_store
from core.service.manage import notices
from core.store import clock
from tests.pages.opening import opened

OPERATOR_HERE = Context(Actor("command", grants=OPERATOR))
WANG = Actor("browser-wang", "王工")
PAGE = "manage/importing"
pytestmark = pytest.mark.usefixtures("store_path")


def tabs(at: AppTest) -> list[str]:
    return [str(each) for group in at.button_group for each in group.options]


def lines(at: AppTest) -> list[list[str]]:
    return [[str(cell).replace("\\", "") for cell in row] for row in at.table[0].value.to_numpy().tolist()]


def tell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five alarms: mailed at nine (UTC), refused by the robot in the same minute."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 12, 3, 1))
    assert notices.put_down(OPERATOR_HERE, ("mail", "wecom")) == 5
    (letter,) = notices.due(OPERATOR_HERE, "mail", "", 60_000)
    assert notices.claim(OPERATOR_HERE, "mail", letter.keys)
    notices.settle(OPERATOR_HERE, "mail", letter.keys, "sent", None)
    refused = Message("对方不认这个网址（{code}）。请核对webhook.url。", {"code": "404"})
    notices.settle(OPERATOR_HERE, "wecom", letter.keys, "failed", refused, claimed=False)


def test_without_anything_told_there_is_no_tab() -> None:
    assert "提醒记录" not in tabs(opened(PAGE, WANG))


def test_what_was_told_stands_with_channel_and_result(monkeypatch: pytest.MonkeyPatch) -> None:
    tell(monkeypatch)
    at = opened(PAGE, WANG, "told")
    assert not at.exception
    assert list(at.table[0].value.columns) == ["提醒", "邮件", "企业微信", "时间"]
    found = lines(at)
    assert len(found) == 5
    assert "预警：累计支付占概算为53.33%，低于80%（工期已过61.38%）" in [line[0] for line in found]
    refused = "待重发（2026-12-03 09:01）：对方不认这个网址（404）。请核对webhook.url。"
    assert {tuple(line[1:]) for line in found} == {("已发送", refused, "2026-12-03 09:00")}


def test_a_standing_that_the_clock_changes_is_shown_as_it_is_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 12, 3, 1))
    notices.put_down(OPERATOR_HERE, ("mail",))
    (letter,) = notices.due(OPERATOR_HERE, "mail", "", 60_000)
    notices.claim(OPERATOR_HERE, "mail", letter.keys)
    at = opened(PAGE, WANG, "told")
    assert {line[1] for line in lines(at)} == {"发送中"}
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 12, 3, 1, 11))
    assert {line[1] for line in lines(at.run())} == {"不知是否发出"}


def test_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    tell(monkeypatch)
    at = opened(PAGE, WANG, "told", lang="en")
    found = lines(at)
    assert any(line[0].startswith("Alarm: ") and line[1] == "sent" for line in found)
    open_store.close()
