"""What the board sends of talk and decisions: each kind to its call, once, and a sentence for what nobody knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import NotAllowed, UnknownName
from core.model.context import Actor, Context
from core.service.scoring import deliberations, meeting, talk
from pages.scoring.meeting import posts
from tests.core.service.people import LI, PROJECT, WANG, has_submitted

CHEN = Context(Actor("browser-chen", "陈主任"))


@pytest.fixture(autouse=True)
def chen(store_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """陈主任 sits here; two have submitted."""
    monkeypatch.setattr(posts, "context", lambda: CHEN)
    has_submitted(WANG, {})
    has_submitted(LI, {"C12": "1"})


def send(edit_id: str, **content: object) -> str:
    return posts._write(PROJECT, "r1", edit_id, "C12", content)


def test_each_kind_is_written_once() -> None:
    for _ in range(2):
        send("said-000000000001", kind="said", text="请核", mentioned=[LI.actor.id])
        send("mark-000000000001", kind="marked", about=1)
        send("done-000000000001", kind="resolved")
        send("open-000000000001", kind="reopened")
        send("item-000000000001", kind="discussed", text="按5分计", proposer="王工", base=0)
    assert [each.kind for each in talk.heard(CHEN, PROJECT, "r1")] == ["said", "marked", "resolved", "reopened"]
    (decided,) = deliberations.deliberated(CHEN, PROJECT, "r1")
    assert (decided.discussed, decided.decision, decided.proposer) == (True, "按5分计", "王工")
    send("item-000000000002", kind="undiscussed", text="按5分计", proposer="", base=1)
    assert [each.discussed for each in deliberations.deliberated(CHEN, PROJECT, "r1")] == [True, False]


def test_what_a_browser_may_not_send_is_a_sentence() -> None:
    with pytest.raises(NotAllowed, match="不认识的操作"):
        send("what-000000000001", kind="deleted")
    with pytest.raises(UnknownName, match="这条发言不存在"):
        send("mark-000000000002", kind="marked", about="x")
    with pytest.raises(NotAllowed, match="请写明要说的话"):
        send("said-000000000002", kind="said", text=None, mentioned="x")


def test_the_board_is_given_what_stands() -> None:
    send("said-000000000003", kind="said", text="请核")
    send("done-000000000003", kind="resolved")
    send("mark-000000000003", kind="marked", about=1)
    send("item-000000000003", kind="discussed", base=0)
    item = next(each for each in meeting.meeting(CHEN, PROJECT, "r1").items if each.indicator.code == "C12")
    drawn = posts.thread_data(item.talk)
    (remark,) = drawn["remarks"]
    assert (remark["revision"], remark["by"], remark["text"], remark["minuted"]) == (1, "陈主任", "请核", True)
    assert not drawn["open"]
    assert drawn["resolved"].startswith("陈主任于")
    stands = posts.decided_data(item.deliberation)
    assert (stands["discussed"], stands["decision"], stands["revision"]) == (True, "", 1)
    assert posts.decided_data(None)["revision"] == 0
