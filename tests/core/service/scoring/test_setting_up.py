"""A round is set up on one form, opened once, changed, closed, reopened, deleted while it is empty."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.errors import NotAllowed, UnknownName
from core.model.context import Actor, Context, Version
from core.model.panel_events import RoundKind, SelfShown, Shown
from core.model.particulars import Particulars
from core.model.rights import Role, everywhere
from core.scoring.round_settings import SET
from core.service.base import open_store
from core.service.manage import project_particulars
from core.service.scoring import history, item_records, opening, rounds, scorecards, setting_up, steps
from core.store import clock, imports, logs, people, portfolio, read
from tests.core.service.people import LI, PROJECT, QIAN, WANG, WORKING, ZHAO, edit, has_submitted, save

EXPERT = Context(Actor("user:zhang", "张工", everywhere(Role.EVALUATOR)))
CHIEF = Context(Actor("user:chen", "陈主任", everywhere(Role.CHIEF)))

pytestmark = pytest.mark.usefixtures("store_path")


def enter(login: str, name: str, role: str, project: str = "") -> None:
    """Somebody with an account and a role."""
    drafts: list[dict[str, Any]] = [
        {"kind": "added", "name": name},
        {"kind": "granted", "role": role, "project": project},
    ]
    for draft in drafts:
        people.add(open_store.store(), login, WANG.actor, lambda _, draft=draft: [draft])  # type: ignore[misc]


def said(round_id: str) -> list[str]:
    told = [str(each.message).partition("陈主任")[2] for each in history.timeline(CHIEF, PROJECT, round_id)]
    return [each for each in told if each]


def change(round_id: str, **changed: Any) -> None:
    now = rounds.round_of(CHIEF, PROJECT, round_id).round
    kept = {name: getattr(now, name) for name in SET}
    setting_up.change_round(CHIEF, PROJECT, round_id, **kept | changed)


class TestOpening:
    def test_it_starts_from_the_last_round_in_which_others_score(self) -> None:
        first = setting_up.start(CHIEF, PROJECT)
        assert (first.id, str(first.like), first.name, first.kind) == ("r2", "初评", "初评2", RoundKind.INITIAL)
        opening.open_round(
            CHIEF, PROJECT, "复评", RoundKind.REEVALUATION, "median",
            deadline=date(2026, 12, 5), least_scorers=3, shown=Shown.AFTER_LOCK, self_shown=SelfShown.AT_ONCE,
        )  # fmt: skip
        opening.open_round(CHIEF, PROJECT, "自评", RoundKind.SELF, "chief")
        then = setting_up.start(CHIEF, PROJECT)
        assert (then.id, str(then.like), then.name) == ("r4", "复评", "复评2")
        assert (then.rule, then.least_scorers, then.shown) == ("median", 3, Shown.AFTER_LOCK)
        assert then.self_shown is SelfShown.AT_ONCE
        assert then.scheme is not None
        assert (then.scheme.id, then.scheme.version, then.grades) == ("old-community-32", 1, "mof")

    def test_each_expert_has_a_blank_sheet_of_their_own(self) -> None:
        enter("zhang", "张工", "evaluator")
        enter("wu", "吴工", "evaluator", PROJECT)
        enter("sun", "孙工", "evaluator", "elsewhere")
        enter("lin", "林主任", "leader")
        assert setting_up.experts(CHIEF, PROJECT) == {"user:zhang": "张工", "user:wu": "吴工"}
        opened = opening.open_round(CHIEF, PROJECT, "复评", "reevaluation", "mean", experts=["user:zhang", "user:wu"])
        view = rounds.round_of(EXPERT, PROJECT, opened.round)
        assert [(str(each.name), each.mine, each.scored) for each in view.sheets] == [
            ("工作表", False, 0), ("张工的评分表", True, 0), ("吴工的评分表", False, 0),
        ]  # fmt: skip
        assert opening.my_sheet(EXPERT, PROJECT, "r2").id == view.sheets[1].sheet.id
        assert setting_up.start(CHIEF, PROJECT).experts == ("user:zhang", "user:wu")
        with pytest.raises(UnknownName, match="“user:sun”不能在本项目评分"):
            opening.open_round(CHIEF, PROJECT, "终评", "final", "mean", experts=["user:sun"])
        assert [view.id for view in rounds.rounds(CHIEF, PROJECT)] == ["r1", "r2"]

    def test_without_accounts_whoever_had_a_sheet_can_be_asked_again(self) -> None:
        opening.my_sheet(LI, PROJECT, "r1")
        assert setting_up.experts(CHIEF, PROJECT) == {"browser-li00": "李工"}

    def test_a_second_tab_with_the_same_form_opens_no_other_round(self) -> None:
        form = f"{PROJECT}/{setting_up.start(CHIEF, PROJECT).id}"
        one = opening.open_round(CHIEF, PROJECT, "复评", "reevaluation", "mean", form)
        other = opening.open_round(replace(CHIEF, actor=WANG.actor), PROJECT, "终评", "final", "median", form)
        assert one == other
        assert [view.name for view in rounds.rounds(CHIEF, PROJECT)] == ["初评", "复评"]

    def test_a_newer_version_of_the_scheme_is_used_where_it_is_chosen(self) -> None:
        store = open_store.store()
        old = read.sheet(store, PROJECT, WORKING).scheme
        first = replace(old.indicators[0], weight=old.indicators[0].weight + 1)
        imports.add_scheme(store, replace(old, version=2, indicators=(first, *old.indicators[1:])), "x", WANG.actor)
        opening.open_round(CHIEF, PROJECT, "复评", "reevaluation", "mean", scheme=(old.id, 2))
        assert [read.sheet(store, PROJECT, name).scheme.version for name in (WORKING, "r2/working")] == [1, 2]

    @pytest.mark.parametrize(
        ("wrong", "words"), [({"least_scorers": 0}, "请填1到50"), ({"scheme": ("none", 1)}, "请选择指标体系")]
    )
    def test_what_cannot_be_is_a_sentence(self, wrong: dict[str, Any], words: str) -> None:
        with pytest.raises((NotAllowed, UnknownName), match=words):
            opening.open_round(CHIEF, PROJECT, "复评", "reevaluation", "mean", **wrong)

    def test_only_the_chief_sets_rounds_up(self) -> None:
        for call in (
            lambda: setting_up.start(EXPERT, PROJECT),
            lambda: setting_up.experts(EXPERT, PROJECT),
            lambda: setting_up.close_round(EXPERT, PROJECT, "r1", "理由"),
            lambda: setting_up.delete_round(EXPERT, PROJECT, "r1"),
        ):
            with pytest.raises(NotAllowed, match="只限主评人"):
                call()

    def test_a_project_without_a_scorecard_gets_its_first_one_as_r1(self) -> None:
        made = new_project()
        start = setting_up.start(CHIEF, made)
        assert (start.id, start.like, start.name, start.scheme) == ("r1", None, "初评", None)
        scheme = start.schemes[0]
        assert (scheme.id, start.grades) == ("old-community-32", "mof")
        opened = opening.open_round(
            CHIEF, made, start.name, start.kind, start.rule, scheme=(scheme.id, scheme.version), grades=start.grades
        )
        assert opened.round == "r1"
        assert scorecards.scorecard(CHIEF, made).tally.scored == 0
        assert [view.id for view in rounds.rounds(CHIEF, made)] == ["r1"]
        assert setting_up.start(CHIEF, made).id == "r2"

    def test_after_a_self_assessment_alone_the_form_offers_a_first_review(self) -> None:
        made = new_project()
        scheme = setting_up.start(CHIEF, made).schemes[0]
        opening.open_round(
            CHIEF, made, "自评", RoundKind.SELF, "chief", scheme=(scheme.id, scheme.version), grades="mof"
        )
        start = setting_up.start(CHIEF, made)
        assert (start.name, start.kind, start.scheme) == ("初评", RoundKind.INITIAL, scheme)


def new_project() -> str:
    """A project of which its particulars are known, and nothing else."""
    project_particulars.add(WANG, "new-project", Particulars("新项目"))
    return "new-project"


class TestChanging:
    def test_each_change_is_a_row_and_a_sentence(self) -> None:
        change("r1", name="初评（修订）", deadline=date(2026, 12, 5))
        change("r1", rule="median")
        change("r1", rule="median")
        change("r1", shown=Shown.AFTER_LOCK, least_scorers=3, kind=RoundKind.FINAL, deadline=None)
        change("r1", self_shown=SelfShown.AT_ONCE)
        view = rounds.round_of(CHIEF, PROJECT, "r1")
        assert (view.name, view.rule, view.round.deadline, view.round.revision) == ("初评（修订）", "median", None, 4)
        assert said("r1") == [
            "修改了初评的设置：名称改为“初评（修订）”、截止日期改为2026年12月5日",
            "把初评（修订）的汇总规则定为中位数",
            "修改了初评（修订）的设置：类别改为终评、截止日期改为不设、每项至少评分人数改为3、"
            "公开得分改为：本轮锁定后才可看",
            "修改了初评（修订）的设置：自评得分改为：一开始就列出",
        ]

    def test_an_earlier_version_shows_the_round_as_it_was(self) -> None:
        before = clock.now()
        change("r1", name="重新命名")
        (then,) = rounds.rounds(replace(CHIEF, version=Version(moment=before)), PROJECT)
        assert (then.name, rounds.round_of(CHIEF, PROJECT, "r1").name) == ("初评", "重新命名")
        assert [each.name for each in portfolio.rounds(open_store.store())[PROJECT]] == ["重新命名"]

    def test_a_locked_round_keeps_its_setting(self) -> None:
        lock()
        with pytest.raises(NotAllowed, match="本轮已由陈主任锁定"):
            change("r1", name="别的")
        with pytest.raises(NotAllowed, match="本轮已由陈主任锁定"):
            setting_up.close_round(CHIEF, PROJECT, "r1", "理由")

    def test_more_experts_join_but_not_who_has_seen_the_others_scores(self) -> None:
        enter("zhang", "张工", "evaluator")
        opening.add_experts(CHIEF, PROJECT, "r1", ["user:zhang"])
        opening.add_experts(CHIEF, PROJECT, "r1", ["user:zhang"])
        assert rounds.round_of(EXPERT, PROJECT, "r1").mine is not None
        enter("chen", "陈主任", "chief")
        has_submitted(LI, {})
        scorecards.scorecard(CHIEF, PROJECT, opening.my_sheet(LI, PROJECT, "r1").id)
        with pytest.raises(NotAllowed, match="已看过本轮他人的得分"):
            opening.add_experts(CHIEF, PROJECT, "r1", ["user:chen"])


def lock() -> None:
    """The chief's panel sheet, complete, and locked."""
    sheet = opening.panel_sheet(CHIEF, PROJECT, "r1")
    edits = [edit(item.code, 0, str(item.weight)) for item in sheet.scheme.indicators]
    scorecards.save(CHIEF, PROJECT, sheet.id, edits)
    answer_flags(sheet.id)
    steps.lock(CHIEF, PROJECT, "r1")


