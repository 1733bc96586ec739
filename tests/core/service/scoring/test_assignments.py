"""分工 on a real store: three experts, one with three of 32 items; what is refused, shown, written down, and undone."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest

from core.errors import NotAllowed, Question, UnknownName
from core.model.context import Actor, Context
from core.model.paper import PaperChoice
from core.model.rights import Role, everywhere
from core.scoring import Refused, Saved
from core.service.base import open_store
from core.service.briefing import evaluation
from core.service.scoring import (
    assignments,
    history,
    item_records,
    meeting,
    minutes,
    opening,
    progress,
    rounds,
    scorecard_json,
    scorecards,
    steps,
    taking_over,
    undoing,
)
from core.service.scoring.progress import EvaluatorProgress
from core.store import logs, people
from tests.core.service.people import LI, PANEL, PROJECT, QIAN, WANG, WORKING, ZHAO, edit, has_submitted, save

D = Decimal
CHEN = Context(Actor("browser-chen", "陈主任"))
OWN = ("A11", "A12", "C12")
"""The items of 赵工: of 2, 2 and 6 points."""

pytestmark = pytest.mark.usefixtures("store_path")


def share_out(*codes: str) -> str:
    """赵工 has a sheet with these items; gives its id."""
    sheet = opening.my_sheet(ZHAO, PROJECT, "r1")
    assignments.assign(CHEN, PROJECT, "r1", ZHAO.actor.id, codes or OWN)
    return sheet.id


def zhao_scores(sheet: str) -> None:
    """1.00 of 2, 2.00 of 2 and 3.00 of 6: 6 of 10."""
    save(ZHAO, sheet, edit("A11", 0, "1", reason="缺批复"), edit("A12", 0, "2"), edit("C12", 0, "3", reason="未完工"))


def row(of: Context, asked_by: Context = CHEN) -> EvaluatorProgress:
    return next(each for each in progress.progress(asked_by, PROJECT, "r1").rows if each.id == of.actor.id)


class TestAssigning:
    def test_the_newest_row_counts_and_all_or_none_named_is_all(self) -> None:
        share_out()
        assignments.assign(CHEN, PROJECT, "r1", ZHAO.actor.id, ("C12", "A11"))
        (found,) = assignments.evaluators(CHEN, PROJECT, "r1")
        assert (found.name, found.codes, found.fixed) == ("赵工", {"A11", "C12"}, None)
        everything = [item.indicator.code for item in scorecards.scorecard(CHEN, PROJECT, WORKING).items]
        assignments.assign(CHEN, PROJECT, "r1", ZHAO.actor.id, everything)
        assignments.assign(CHEN, PROJECT, "r1", ZHAO.actor.id, ())  # the same: not written again
        written = logs.events(open_store.store(), logs.ASSIGNMENTS, PROJECT, "r1")
        assert [(each.revision, each.codes) for each in written] == [
            (1, '["A11", "A12", "C12"]'), (2, '["A11", "C12"]'), (3, "[]"),
        ]  # fmt: skip
        assert assignments.evaluators(CHEN, PROJECT, "r1")[0].codes is None

    def test_only_a_chief_and_only_items_and_persons_that_there_are(self) -> None:
        share_out()
        expert = Context(Actor("e", "专家", grants=everywhere(Role.EVALUATOR)))
        with pytest.raises(NotAllowed, match="只限主评人"):
            assignments.assign(expert, PROJECT, "r1", ZHAO.actor.id, OWN)
        with pytest.raises(UnknownName, match="X99"):
            assignments.assign(CHEN, PROJECT, "r1", ZHAO.actor.id, ("X99",))
        with pytest.raises(UnknownName, match="没有这位评价人"):
            assignments.assign(CHEN, PROJECT, "r1", "nobody", OWN)

    def test_who_has_the_role_is_given_items_before_having_a_sheet(self) -> None:
        store = open_store.store()
        for login, role in (("sun", "evaluator"), ("wu", "leader"), ("zhou", "chief")):
            drafts = [
                {"kind": "added", "name": f"{login}工"}, {"kind": "granted", "role": role, "project": PROJECT},
            ]  # fmt: skip
            people.add(store, login, CHEN.actor, lambda _, drafts=drafts: drafts)
        (sun,) = assignments.evaluators(CHEN, PROJECT, "r1")
        assert (sun.id, sun.name, sun.expected) == ("user:sun", "sun工", False)
        assert progress.progress(CHEN, PROJECT, "r1").rows == ()
        assignments.assign(CHEN, PROJECT, "r1", sun.id, OWN)
        (waiting,) = progress.progress(CHEN, PROJECT, "r1").rows
        assert str(progress.progress(CHEN, PROJECT, "r1").stages[0].note) == "等待sun工"
        assert (waiting.state, waiting.items, waiting.scored, waiting.changed) == ("未开始", 3, 0, None)
        logged_in = Context(Actor("user:sun", "sun工"))
        sheet = opening.my_sheet(logged_in, PROJECT, "r1")
        assert scorecards.scorecard(logged_in, PROJECT, sheet.id).tally.items == 3
        assert [each.id for each in assignments.evaluators(CHEN, PROJECT, "r1")] == ["user:sun"]  # once, not twice

    def test_a_submitted_sheet_keeps_its_items_until_it_is_returned(self) -> None:
        sheet = share_out()
        zhao_scores(sheet)
        steps.submit(ZHAO, PROJECT, sheet)
        with pytest.raises(NotAllowed, match="赵工的评分表已提交，分工不能再改"):
            assignments.assign(CHEN, PROJECT, "r1", ZHAO.actor.id, ())
        steps.return_sheet(CHEN, PROJECT, sheet, "补评")
        assignments.assign(CHEN, PROJECT, "r1", ZHAO.actor.id, (*OWN, "D41"))
        with pytest.raises(Question) as asked:
            steps.submit(ZHAO, PROJECT, sheet)
        assert [str(each) for each in asked.value.reasons] == ["D41 居民满意度：未评。"]

    def test_it_is_told_in_the_record_of_the_round(self) -> None:
        share_out()
        told = [str(each.message) for each in history.timeline(CHEN, PROJECT, "r1")]
        assert any(each.endswith("陈主任把赵工的评分分工定为A11、A12、C12（3项）") for each in told)


class TestOnTheSheet:
    def test_what_is_not_ones_own_is_neither_missing_nor_taken(self) -> None:
        sheet = share_out()
        (refused,) = save(ZHAO, sheet, edit("D41", 0, "7"))
        assert isinstance(refused, Refused)
        assert str(refused.message) == "D41没有分配给您评分，这处修改未计入；要评分，请主评人调整分工。"
        with pytest.raises(NotAllowed, match="D41没有分配给您评分"):
            item_records.put_input(ZHAO, PROJECT, sheet, "D41", {})
        with pytest.raises(NotAllowed, match="一项都还没有评"):
            steps.submit(ZHAO, PROJECT, sheet)
        zhao_scores(sheet)
        steps.submit(ZHAO, PROJECT, sheet)  # asks nothing: 29 items are others'
        sums = scorecards.scorecard(ZHAO, PROJECT, sheet).tally
        assert (sums.items, sums.total, sums.weight, sums.normalised) == (3, D("6.00"), D(10), D("60.00"))

    def test_what_was_scored_before_stays_on_record_and_counts_nowhere(self) -> None:
        sheet = share_out("A11", "D41")
        save(ZHAO, sheet, edit("A11", 0, "2"), edit("D41", 0, "1"))
        assignments.assign(CHEN, PROJECT, "r1", ZHAO.actor.id, ("A11",))
        card = scorecards.scorecard(ZHAO, PROJECT, sheet)
        gone = next(item for item in card.items if item.indicator.code == "D41")
        assert (gone.unassigned, gone.points, gone.event is not None) == (True, None, True)
        assert card.tally.total == D("2.00")
        answer = history.restore(ZHAO, PROJECT, sheet, "D41")
        assert isinstance(answer, Refused)
        offered = undoing.steps(ZHAO, PROJECT, sheet).undo
        assert [(list(each.step.changes), each.why_not is None) for each in offered] == [
            (["A11"], True), (["D41"], False),
        ]  # fmt: skip
        steps.submit(ZHAO, PROJECT, sheet)
        item = next(each for each in meeting.meeting(CHEN, PROJECT, "r1").items if each.indicator.code == "D41")
        assert (item.by_rule, [each.counts for each in item.scores]) == (None, [False])

    def test_the_same_edit_again_is_answered_as_saved(self) -> None:
        sheet = share_out("A11")
        first = edit("A11", 0, "2")
        save(ZHAO, sheet, first)
        assignments.assign(CHEN, PROJECT, "r1", ZHAO.actor.id, ("A12",))
        (again,) = save(ZHAO, sheet, first)
        assert isinstance(again, Saved)


@pytest.fixture
def met() -> str:
    """王工 has taken 1.50 off C12 and 李工 nothing, on all items; 赵工 has submitted his three."""
    sheet = share_out()
    has_submitted(WANG, {"C12": "1.5"})
    has_submitted(LI, {})
    zhao_scores(sheet)
    steps.submit(ZHAO, PROJECT, sheet)
    return sheet


class TestThePanel:
    def test_each_item_is_the_mean_of_those_who_scored_it(self, met: str) -> None:
        taking_over.take_over(CHEN, PROJECT, "r1")
        card = scorecards.scorecard(CHEN, PROJECT, PANEL)
        points = {item.indicator.code: item.points for item in card.items}
        # (2+2+1)/3 = 1.67, (2+2+2)/3, (4.5+6+3)/3; D41 is of two
        assert [points[code] for code in (*OWN, "D41")] == [D("1.67"), D("2.00"), D("4.50"), D("7.00")]
        # 100 − 0.33 − 1.50
        assert card.tally.total == D("98.17")
        found = meeting.meeting(CHEN, PROJECT, "r1")
        assert found.both is None
        assert [item.indicator.code for item in found.items if item.few] == []

    def test_items_with_fewer_than_two_are_named(self) -> None:
        share_out()
        has_submitted(WANG, {})
        said = progress.progress(CHEN, PROJECT, "r1").too_few
        assert str(said) == "A13、A21、A22、A31、A32、B11等29项只有1人评，少于每项2人。"
        found = meeting.meeting(CHEN, PROJECT, "r1")
        assert sum("few" in item.needs for item in found.items) == 32  # nobody else has submitted yet

    def test_a_part_is_compared_with_the_same_part(self, met: str) -> None:
        whole = next(view.sheet.id for view in rounds.round_of(CHEN, PROJECT, "r1").sheets if view.owner_name == "王工")
        found = scorecards.compare(CHEN, PROJECT, met, whole)
        # 赵工 6.00 and 王工 2 + 2 + 4.50 on three items
        assert (found.left_total, found.right_total, found.common) == (D("6.00"), D("8.50"), 3)
        assert [each.code for each in found.differences] == ["A11", "C12"]


class TestProgress:
    def test_rows_say_how_far_each_is(self) -> None:
        sheet = share_out()
        save(ZHAO, sheet, edit("A11", 0, "1"))
        found = row(ZHAO)
        assert (str(found.assigned), found.items, found.scored, found.unreasoned) == ("A11、A12、C12（3项）", 3, 1, 1)
        assert (found.state, found.deviation) == ("草稿", None)
        assert str(found.reminder) == (
            "赵工，您好：“初评”您的评分表还有2项未评、1项扣分未写原因，请抽空补齐并提交。谢谢！"
        )
        mine = rounds.round_of(ZHAO, PROJECT, "r1").mine
        assert mine is not None
        assert (mine.scored, mine.items) == (1, 3)

    def test_a_recusal_takes_an_item_away(self) -> None:
        sheet = share_out()
        steps.recuse(ZHAO, PROJECT, sheet, "C12", "亲属")
        assert row(ZHAO).items == 2
        save(ZHAO, sheet, edit("A11", 0, "2"), edit("A12", 0, "2"))
        assert str(row(ZHAO).reminder) == "赵工，您好：“初评”您的评分表已评完，尚未提交，请核对后提交。谢谢！"
        steps.submit(ZHAO, PROJECT, sheet)
        assert row(ZHAO).reminder is None
        steps.recuse(ZHAO, PROJECT, sheet, None, "亲属")
        assert row(ZHAO).items == 0

    def test_deviation_and_missing_reasons_are_for_who_may_know(self, met: str) -> None:
        # 陈主任 could still score alone: the page has not asked her yet
        assert row(WANG).deviation is None
        meeting.meeting(CHEN, PROJECT, "r1")
        # A11: +0.33 +0.33 −0.67; C12: 0, +1.50, −1.50; of 100 and of 10 full marks
        found = {each.name: each.deviation for each in progress.progress(CHEN, PROJECT, "r1").rows}
        assert {name: each and (each.points, each.weight) for name, each in found.items()} == {
            "王工": (D("0.33"), D(100)), "李工": (D("1.83"), D(100)), "赵工": (D("-2.17"), D(10)),
        }  # fmt: skip
        opening.open_round(CHEN, PROJECT, "终评", "final", "mean")
        draft = opening.my_sheet(QIAN, PROJECT, "r2")
        opening.my_sheet(LI, PROJECT, "r2")
        save(QIAN, draft.id, edit("A11", 0, "1"))
        rows = {each.name: each for each in progress.progress(LI, PROJECT, "r2").rows}
        assert (rows["钱工"].unreasoned, rows["李工"].unreasoned) == (None, 0)  # 李工 scores alone there
        assert "扣分" not in str(rows["钱工"].reminder)

    def test_looking_puts_nobody_on_record(self, met: str) -> None:
        progress.progress(CHEN, PROJECT, "r1")
        assert logs.events(open_store.store(), logs.ROUND_STEPS, PROJECT, "r1") == ()

    def test_a_locked_round_reminds_nobody(self, met: str) -> None:
        stages = [each.done for each in progress.progress(WANG, PROJECT, "r1").stages]
        assert stages == [True, False, False, False, False]


class TestDocuments:
    def test_minutes_say_which_items_somebody_scored(self, met: str) -> None:
        lines = minutes.draft_minutes(CHEN, PROJECT, "r1").splitlines()
        assert "赵工：已提交，折算得分60.00分（原始得分6.00/10.00分）；分工：A11、A12、C12（3项）" in lines
        assert "李工：已提交，100.00分" in lines

    def test_json_says_which_items_are_others(self, met: str) -> None:
        content = scorecard_json.as_json(scorecards.scorecard(CHEN, PROJECT, met), CHEN)
        out = {item["code"]: item["out"] for item in content["items"]}
        assert [out["A11"], out["D41"], list(out.values()).count("unassigned")] == [None, "unassigned", 29]

    def test_the_workbook_has_the_word_and_no_mean_of_unequal_totals(self, met: str) -> None:
        taking_over.take_over(CHEN, PROJECT, "r1")
        book = openpyxl.load_workbook(
            io.BytesIO(evaluation.workbook(CHEN, PROJECT, PaperChoice("r1", names=True)).content), data_only=True
        )
        page = book["专家打分"]
        table = {str(line[0]): line for line in page.iter_rows(values_only=True)}
        heads = next(line for line in page.iter_rows(values_only=True) if line[0] == "编号")
        place = {str(head).partition("（")[0]: number for number, head in enumerate(heads)}
        assert table["D41"][place["赵工"]] == "未分配"
        assert table["A11"][place["汇总"]] == pytest.approx(1.67)
        assert table["折算得分"][place["赵工"]] == pytest.approx(60)
        assert table["各表汇总"][place["汇总"]] == "—"
        assert any("只评分配给本人的指标" in str(line[0]) for line in page.iter_rows(values_only=True))
