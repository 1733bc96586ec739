"""?code=…: the page shows the version that the code stands for, says so, and lets nobody change it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.service.base import batches
from core.service.briefing import view_codes
from tests.core.service.people import PROJECT, WANG, WORKING, edit, save
from tests.pages.test_app import app

pytestmark = pytest.mark.usefixtures("store_path")


def code(**chosen: object) -> str:
    view = view_codes.view_of(WANG, PROJECT, "pptx", **chosen)  # type: ignore[arg-type]
    view_codes.keep(WANG, view)
    return view.code


def texts(at: AppTest) -> str:
    return "\n".join(each.value for each in (*at.markdown, *at.caption)).replace("\\", "")


def test_a_code_shows_what_was_shown_and_says_that_it_is_still_so() -> None:
    at = app(code=code(place="夏港街道", baseline="2301-2612"))
    assert not at.exception
    assert [w.value for w in at.warning] == []
    assert "仍为最新" in texts(at)
    assert (at.session_state["view_place"], at.session_state["view_baseline"]) == ("夏港街道", "2301-2612")


def test_a_code_from_before_a_change_shows_the_old_figures_until_one_goes_back() -> None:
    before = code()
    batches.correct(WANG, PROJECT, "璜土镇", "paid", "2163.50", "录入错误")
    at = app(code=before.lower())
    assert "已过期：之后有1处变化" in texts(at)
    assert "未付7,000万元" in texts(at)
    at.button(key="leave_restored").click().run()
    assert "已过期" not in texts(at)
    assert "未付7,001万元" in texts(at)  # 7,000.50
    assert "code" not in at.query_params


def test_the_version_stays_from_page_to_page_and_nothing_can_be_changed() -> None:
    before = code()
    save(WANG, WORKING, edit("B12", 1, "3.50", reason="凭证缺附件"))
    at = app(code=before)
    at.switch_page("pages/evidence/checks.py").run()
    assert "已过期：之后有2处变化" in texts(at)
    at.switch_page("pages/scoring/scorecard.py").run()
    assert not at.exception
    assert "已过期：之后有2处变化" in texts(at)


def test_a_code_in_english_opens_in_english() -> None:
    view = view_codes.view_of(WANG, PROJECT, "pptx", place="夏港街道")
    english = view_codes.view_of(type(WANG)(WANG.actor, "en"), PROJECT, "pptx")
    for each in (view, english):
        view_codes.keep(WANG, each)
    assert "Still the newest" in texts(app(code=english.code))


@pytest.mark.parametrize("wrong", ["AAAA-BBBB-CCCC", "![x](http://example.com/a.png)", "长" * 3000])
def test_a_code_that_is_not_known_is_a_sentence_and_the_newest_is_shown(wrong: str) -> None:
    at = app(code=wrong)
    assert len(at.warning) == 1
    assert "没有查验码" in at.warning[0].value
    assert len(at.warning[0].value) < 400
    assert "code" not in at.query_params
    assert "支付进度滞后工期8.0个百分点" in texts(at)


@pytest.mark.parametrize(
    ("figure", "page"),
    [("needed", "资金使用"), ("benefit", "受益情况"), ("deductions", "绩效评分"), ("streets", "2023年度申港")],
)
def test_a_figure_that_was_sent_alone_opens_the_page_that_it_stands_on(figure: str, page: str) -> None:
    view = view_codes.view_of(WANG, PROJECT, "figure_png", frame=figure)
    view_codes.keep(WANG, view)
    at = app(code=view.code)
    assert not at.exception
    assert f"# {page}" in texts(at)
