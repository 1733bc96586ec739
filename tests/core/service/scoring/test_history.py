"""Everything is answerable: histories, replay, undo."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import NameNeeded, UnknownName
from core.model.context import Actor, Context, Version
from core.model.rights import OPERATOR
from core.model.scorecard import Status
from core.scoring import Conflict, Refused, Saved
from core.service.base import moments
from core.service.manage import verifying
from core.service.scoring import history, item_records, minutes, opening, scorecards, steps
from core.service.scoring.event_sentences import Sentence
from core.store import clock
from tests.core.service.people import (
    LI,
    NOBODY,
    PROJECT,
    QIAN,
    WANG,
    WORKING,
    ZHAO,
    edit,
    has_submitted,
    save,
)

D = Decimal

pytestmark = pytest.mark.usefixtures("store_path")


def sentences(found: tuple[Sentence, ...]) -> list[str]:
    """Without the moments, which differ."""
    return [str(sentence.message).partition(" ")[2].partition(" ")[2] for sentence in found]


def standing(sheet: str = WORKING) -> dict[str, tuple[Decimal | None, Status, str]]:
    return {
        item.indicator.code: (item.points, item.status, item.event.reason if item.event else "")
        for item in scorecards.scorecard(WANG, PROJECT, sheet).items
    }


def test_an_items_history_says_who_moved_it_from_where_to_where_and_why() -> None:
    save(WANG, WORKING, edit("A11", 1, "2"))
    save(LI, WORKING, edit("A11", 2, "1.5", reason="缺一项依据"))
    save(LI, WORKING, edit("A11", 3, "1.5", reason="缺两项依据"))
    save(LI, WORKING, edit("A11", 4, "1"))
    save(LI, WORKING, edit("A11", 5, None, "evidence_missing"))
    save(LI, WORKING, edit("A11", 6, "2"))
    save(LI, WORKING, edit("A11", 7, "2"))
    item_records.put_input(WANG, PROJECT, WORKING, "A11", {"ticks": [True, False, None, True, True]})
    found = history.item_history(ZHAO, PROJECT, WORKING, "A11")
    assert sentences(found) == [
        "系统在初评工作表把A11 立项依据充分性由未评改为2.00分（待确认）",
        "王工在初评工作表把A11 立项依据充分性的2.00分（待确认）确认为2.00分",
        "李工在初评工作表把A11 立项依据充分性由2.00分改为1.50分，原因：缺一项依据",
        "李工在初评工作表把A11 立项依据充分性（1.50分）的原因改为：缺两项依据",
        "李工在初评工作表把A11 立项依据充分性由1.50分改为1.00分，未写原因",
        "李工在初评工作表把A11 立项依据充分性由1.00分改为待补佐证",
        "李工在初评工作表把A11 立项依据充分性由待补佐证改为2.00分",
        "李工在初评工作表重新保存A11 立项依据充分性：2.00分",
        "王工在初评工作表填报A11 立项依据充分性的计分依据：✓✗?✓✓",
    ]
    assert str(found[1].message).startswith(moments.day_and_time(found[1].made_at))
    assert (found[1].actor_name, found[1].code, found[1].sheet) == ("王工", "A11", WORKING)
    with pytest.raises(UnknownName):
        history.item_history(ZHAO, PROJECT, WORKING, "Z99")


def test_moments_are_printed_in_local_time() -> None:
    assert moments.day_and_time(datetime(2024, 12, 31, 2, 32)) == "2024-12-31 10:32"


def test_the_rounds_timeline_tells_every_kind_of_thing_that_one_may_see() -> None:
    sheet = has_submitted(WANG, {"C12": "1"})
    hidden = opening.my_sheet(LI, PROJECT, "r1")
    save(LI, hidden.id, edit("A11", 0, "1", reason="不能外泄"))
    steps.return_sheet(ZHAO, PROJECT, sheet.id, "请补原因")
    steps.submit(WANG, PROJECT, sheet.id)
    steps.recuse(WANG, PROJECT, sheet.id, "A11", "参与过")
    steps.recuse(WANG, PROJECT, sheet.id, "A11", "已核实", active=False)
    steps.recuse(WANG, PROJECT, sheet.id, None, "利害关系")
    steps.recuse(WANG, PROJECT, sheet.id, None, "已澄清", active=False)
    item_records.comment(QIAN, PROJECT, "r1", "C12", "已完成", "申港街道")
    item_records.reply(ZHAO, PROJECT, "r1", "C12", "不采纳", "无竣工表")
    opening.set_rule(ZHAO, PROJECT, "r1", "median")
    item_records.answer_flag(ZHAO, PROJECT, WORKING, "C11", "contradicted", "已核")
    item_records.answer_flag(ZHAO, PROJECT, WORKING, "C11", "contradicted", "")
    for code, content in (
        ("D42", {"faults": 3}),
        ("D41", {"answers": [5, 3, 1, 1, 0]}),
        ("C12", {"figures": {"stage_done": "18", "stage_target": "20"}}),
        ("B33", {"veto": True}),
        ("D11", {"level": "中"}),
    ):
        item_records.put_input(ZHAO, PROJECT, WORKING, code, content)
    minutes.save_minutes(ZHAO, PROJECT, "r1", "第一稿")
    told = sentences(history.timeline(ZHAO, PROJECT, "r1"))
    for expected in (
        "王工提交了王工的评分表",
        "赵工退回了王工的评分表，理由：请补原因",
        "王工在王工的评分表回避A11 立项依据充分性，理由：参与过",
        "王工在王工的评分表取消回避A11 立项依据充分性，理由：已核实",
        "王工申请回避整张王工的评分表，理由：利害关系",
        "王工取消回避整张王工的评分表，理由：已澄清",
        "钱工登记申港街道对C12的意见：已完成",
        "赵工答复C12的意见：不采纳。无竣工表",
        "赵工把初评的汇总规则定为中位数",
        "赵工在初评工作表答复C11 改造小区开工率的提示：已核",
        "赵工在初评工作表撤回了对C11 改造小区开工率提示的答复",
        "赵工在初评工作表填报D42 施工扰民与投诉办结的计分依据：3",
        "赵工在初评工作表填报D41 居民满意度的计分依据：5/3/1/1/0",
        "赵工在初评工作表填报C12 阶段改造完成率的计分依据：18 20",
        "赵工在初评工作表对B33 质量安全可控性记了一票否决",
        "赵工在初评工作表填报D11 居住条件与安全改善的计分依据：中",
        "赵工保存了会议纪要（第1版）",
    ):
        assert expected in told
    assert not any("不能外泄" in sentence for sentence in told)
    opened = opening.open_round(ZHAO, PROJECT, "终评", "final", "mean")
    assert sentences(history.timeline(ZHAO, PROJECT, opened.round)) == ["赵工开始了终评（终评），汇总规则为平均分"]


def test_a_replay_is_the_sheet_as_it_was() -> None:
    states, stops = [standing()], [history.moments(WANG, PROJECT, WORKING)[-1]]
    for code, base, points in (("A11", 1, "1"), ("C12", 1, "6"), ("A11", 2, "0.5")):
        save(WANG, WORKING, edit(code, base, points, reason="会议"))
        states.append(standing())
        stops.append(history.moments(WANG, PROJECT, WORKING)[-1])
    for state, stop in zip(states, stops, strict=True):
        card = history.at(LI, PROJECT, WORKING, stop)
        assert {i.indicator.code: (i.points, i.status, i.event.reason) for i in card.items if i.event} == state
    assert history.at(LI, PROJECT, WORKING, stops[0] - timedelta(days=1)).tally.scored == 0
    assert history.at(LI, PROJECT, WORKING, None).tally.total == D("93.00")  # A11 2 to 0.5, C12 4.5 to 6
    found = history.compare_moments(LI, PROJECT, WORKING, stops[0], stops[1])
    assert [(d.code, d.left, d.right) for d in found.differences] == [("A11", D(2), D(1))]
    past = Context(LI.actor, version=Version(None, stops[1]))
    assert len(history.item_history(past, PROJECT, WORKING, "A11")) == 2


def test_undo_says_what_it_does_and_is_itself_a_change() -> None:
    save(LI, WORKING, edit("A11", 1, "1", reason="缺依据"))
    said = str(history.undo_sentence(WANG, PROJECT, WORKING, "A11"))
    assert said.startswith("撤销李工")
    assert said.endswith("的修改：A11由1.00分恢复为2.00分（待确认）。")
    answer = history.restore(WANG, PROJECT, WORKING, "A11", base=2)
    assert isinstance(answer, Saved)
    assert (answer.event.revision, answer.event.points, answer.event.status) == (3, D(2), Status.EXAMPLE)
    assert answer.event.note == "判断"  # scorecard.csv: recon_basis of A11
    again = history.restore(LI, PROJECT, WORKING, "A11")
    assert isinstance(again, Saved)
    assert (again.event.points, again.event.reason) == (D(1), "缺依据")


def test_undo_of_a_first_score_leaves_the_item_unscored() -> None:
    sheet = opening.my_sheet(WANG, PROJECT, "r1")
    assert history.undo_sentence(WANG, PROJECT, sheet.id, "A11") is None
    nothing = history.restore(WANG, PROJECT, sheet.id, "A11")
    assert isinstance(nothing, Refused)
    save(WANG, sheet.id, edit("A11", 0, "1"))
    assert "恢复为未评" in str(history.undo_sentence(WANG, PROJECT, sheet.id, "A11"))
    assert isinstance(history.restore(WANG, PROJECT, sheet.id, "A11"), Saved)
    assert standing(sheet.id)["A11"] == (None, Status.UNSCORED, "")


def test_undo_is_refused_where_an_edit_would_be() -> None:
    with pytest.raises(NameNeeded):
        history.restore(NOBODY, PROJECT, WORKING, "A11")
    with pytest.raises(UnknownName):
        history.restore(WANG, PROJECT, WORKING, "Z99")
    save(LI, WORKING, edit("A11", 1, "1"))
    met = history.restore(WANG, PROJECT, WORKING, "A11", base=1)
    assert isinstance(met, Conflict)
    sheet = has_submitted(WANG, {})
    refused = history.restore(WANG, PROJECT, sheet.id, "A11")
    assert isinstance(refused, Refused)
    assert "已提交" in str(refused.message)


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["A11", "C12"]),
        st.one_of(st.integers(0, 200).map(lambda cents: f"{cents / 100:.2f}"), st.none()),
        st.sampled_from(["", "依据不足"]),
    ),
    max_size=4,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=CHANGES, code=st.sampled_from(["A11", "C12"]))
def test_undo_of_undo_changes_nothing_and_every_stop_replays(
    changes: list[tuple[str, str | None, str]], code: str
) -> None:
    for where, points, reason in changes:
        newest = scorecards.scorecard(WANG, PROJECT).items
        base = next(i.event.revision for i in newest if i.indicator.code == where and i.event)
        status = "confirmed" if points is not None else "evidence_missing"
        save(WANG, WORKING, edit(where, base, points, status, reason))
    before, stop = standing(), history.moments(WANG, PROJECT, WORKING)[-1]
    history.restore(LI, PROJECT, WORKING, code)
    history.restore(WANG, PROJECT, WORKING, code)
    assert standing() == before
    replayed = history.at(WANG, PROJECT, WORKING, stop)
    assert {i.indicator.code: (i.points, i.status, i.event.reason) for i in replayed.items if i.event} == before


# No wrong number, D30: one change that a clock far ahead has dated.
def test_what_follows_a_change_dated_far_ahead_is_told_replayed_and_undone_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = clock.now()
    at = {"now": right + timedelta(days=400)}
    monkeypatch.setattr(clock, "now", lambda: at["now"])
    save(WANG, WORKING, edit("A11", 1, "0.5", reason="甲"))
    item_records.put_input(WANG, PROJECT, WORKING, "A11", {"ticks": [True, False, None, True, True]})
    minutes.save_minutes(ZHAO, PROJECT, "r1", "第一稿")
    at["now"] = right
    save(LI, WORKING, edit("A11", 2, "1", reason="乙"), edit("A12", 1, "1", reason="丙"))
    item_records.put_input(LI, PROJECT, WORKING, "A11", {"ticks": [True, True, True, True, True]})
    minutes.save_minutes(ZHAO, PROJECT, "r1", "第二稿")

    told = sentences(history.item_history(ZHAO, PROJECT, WORKING, "A11"))
    assert [text for text in told if "原因" in text] == [
        "王工在初评工作表把A11 立项依据充分性由2.00分（待确认）改为0.50分，原因：甲",
        "李工在初评工作表把A11 立项依据充分性由0.50分改为1.00分，原因：乙",
    ]
    assert [text.partition("：")[2] for text in told if "填报" in text] == ["✓✗?✓✓", "✓✓✓✓✓"]
    whole = sentences(history.timeline(ZHAO, PROJECT, "r1"))
    places = [next(n for n, text in enumerate(whole) if f"原因：{word}" in text) for word in "甲乙丙"]
    assert places == sorted(places)
    saved = minutes.minutes(ZHAO, PROJECT, "r1")
    assert saved is not None
    assert saved.text == "第二稿"

    last = history.moments(ZHAO, PROJECT, WORKING)[-1]
    assert last < right + timedelta(minutes=5)
    then = {item.indicator.code: item.points for item in history.at(ZHAO, PROJECT, WORKING, last).items}
    assert (then["A11"], then["A12"]) == (D("1"), D("1"))
    assert "由1.00分恢复为0.50分" in str(history.undo_sentence(LI, PROJECT, WORKING, "A11"))
    answer = history.restore(LI, PROJECT, WORKING, "A11", 3)
    assert isinstance(answer, Saved)
    assert (answer.event.revision, answer.event.points, answer.event.reason) == (4, D("0.5"), "甲")
    assert standing()["A11"][0] == D("0.5")
    assert verifying.verify(Context(Actor("operator", "管理员", grants=OPERATOR)), PROJECT).problems == ()
