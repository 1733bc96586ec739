"""专家评议 and 过程记录 from app.py: each part in each state, both languages, who may see what, empty."""

from __future__ import annotations

import secrets
from decimal import Decimal
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.model.context import Actor, Context
from core.service import history, minutes, panel, scoring
from pages.scoring import offer
from pages.shared.download import as_csv
from tests.conftest import StartFrom
from tests.pages.opening import opened

ROOT = Path(__file__).resolve().parents[2]
PROJECT = "lingang-2023"
PANEL_PARTS = ("sheets", "items", "flags", "comments", "dossier", "analysis")
HISTORY_PARTS = ("items", "replay", "compare", "timeline", "minutes", "verify")
WANG, LI, CHEN = (
    Actor(f"browser-of-{name}", label) for name, label in (("wang", "王工"), ("li", "李工"), ("chen", "陈主任"))
)

pytestmark = pytest.mark.usefixtures("store_path")


def ctx(actor: Actor) -> Context:
    return Context(actor)


def app(page: str, part: str | None = None, actor: Actor | None = WANG, **query: str) -> AppTest:
    return opened(f"scoring/{page}", actor, part, **query)


def words(at: AppTest) -> str:
    """Everything that the page says, without Markdown's backslashes."""
    return "\n".join(
        element.value for element in (*at.markdown, *at.caption, *at.info, *at.error, *at.success)
    ).replace("\\", "")


def labels(at: AppTest) -> list[str]:
    return [button.label for button in at.button]


def returns(at: AppTest) -> list[str]:
    """The sheets beside which 退回 is offered."""
    keys = (field.key or "" for field in at.text_input)
    return [key.removeprefix("return_").removesuffix("_text").replace("_", "/", 1) for key in keys if "return_" in key]


def score(actor: Actor, lost: dict[str, str], reason: str = "工程尚未完工") -> str:
    """A whole sheet of the actor's own: full marks but for what is lost."""
    sheet = panel.my_sheet(ctx(actor), PROJECT, "r1")
    edits = [
        {
            "edit_id": secrets.token_hex(16),
            "code": item.code,
            "base": 0,
            "points": f"{item.weight - Decimal(lost.get(item.code, '0')):.2f}",
            "status": "confirmed",
            "reason": reason if item.code in lost else "",
        }
        for item in sheet.scheme.indicators
    ]
    scoring.save(ctx(actor), PROJECT, sheet.id, edits)
    return sheet.id


def meet() -> None:
    """Two have scored and submitted, and differ on C12 (6): 6.00 and 4.00; the chief has taken the mean over."""
    for actor, lost in ((WANG, {}), (LI, {"C12": "2"})):
        panel.submit(ctx(actor), PROJECT, score(actor, lost))
    panel.take_over(ctx(CHEN), PROJECT, "r1")


@pytest.fixture
def met(start_from: StartFrom) -> None:
    start_from(meet)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("page", "part"), [*(("panel", p) for p in PANEL_PARTS), *(("history", p) for p in HISTORY_PARTS)]
)
class TestEveryPart:
    def test_it_shows_on_the_shipped_project(self, page: str, part: str, lang: str) -> None:
        at = app(page, part, lang=lang)
        assert [error.value for error in at.error] == []
        assert not at.exception

    def test_it_shows_after_a_meeting(self, met: None, page: str, part: str, lang: str) -> None:
        at = app(page, part, CHEN, lang=lang)
        assert [error.value for error in at.error] == []
        assert not at.exception


