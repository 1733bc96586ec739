"""A panel at work on a real store: alone, together, locked."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from core.errors import NameNeeded, NotAllowed, UnknownName
from core.model.context import Actor, Context
from core.model.item_input import ItemInput
from core.model.panel_events import RoundKind, SheetKind, SheetState
from core.model.scorecard import Status
from core.scoring import Conflict, Refused, Saved
from core.scoring.consensus import Rule
from core.service.base import open_store
from core.service.manage import portfolio
from core.service.manage.portfolio import PortfolioAsked
from core.service.progress import overview
from core.service.scoring import (
    item_records,
    meeting,
    opening,
    rounds,
    score_panels,
    scorecard_json,
    scorecards,
    steps,
    taking_over,
)
from core.store import read, write
from tests.core.by_id import by_id
from tests.core.service.people import (
    LI,
    NOBODY,
    PANEL,
    PROJECT,
    QIAN,
    WANG,
    WORKING,
    ZHAO,
    agreed,
    answer_all_flags,
    edit,
    has_submitted,
    save,
    score_all,
)
from tests.core.small_files import XLSX

D = Decimal

pytestmark = pytest.mark.usefixtures("store_path")


def round_1(ctx: Context = WANG) -> rounds.RoundView:
    return rounds.round_of(ctx, PROJECT, "r1")


def points_of(sheet: str, code: str) -> Decimal | None:
    event = read.scores(open_store.store(), PROJECT, sheet).get(code)
    return event.points if event else None


def test_the_shipped_round_is_open_with_two_shared_sheets() -> None:
    (only,) = rounds.rounds(WANG, PROJECT)
    assert (only.id, only.name, only.rule, only.locked, only.mine, only.panel) == (
        "r1", "初评", Rule.MEAN, None, None, None,
    )  # fmt: skip
    assert [(v.sheet.id, v.kind, v.state, v.hidden, v.scored, v.items) for v in only.sheets] == [
        ("r1/working", SheetKind.SHARED, SheetState.DRAFT, None, 32, 32),
        ("r1/recon-b", SheetKind.SHARED, SheetState.DRAFT, None, 32, 32),
    ]
    with pytest.raises(UnknownName, match="r9"):
        rounds.round_of(WANG, PROJECT, "r9")
    with pytest.raises(UnknownName, match="nowhere"):
        rounds.rounds(WANG, "nowhere")


def test_ones_own_sheet_is_blank_made_once_and_does_not_tell_ones_id() -> None:
    sheet = opening.my_sheet(WANG, PROJECT, "r1")
    assert opening.my_sheet(WANG, PROJECT, "r1") == sheet
    assert WANG.actor.id not in sheet.id
    assert sheet.name == "王工的评分表"
    assert scorecards.scorecard(WANG, PROJECT, sheet.id).tally.scored == 0
    mine = round_1().mine
    assert mine is not None
    assert (mine.sheet.id, mine.kind, mine.owner_name) == (sheet.id, SheetKind.EVALUATOR, "王工")
    with pytest.raises(NameNeeded):
        opening.my_sheet(NOBODY, PROJECT, "r1")


def test_until_it_is_submitted_ones_sheet_is_unseen_and_so_is_everything_else() -> None:
    mine = opening.my_sheet(WANG, PROJECT, "r1")
    theirs = opening.my_sheet(LI, PROJECT, "r1")
    for other in (WORKING, "r1/recon-b", theirs.id):
        with pytest.raises(NotAllowed, match="您的评分表还没有提交"):
            scorecards.scorecard(WANG, PROJECT, other)
        with pytest.raises(NotAllowed):
            scorecards.compare(WANG, PROJECT, mine.id, other)
        with pytest.raises(NotAllowed):
            score_panels.figures(WANG, PROJECT, other)
    assert [sheet.id for sheet in scorecards.sheets(WANG, PROJECT)] == [mine.id]
    with pytest.raises(NotAllowed, match="李工的评分表还没有提交"):
        scorecards.scorecard(ZHAO, PROJECT, theirs.id)
    with pytest.raises(NotAllowed):
        meeting.meeting(WANG, PROJECT, "r1")
    with pytest.raises(NotAllowed):
        opening.panel_sheet(WANG, PROJECT, "r1")
    (answer,) = save(WANG, WORKING, edit("A11", 1, "1"))
    assert isinstance(answer, Refused)
    save(WANG, mine.id, edit("A11", 0, "1.5", reason="缺一项"))
    agreed(steps.submit, WANG, PROJECT, mine.id)
    assert scorecards.scorecard(WANG, PROJECT, WORKING).tally.scored == 32
    assert scorecards.scorecard(ZHAO, PROJECT, mine.id).tally.scored == 1
    assert [view.hidden is None for view in round_1().sheets] == [True, True, True, False]


def test_a_submitted_sheet_is_changed_only_after_it_was_returned() -> None:
    sheet = opening.my_sheet(WANG, PROJECT, "r1")
    with pytest.raises(NotAllowed, match="一项都还没有评"):
        steps.submit(WANG, PROJECT, sheet.id)
    first = edit("A11", 0, "1.5", reason="缺一项")
    save(WANG, sheet.id, first)
    with pytest.raises(NotAllowed, match="只能由本人填写"):
        steps.submit(LI, PROJECT, sheet.id)
    agreed(steps.submit, WANG, PROJECT, sheet.id)
    (again,) = save(WANG, sheet.id, first)
    assert isinstance(again, Saved)
    (refused,) = save(WANG, sheet.id, edit("A11", 1, "1"))
    assert isinstance(refused, Refused)
    assert str(refused.message) == "本表已提交，不能再改；如需修改，请先由他人退回并写明理由。这处修改未计入。"
    read_only = scorecards.scorecard(WANG, PROJECT, sheet.id).read_only
    assert read_only is not None
    with pytest.raises(NotAllowed, match="请写明退回的理由"):
        steps.return_sheet(LI, PROJECT, sheet.id, " ")
    returned = steps.return_sheet(LI, PROJECT, sheet.id, "A11请补原因")
    assert (returned.kind, returned.reason, returned.actor_name) == ("returned", "A11请补原因", "李工")
    mine = round_1().mine
    assert mine is not None
    assert mine.state is SheetState.RETURNED
    (saved,) = save(WANG, sheet.id, edit("A11", 1, "1"))
    assert isinstance(saved, Saved)
    with pytest.raises(NotAllowed, match="尚未提交"):
        steps.return_sheet(LI, PROJECT, sheet.id, "再退一次")


def test_the_panels_result_follows_the_rule() -> None:
    # C12 has full marks 6: 王工 6, 李工 5, 赵工 4, 钱工 2. Mean 17/4 = 4.25, median 4.5, trimmed (5+4)/2 = 4.5.
    has_submitted(WANG, {})
    has_submitted(LI, {"C12": "1"}, "晚了一个月")
    has_submitted(ZHAO, {"C12": "2", "D11": "1"})
    has_submitted(QIAN, {"C12": "4"})
    # D11 has 5: 5, 5, 4, 5. Mean 4.75, median 5, trimmed 5.
    made = taking_over.take_over(WANG, PROJECT, "r1")
    assert len(made) == 32
    assert (points_of(PANEL, "C12"), points_of(PANEL, "D11")) == (D("4.25"), D("4.75"))
    c12 = read.scores(open_store.store(), PROJECT, PANEL)["C12"]
    assert c12.reason == "李工：晚了一个月；赵工：依据不足；钱工：依据不足"
    assert c12.note == "平均分（王工6.00、李工5.00、赵工4.00、钱工2.00）"
    assert scorecards.scorecard(LI, PROJECT, PANEL).tally.total == D("98.00")
    assert taking_over.take_over(LI, PROJECT, "r1") == ()
    changed = agreed(taking_over.take_over, LI, PROJECT, "r1", "median", ["C12"])
    assert [(e.code, e.points, e.actor_name) for e in changed] == [("C12", D("4.50"), "李工")]
    opening.set_rule(WANG, PROJECT, "r1", Rule.TRIMMED_MEAN)
    assert round_1().rule is Rule.TRIMMED_MEAN
    assert [(e.code, e.points) for e in agreed(taking_over.take_over, LI, PROJECT, "r1")] == [("D11", D("5.00"))]
    opening.set_rule(WANG, PROJECT, "r1", Rule.CHIEF)
    with pytest.raises(NotAllowed, match="主评人定分"):
        taking_over.take_over(LI, PROJECT, "r1")


def test_nothing_is_taken_over_from_nobody() -> None:
    with pytest.raises(NotAllowed, match="还没有人提交"):
        taking_over.take_over(WANG, PROJECT, "r1")
    waiting = opening.my_sheet(LI, PROJECT, "r1")
    save(LI, waiting.id, edit("A11", 0, None, "evidence_missing"), edit("A12", 0, None, "unscored"))
    agreed(steps.submit, LI, PROJECT, waiting.id)
    (only,) = taking_over.take_over(LI, PROJECT, "r1")
    assert (only.code, only.status, only.points) == ("A11", Status.EVIDENCE_MISSING, None)


def test_recusal_takes_scores_out_and_keeps_them_on_record() -> None:
    has_submitted(WANG, {"C12": "4"})
    other = has_submitted(LI, {})
    steps.recuse(LI, PROJECT, other.id, "C12", "本人参与过该标段监理")
    item = next(i for i in meeting.meeting(ZHAO, PROJECT, "r1").items if i.indicator.code == "C12")
    assert (item.by_rule, [(s.name, s.recused) for s in item.scores]) == (
        D("2.00"),
        [("王工", False), ("李工", True)],
    )
    steps.recuse(LI, PROJECT, other.id, None, "与施工单位有利害关系")
    assert [b.name for b in meeting.meeting(ZHAO, PROJECT, "r1").consensus.panel.ballots] == ["王工"]
    steps.recuse(LI, PROJECT, other.id, None, "经核实不属回避情形", active=False)
    assert len(meeting.meeting(ZHAO, PROJECT, "r1").consensus.panel.ballots) == 2
    for sheet, code, error, words in (
        (other.id, "Z99", UnknownName, "Z99"),
        (WORKING, "A11", NotAllowed, "本人的评分表"),
    ):
        with pytest.raises(error, match=words):
            steps.recuse(LI, PROJECT, sheet, code, "理由")
    with pytest.raises(NotAllowed, match="请写明回避的理由"):
        steps.recuse(LI, PROJECT, other.id, "A11", "")


def test_two_edits_of_the_panels_sheet_collide_and_the_second_is_asked() -> None:
    has_submitted(WANG, {})
    taking_over.take_over(WANG, PROJECT, "r1")
    (first,) = save(WANG, PANEL, edit("C12", 1, "5", reason="王工的理由"))
    (second,) = save(LI, PANEL, edit("C12", 1, "4", reason="李工的理由"))
    assert isinstance(first, Saved)
    assert isinstance(second, Conflict)
    assert second.theirs is not None
    assert (second.theirs.actor_name, second.theirs.points) == ("王工", D("5.00"))


def test_the_meeting_has_each_item_with_everything() -> None:
    has_submitted(WANG, {})
    has_submitted(LI, {"C12": "2", "D42": "1"})
    before = meeting.meeting(ZHAO, PROJECT, "r1")
    # Means: C12 6 and 4 give 5, D42 2 and 1 give 1.5: 100 - 1 - 0.5
    assert (before.panel, before.tally.total) == (None, D("98.50"))
    taking_over.take_over(ZHAO, PROJECT, "r1")
    save(ZHAO, PANEL, edit("D42", 1, "1.5"))
    found = meeting.meeting(ZHAO, PROJECT, "r1")
    assert found.panel is not None
    assert str(found.margin) == "优（≥90）：再扣超过8.50分降为良；当前98.50分。"
    assert [row.code for row in found.agenda] == ["C12", "D42"]
    items = {item.indicator.code: item for item in found.items}
    c12 = items["C12"]
    assert (c12.spread, c12.by_rule, c12.panel.points) == (D("2.00"), D("5.00"), D("5.00"))
    assert [(s.name, s.points, s.reason) for s in c12.scores] == [("王工", D(6), ""), ("李工", D(4), "依据不足")]
    assert c12.needs == {"deducted", "differs", "undiscussed"}
    assert items["D42"].needs == {"deducted", "differs", "reason", "undiscussed"}
    assert items["C32"].suggestion.points == D("5.21")
    assert [(str(e.title), e.points) for e in c12.earlier] == [("初评 · 初评工作表", D("4.50"))]
    assert c12.implied is not None
    # Without 王工: 97 (C12 4, D42 1). Without 李工: 100.
    assert [left.tally.total for left in found.left_out] == [D("97.00"), D("100.00")]
    assert found.flip_up is None
    assert found.flip_down is not None
    # 8.51 points over the roomiest items: D41 7, then 1.51 of C12's or C32's.
    assert (len(found.flip_down.moves), found.flip_down.points) == (2, D("8.51"))
    assert [distance.items for distance in found.distances] == [(), ()] or found.distances
    assert found.agreement.evaluators == 2
    share = meeting.sensitivity(ZHAO, PROJECT, "r1")
    assert share.grade == "优"


def test_what_is_tried_out_is_not_saved_and_is_taken_over_item_by_item() -> None:
    has_submitted(WANG, {})
    taking_over.take_over(WANG, PROJECT, "r1")
    tried = taking_over.try_out(WANG, PROJECT, PANEL, {"D41": D(0), "C12": D("2.50")})
    assert (tried.before.total, tried.after.total, tried.after.grade, tried.flips) == (
        D("100.00"), D("89.50"), "良", True,
    )  # fmt: skip
    assert scorecards.scorecard(LI, PROJECT, PANEL).tally.total == D("100.00")
    with pytest.raises(NotAllowed, match="理由"):
        taking_over.adopt(WANG, PROJECT, PANEL, {"C12": D("2.50")}, "")
    answers = taking_over.adopt(WANG, PROJECT, PANEL, {"C12": D("2.50"), "Z99": D(1)}, "会议议定")
    assert isinstance(answers["C12"], Saved)
    assert isinstance(answers["Z99"], Refused)
    assert points_of(PANEL, "C12") == D("2.50")


def ready_to_lock() -> None:
    has_submitted(WANG, {})
    has_submitted(LI, {"C12": "2"})
    taking_over.take_over(WANG, PROJECT, "r1")
    answer_all_flags(WANG)


def test_a_lock_is_refused_with_every_reason_at_once() -> None:
    assert [str(p) for p in steps.lock_problems(ZHAO, PROJECT, "r1")] == ["本轮还没有评审组的评分表；请先汇总或填写。"]
    has_submitted(WANG, {})
    opening.my_sheet(LI, PROJECT, "r1")
    assert "您的评分表还没有提交" in str(steps.lock_problems(LI, PROJECT, "r1")[0])
    taking_over.take_over(WANG, PROJECT, "r1")
    save(WANG, PANEL, edit("A11", 1, None, "evidence_missing"), edit("D42", 1, "1"))
    with pytest.raises(NotAllowed) as refused:
        steps.lock(ZHAO, PROJECT, "r1")
    reasons = [str(reason) for reason in refused.value.reasons]
    assert str(refused.value) == f"还不能锁定，有{len(reasons)}处未解决。"
    assert "A11 立项依据充分性：待补佐证。" in reasons
    assert "D42 施工扰民与投诉办结扣了1.00分，未写原因。（提示未答复）" in reasons
    assert any(reason.startswith("C11 改造小区开工率得满分") for reason in reasons)
    assert "李工的评分表还没有提交。" in reasons
    assert steps.lock_problems(ZHAO, PROJECT, "r1") == refused.value.reasons
    assert round_1().locked is None


def test_a_lock_freezes_what_it_rests_on_and_nothing_moves() -> None:
    ready_to_lock()
    event = steps.lock(WANG, PROJECT, "r1")
    frozen = json.loads(event.frozen)
    assert (frozen["batch"], frozen["scheme"], frozen["total"], frozen["grade"]) == (
        "lingang-2023@2024-12-31",
        ["old-community-32", 1],
        "99.00",
        "优",
    )
    assert sorted(frozen["names"].values()) == ["李工", "王工"]
    assert len(frozen["digest"]) == 64
    assert set(frozen["heads"]) == {view.sheet.id for view in round_1().sheets}
    view = round_1(LI)
    assert view.locked == event
    assert {sheet.state for sheet in view.sheets} == {SheetState.LOCKED}
    mine = view.mine
    assert mine is not None
    for act in (
        lambda: steps.return_sheet(ZHAO, PROJECT, mine.sheet.id, "理由"),
        lambda: steps.recuse(LI, PROJECT, mine.sheet.id, "A11", "理由"),
        lambda: item_records.answer_flag(LI, PROJECT, PANEL, "C11", "contradicted", "理由"),
        lambda: opening.set_rule(LI, PROJECT, "r1", "median"),
        lambda: taking_over.take_over(LI, PROJECT, "r1", "median"),
        lambda: opening.my_sheet(QIAN, PROJECT, "r1"),
        lambda: item_records.comment(QIAN, PROJECT, "r1", "A11", "意见", "申港街道"),
        lambda: item_records.put_input(LI, PROJECT, PANEL, "A11", {"ticks": [True] * 5}),
        lambda: item_records.add_evidence(LI, PROJECT, PANEL, "A11", "正式资料", "a.pdf", b"%PDF-1.7"),
        lambda: steps.lock(LI, PROJECT, "r1"),
        lambda: scorecards.new_blank_sheet(LI, PROJECT, "r1"),
    ):
        with pytest.raises(NotAllowed, match="本轮已由王工锁定"):
            act()
    for sheet in (PANEL, WORKING, mine.sheet.id):
        (answer,) = save(LI, sheet, edit("A11", 1, "1"))
        assert isinstance(answer, Refused)


def test_a_lock_is_opened_by_another_person_with_a_reason() -> None:
    ready_to_lock()
    with pytest.raises(NotAllowed, match="本轮没有锁定"):
        steps.unlock(LI, PROJECT, "r1", "理由")
    steps.lock(WANG, PROJECT, "r1")
    with pytest.raises(NotAllowed, match="须由另一人解锁"):
        steps.unlock(WANG, PROJECT, "r1", "我改主意了")
    with pytest.raises(NotAllowed, match="请写明解锁的理由"):
        steps.unlock(LI, PROJECT, "r1", "")
    steps.unlock(LI, PROJECT, "r1", "财政局要求复核C12")
    (answer,) = save(LI, PANEL, edit("C12", 1, "4", reason="复核"))
    assert isinstance(answer, Saved)
    assert steps.lock(LI, PROJECT, "r1").revision == 3


def test_a_new_round_starts_blank_with_its_own_rule_and_sheets() -> None:
    opened = opening.open_round(WANG, PROJECT, " 终评 ", RoundKind.FINAL, "median")
    assert (opened.round, opened.name, opened.kind, opened.rule) == ("r2", "终评", RoundKind.FINAL, "median")
    assert scorecards.scorecard(WANG, PROJECT, "r2/working").tally.scored == 0
    assert [view.id for view in rounds.rounds(WANG, PROJECT)] == ["r1", "r2"]
    sheet = opening.my_sheet(WANG, PROJECT, "r2")
    assert scorecards.scorecard(WANG, PROJECT, WORKING).tally.scored == 32, "another round's sheets stay in sight"
    with pytest.raises(NotAllowed):
        scorecards.scorecard(WANG, PROJECT, "r2/working")
    assert sheet.id.startswith("r2/")
    own = opening.open_round(WANG, PROJECT, "自评", "self", "chief")
    assert own.round == "r3"
    unit = opening.my_sheet(LI, PROJECT, "r3")
    mine = rounds.round_of(LI, PROJECT, "r3").mine
    assert mine is not None
    assert mine.kind is SheetKind.UNIT
    score_all(LI, unit, {"D11": "1"})
    steps.submit(LI, PROJECT, unit.id)
    items = {i.indicator.code: i for i in meeting.meeting(ZHAO, PROJECT, "r1").items}
    assert ("自评 · 李工的评分表", D(4)) in [(str(e.title), e.points) for e in items["D11"].earlier]
    for name, words in (("", "请填写轮次名称"), ("长" * 41, "最多40字")):
        with pytest.raises(NotAllowed, match=words):
            opening.open_round(WANG, PROJECT, name, "final", "mean")
    with pytest.raises(UnknownName):
        opening.open_round(WANG, "nowhere", "终评", "final", "mean")


def test_a_flag_is_answered_withdrawn_and_counts_as_open_again() -> None:
    (c11,) = [flag for flag in scorecards.scorecard(WANG, PROJECT).flags if flag.code == "C11"]
    answer = item_records.answer_flag(WANG, PROJECT, WORKING, "C11", c11.kind, "开工报告齐全，已核")
    assert (answer.answer, answer.actor_name) == ("开工报告齐全，已核", "王工")
    card = scorecards.scorecard(LI, PROJECT)
    assert c11 in card.flags
    assert c11 not in card.open_flags
    content = scorecard_json.as_json(card, LI)
    assert [(f["code"], f["answered"]) for f in content["flags"]][:2] == [("B11", False), ("C11", True)]
    item_records.answer_flag(LI, PROJECT, WORKING, "C11", c11.kind, "")
    assert c11 in scorecards.scorecard(LI, PROJECT).open_flags
    assert len(item_records.flag_answers(LI, PROJECT, WORKING)) == 1
    with pytest.raises(UnknownName, match="没有这条提示"):
        item_records.answer_flag(WANG, PROJECT, WORKING, "A11", "contradicted", "没有")


def test_the_units_comment_is_answered_with_a_decision_and_a_reason() -> None:
    with pytest.raises(NotAllowed, match="还没有意见"):
        item_records.reply(WANG, PROJECT, "r1", "C12", "采纳", "理由")
    item_records.comment(LI, PROJECT, "r1", "C12", "已完成18个小区，附竣工表", " 申港街道 ")
    item_records.reply(WANG, PROJECT, "r1", "C12", "部分采纳", "竣工表只到11月")
    said = item_records.comments(ZHAO, PROJECT, "r1")
    assert [(c.kind, c.decision, c.revision, c.unit) for c in said] == [
        ("comment", "", 1, "申港街道"), ("reply", "部分采纳", 2, ""),
    ]  # fmt: skip
    assert item_records.last_unit(ZHAO, PROJECT, "r1") == "申港街道"
    for unit, words in ((" ", "请写明这是哪个单位的意见。"), ("街" * 101, "最多100字")):
        with pytest.raises(NotAllowed, match=words):
            item_records.comment(LI, PROJECT, "r1", "C12", "再补一份", unit)
    for text, words in (("", "请写明意见"), ("长" * 2001, "最多2000字")):
        with pytest.raises(NotAllowed, match=words):
            item_records.comment(LI, PROJECT, "r1", "C12", text, "申港街道")
    with pytest.raises(NotAllowed, match="请选择采纳"):
        item_records.reply(WANG, PROJECT, "r1", "C12", "也许", "理由")
    with pytest.raises(UnknownName, match="Z99"):
        item_records.comment(LI, PROJECT, "r1", "Z99", "意见", "申港街道")


def test_entries_at_an_item_make_its_suggestion() -> None:
    # A11: 5 points of 20 % each; 4 met of full marks 2 are 1.60.
    first = item_records.put_input(WANG, PROJECT, WORKING, "A11", {"ticks": [True, True, True, True, False]}, "entry-1")
    again = item_records.put_input(WANG, PROJECT, WORKING, "A11", {"ticks": [True] * 5}, "entry-1")
    assert first == again
    assert scorecards.scorecard(LI, PROJECT).suggestions["A11"].points == D("1.60")
    assert item_records.inputs(LI, PROJECT, WORKING)["A11"] == ItemInput(ticks=(True, True, True, True, False))
    item_records.put_input(LI, PROJECT, WORKING, "A11", {"ticks": [True] * 5})
    assert scorecards.scorecard(LI, PROJECT).suggestions["A11"].points == D("2.00")
    with pytest.raises(NotAllowed, match="5个要点，收到2个"):
        item_records.put_input(LI, PROJECT, WORKING, "A11", {"ticks": [True, False]})
    with pytest.raises(UnknownName):
        item_records.put_input(LI, PROJECT, WORKING, "Z99", {})


def test_what_rules_still_wait_for_is_a_list_for_the_unit() -> None:
    rows = item_records.missing_inputs(WANG, PROJECT, WORKING)
    assert ("A11", "立项依据充分性", "要点勾选", "立项依据文件") in [
        (row.code, row.name, row.input, row.evidence_needed) for row in rows
    ]
    item_records.put_input(WANG, PROJECT, WORKING, "A11", {"ticks": [True] * 5})
    assert "A11" not in {row.code for row in item_records.missing_inputs(WANG, PROJECT, WORKING)}


def test_evidence_is_kept_and_given_back() -> None:
    name, content = "C:\\资料\\台账.xlsx", XLSX
    file = item_records.add_evidence(WANG, PROJECT, WORKING, "C11", "原始凭证", name, content)
    assert (file.name, file.size) == ("台账.xlsx", len(content))
    assert item_records.evidence(LI, PROJECT, WORKING, "C11") == (file,)
    assert item_records.evidence_content(LI, PROJECT, WORKING, file.id) == content
    with pytest.raises(NotAllowed, match="已经在C11的佐证里"):
        item_records.add_evidence(LI, PROJECT, WORKING, "C11", "原始凭证", name, content)
    twin = item_records.add_evidence(LI, PROJECT, WORKING, "C12", "工作资料", name, content)
    assert twin.digest == file.digest
    with pytest.raises(UnknownName):
        item_records.evidence_content(LI, PROJECT, "r1/recon-b", file.id)


@pytest.mark.parametrize(
    ("codes", "kind", "name", "words"),
    [
        ("C11", "其他", "a.pdf", "类别"),
        ("C11", "正式资料", "a.docx", "与文件类型不符"),
        ((), "正式资料", "a.pdf", "选择指标"),
    ],
)
def test_what_is_no_evidence_is_not_taken(codes: str, kind: str, name: str, words: str) -> None:
    with pytest.raises(NotAllowed, match=words):
        item_records.add_evidence(WANG, PROJECT, WORKING, codes, kind, name, b"%PDF-1.7")
    assert item_records.evidence(WANG, PROJECT, WORKING) == ()


def test_confirmed_points_without_evidence_are_flagged_until_it_lies_on_some_sheet_of_the_round() -> None:
    save(WANG, WORKING, edit("A11", 1, "2"))
    assert ("A11", "no_evidence") in {(f.code, f.kind) for f in scorecards.scorecard(WANG, PROJECT).flags}
    item_records.add_evidence(WANG, PROJECT, "r1/recon-b", "A11", "正式资料", "a.pdf", b"%PDF-1.7")
    assert "A11" not in {f.code for f in scorecards.scorecard(WANG, PROJECT).flags}


def test_a_late_edit_loses_against_a_submission_that_came_first(
    store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The sheet is submitted while the edit is on its way: what counts is the state when it is written.
    sheet = opening.my_sheet(WANG, PROJECT, "r1")
    save(WANG, sheet.id, edit("A11", 0, "2"))
    append = write.append_scores

    def submitted_first(*args: object, **kwargs: object) -> object:
        agreed(steps.submit, WANG, PROJECT, sheet.id)
        return append(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(write, "append_scores", submitted_first)
    (answer,) = save(WANG, sheet.id, edit("A11", 1, "1"))
    assert isinstance(answer, Refused)


def test_two_browsers_of_one_name_are_two_evaluators() -> None:
    other = Context(Actor("browser-wan2", "王工"))
    assert opening.my_sheet(WANG, PROJECT, "r1").id != opening.my_sheet(other, PROJECT, "r1").id


def test_a_veto_that_is_entered_decides_the_sheets_grade() -> None:
    """FACTS 4: one-vote veto: item 0 and grade 差. The shipped sheet has 93.00, 优; B13 takes no more than its 4."""
    assert scorecards.scorecard(WANG, PROJECT, WORKING).tally.grade == "优"
    item_records.put_input(WANG, PROJECT, WORKING, "B13", {"veto": True})
    card = scorecards.scorecard(WANG, PROJECT, WORKING)
    assert (card.tally.total, card.tally.grade) == (D("93.00"), "差")
    assert card.suggestions["B13"].points == 0
    item_records.put_input(WANG, PROJECT, WORKING, "B13", {"veto": False})
    assert scorecards.scorecard(WANG, PROJECT, WORKING).tally.grade == "优"


def test_the_overview_and_the_portfolio_keep_what_an_unsubmitted_evaluator_may_not_see() -> None:
    """Somebody has confirmed the working sheet; 李工 still scores alone: no total, but the pages stand."""
    save(WANG, WORKING, edit("A11", 1, "1.50", reason="缺一个要点"))
    opening.my_sheet(LI, PROJECT, "r1")
    assert "92.50" in str(by_id(overview.overview(WANG, PROJECT).cards)["score"].caveat)
    assert "92.50" not in str(by_id(overview.overview(LI, PROJECT).cards)["score"].caveat)
    (seen,) = portfolio.portfolio(WANG, PortfolioAsked()).lines
    (hidden,) = portfolio.portfolio(LI, PortfolioAsked()).lines
    assert any("92.50" in cell for cell in seen.cells)
    assert not any("92.50" in cell for cell in hidden.cells)
