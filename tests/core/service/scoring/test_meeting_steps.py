"""What a meeting's steps ask before they count, refuse, and let be taken back. No wrong number, D31."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import NotAllowed, Question, ask
from core.model.context import Actor, Context
from core.model.panel_events import SheetState
from core.model.rights import GIVEN, Role, everywhere
from core.model.scorecard import Scheme, Status
from core.scoring import Refused, Saved
from core.scoring.tally import ScoredItem, items_of
from core.scoring.workflow import unscored, without_reason
from core.service.base import open_store
from core.service.base.file import File
from core.service.briefing import frames, slide_deck
from core.service.manage import scorecard_files
from core.service.scoring import independence, item_records, minutes, opening, rounds, scorecards, steps, taking_over
from core.store import logs, read
from tests.core.scoring.sheets import item
from tests.core.service.people import (
    LI,
    PANEL,
    PROJECT,
    WANG,
    WORKING,
    ZHAO,
    edit,
    has_submitted,
    save,
    score_all,
)

D = Decimal
CHEN = Context(Actor("browser-chen", "陈主任"))

pytestmark = pytest.mark.usefixtures("store_path")


def mine(ctx: Context) -> rounds.SheetView:
    found = rounds.round_of(ctx, PROJECT, "r1").mine
    assert found is not None
    return found


def points(code: str) -> Decimal | None:
    return read.scores(open_store.store(), PROJECT, PANEL)[code].points


class TestTakingOverAgain:
    def test_it_shows_what_it_would_change_and_asks(self) -> None:
        # C12 (6): 6 and 4 make 5; D41 (7): 7 and 6 make 6.50. By hand 4.50 and 6.00 are put in their place.
        has_submitted(WANG, {})
        has_submitted(LI, {"C12": "2", "D41": "1"})
        assert len(taking_over.take_over(CHEN, PROJECT, "r1")) == 32, "into a sheet that is blank nothing is lost"
        assert taking_over.take_over(CHEN, PROJECT, "r1") == (), "nothing would change"
        save(CHEN, PANEL, edit("C12", 1, "4.5", reason="议定"), edit("D41", 1, "6", reason="议定"))
        with pytest.raises(Question, match="将改动其中2项") as asked:
            taking_over.take_over(CHEN, PROJECT, "r1", replace_decided=True)
        said = [str(reason) for reason in asked.value.reasons]
        assert [re.sub(r"，\d{4}.*）", "）", each) for each in said] == [
            "C12 阶段改造完成率：4.50分（陈主任）→5.00分",
            "D41 居民满意度：6.00分（陈主任）→6.50分",
        ]
        assert (points("C12"), points("D41")) == (D("4.50"), D("6.00")), "asked, not done"
        # Somebody goes on meanwhile: what was agreed to is no longer what would be done.
        save(LI, PANEL, edit("C12", 2, "4.25", reason="再议"))
        with pytest.raises(Question, match="将改动其中2项") as again:
            taking_over.take_over(CHEN, PROJECT, "r1", agreed=asked.value.agreed, replace_decided=True)
        assert points("C12") == D("4.25")
        agreed_to = again.value.agreed
        assert len(taking_over.take_over(CHEN, PROJECT, "r1", agreed=agreed_to, replace_decided=True)) == 2
        assert (points("C12"), points("D41")) == (D("5.00"), D("6.50"))

    def test_what_was_decided_by_hand_stays_unless_told_otherwise(self) -> None:
        # C12 (6): 6 and 4 make 5.00, with 赵工's 2 (6 + 4 + 2) / 3 = 4.00. D41 (7): 6.50 by the mean, 6.00 by hand.
        has_submitted(WANG, {})
        has_submitted(LI, {"C12": "2", "D41": "1"})
        taking_over.take_over(CHEN, PROJECT, "r1")
        save(CHEN, PANEL, edit("D41", 1, "6", reason="议定"))
        has_submitted(ZHAO, {"C12": "4"})
        planned = taking_over.plan(CHEN, PROJECT, "r1")
        # D41: (7 + 6 + 7) / 3 = 6.67
        assert [(each.code, each.now and each.now.points, each.item.points) for each in planned.items] == [
            ("C12", D("5.00"), D("4.00")),
            ("D41", D("6.00"), D("6.67")),
        ]
        assert [[each.code for each in part] for part in (planned.replaced, planned.decided, planned.blank)] == [
            ["C12"], ["D41"], [],
        ]  # fmt: skip
        with pytest.raises(Question, match="将改动其中1项") as asked:
            taking_over.take_over(CHEN, PROJECT, "r1")
        written = taking_over.take_over(CHEN, PROJECT, "r1", agreed=asked.value.agreed)
        assert [event.code for event in written] == ["C12"]
        assert (points("C12"), points("D41")) == (D("4.00"), D("6.00"))
        assert [each.code for each in taking_over.plan(CHEN, PROJECT, "r1").items] == ["D41"]

    def test_there_is_nothing_to_plan_from_nobody_or_where_the_chief_decides(self) -> None:
        with pytest.raises(NotAllowed, match="还没有人提交"):
            taking_over.plan(CHEN, PROJECT, "r1")
        has_submitted(WANG, {})
        assert len(taking_over.plan(CHEN, PROJECT, "r1").blank) == 32
        assert PANEL not in [each.id for each in scorecards.sheets(CHEN, PROJECT)], "looking makes no sheet"
        opening.set_rule(CHEN, PROJECT, "r1", "chief")
        with pytest.raises(NotAllowed, match="主评人定分"):
            taking_over.plan(CHEN, PROJECT, "r1")

    def test_items_that_are_still_blank_are_filled_without_a_question(self) -> None:
        has_submitted(WANG, {})
        opening.panel_sheet(CHEN, PROJECT, "r1")
        save(CHEN, PANEL, edit("A11", 0, "2"), edit("A12", 0, "2"))
        assert len(taking_over.take_over(CHEN, PROJECT, "r1")) == 30


class TestMinutes:
    def test_recusals_by_item_stand_in_the_minutes(self) -> None:
        first, second = has_submitted(WANG, {}), opening.my_sheet(LI, PROJECT, "r1")
        third = has_submitted(ZHAO, {})
        steps.recuse(WANG, PROJECT, first.id, "C12", "参与过监理")
        steps.recuse(WANG, PROJECT, first.id, "D41", "参与过问卷")
        steps.recuse(LI, PROJECT, second.id, "A11", "起草过批复")
        steps.recuse(ZHAO, PROJECT, third.id, "A12", "误填")
        steps.recuse(ZHAO, PROJECT, third.id, "A12", "撤销误填", active=False)
        lines = minutes.draft_minutes(CHEN, PROJECT, "r1").splitlines()
        # 87 of 87: C12 (8) and D41 (5) leave the sum.
        assert "王工：已提交，折算得分100.00分（原始得分87.00/87.00分）；回避C12、D41" in lines
        assert "李工：未提交，回避A11" in lines
        assert "赵工：已提交，100.00分" in lines
        for told in (
            "王工在王工的评分表回避C12 阶段改造完成率，理由：参与过监理",
            "回避D41 居民满意度，理由：参与过问卷",
        ):
            assert sum(told in line for line in lines) == 1
        assert not [line for line in lines if "起草过批复" in line], (
            "李工's sheet is not submitted: nobody sees what is on it"
        )


class TestSteppingBack:
    def test_an_empty_sheet_can_be_left_and_it_is_as_if_it_had_not_been(self) -> None:
        first = has_submitted(WANG, {})
        own = opening.my_sheet(CHEN, PROJECT, "r1")
        opening.my_sheet(LI, PROJECT, "r1")
        with pytest.raises(NotAllowed, match="您的评分表还没有提交"):
            taking_over.take_over(CHEN, PROJECT, "r1")
        opening.leave(CHEN, PROJECT, "r1")
        view = rounds.round_of(CHEN, PROJECT, "r1")
        assert (view.mine, own.id in [each.sheet.id for each in view.sheets]) == (None, False)
        assert own.id not in [each.id for each in scorecards.sheets(CHEN, PROJECT)]
        assert len(taking_over.take_over(CHEN, PROJECT, "r1")) == 32
        assert "陈主任的评分表还没有提交。" not in map(str, steps.lock_problems(WANG, PROJECT, "r1"))
        assert "李工的评分表还没有提交。" in map(str, steps.lock_problems(WANG, PROJECT, "r1"))
        for who in (CHEN, WANG):
            with pytest.raises(NotAllowed, match="已退出本轮评分"):
                scorecards.scorecard(who, PROJECT, own.id)
        (answer,) = save(CHEN, own.id, edit("A11", 0, "2"))
        assert isinstance(answer, Refused), "a page that was left open writes nothing on it"
        assert "陈主任退出了本轮评分（评分表是空的）" in minutes.draft_minutes(WANG, PROJECT, "r1")
        assert first.id in [each.id for each in scorecards.sheets(CHEN, PROJECT)]

    def test_who_has_seen_nothing_since_starts_again_and_who_has_needs_a_yes(self) -> None:
        own = opening.my_sheet(CHEN, PROJECT, "r1")
        opening.leave(CHEN, PROJECT, "r1")
        assert opening.my_sheet(CHEN, PROJECT, "r1") == own
        (answer,) = save(CHEN, own.id, edit("A11", 0, "2"))
        assert isinstance(answer, Saved)
        opening.my_sheet(LI, PROJECT, "r1")
        opening.leave(LI, PROJECT, "r1")
        scorecards.scorecard(LI, PROJECT, has_submitted(WANG, {}).id)
        with pytest.raises(NotAllowed, match="已看过本轮他人的得分"):
            opening.my_sheet(LI, PROJECT, "r1")
        independence.admit(ZHAO, PROJECT, "r1", LI.actor.id, "人手不足")
        opening.my_sheet(LI, PROJECT, "r1")
        opening.leave(LI, PROJECT, "r1")
        with pytest.raises(NotAllowed, match="已看过本轮他人的得分"):
            opening.my_sheet(LI, PROJECT, "r1")  # a yes is for one sheet

    def test_what_is_not_empty_stays(self) -> None:
        for ctx, do in (
            (WANG, lambda sheet: save(WANG, sheet, edit("A11", 0, "2"))),
            (LI, lambda sheet: item_records.put_input(LI, PROJECT, sheet, "A11", {"ticks": [True] * 5})),
            (
                ZHAO,
                lambda sheet: item_records.add_evidence(ZHAO, PROJECT, sheet, "A11", "正式资料", "a.pdf", b"%PDF-1.7"),
            ),
            (CHEN, lambda sheet: steps.recuse(CHEN, PROJECT, sheet, "A11", "亲属")),
        ):
            do(opening.my_sheet(ctx, PROJECT, "r1").id)
            with pytest.raises(NotAllowed, match="已有内容，不能退出"):
                opening.leave(ctx, PROJECT, "r1")
        with pytest.raises(NotAllowed, match="没有评分表，不用退出"):
            opening.leave(Context(Actor("browser-sun0", "孙工")), PROJECT, "r1")


@st.composite
def sheets(draw: st.DrawFn) -> list[ScoredItem]:
    """Items of 2 points: scored with or without a reason, in full or not, or in some state without points."""
    found = []
    for number in range(draw(st.integers(2, 6))):
        status = draw(st.sampled_from([Status.CONFIRMED, Status.UNSCORED, Status.NOT_APPLICABLE]))
        given_points = draw(st.sampled_from(["0", "1.5", "2"])) if status is Status.CONFIRMED else None
        found.append(
            item(f"A1{number}", "2", given_points, status=status, reason=draw(st.sampled_from(["", " ", "依据不足"])))
        )
    return found


class TestSubmitting:
    @given(
        sheets(),
        st.frozensets(st.sampled_from(["A10", "A11", "A12"])),
        st.one_of(st.none(), st.frozensets(st.sampled_from(["A10", "A11", "A13"]), min_size=1)),
    )
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_every_deduction_without_a_reason_and_every_blank_item_is_named(
        self, items: list[ScoredItem], recused: frozenset[str], assigned: frozenset[str] | None
    ) -> None:
        scheme = Scheme("s", 1, "方案", tuple(each.indicator for each in items))
        events = {each.indicator.code: each.event for each in items if each.event is not None}
        items = list(items_of(scheme, events, recused=recused, assigned=assigned))
        named = {str(each).partition(" ")[0] for each in without_reason(items)}
        blank = {str(each).partition(" ")[0] for each in unscored(items)}
        for each in items:
            code, event = each.indicator.code, each.event
            out = code in recused or (assigned is not None and code not in assigned)
            lost = event is not None and event.points is not None and event.points < 2
            said = bool(event and event.reason.strip())
            assert (code in named) == (lost and not said and not out)
            assert (code in blank) == ((event is None or event.status is Status.UNSCORED) and not out)

    def test_deductions_without_a_reason_refuse_it_with_the_list(self) -> None:
        sheet = opening.my_sheet(WANG, PROJECT, "r1")
        score_all(WANG, sheet, {"C12": "1.5", "D41": "1"}, reason="")
        with pytest.raises(NotAllowed, match="有2项扣分未写原因，未提交") as refused:
            steps.submit(WANG, PROJECT, sheet.id)
        assert [str(each) for each in refused.value.reasons] == [
            "C12 阶段改造完成率：扣1.50分，未写原因。",
            "D41 居民满意度：扣1.00分，未写原因。",
        ]
        assert mine(WANG).state is SheetState.DRAFT
        save(WANG, sheet.id, edit("C12", 1, "4.5", reason="晚了"))
        steps.recuse(WANG, PROJECT, sheet.id, "D41", "参与过问卷")
        steps.submit(WANG, PROJECT, sheet.id)
        assert mine(WANG).state is SheetState.SUBMITTED

    def test_with_unscored_items_it_asks_first(self) -> None:
        sheet = opening.my_sheet(WANG, PROJECT, "r1")
        scheme = sheet.scheme.indicators
        save(WANG, sheet.id, *(edit(i.code, 0, str(i.weight)) for i in scheme if i.code not in ("C12", "D41", "D42")))
        with pytest.raises(Question, match="还有3项未评") as asked:
            steps.submit(WANG, PROJECT, sheet.id)
        assert [str(each) for each in asked.value.reasons] == [
            "C12 阶段改造完成率：未评。",
            "D41 居民满意度：未评。",
            "D42 施工扰民与投诉办结：未评。",
        ]
        assert mine(WANG).state is SheetState.DRAFT
        save(WANG, sheet.id, edit("C12", 0, "6"))
        with pytest.raises(Question, match="还有2项未评") as again:
            steps.submit(WANG, PROJECT, sheet.id, asked.value.agreed)
        steps.submit(WANG, PROJECT, sheet.id, again.value.agreed)
        assert mine(WANG).state is SheetState.SUBMITTED

    def test_nothing_to_ask_asks_nothing(self) -> None:
        from core.errors import Message

        ask((), Message("确定吗？"), "")
        with pytest.raises(Question):
            ask((Message("一项"), Message("两项")), Message("确定吗？"), "")


class TestWithdrawing:
    def test_it_goes_until_the_first_other_sheet_is_submitted(self) -> None:
        sheet = has_submitted(WANG, {})
        for who, words in ((LI, "只能由本人填写"), (CHEN, "只能由本人填写")):
            with pytest.raises(NotAllowed, match=words):
                steps.withdraw(who, PROJECT, sheet.id)
        assert mine(WANG).withdrawable
        steps.withdraw(WANG, PROJECT, sheet.id)
        assert (mine(WANG).state, mine(WANG).returned, mine(WANG).withdrawable) == (SheetState.DRAFT, None, False)
        with pytest.raises(NotAllowed, match="尚未提交，不用撤回"):
            steps.withdraw(WANG, PROJECT, sheet.id)
        with pytest.raises(NotAllowed, match="王工的评分表还没有提交"):
            scorecards.scorecard(LI, PROJECT, sheet.id)
        (answer,) = save(WANG, sheet.id, edit("C12", 1, "5", reason="晚了"))
        assert isinstance(answer, Saved)
        steps.submit(WANG, PROJECT, sheet.id)
        other = has_submitted(LI, {})
        for who, own in ((WANG, sheet), (LI, other)):
            with pytest.raises(NotAllowed, match="已有其他人提交评分表"):
                steps.withdraw(who, PROJECT, own.id)
            assert not mine(who).withdrawable
        steps.return_sheet(CHEN, PROJECT, other.id, "请补依据")
        with pytest.raises(NotAllowed, match="已有其他人提交评分表"):
            steps.withdraw(WANG, PROJECT, sheet.id)  # they have been seen
        kinds = [event.kind for event in logs.events(open_store.store(), logs.SHEET_EVENTS, PROJECT, sheet.id)]
        assert kinds == ["submitted", "returned", "submitted"]
        assert "王工撤回了已提交的王工的评分表" in minutes.draft_minutes(CHEN, PROJECT, "r1")


class TestReturning:
    def test_the_reason_stands_on_the_returned_sheet(self) -> None:
        first, second = has_submitted(WANG, {}), has_submitted(LI, {})
        steps.return_sheet(CHEN, PROJECT, first.id, "C12请补依据")
        steps.return_sheet(WANG, PROJECT, second.id, "D41请复核")
        for ctx, sheet, who, why in ((WANG, first, "陈主任", "C12请补依据"), (LI, second, "王工", "D41请复核")):
            card = scorecards.scorecard(ctx, PROJECT, sheet.id)
            assert [re.sub(r"\d{4}.*?\d\d:\d\d", "某时", str(note)) for note in card.notes] == [
                f"{who}于某时退回，理由：{why}"
            ]
            assert str(mine(ctx).returned) == str(card.returned)
        steps.submit(WANG, PROJECT, first.id)
        assert scorecards.scorecard(WANG, PROJECT, first.id).returned is None


@pytest.mark.parametrize("role", GIVEN)
def test_the_caveat_of_the_reconstruction_is_seen_by_every_role_that_sees_the_sheet(role: Role) -> None:
    """FACTS 5: 93.00 is restored from the report's conclusion; the original sheet was not attached."""
    ctx = Context(Actor(f"user:{role}", "某人", everywhere(role)))
    if role is Role.EVALUATOR:
        with pytest.raises(NotAllowed, match="您是本轮的评价人"):
            scorecards.scorecard(ctx, PROJECT, WORKING)
        sheet = opening.my_sheet(ctx, PROJECT, "r1")
        score_all(ctx, sheet, {})
        steps.submit(ctx, PROJECT, sheet.id)
    for name in (WORKING, "r1/recon-b"):
        said = [str(note) for note in scorecards.scorecard(ctx, PROJECT, name).notes]
        assert said[0] == "本表按报告结论93分还原，扣分分布为推测，不是报告原评分表；确认后才作数。"
        assert any("只限主评人" in note for note in said) is (role is not Role.CHIEF)