class TestSheets:
    def test_who_has_no_name_is_asked_for_it_first(self) -> None:
        at = app("panel", actor=None)
        assert "下一步:填写您的姓名。" in words(at)
        assert "开始我的评分表" not in labels(at)

    def test_nothing_shows_before_the_browser_has_said_who_it_is(self) -> None:
        st.cache_resource.clear()
        at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).switch_page("pages/scoring/panel.py").run()
        assert "初评工作表" not in words(at)

    def test_from_the_first_step_to_submitting(self) -> None:
        at = app("panel")
        at.button(key="start_mine").click().run()
        assert "下一步:填写您的评分表(已评 0/32 项)。" in words(at)
        assert "您的评分表还没有提交;提交后才能看到本轮其他评分表。" in words(at)
        sheet = score(WANG, {})
        at.run()
        assert "下一步:提交您的评分表;提交后才能看到他人的得分。" in words(at)
        at.button(key=f"submit_{sheet.replace('/', '_')}").click().run()
        assert "下一步:到“逐项评议”汇总各人得分。" in words(at)
        assert "提交" not in labels(at)

    def test_an_empty_sheet_cannot_be_submitted_and_says_why(self) -> None:
        sheet = panel.my_sheet(ctx(WANG), PROJECT, "r1").id
        at = app("panel")
        at.button(key=f"submit_{sheet.replace('/', '_')}").click().run()
        assert "本表一项都还没有评,不能提交。" in words(at)

    def test_a_refused_lock_names_every_reason(self, met: None) -> None:
        at = app("panel", actor=CHEN)
        at.button(key="lock").click().run()
        said = words(at)
        problems = panel.lock_problems(ctx(CHEN), PROJECT, "r1")
        assert len(problems) > 5
        assert f"还不能锁定,有{len(problems)}处未解决。" in said
        assert "C12 阶段改造完成率" in said

    def test_flags_answered_the_round_locks_and_another_person_opens_it(self, met: None) -> None:
        card = scoring.scorecard(ctx(CHEN), PROJECT, "r1/panel")
        panel.answer_flags(ctx(CHEN), PROJECT, "r1/panel", [(f.code, f.kind) for f in card.flags], "现场已核实")
        at = app("panel", actor=CHEN)
        at.button(key="lock").click().run()
        assert "本轮已由陈主任锁定" in words(at)
        assert "锁定本轮" not in labels(at)
        assert [e.value for e in at.error] == []
        for page, part in (("scorecard", None), ("history", "items")):
            assert app(page, part, CHEN).selectbox(key="choose_sheet").value == "r1/panel"

    def test_a_submitted_sheet_is_given_back_by_others_only(self, met: None) -> None:
        wang = panel.my_sheet(ctx(WANG), PROJECT, "r1").id
        li = panel.my_sheet(ctx(LI), PROJECT, "r1").id
        assert returns(app("panel", actor=WANG)) == [li]
        assert returns(app("panel", actor=CHEN)) == [wang, li]

    def test_a_foreign_name_is_text(self) -> None:
        bad = Actor("browser-of-bad", "![x](http://a.example)")
        panel.submit(ctx(bad), PROJECT, score(bad, {}))
        assert "\\!\\[x\\]" in "".join(m.value for m in app("panel").markdown)


class TestMeeting:
    def test_the_sheet_of_a_draft_hides_the_meeting(self) -> None:
        panel.my_sheet(ctx(WANG), PROJECT, "r1")
        at = app("panel", "items")
        assert "您的评分表还没有提交;提交后才能看到本轮其他评分表。" in words(at)

    def test_taking_the_rule_over(self) -> None:
        for actor, lost in ((WANG, {}), (LI, {"C12": "2"})):
            panel.submit(ctx(actor), PROJECT, score(actor, lost))
        at = app("panel", "items", CHEN)
        at.button(key="take").click().run()
        assert not at.exception
        # 100 - 2, mean of 6.00 and 4.00: 99.00
        assert scoring.scorecard(ctx(CHEN), PROJECT, "r1/panel").tally.total == Decimal("99.00")

    def test_analysis_says_whether_the_grade_hangs_on_one(self, met: None) -> None:
        said = words(app("panel", "analysis", CHEN))
        assert "不计王工,为98.00分,等级仍为优。" in said
        assert "不计李工,为100.00分,等级仍为优。" in said

    def test_flags_stand_by_kind(self, met: None) -> None:
        said = words(app("panel", "flags", CHEN))
        assert "得满分,与数据不符" in said
        assert "C11 改造小区开工率得满分" in said

    def test_a_comment_and_its_answer(self, met: None) -> None:
        panel.comment(ctx(LI), PROJECT, "r1", "C12", "已完工18个小区")
        panel.reply(ctx(CHEN), PROJECT, "r1", "C12", "部分采纳", "以验收单为准")
        said = words(app("panel", "comments", CHEN))
        assert "李工 意见:已完工18个小区" in said
        assert "陈主任 答复:部分采纳。以验收单为准" in said

    def test_evidence_is_handed_out_as_a_file_only(self, met: None) -> None:
        panel.add_evidence(ctx(CHEN), PROJECT, "r1/panel", "C12", "正式资料", "形象进度.pdf", b"%PDF-1.4\n%%EOF\n")
        at = app("panel", "dossier", CHEN)
        assert "C12 · 正式资料 · 形象进度.pdf" in words(at)
        assert [b.proto.label for b in at.get("download_button")] == ["下载资料清单", "下载"]
        assert not at.get("imgs")