def answer_flags(sheet: str) -> None:
    for flag in scorecards.scorecard(CHIEF, PROJECT, sheet).open_flags:
        item_records.answer_flag(CHIEF, PROJECT, sheet, flag.code, flag.kind, "已核")


class TestClosing:
    def test_nothing_is_entered_until_it_is_reopened_and_both_are_on_record(self) -> None:
        mine = opening.my_sheet(LI, PROJECT, "r1").id
        setting_up.close_round(CHIEF, PROJECT, "r1", "合并到复评")
        words = r"本轮已由陈主任于.+关闭，不能再填写或提交"
        (answer,) = save(LI, mine, edit("A11", 0, "1"))
        assert "陈主任" in str(answer)
        assert "关闭" in str(answer)
        for refused in (
            lambda: opening.my_sheet(QIAN, PROJECT, "r1"),
            lambda: steps.submit(LI, PROJECT, mine),
            lambda: steps.recuse(LI, PROJECT, mine, None, "亲属"),
            lambda: opening.panel_sheet(ZHAO, PROJECT, "r1"),
            lambda: scorecards.new_blank_sheet(CHIEF, PROJECT, "r1"),
            lambda: item_records.comment(QIAN, PROJECT, "r1", "A11", "已完成", "申港街道"),
        ):
            with pytest.raises(NotAllowed, match=words):
                refused()
        view = rounds.round_of(LI, PROJECT, "r1")
        assert (view.writable, view.closed is not None) == (False, True)
        with pytest.raises(NotAllowed, match="请写明重新打开的理由"):
            setting_up.reopen_round(CHIEF, PROJECT, "r1", " ")
        setting_up.reopen_round(CHIEF, PROJECT, "r1", "单独进行")
        assert rounds.round_of(LI, PROJECT, "r1").writable
        save(LI, mine, edit("A11", 0, "1"))
        assert [each for each in said("r1") if "关闭" in each or "打开" in each] == [
            "关闭了初评，理由：合并到复评", "重新打开了初评，理由：单独进行",
        ]  # fmt: skip


