"""The table of signatures and all sheets in one workbook, from 专家评议: offered to whoever may see it all."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.model.context import Actor
from core.model.rights import Role, everywhere
from core.service.base import open_store
from core.store import logs
from tests.core.briefing.bound import four
from tests.core.service.people import PROJECT, QIAN, WANG
from tests.pages.opening import key, opened

pytestmark = pytest.mark.usefixtures("store_path")

SUN = Actor("browser-of-sun", "孙工")
EXPERT = Actor("browser-of-expert", "周工", everywhere(Role.EVALUATOR))
LEADER = Actor("browser-of-leader", "周局", everywhere(Role.LEADER))


def panel(actor: Actor, *, at_it: bool = False, lang: str = "zh") -> AppTest:
    """专家评议 as somebody opens it; `at_it`: and then the popover."""
    at = opened("scoring/panel", actor, "sheets", lang=lang)
    if at_it:
        at.session_state[key("paper", "r1")] = True
        at.run()
    assert not at.exception
    assert [each.value for each in at.error] == []
    return at


def offered(at: AppTest) -> bool:
    return any(each.proto.popover.label == "签字表与评分表汇编" for each in at.get("popover"))


def downloads(at: AppTest) -> list[str]:
    return [each.proto.label for each in at.get("download_button")]


def test_it_is_offered_once_somebody_has_submitted() -> None:
    assert not offered(panel(WANG.actor))
    four()
    assert offered(panel(WANG.actor))
    assert offered(panel(LEADER))
    for actor in (QIAN.actor, EXPERT):
        assert not offered(panel(actor)), "who scores alone is not shown the others' points"


@pytest.mark.parametrize(("lang", "label"), [("zh", "下载（Excel）"), ("en", "Download (Excel)")])
def test_it_is_made_when_it_is_opened(lang: str, label: str) -> None:
    four()
    assert label not in downloads(panel(WANG.actor, lang=lang))
    assert label in downloads(panel(WANG.actor, at_it=True, lang=lang))


def test_who_could_still_score_is_asked_first_and_then_goes_on_record() -> None:
    four()
    at = panel(SUN, at_it=True)
    assert "下载（Excel）" not in downloads(at)
    assert not logs.round_state(open_store.of(WANG), PROJECT, "r1").has_seen(SUN)
    at.button(key="look_on").click().run()
    assert "下载（Excel）" in downloads(at)
    assert logs.round_state(open_store.of(WANG), PROJECT, "r1").has_seen(SUN)
