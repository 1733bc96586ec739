"""轮次设置 on 专家评议: the form of a new round and of the present one, for the roles that may."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from core.errors import chinese
from core.model.context import Actor, Context
from core.model.particulars import Particulars
from core.model.rights import Role, everywhere
from core.service.base import open_store
from core.service.base.moments import local
from core.service.manage import project_particulars, scheme_files
from core.service.scoring import opening, rounds, scorecards, setting_up, steps
from core.store import clock, imports, read
from tests.core.service.manage.test_scheme_files import with_step
from tests.pages.opening import key, opened
from tests.pages.test_panel_pages import CHEN, LI, PROJECT, WANG, ctx, labels, words

pytestmark = pytest.mark.usefixtures("store_path")


def panel(actor: Actor = CHEN, **query: str) -> AppTest:
    return opened("scoring/panel", actor, None, **query)


def new_form(at: AppTest, round_id: str = "r1") -> AppTest:
    """The form of a new round, on the page of a round."""
    at.segmented_control(key=key("set_up_part", round_id)).set_value("new").run()
    return at


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click().run()
    assert [each.value for each in at.error] == []
    return at


def names() -> list[str]:
    return [view.name for view in rounds.rounds(ctx(CHEN), PROJECT)]


def test_a_round_is_opened_on_one_form_that_begins_as_the_last_round_was() -> None:
    for person in (WANG, LI):
        opening.my_sheet(ctx(person), PROJECT, "r1")
    at = new_form(panel())
    assert "已按上一轮“初评”填好，可以修改。" in words(at)
    at.text_input(key=key("open_name", "r2")).set_value("复评")
    at.selectbox(key=key("open_kind", "r2")).set_value("复评")
    at.text_input(key=key("open_deadline", "r2")).set_value("2099-12-05")
    at.selectbox(key=key("open_shown", "r2")).set_value("本轮锁定后才可看")
    at.selectbox(key=key("open_least", "r2")).set_value("3")
    press(at, "开始这一轮")
    view = rounds.round_of(ctx(CHEN), PROJECT, "r2")
    assert (view.name, view.round.kind, str(view.round.deadline), view.round.shown) == (
        "复评", "reevaluation", "2099-12-05", "after_lock",
    )  # fmt: skip
    assert [each.owner_name for each in view.sheets] == ["", "王工", "李工"]
    assert at.session_state["view_round"] == "r2"
    assert "截止2099年12月5日，剩" in words(at)
    assert "各项都只有2人评，少于每项3人。" in words(at)
    assert "等待王工、李工提交。" in words(at)


def test_nobody_waits_for_who_stays_out_of_the_whole_sheet() -> None:
    sheets = [opening.my_sheet(ctx(person), PROJECT, "r1") for person in (WANG, LI)]
    steps.recuse(ctx(LI), PROJECT, sheets[1].id, None, "现任项目顾问")
    assert "等待王工提交。" in words(panel())


def test_a_second_tab_opens_no_other_round_and_is_told_so() -> None:
    first, second = new_form(panel(WANG)), new_form(panel(CHEN))
    first.text_input(key=key("open_name", "r2")).set_value("复评")
    press(first, "开始这一轮")
    second.text_input(key=key("open_name", "r2")).set_value("终评")
    press(second, "开始这一轮")
    assert names() == ["初评", "复评"]
    assert "王工已先开始了“复评”，没有再开一轮。" in words(second)


def test_a_day_that_is_none_is_a_sentence_and_opens_nothing() -> None:
    at = new_form(panel())
    at.text_input(key=key("open_deadline", "r2")).set_value("下周")
    next(button for button in at.button if button.label == "开始这一轮").click().run()
    assert names() == ["初评"]
    assert "下周" in " ".join(each.value for each in at.error)


def test_a_newer_version_of_the_scheme_stands_beside_the_last_rounds() -> None:
    """A11 (2) gets 3 and B11 (3) gets 2: both come to 100."""
    store = open_store.store()
    old = read.sheet(store, PROJECT, "r1/working").scheme
    changed = {"A11": 1, "B11": -1}
    items = tuple(replace(each, weight=each.weight + changed.get(each.code, 0)) for each in old.indicators)
    imports.add_scheme(store, replace(old, version=2, indicators=items), "x", WANG)
    at = new_form(panel())
    assert "上一轮用v1，另有v2" in words(at)
    table = next(each.value for each in at.table if "v2满分" in each.value.columns)
    assert [[cell.replace("\\", "") for cell in row] for row in table.to_numpy()] == [
        ["A11", "立项依据充分性", "2.00", "3.00"],
        ["B11", "资金到位率", "3.00", "2.00"],
        ["", "合计（全部32项）", "100.00", "100.00"],
    ]
    at.selectbox(key=f"{key('open_version', 'r2')}/{old.id}").set_value(2).run()
    press(at, "开始这一轮")
    assert read.sheet(store, PROJECT, "r2/working").scheme.version == 2


def test_the_present_round_is_renamed_closed_and_reopened() -> None:
    at = panel()
    at.text_input(key=key("set_name", "r1", "0")).set_value("初评（修订）")
    press(at, "保存设置")
    assert names() == ["初评（修订）"]
    at.text_input(key=key("close", "r1") + "_text").set_value("合并到复评")
    press(at, "关闭本轮")
    assert "本轮已由陈主任关闭" in words(at)
    assert "理由：合并到复评" in words(at)
    assert not {"开始我的评分表", "关闭本轮", "锁定本轮"} & set(labels(at))
    at.text_input(key=key("reopen", "r1") + "_text").set_value("单独进行")
    press(at, "重新打开")
    assert "开始我的评分表" in labels(at)


def test_an_empty_round_is_deleted_and_one_with_scores_is_not_offered_it() -> None:
    opening.open_round(ctx(CHEN), PROJECT, "复评", "reevaluation", "mean")
    assert "删除本轮（空的）" not in labels(panel(round="r1"))
    at = press(panel(round="r2"), "删除本轮（空的）")
    assert names() == ["初评"]
    assert "初评" in words(at)


@pytest.mark.parametrize(("days", "said"), [(0, "今天截止"), (5, "剩5天"), (-1, "已截止")])
def test_the_deadline_stands_on_the_board(days: int, said: str) -> None:
    day = local(clock.now()).date() + timedelta(days=days)
    opening.open_round(ctx(CHEN), PROJECT, "复评", "reevaluation", "mean", deadline=day)
    assert f"截止{chinese(day)}，{said}" in words(panel(round="r2"))


def test_who_may_not_is_offered_none_of_it() -> None:
    for role in (Role.EVALUATOR, Role.LEADER):
        at = panel(Actor(f"browser-of-{role}", "某人", everywhere(role)))
        offered = {"保存设置", "关闭本轮", "开始这一轮", "锁定本轮", "汇总到评审组评分表"} & set(labels(at))
        assert offered == set(), role
        assert not [each for each in at.expander if each.label == "轮次设置"], role
        assert ("开始我的评分表" in labels(at)) is (role is Role.EVALUATOR)


def test_a_project_without_a_scorecard_gets_one_from_the_page() -> None:
    project_particulars.add(ctx(WANG), "new-project", Particulars("新项目"))
    start = setting_up.start(Context(CHEN), "new-project")
    at = panel(project="new-project")
    assert "还没有评分表：选指标体系，建评分表" in words(at)
    at.selectbox(key=key("open_scheme", "r1", project="new-project")).set_value(
        next(each.name for each in start.schemes if each.id == "old-community-32")
    ).run()
    press(at, "开始这一轮")
    (view,) = rounds.rounds(ctx(CHEN), "new-project")
    assert (view.id, view.name, [each.sheet.scheme.id for each in view.sheets]) == ("r1", "初评", ["old-community-32"])
    assert "下一步：评价人各自开始评分表" in words(at)
    leader = Actor("browser-of-leader", "吴主任", everywhere(Role.LEADER))
    project_particulars.add(ctx(WANG), "another", Particulars("又一项目"))
    assert "开始这一轮" not in labels(panel(leader, project="another"))


def test_an_evaluator_is_taken_off_with_a_reason_and_added_again() -> None:
    for person in (WANG, LI):
        opening.my_sheet(ctx(person), PROJECT, "r1")
    at = panel()
    at.selectbox(key=key("take_off", "r1")).set_value("李工").run()
    at.text_input(key=f"{key('take_off_reason', 'r1')}_text").set_value("调离本单位")
    press(at, "移出")
    here = rounds.round_of(ctx(CHEN), PROJECT, "r1").sheets
    assert [each.owner_name for each in here if each.owner_name] == ["王工"]
    mine = panel(LI)
    assert "李工已由陈主任移出本轮评分，理由：调离本单位。" in words(mine)
    assert {"开始我的评分表", "申请评分"}.isdisjoint(labels(mine))
    at.pills(key=key("set_experts", "r1", "0")).select(LI.id).run()
    press(at, "保存设置")
    assert rounds.round_of(ctx(LI), PROJECT, "r1").mine is not None


def test_who_is_chosen_as_the_reason_is_sent_is_taken_off_or_stays_out_of_what_is_chosen() -> None:
    """The page has not been made again since the choice: whoever types fast sends both at once."""
    for person in (WANG, LI):
        opening.my_sheet(ctx(person), PROJECT, "r1")
    at = panel()
    at.selectbox(key=key("take_off", "r1")).set_value("李工")
    at.text_input(key=f"{key('take_off_reason', 'r1')}_text").set_value("调离本单位")
    press(at, "移出")
    here = rounds.round_of(ctx(CHEN), PROJECT, "r1").sheets
    assert [each.owner_name for each in here if each.owner_name] == ["王工"]
    own = rounds.round_of(ctx(WANG), PROJECT, "r1").mine
    assert own is not None
    at = panel(WANG)
    at.selectbox(key=key("recuse_code", own.sheet.id)).set_value("A12")
    at.text_input(key=f"{key('recuse', own.sheet.id)}_text").set_value("曾参与评审")
    press(at, "申请回避")
    found = rounds.round_of(ctx(WANG), PROJECT, "r1").mine
    assert found is not None
    assert found.recused == {"A12"}


def test_a_late_submission_says_so_in_the_table() -> None:
    sheet = opening.my_sheet(ctx(LI), PROJECT, "r1")
    score_and_submit(LI, sheet.id)
    now = rounds.round_of(ctx(CHEN), PROJECT, "r1").round
    kept = {name: getattr(now, name) for name in ("name", "kind", "rule", "least_scorers", "shown", "self_shown")}
    yesterday = local(clock.now()).date() - timedelta(days=1)
    setting_up.change_round(ctx(CHEN), PROJECT, "r1", **kept, deadline=yesterday)
    at = panel()
    assert "已提交（逾期提交）" in [str(cell) for cell in at.table[0].value.to_numpy().ravel()]
    assert "已截止；此后提交的注明“逾期提交”" in words(at)


def score_and_submit(actor: Actor, sheet: str) -> None:
    """Full marks on every item, handed in."""
    scheme = read.sheet(open_store.store(), PROJECT, sheet).scheme
    edits = [
        {"edit_id": f"{n:032x}", "code": item.code, "base": 0, "points": f"{item.weight:f}", "status": "confirmed",
         "reason": ""}
        for n, item in enumerate(scheme.indicators, start=1)
    ]  # fmt: skip
    scorecards.save(ctx(actor), PROJECT, sheet, edits)
    steps.submit(ctx(actor), PROJECT, sheet)


def test_a_scheme_with_a_step_says_so_in_the_form_of_the_next_round_and_of_its_own() -> None:
    halves = scheme_files.import_scheme(ctx(CHEN), with_step("0.5")).scheme
    opening.open_round(ctx(CHEN), PROJECT, "复评", "reevaluation", "mean", scheme=(halves.id, halves.version))
    told = "按0.5分一档打分"
    at = panel(round="r2")
    assert told in words(at)
    assert told in words(new_form(at, "r2")), "it begins as the last round was"
    assert told not in words(panel(round="r1"))
    assert rounds.round_of(ctx(CHEN), PROJECT, "r2").sheets[0].sheet.scheme.step == halves.step
