"""Pages of the newest figures say so where a lock holds earlier ones (No wrong number, B11)."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.service.base import batches
from core.service.scoring import steps
from tests.core.briefing.judged import judged
from tests.core.service.people import LI, PROJECT, WANG
from tests.pages.opening import opened

pytestmark = pytest.mark.usefixtures("store_path")
OF_NOW = (
    "progress/budget", "progress/beneficiaries", "evidence/checks", "evidence/alarms", "scoring/scorecard",
    "scoring/panel",
)  # fmt: skip
MARK = "锁定后有变（2处）"
OF_THIS_PAGE = "本页的数据是现在的；锁定的结果、总览和评价文件仍用锁定时的："


def app(page: str) -> AppTest:
    at = opened(page, WANG.actor)
    assert not at.exception
    return at


def marks(at: AppTest) -> list[str]:
    found = [block.proto.popover.label.replace("\\", "").replace("\u2060", "") for block in at.get("popover")]
    return [label for label in found if label.startswith("锁定后有变")]


def words(at: AppTest) -> str:
    shown = "\n".join(str(element.value) for element in (*at.markdown, *at.caption))
    return shown.replace("\\", "").replace("\u2060", "")


def test_whoever_reads_the_newest_figures_is_told_what_the_lock_holds() -> None:
    judged()
    for page in OF_NOW:
        assert marks(app(page)) == [], page
    batches.correct(LI, PROJECT, "申港街道", "paid", "2000", "漏记一笔")
    batches.correct(LI, PROJECT, "夏港街道", "paid", "2700", "又漏一笔")
    for page in OF_NOW:
        at = app(page)
        assert marks(at) == [MARK], page
        assert OF_THIS_PAGE in words(at), page
        assert "申港街道 累计支付由1,900.00变为2,000.00" in words(at), page
        assert "夏港街道 累计支付由2,627.00变为2,700.00" in words(at), page
    overview = app("progress/overview")
    assert marks(overview) == [MARK]
    assert OF_THIS_PAGE not in words(overview)
    steps.unlock(LI, PROJECT, "r1", "数据有变，重议")
    for page in OF_NOW:
        assert marks(app(page)) == [], page
