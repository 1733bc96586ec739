"""专家评议 and 过程记录 from app.py: each part in each state, both languages, who may see what, empty."""

from __future__ import annotations

import re
import secrets
from decimal import Decimal
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from core.model.context import Actor, Context
from core.model.rights import Role, everywhere
from core.service.base import identity
from core.service.scoring import (
    history,
    item_records,
    meeting,
    minutes,
    opening,
    scorecards,
    steps,
    taking_over,
)
from pages.scoring import offer
from pages.scoring.meeting import items
from pages.shared.download import as_csv
from tests.conftest import StartFrom
from tests.core.small_files import picture
from tests.pages.opening import key, opened

ROOT = Path(__file__).resolve().parents[2]
PROJECT = "lingang-2023"
PANEL_PARTS = ("sheets", "items", "flags", "comments", "survey", "dossier", "analysis")
HISTORY_PARTS = ("items", "replay", "compare", "timeline", "minutes", "verify")
WANG, LI, CHEN, SUN = (
    Actor(f"browser-of-{name}", label)
    for name, label in (("wang", "王工"), ("li", "李工"), ("chen", "陈主任"), ("sun", "孙工"))
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


def rows_of(at: AppTest) -> list[list[str]]:
    """The cells of the first table, without Markdown's backslashes."""
    return [[str(cell).replace("\\", "") for cell in row] for row in at.table[0].value.to_numpy().tolist()]


def form_button(at: AppTest, label: str) -> Button:
    """A button that sends a form."""
    return next(button for button in at.button if button.label == label)


def labels(at: AppTest) -> list[str]:
    return [button.label for button in at.button]


def returns(at: AppTest) -> list[str]:
    """The sheets beside which 退回 is offered."""
    keys = (field.key or "" for field in at.text_input)
    return [name.removeprefix(key("return", "")).removesuffix("_text") for name in keys if name.startswith("return/")]


def score(actor: Actor, lost: dict[str, str], reason: str = "工程尚未完工", round_id: str = "r1") -> str:
    """A whole sheet of the actor's own: full marks but for what is lost."""
    sheet = opening.my_sheet(ctx(actor), PROJECT, round_id)
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
    scorecards.save(ctx(actor), PROJECT, sheet.id, edits)
    return sheet.id


def meet() -> None:
    """Two have scored and submitted, and differ on C12 (6): 6.00 and 4.00; the chief has taken the mean over."""
    for actor, lost in ((WANG, {}), (LI, {"C12": "2"})):
        steps.submit(ctx(actor), PROJECT, score(actor, lost))
    taking_over.take_over(ctx(CHEN), PROJECT, "r1")


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


class TestResultsBeside:
    def test_each_rule_is_a_column_and_what_differs_is_bold(self, met: None) -> None:
        # C12 (6): 6.00 and 4.00 by each rule 5.00; the chief puts 3.00: 100 - 3 = 97.00.
        hand = {"edit_id": secrets.token_hex(16), "code": "C12", "base": 1, "points": "3.00", "status": "confirmed",
                "reason": "议定"}  # fmt: skip
        scorecards.save(ctx(CHEN), PROJECT, "r1/panel", [hand])
        at = app("panel", "analysis", CHEN)
        shown = at.table[0].value
        assert [each.replace("\\", "") for each in shown.columns] == [
            "编号", "指标", "平均分（本轮）", "中位数", "去掉最高最低后的平均分", "主评人定",
        ]  # fmt: skip
        rows = {row[0] or row[1]: row[2:] for row in rows_of(at)}
        assert rows["C12"] == ["5.00", "5.00", "5.00", "**3.00**"]
        assert rows["总分"] == ["99.00", "99.00", "99.00", "97.00"]
        assert rows["等级"] == ["优"] * 4


class TestOwnScores:
    def test_self_assessment_stands_beside_the_review_the_largest_gap_first(self, met: None) -> None:
        assert "与自评的分差" not in [each.value for each in app("panel", "analysis", CHEN).header]
        opening.open_round(ctx(WANG), PROJECT, "自评", "self", "chief")
        steps.submit(ctx(SUN), PROJECT, score(SUN, {"D11": "3"}, round_id="r2"))
        at = app("panel", "analysis", CHEN, round="r1")
        assert "与自评的分差" in [each.value for each in at.header]
        # D11 (5): the review 5, the unit 2; C12 (6): the panel's mean of 6 and 4 is 5, the unit 6
        assert "有2项不同，评审减自评：D11 +3.00、C12 −1.00。" in words(at)
        shown = at.dataframe[0].value
        assert [list(row)[0::2] for row in shown.head(3).itertuples(index=False)] == [
            ["D11", 2, 3], ["C12", 6, -1], ["A11", 2, 0],
        ]  # fmt: skip
        assert list(shown.columns) == ["编号", "指标", "自评", "评审", "分差（评审减自评）"]
        found = meeting.meeting(ctx(CHEN), PROJECT, "r1")
        # 99 points, 9 above 优's floor: 4 in place of 5 costs 1 of 9.01
        assert [items._agenda(row, found.own)["sentence"] for row in found.agenda] == [
            "占等级余量11% · 最低4.00（李工），最高6.00（王工） · 自评6.00，分差−1.00"
        ]

    def test_of_two_the_one_to_compare_with_is_chosen(self, met: None) -> None:
        opening.open_round(ctx(WANG), PROJECT, "自评", "self", "chief")
        for actor in (SUN, LI):
            steps.submit(ctx(actor), PROJECT, score(actor, {}, round_id="r2"))
        at = app("panel", "analysis", CHEN, round="r1")
        (box,) = [each for each in at.selectbox if each.label == "自评表"]
        assert box.options == ["自评 · 孙工的评分表", "自评 · 李工的评分表"]


class TestSheets:
    def test_who_has_no_name_is_asked_for_it_first(self) -> None:
        at = app("panel", actor=None)
        assert "下一步：填写您的姓名" in words(at)
        assert "start_mine" not in {each.key for each in at.button}

    def test_nothing_shows_before_the_browser_has_said_who_it_is(self) -> None:
        st.cache_resource.clear()
        at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).switch_page("pages/scoring/panel.py").run()
        assert "初评工作表" not in words(at)

    def test_from_the_first_step_to_submitting(self) -> None:
        at = app("panel")
        at.button(key="start_mine").click().run()
        assert "下一步：填写您的评分表（已评0/32项）" in words(at)
        assert "您的评分表还没有提交；提交后才能看到本轮其他评分表。" in words(at)
        sheet = score(WANG, {})
        at.run()
        assert "下一步：提交您的评分表；提交后才能看到他人的得分" in words(at)
        at.button(key=f"submit_{sheet.replace('/', '_')}").click().run()
        assert "下一步：到“逐项评议”汇总各人得分" in words(at)
        assert "提交" not in labels(at)

    def test_an_empty_sheet_cannot_be_submitted_and_says_why(self) -> None:
        sheet = opening.my_sheet(ctx(WANG), PROJECT, "r1").id
        at = app("panel")
        at.button(key=f"submit_{sheet.replace('/', '_')}").click().run()
        assert "本表一项都还没有评，不能提交。" in words(at)

    def test_a_refused_lock_names_every_reason(self, met: None) -> None:
        at = app("panel", actor=CHEN)
        at.button(key="lock").click().run()
        said = words(at)
        problems = steps.lock_problems(ctx(CHEN), PROJECT, "r1")
        assert len(problems) > 5
        assert f"还不能锁定，有{len(problems)}处未解决。" in said
        assert "C12 阶段改造完成率" in said

    def test_flags_answered_the_round_locks_and_another_person_opens_it(self, met: None) -> None:
        card = scorecards.scorecard(ctx(CHEN), PROJECT, "r1/panel")
        item_records.answer_flags(ctx(CHEN), PROJECT, "r1/panel", [(f.code, f.kind) for f in card.flags], "现场已核实")
        at = app("panel", actor=CHEN)
        at.button(key="lock").click().run()
        assert "本轮已由陈主任锁定" in words(at)
        assert "锁定本轮" not in labels(at)
        assert [e.value for e in at.error] == []
        for page, part in (("scorecard", None), ("history", "items")):
            assert app(page, part, CHEN).selectbox(key="choose_sheet").value == "r1/panel"

    def test_a_submitted_sheet_is_given_back_by_others_only(self, met: None) -> None:
        wang = opening.my_sheet(ctx(WANG), PROJECT, "r1").id
        li = opening.my_sheet(ctx(LI), PROJECT, "r1").id
        assert returns(app("panel", actor=WANG)) == [li]
        assert returns(app("panel", actor=CHEN)) == [wang, li]

    def test_a_foreign_name_is_text(self) -> None:
        bad = Actor("browser-of-bad", "![x](http://a.example)")
        steps.submit(ctx(bad), PROJECT, score(bad, {}))
        assert "\\!\\[x\\]" in "".join(m.value for m in app("panel").markdown)