class TestHistory:
    def test_an_item_tells_its_story_and_undo_says_what_it_does(self, met: None) -> None:
        at = app("history", "items", CHEN, sheet="r1/panel")
        at.selectbox(key="history_item").select("C12").run()
        assert "陈主任" in words(at)
        assert "恢复为未评" in words(at)
        at.button(key="undo").click().run()
        assert "C12" not in {
            i.indicator.code for i in scoring.scorecard(ctx(CHEN), PROJECT, "r1/panel").items if i.points is not None
        }

    def test_a_hidden_sheet_in_the_address_says_why(self, met: None) -> None:
        hidden = score(CHEN, {})
        said = words(app("history", "items", WANG, sheet=hidden))
        assert "陈主任的评分表还没有提交,提交前其他人看不到。" in said

    def test_replay_stops_at_each_moment(self, met: None) -> None:
        at = app("history", "replay", CHEN, sheet="r1/panel")
        stops = history.moments(ctx(CHEN), PROJECT, "r1/panel")
        assert at.metric[0].value == "99.00"
        at.select_slider(key=f"replay_at_{len(stops)}").set_value(1).run()
        assert [m.value for m in at.metric][:2] == ["2.00", "—"]

    def test_two_sheets_side_by_side(self, met: None) -> None:
        at = app("history", "compare", CHEN, sheet="r1/panel")
        at.segmented_control(key="compare_kind").set_value("sheets").run()
        assert "合计:99.00 与 93.00" in words(at)

    def test_minutes_are_drafted_and_each_save_is_a_version(self, met: None) -> None:
        at = app("history", "minutes", CHEN)
        assert "尚未保存" in words(at)
        assert "陈主任按平均分汇总评价人的评分" in at.text_area[0].value
        at.text_area[0].set_value("纪要定稿").run()
        at.button(key="minutes_r1_save").click().run()
        assert "第1版,陈主任于" in words(at)
        found = minutes.minutes(ctx(CHEN), PROJECT, "r1")
        assert found is not None
        assert found.text == "纪要定稿"

    def test_verify_says_that_nothing_was_altered(self, met: None) -> None:
        at = app("history", "verify", CHEN)
        at.button(key="verify").click().run()
        assert "没有发现改动" in words(at)


class TestOffers:
    def test_what_stood_in_the_fields_is_read(self) -> None:
        assert offer.content({"tick0": "yes", "tick1": "no", "tick2": ""}) == {"ticks": [True, False, None]}
        assert offer.content({"tick0": "", "tick1": ""}) == {}
        assert offer.content({"answer0": "10", "answer1": "", "figure:satisfaction_pct": ""}) == {"answers": [10, 0]}
        assert offer.content({"faults": "2", "veto": "yes"}) == {"faults": 2, "veto": True}
        assert offer.content({"figure:overrun": "3.5", "level": "高"}) == {"figures": {"overrun": "3.5"}, "level": "高"}

    def test_the_checklist_is_named_by_its_rule(self) -> None:
        found = offer.offers(ctx(WANG), scoring.scorecard(ctx(WANG), PROJECT, "r1/working"))
        assert [field["label"] for field in found["A11"]["form"]][:2] == ["1. 符合法规政策", "2. 符合行业规划"]
        assert found["B11"]["label"] == "1.60 / 2.00 / 3.00"
        assert found["C32"]["points"] == "5.21"


def test_no_cell_of_a_csv_is_a_formula() -> None:
    assert as_csv(["名称"], [["=1+1"], ["正常"]]).decode("utf-8-sig") == "名称\r\n'=1+1\r\n正常\r\n"