class TestImporting:
    def file(self) -> File:
        return scorecard_files.export_scorecard(WANG, PROJECT, WORKING, "csv")

    def test_the_chief_may_import_a_score_table(self) -> None:
        chief = Context(Actor("user:chief", "周主任", everywhere(Role.CHIEF)))
        made = [scorecard_files.import_scorecard(chief, self.file(), PROJECT).sheet for _ in range(2)]
        assert len(set(made)) == 2
        assert [scorecards.scorecard(chief, PROJECT, each).tally.total for each in made] == [D("93.00")] * 2

    def test_nobody_else_may_into_a_round_that_is_there(self) -> None:
        before = [each.id for each in scorecards.sheets(CHEN, PROJECT)]
        for role in set(GIVEN) - {Role.CHIEF}:
            ctx = Context(Actor(f"user:{role}", "某人", everywhere(role)))
            with pytest.raises(NotAllowed):
                scorecard_files.import_scorecard(ctx, self.file(), PROJECT)
        assert [each.id for each in scorecards.sheets(CHEN, PROJECT)] == before


def test_who_has_a_draft_may_still_open_the_frames_of_money() -> None:
    opening.my_sheet(WANG, PROJECT, "r1")
    expert = Context(Actor("user:expert", "孙工", everywhere(Role.EVALUATOR)))
    everything = {frame.id for frame in frames.frames(CHEN, PROJECT)}
    assert {"budget", "funding", "scorecard", "deductions"} <= everything
    for ctx in (WANG, expert):
        assert {frame.id for frame in frames.frames(ctx, PROJECT)} == everything - set(frames.OF_SCORES)
        assert "评分表还没有提交" in str(frames.withheld(ctx, PROJECT))
        with pytest.raises(NotAllowed, match="评分表还没有提交"):
            frames.picture(ctx, PROJECT, "scorecard")
        with pytest.raises(NotAllowed, match="评分表还没有提交"):
            slide_deck.deck(ctx, PROJECT)
    assert frames.picture(WANG, PROJECT, "budget").frame.title.startswith("概算15,000.00万元")
    assert frames.withheld(CHEN, PROJECT) is None


def test_a_form_that_is_sent_twice_opens_one_round(store_path: Path) -> None:
    forms = ["a" * 32, "b" * 32]
    opened = [
        opening.open_round(CHEN, PROJECT, "终评", "final", "mean", form).round for form in forms for _ in range(3)
    ]
    assert opened == ["r2"] * 3 + ["r3"] * 3
    assert [each.name for each in rounds.rounds(CHEN, PROJECT)] == ["初评", "终评", "终评"]