class TestDeleting:
    def test_an_empty_round_goes_and_its_number_is_not_used_again(self) -> None:
        opening.open_round(CHIEF, PROJECT, "复评", "reevaluation", "mean")
        opening.my_sheet(LI, PROJECT, "r2")
        setting_up.delete_round(CHIEF, PROJECT, "r2")
        assert [view.id for view in rounds.rounds(CHIEF, PROJECT)] == ["r1"]
        assert {sheet.id.partition("/")[0] for sheet in scorecards.sheets(CHIEF, PROJECT)} == {"r1"}
        assert [each.id for each in portfolio.rounds(open_store.store())[PROJECT]] == ["r1"]
        with pytest.raises(UnknownName, match="没有轮次“r2”"):
            rounds.round_of(CHIEF, PROJECT, "r2")
        assert opening.open_round(CHIEF, PROJECT, "复评", "reevaluation", "mean").round == "r3"

    def test_a_round_with_an_entry_stays(self) -> None:
        opening.open_round(CHIEF, PROJECT, "复评", "reevaluation", "mean")
        mine = opening.my_sheet(LI, PROJECT, "r2").id
        save(LI, mine, edit("A11", 0, "1"))
        for round_id in ("r1", "r2"):
            with pytest.raises(NotAllowed, match="本轮已有内容，不能删除"):
                setting_up.delete_round(CHIEF, PROJECT, round_id)


def test_an_older_store_says_what_its_own_tables_say() -> None:
    """r1 of the data; r2 opened by a person, with its rule changed since: both before there were settings."""
    store = open_store.store()
    with store.writing("data") as session:
        session.insert("round", [{"batch": None, "project": PROJECT, "seq": 2, "id": "r2", "name": "终评"}])
        drafts = [{"name": "终评", "kind": "final", "rule": rule} for rule in ("mean", "median")]
        logs.write_events(session, logs.ROUND_EVENTS, PROJECT, "r2", CHIEF.actor, drafts)
    first, second = logs.rounds(open_store.store(), PROJECT)
    assert (first.name, first.kind, first.rule, first.revision) == ("初评", RoundKind.INITIAL, "mean", 0)
    assert (second.name, second.kind, second.rule) == ("终评", RoundKind.FINAL, "median")
    assert (second.deadline, second.least_scorers, second.shown) == (None, 2, Shown.AFTER_SUBMIT)
    change("r2", deadline=date(2026, 12, 5))
    assert logs.rounds(open_store.store(), PROJECT)[1].rule == "median"
    assert said("r2")[-1] == "修改了终评的设置：截止日期改为2026年12月5日"