class TestMeeting:
    def test_the_sheet_of_a_draft_hides_the_meeting(self) -> None:
        opening.my_sheet(ctx(WANG), PROJECT, "r1")
        at = app("panel", "items")
        assert "您的评分表还没有提交；提交后才能看到本轮其他评分表。" in words(at)

    def test_taking_the_rule_over(self) -> None:
        for actor, lost in ((WANG, {}), (LI, {"C12": "2"})):
            steps.submit(ctx(actor), PROJECT, score(actor, lost))
        at = app("panel", "items", CHEN)
        assert "汇总到评审组评分表" not in labels(at)  # No wrong number, D26: asked first, as for the board
        at.button(key="look_on").click().run()
        at.button(key="take").click().run()
        assert not at.exception
        assert "已汇总到评审组评分表：写入32项。" in words(at)
        at.button(key="take").click().run()  # No wrong number, D31
        assert "与现有得分一致，没有改动。" in words(at)
        # 100 - 2, mean of 6.00 and 4.00: 99.00
        assert scorecards.scorecard(ctx(CHEN), PROJECT, "r1/panel").tally.total == Decimal("99.00")

    def test_analysis_says_whether_the_grade_hangs_on_one(self, met: None) -> None:
        said = words(app("panel", "analysis", CHEN))
        assert "不计王工，为98.00分，等级仍为优。" in said
        assert "不计李工，为100.00分，等级仍为优。" in said

    def test_flags_stand_by_kind(self, met: None) -> None:
        said = words(app("panel", "flags", CHEN))
        assert "得满分，与数据不符" in said
        assert "C11 改造小区开工率得满分" in said

    def test_a_comment_and_its_answer(self, met: None) -> None:
        item_records.comment(ctx(LI), PROJECT, "r1", "C12", "已完工18个小区", "申港街道")
        item_records.reply(ctx(CHEN), PROJECT, "r1", "C12", "部分采纳", "以验收单为准")
        said = words(app("panel", "comments", CHEN))
        assert "申港街道的意见（李工登记）：已完工18个小区" in said
        assert "陈主任答复：部分采纳。以验收单为准" in said

    def test_the_unit_of_a_comment_is_asked_for_once(self, met: None) -> None:
        at = app("panel", "comments", CHEN)
        unit, text = key("comment_unit", "r1"), key("comment_text", "r1")
        at.text_area(key=text).set_value("批复已补")
        form_button(at, "保存意见").click().run()
        assert "请写明这是哪个单位的意见。" in words(at)
        assert at.text_area(key=text).value == "批复已补", "what was refused is not lost"
        at.text_input(key=unit).set_value("申港街道")
        form_button(at, "保存意见").click().run()
        assert re.search(r"申港街道的意见（陈主任登记）：批复已补", words(at))
        assert at.text_area(key=text).value == ""
        for again in (at, app("panel", "comments", LI)):
            assert again.text_input(key=unit).value == "申港街道"

    def test_a_comment_is_of_the_item_that_is_chosen_as_it_is_sent(self, met: None) -> None:
        """The page has not been made again since the choice: whoever types fast sends both at once."""
        at = app("panel", "comments", CHEN)
        at.selectbox(key=key("comment_code", "r1")).set_value("C12")
        at.text_area(key=key("comment_text", "r1")).set_value("已完工18个小区")
        at.text_input(key=key("comment_unit", "r1")).set_value("申港街道")
        form_button(at, "保存意见").click().run()
        assert [each.code for each in item_records.comments(ctx(CHEN), PROJECT, "r1")] == ["C12"]

    def test_evidence_ticks_off_the_list_and_is_struck_out_once_withdrawn(self, met: None) -> None:
        panel, pdf = "r1/panel", "形象进度.pdf"
        file = item_records.add_evidence(ctx(CHEN), PROJECT, panel, ("C12", "A11"), "正式资料", pdf, b"%PDF-1.4\n%%EOF")
        item_records.withdraw_evidence(ctx(CHEN), PROJECT, panel, file.id, ["C12"], "未*盖章*")
        at = app("panel", "dossier", CHEN)
        assert "A11 · 正式资料 · 形象进度.pdf" in words(at)
        assert "C12：已由陈主任于" in words(at)
        assert "撤回，理由：未*盖章*" in words(at)
        listed = {row[0]: row[4] for row in rows_of(at)}
        assert (listed["A11"], listed["A12"]) == ("✓ 形象进度.pdf", "—")
        assert [b.proto.label for b in at.get("download_button")] == ["下载资料清单", "下载"]
        assert not at.get("image")
        item_records.withdraw_evidence(ctx(CHEN), PROJECT, panel, file.id, ["A11"], "误传")
        at = app("panel", "dossier", CHEN)
        assert "~~A11 C12 · 正式资料 · 形象进度.pdf" in words(at)
        assert {row[4] for row in rows_of(at)} == {"—"}
        struck = [line for line in words(app("history", "timeline", CHEN)).splitlines() if line.startswith("- ~~")]
        assert len(struck) == 2
        assert all("存入佐证《形象进度.pdf》" in line for line in struck)

    def test_a_picture_is_shown_small_and_opened_where_the_server_in_front_answers(
        self, met: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        item_records.add_evidence(ctx(CHEN), PROJECT, "r1/panel", "C12", "正式资料", "现场.png", picture())
        at = app("panel", "dossier", CHEN)
        assert len(at.get("image")) == 1
        assert not at.get("link_button")
        monkeypatch.setattr(identity, "guarded", True)
        at = app("panel", "dossier", CHEN)
        (button,) = at.get("link_button")
        assert re.fullmatch(r"\./opened/[0-9a-f]{64}", button.proto.url)

    def test_linking_and_withdrawing_in_the_page(self, met: None) -> None:
        file = item_records.add_evidence(ctx(CHEN), PROJECT, "r1/panel", "C12", "正式资料", "a.pdf", b"%PDF-1.4")
        at = app("panel", "dossier", CHEN)
        at.multiselect(key=key("link", file.id)).set_value(["A11", "A12"])
        form_button(at, "关联").click().run()
        assert not at.exception
        assert "C12 A11 A12 · 正式资料 · a.pdf" in words(at)
        form_button(at, "撤回佐证").click().run()
        assert "请写明撤回的理由。" in words(at)
        at.multiselect(key=key("withdraw", file.id)).set_value(["A11"])
        at.text_input(key=key("withdraw_reason", file.id)).set_value("误传")
        form_button(at, "撤回佐证").click().run()
        assert "C12 A12 · 正式资料 · a.pdf" in words(at)
        assert "A11：已由陈主任于" in words(at)


class TestStepsAreAsked:
    """No wrong number, D26 and D31: what a click asks, refuses and takes back, on the page."""

    def submitted(self, *actors: Actor) -> list[str]:
        sheets = [score(actor, {}) for actor in actors]
        for actor, sheet in zip(actors, sheets, strict=True):
            steps.submit(ctx(actor), PROJECT, sheet)
        return sheets

    def test_taking_over_again_shows_the_changes_and_waits_for_an_answer(self, met: None) -> None:
        sheet = scorecards.scorecard(ctx(CHEN), PROJECT, "r1/panel")
        (c12,) = [i.event for i in sheet.items if i.indicator.code == "C12" and i.event]
        edits = [
            {
                "edit_id": secrets.token_hex(16), "code": "C12", "base": c12.revision, "points": "3.00",
                "status": "confirmed", "reason": "议定",
            }
        ]  # fmt: skip
        scorecards.save(ctx(CHEN), PROJECT, "r1/panel", edits)
        at = app("panel", "items", CHEN)
        found = meeting.meeting(ctx(CHEN), PROJECT, "r1")
        assert str(found.changed) == "评审组改动1项（C12 −2.00）。"  # No wrong number, B7: 3.00, by the rule 5.00
        assert "评审组改动1项（C12 −2.00）。" in minutes.draft_minutes(ctx(CHEN), PROJECT, "r1")
        for answer, replace, total in (("no", False, "97.00"), ("no", True, "97.00"), ("yes", True, "99.00")):
            at.button(key="take").click().run()
            assert "手工确定的1项与汇总结果不同" in words(at)
            told = rows_of(at)
            assert [[*row[:3], *row[4:]] for row in told] == [
                ["C12", "阶段改造完成率", "3.00分", "5.00分", "保留（手工确定）"]
            ]
            assert told[0][3].startswith("陈主任 ")
            assert "按此汇总" not in labels(at), "what was decided by hand stays: there is nothing to write"
            if replace:
                at.checkbox(key=key("take_decided", "r1")).check().run()
                assert rows_of(at)[0][-1] == "改动"
            assert scorecards.scorecard(ctx(CHEN), PROJECT, "r1/panel").tally.total == Decimal("97.00")
            at.button(key=f"take_{answer}").click().run()
            assert "手工确定的" not in words(at)
            assert scorecards.scorecard(ctx(CHEN), PROJECT, "r1/panel").tally.total == Decimal(total)

    def test_what_an_earlier_result_has_filled_is_shown_old_and_new(self, met: None) -> None:
        # 王工 6.00 and 李工 4.00 on C12 made 5.00; 孙工 gives 2.00: (6 + 4 + 2) / 3 = 4.00. A11 is decided by hand.
        steps.submit(ctx(SUN), PROJECT, score(SUN, {"C12": "4"}))
        hand = {"edit_id": secrets.token_hex(16), "code": "A11", "base": 1, "points": "1.50", "status": "confirmed",
                "reason": "议定"}  # fmt: skip
        scorecards.save(ctx(CHEN), PROJECT, "r1/panel", [hand])
        at = app("panel", "items", CHEN)
        at.button(key="take").click().run()
        assert "汇总将作如下改动：改动1项、手工确定的1项与汇总结果不同。" in words(at)
        assert [[row[0], row[2], row[4], row[5]] for row in rows_of(at)] == [
            ["A11", "1.50分", "2.00分", "保留（手工确定）"],
            ["C12", "5.00分", "4.00分", "改动"],
        ]
        at.button(key="take_yes").click().run()
        assert "已汇总到评审组评分表：写入1项。" in words(at)
        # 100 - 2 (C12) - 0.50 (A11)
        assert scorecards.scorecard(ctx(CHEN), PROJECT, "r1/panel").tally.total == Decimal("97.50")

    @pytest.mark.parametrize(
        ("lost", "listed"),
        [({"C12": "2"}, ["C12 阶段改造完成率"]), ({"C12": "2", "A11": "1"}, ["A11", "C12 阶段改造完成率"])],
    )
    def test_each_missing_reason_is_listed_also_a_single_one(self, lost: dict[str, str], listed: list[str]) -> None:
        sheet = score(WANG, lost, reason="")
        at = app("panel")
        at.button(key=f"submit_{sheet.replace('/', '_')}").click().run()
        assert f"有{len(lost)}项扣分未写原因，未提交。" in words(at)
        for each in listed:
            assert f"- {each}" in words(at)

    def test_submitting_with_blank_items_asks_and_a_submitted_sheet_is_taken_back(self) -> None:
        sheet = opening.my_sheet(ctx(WANG), PROJECT, "r1")
        edits = [
            {
                "edit_id": secrets.token_hex(16), "code": item.code, "base": 0, "points": f"{item.weight:.2f}",
                "status": "confirmed", "reason": "",
            }
            for item in sheet.scheme.indicators[2:]
        ]  # fmt: skip
        scorecards.save(ctx(WANG), PROJECT, sheet.id, edits)
        key = sheet.id.replace("/", "_")
        at = app("panel")
        assert "退出评分" not in labels(at)
        at.button(key=f"submit_{key}").click().run()
        assert "还有2项未评，提交后不能再填。确定提交吗？" in words(at)
        assert "提交" in labels(at)
        at.button(key="question_yes").click().run()
        assert "提交" not in labels(at)
        at.button(key=f"withdraw_{key}").click().run()
        assert "提交" in labels(at)
        assert "撤回提交" not in labels(at)

    def test_a_refusal_stays_until_it_is_read(self) -> None:
        sheet = opening.my_sheet(ctx(WANG), PROJECT, "r1").id
        at = app("panel")
        for _ in range(2):
            at.button(key=f"submit_{sheet.replace('/', '_')}").click().run()
            at.run()
            assert [e.value for e in at.error] == ["本表一项都还没有评，不能提交。不参加评分的，请申请回避。"], "once"
        at.switch_page("pages/progress/budget.py").run()
        assert len(at.error) == 1, "on another page, too"
        at.button(key="read_0").click().run()
        assert not at.error
        at.run()
        assert not at.error

    def test_an_empty_sheet_is_left_by_a_click(self) -> None:
        sheet = opening.my_sheet(ctx(CHEN), PROJECT, "r1").id
        at = app("panel", actor=CHEN)
        at.button(key=f"leave_{sheet.replace('/', '_')}").click().run()
        assert "开始我的评分表" in labels(at)
        assert "陈主任的评分表" not in words(at)

    def test_the_reason_of_a_return_stands_where_the_sheet_is(self) -> None:
        first, second = self.submitted(WANG, LI)
        steps.return_sheet(ctx(CHEN), PROJECT, first, "C12请补依据")
        steps.return_sheet(ctx(CHEN), PROJECT, second, "D41请复核")
        said = [w.value.replace("\\", "") for w in app("panel").warning]
        assert [("C12请补依据" in each, "D41请复核" in each) for each in said] == [(True, False), (False, True)]

    def test_who_could_still_score_is_asked_before_the_others_scores_are_shown(self) -> None:
        self.submitted(WANG, LI)
        for part in ("items", "analysis"):
            at = app("panel", part, SUN)
            assert "这里有评价人的得分。您还没有评分表" in words(at)
            assert "王工" not in words(at)
        assert opening.my_sheet(ctx(SUN), PROJECT, "r1"), "looking at the question is not looking at the scores"
        at = app("panel", "analysis", CHEN)
        at.button(key="look_on").click().run()
        assert "不计王工" in words(at)
        at = app("panel", actor=CHEN)
        # No wrong number, D26: said before it is tried
        assert "您已看过本轮他人的得分，不能再独立评分" in words(at)
        assert "开始我的评分表" not in labels(at)
        assert "申请评分" in labels(at)
        at.button(key="start_mine").click().run()
        assert "您已看过本轮他人的得分，不能再独立评分" in words(at)
        assert "评分申请" not in "".join(labels(at)), "one's own is another's to answer"
        at = app("panel", actor=WANG)
        at.text_input(key=f"admit_{CHEN.id}_text").set_value("评审组商定")
        next(button for button in at.button if button.label == "同意").click().run()
        assert [e.value for e in at.error] == []
        assert opening.my_sheet(ctx(CHEN), PROJECT, "r1").name == "陈主任的评分表"

    @pytest.mark.parametrize("page", ["scorecard", "history"])
    def test_an_expert_who_has_not_begun_is_told_where_to(self, page: str) -> None:
        expert = Actor("browser-of-expert", "周工", everywhere(Role.EVALUATOR))
        assert "请先到“专家评议”开始您的评分表" in words(app(page, actor=expert))

    def test_only_who_may_is_offered_the_import(self) -> None:
        for role, offered in ((Role.CHIEF, True), (Role.LEADER, False), (Role.CLERK, False)):
            at = app("scorecard", actor=Actor(f"browser-of-{role}", "某人", everywhere(role)))
            assert bool([f for f in at.file_uploader if "scorecard_file" in (f.key or "")]) is offered, role


class TestHistory:
    def test_an_item_tells_its_story_and_undo_says_what_it_does(self, met: None) -> None:
        at = app("history", "items", CHEN, sheet="r1/panel")
        at.selectbox(key="history_item").select("C12").run()
        assert "陈主任" in words(at)
        assert "恢复为未评" in words(at)
        at.button(key="undo").click().run()
        assert "C12" not in {
            i.indicator.code for i in scorecards.scorecard(ctx(CHEN), PROJECT, "r1/panel").items if i.points is not None
        }

    def test_any_earlier_value_is_brought_back_and_nobody_else_changed_it_meanwhile(self, met: None) -> None:
        def now() -> Decimal | None:
            items = scorecards.scorecard(ctx(CHEN), PROJECT, "r1/panel").items
            return next(item.points for item in items if item.indicator.code == "C12")

        first = now()
        for base, points in ((1, "2.00"), (2, "1.00")):
            edit = {"edit_id": secrets.token_hex(16), "code": "C12", "base": base, "points": points,
                    "status": "confirmed", "reason": "复核"}  # fmt: skip
            scorecards.save(ctx(CHEN), PROJECT, "r1/panel", [edit])
        at = app("history", "items", CHEN, sheet="r1/panel")
        at.selectbox(key="history_item").select("C12").run()
        assert at.button(key="restore_newest").disabled
        at.button(key="restore_1").click().run()
        assert now() == first
        stale = app("history", "items", CHEN, sheet="r1/panel")
        stale.selectbox(key="history_item").select("C12").run()
        history.restore(ctx(CHEN), PROJECT, "r1/panel", "C12", revision=2)
        stale.button(key="restore_3").click().run()
        assert "又改了C12，没有改动" in stale.warning[0].value
        assert now() == Decimal("2.00")

    def test_a_hidden_sheet_in_the_address_says_why(self, met: None) -> None:
        hidden = score(SUN, {})  # 陈主任 has seen the others' scores and starts none
        said = words(app("history", "items", WANG, sheet=hidden))
        assert "孙工的评分表还没有提交，提交前其他人看不到。" in said

    def test_replay_stops_at_each_moment(self, met: None) -> None:
        at = app("history", "replay", CHEN, sheet="r1/panel")
        stops = history.moments(ctx(CHEN), PROJECT, "r1/panel")
        assert at.metric[0].value == "99.00"
        at.select_slider(key=key(f"replay_at_{len(stops)}", "r1/panel")).set_value(1).run()
        assert [m.value for m in at.metric][:2] == ["2.00", "—"]

    def test_two_moments_within_a_minute_are_told_apart(self, met: None) -> None:
        at = app("history", "compare", CHEN, sheet="r1/panel")
        count = len(history.moments(ctx(CHEN), PROJECT, "r1/panel"))
        first, last = list(at.dataframe[0].value.columns)[2:4]
        assert first.startswith(f"1/{count} · ")
        assert last.startswith(f"{count}/{count} · ")

    def test_two_sheets_side_by_side(self, met: None) -> None:
        at = app("history", "compare", CHEN, sheet="r1/panel")
        at.segmented_control(key="compare_kind").set_value("sheets").run()
        assert "合计：99.00与93.00" in words(at)

    def test_minutes_are_drafted_and_each_save_is_a_version(self, met: None) -> None:
        at = app("history", "minutes", CHEN)
        assert "尚未保存" in words(at)
        assert "陈主任按平均分汇总评价人的评分" in at.text_area[0].value
        at.text_area[0].set_value("纪要定稿").run()
        at.button(key="minutes_r1_save").click().run()
        assert "第1版，陈主任于" in words(at)
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
        found = offer.offers(ctx(WANG), scorecards.scorecard(ctx(WANG), PROJECT, "r1/working"))
        assert [field["label"] for field in found["A11"]["form"]][:2] == ["1. 符合法规政策", "2. 符合行业规划"]
        assert found["B11"]["label"] == "1.60 / 2.00 / 3.00"
        assert found["C32"]["points"] == "5.21"


def test_no_cell_of_a_csv_is_a_formula() -> None:
    assert as_csv(["名称"], [["=1+1"], ["正常"]]).decode("utf-8-sig") == "名称\r\n'=1+1\r\n正常\r\n"


class TestProgress:
    def shown(self, at: AppTest) -> list[list[str]]:
        """Rows of the table of evaluators, but for the time of the last change."""
        return [[str(cell).replace("\\", "") for cell in row[:-1]] for row in at.table[0].value.values.tolist()]

    def assign(self, at: AppTest, person: Actor, before: tuple[str, ...], chosen: list[str]) -> None:
        at.selectbox(key=key("assign_person", "r1")).select(person.id).run()
        at.multiselect(key=key(f"assign_{person.id}_{'_'.join(before)}", "r1")).set_value(chosen)
        next(button for button in at.button if button.label == "保存分工").click().run()

    def test_the_chief_gives_out_groups_and_items(self) -> None:
        for actor in (WANG, LI):
            opening.my_sheet(ctx(actor), PROJECT, "r1")
        at = app("panel", actor=CHEN)
        assert self.shown(at) == [
            ["王工", "全部指标", "0/32项", "0", "草稿", "—"], ["李工", "全部指标", "0/32项", "0", "草稿", "—"],
        ]  # fmt: skip
        self.assign(at, LI, (), ["决策", "C12"])
        assert self.shown(at)[1] == ["李工", "决策、C12（8项）", "0/8项", "0", "草稿", "—"]
        assert "B11、B12、B13、B14、B21、B22等24项只有1人评，少于每项2人。" in words(at)
        self.assign(at, LI, ("决策", "C12"), [])
        assert self.shown(at)[1][1] == "全部指标"
        assert "少于每项2人" not in words(at)

    def test_what_is_missing_is_said_in_texts_to_copy(self) -> None:
        opening.my_sheet(ctx(LI), PROJECT, "r1")
        (reminder,) = app("panel", actor=CHEN).code
        assert reminder.value == ("李工，您好：“初评”共有32项待您评分，目前还没有开始，请抽空填写并提交评分表。谢谢！")
        assert not app("panel", actor=LI).code, "nobody reminds themselves"

    def test_the_stages_say_what_is_missing(self, met: None) -> None:
        open_flags = len(scorecards.scorecard(ctx(CHEN), PROJECT, "r1/panel").open_flags)
        at = app("panel", actor=CHEN)
        said = words(at)
        assert [name in said for name in ("1 分评", "2 汇总", "**3 提示**", "4 征求意见", "5 锁定")] == [True] * 5
        assert f"{open_flags}条未答复" in said
        # C12 (6): 6 and 4; a mean of 5 and 1 off it of 100 full marks each
        assert [row[5] for row in self.shown(at)] == ["+1.00分（1.0%）", "−1.00分（1.0%）"]

    def test_who_scores_alone_is_told_nothing_of_the_others_points(self, met: None) -> None:
        opening.open_round(ctx(CHEN), PROJECT, "终评", "final", "mean")
        opening.my_sheet(ctx(LI), PROJECT, "r2")
        sheet = score(WANG, {"C12": "2"}, round_id="r2")
        steps.submit(ctx(WANG), PROJECT, sheet)
        at = app("panel", actor=LI, round="r2")
        assert {row[0]: row[3:] for row in self.shown(at)} == {
            "李工": ["0", "草稿", "—"], "王工": ["—", "已提交", "—"],
        }  # fmt: skip
        assert "独立评分期间不显示" in words(at)
