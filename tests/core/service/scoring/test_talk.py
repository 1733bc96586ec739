"""讨论 and 议定 on a real store: who hears, who may, what is written once, and what timeline and minutes say of it."""

from __future__ import annotations

import re

import pytest

from core.errors import NameNeeded, NotAllowed, UnknownName
from core.model.context import Actor, Context
from core.model.rights import Role, everywhere
from core.service.base import open_store
from core.service.scoring import deliberations, history, meeting, minutes, opening, setting_up, steps, taking_over, talk
from core.store import logs
from tests.core.service.people import (
    LI,
    NOBODY,
    PANEL,
    PROJECT,
    WANG,
    ZHAO,
    agreed,
    answer_all_flags,
    has_submitted,
    save,
    score_all,
)
from tests.core.service.people import edit as change

CHEN = Context(Actor("browser-chen", "陈主任"))
LEADER = Context(Actor("user:leader", "领导", everywhere(Role.LEADER)))
EXPERT = Context(Actor("user:sun", "孙工", everywhere(Role.EVALUATOR)))

pytestmark = pytest.mark.usefixtures("store_path")


def texts(ctx: Context, code: str = "C12") -> list[tuple[str, str, bool]]:
    item = next(each for each in meeting.meeting(ctx, PROJECT, "r1").items if each.indicator.code == code)
    return [(each.event.actor_name, each.event.text, each.minuted) for each in item.talk.remarks]


def sentences(ctx: Context) -> list[str]:
    """The timeline without its times."""
    return [re.sub(r"^\S+ \S+ ", "", str(each.message)) for each in history.timeline(ctx, PROJECT, "r1")]


class TestTalk:
    def test_a_remark_is_heard_by_who_has_submitted_and_by_nobody_who_scores_alone(self) -> None:
        has_submitted(WANG, {"C12": "1"})
        own = opening.my_sheet(LI, PROJECT, "r1")
        talk.remark(WANG, PROJECT, "r1", "C12", "进度口径不一致 ")
        talk.remark(CHEN, PROJECT, "r1", "C12", "请李工核对", [WANG.actor.id])
        assert texts(WANG) == [("王工", "进度口径不一致", False), ("陈主任", "请李工核对", False)]
        for alone in (LI, EXPERT):
            assert talk.heard(alone, PROJECT, "r1") == ()
            assert talk.mentions(alone, PROJECT, "r1") == ()
            assert not [line for line in sentences(alone) if "口径" in line or "发言" in line]
            with pytest.raises(NotAllowed, match="提交"):
                talk.remark(alone, PROJECT, "r1", "C12", "我看不妥")
        score_all(LI, own, {})
        steps.submit(LI, PROJECT, own.id)
        assert texts(LI) == texts(WANG)

    def test_a_mention_waits_on_the_page_of_whom_it_is_meant_for_until_they_answer(self) -> None:
        has_submitted(WANG, {})
        has_submitted(LI, {})
        assert talk.persons(CHEN, PROJECT, "r1") == {WANG.actor.id: "王工", LI.actor.id: "李工"}
        talk.remark(WANG, PROJECT, "r1", "C12", "请核", [LI.actor.id, LI.actor.id])
        assert [(each.code, each.actor_name) for each in talk.mentions(LI, PROJECT, "r1")] == [("C12", "王工")]
        assert talk.mentions(WANG, PROJECT, "r1") == ()
        talk.remark(LI, PROJECT, "r1", "C12", "已核")
        assert talk.mentions(LI, PROJECT, "r1") == ()
        with pytest.raises(UnknownName, match="不在本轮的名单里"):
            talk.remark(WANG, PROJECT, "r1", "C12", "请核", ["browser-unknown"])
        assert "王工对C12发言，提到李工：请核" in sentences(CHEN)

    def test_resolved_and_opened_again_are_events_and_nothing_is_written_twice(self) -> None:
        has_submitted(WANG, {})
        with pytest.raises(NotAllowed, match="还没有人发言"):
            talk.resolve(CHEN, PROJECT, "r1", "C12")
        talk.remark(WANG, PROJECT, "r1", "C12", "缺批复", edit_id="edit-0000000001")
        talk.remark(WANG, PROJECT, "r1", "C12", "缺批复", edit_id="edit-0000000001")
        talk.resolve(CHEN, PROJECT, "r1", "C12")
        talk.resolve(WANG, PROJECT, "r1", "C12")
        talk.resolve(WANG, PROJECT, "r1", "C12", resolved=False)
        found = logs.events(open_store.store(), logs.TALK, PROJECT, "r1")
        assert [(each.revision, each.kind, each.actor_name) for each in found] == [
            (1, "said", "王工"),
            (2, "resolved", "陈主任"),
            (3, "reopened", "王工"),
        ]
        assert {"王工对C12发言：缺批复", "陈主任把C12的讨论标为已解决", "王工重新打开了C12的讨论"} <= set(
            sentences(CHEN)
        )

    def test_only_what_is_marked_stands_in_the_minutes(self) -> None:
        has_submitted(WANG, {})
        talk.remark(WANG, PROJECT, "r1", "C12", "缺阶段完成率")
        talk.remark(WANG, PROJECT, "r1", "D41", "问卷偏少")
        assert "六、逐项议定与讨论" not in minutes.draft_minutes(CHEN, PROJECT, "r1")
        talk.mark(CHEN, PROJECT, "r1", "C12", 1)
        talk.mark(CHEN, PROJECT, "r1", "D41", 1)
        talk.mark(CHEN, PROJECT, "r1", "D41", 1, minuted=False)
        text = minutes.draft_minutes(CHEN, PROJECT, "r1")
        assert "六、逐项议定与讨论\nC12 阶段改造完成率：王工发言：缺阶段完成率\n未议32项。" in text
        assert "问卷偏少" not in text
        assert text.count("缺阶段完成率") == 1
        with pytest.raises(UnknownName, match="这条发言不存在"):
            talk.mark(CHEN, PROJECT, "r1", "C12", 7)
        assert "陈主任把王工对C12的发言列入会议纪要：缺阶段完成率" in sentences(CHEN)
        assert "陈主任不再把王工对D41的发言列入会议纪要：问卷偏少" in sentences(CHEN)

    def test_who_may_not_speak_or_mark_is_told_so(self) -> None:
        has_submitted(WANG, {})
        talk.remark(WANG, PROJECT, "r1", "C12", "甲")
        with pytest.raises(NotAllowed, match="只限评价人、主评人"):
            talk.remark(LEADER, PROJECT, "r1", "C12", "乙")
        with pytest.raises(NotAllowed, match="只限主评人"):
            talk.mark(EXPERT, PROJECT, "r1", "C12", 1)
        with pytest.raises(NameNeeded):
            talk.remark(NOBODY, PROJECT, "r1", "C12", "乙")
        with pytest.raises(NotAllowed, match="请写明要说的话"):
            talk.remark(WANG, PROJECT, "r1", "C12", " ")
        with pytest.raises(UnknownName, match="没有编号为“Z99”的指标"):
            talk.remark(WANG, PROJECT, "r1", "Z99", "乙")


@pytest.mark.parametrize("said", [True, False])
def test_a_round_in_which_something_was_said_or_decided_is_not_deleted(said: bool) -> None:
    opening.open_round(CHEN, PROJECT, "终评", "final", "mean")
    if said:
        talk.remark(CHEN, PROJECT, "r2", "C12", "先议口径")
    else:
        deliberations.deliberate(CHEN, PROJECT, "r2", "C12", True)
    with pytest.raises(NotAllowed, match="本轮已有内容，不能删除"):
        setting_up.delete_round(CHEN, PROJECT, "r2")


class TestDeliberations:
    def test_an_item_is_discussed_with_its_decision_and_who_proposed_it(self) -> None:
        has_submitted(WANG, {"C12": "1"})
        deliberations.deliberate(CHEN, PROJECT, "r1", "C12", True, " 按5分计 ", "王工")
        deliberations.deliberate(CHEN, PROJECT, "r1", "A11", True)
        found = {each.indicator.code: each for each in meeting.meeting(CHEN, PROJECT, "r1").items}
        assert [code for code, each in found.items() if each.discussed] == ["A11", "C12"]
        assert "undiscussed" in found["A12"].needs
        assert "undiscussed" not in found["C12"].needs
        text = minutes.draft_minutes(CHEN, PROJECT, "r1")
        assert "六、逐项议定与讨论\nA11 " in text
        assert "C12 阶段改造完成率：已议，决定：按5分计（王工提出）\n未议30项。" in text
        assert "陈主任把C12记为已议，决定：按5分计（王工提出）" in sentences(CHEN)

    def test_the_newest_counts_the_same_twice_is_written_once_and_a_clash_is_told(self) -> None:
        has_submitted(WANG, {})
        put = deliberations.deliberate
        put(CHEN, PROJECT, "r1", "C12", True, "按5分计", base=0)
        put(CHEN, PROJECT, "r1", "C12", True, "按5分计", base=0)
        put(ZHAO, PROJECT, "r1", "C12", False, "按4分计", "赵工", base=1)
        with pytest.raises(NotAllowed, match=r"赵工于.*刚改过C12的议定"):
            put(CHEN, PROJECT, "r1", "C12", True, "按6分计", base=1)
        put(CHEN, PROJECT, "r1", "C12", False, "", base=2)
        put(CHEN, PROJECT, "r1", "D41", False)
        found = deliberations.deliberated(CHEN, PROJECT, "r1")
        assert [(each.code, each.revision, each.discussed, each.decision) for each in found] == [
            ("C12", 1, True, "按5分计"),
            ("C12", 2, False, "按4分计"),
            ("C12", 3, False, ""),
        ]
        assert "赵工把C12记为未议，拟定：按4分计（赵工提出）" in sentences(CHEN)
        assert "陈主任把C12记为未议" in sentences(CHEN)

    def test_it_is_the_chiefs_and_hidden_from_who_scores_alone(self) -> None:
        has_submitted(WANG, {})
        opening.my_sheet(LI, PROJECT, "r1")
        deliberations.deliberate(CHEN, PROJECT, "r1", "C12", True, "按5分计")
        assert deliberations.deliberated(LI, PROJECT, "r1") == ()
        assert not [line for line in sentences(LI) if "按5分计" in line]
        with pytest.raises(NotAllowed, match="只限主评人"):
            deliberations.deliberate(EXPERT, PROJECT, "r1", "C12", True)
        with pytest.raises(NotAllowed, match="填了提出人，没有填决定"):
            deliberations.deliberate(CHEN, PROJECT, "r1", "C12", True, "", "王工")

    def test_nothing_is_entered_in_a_locked_round_but_marks_for_its_minutes(self) -> None:
        has_submitted(WANG, {})
        talk.remark(WANG, PROJECT, "r1", "C12", "缺阶段完成率")
        agreed(taking_over.take_over, CHEN, PROJECT, "r1")
        save(CHEN, PANEL, change("A11", 1, "2"))
        answer_all_flags(CHEN)
        agreed(steps.lock, CHEN, PROJECT, "r1")
        for late in (
            lambda: talk.remark(WANG, PROJECT, "r1", "C12", "再说"),
            lambda: talk.resolve(WANG, PROJECT, "r1", "C12"),
            lambda: deliberations.deliberate(CHEN, PROJECT, "r1", "C12", True),
        ):
            with pytest.raises(NotAllowed, match="已由陈主任锁定"):
                late()
        talk.mark(CHEN, PROJECT, "r1", "C12", 1)
        assert texts(CHEN) == [("王工", "缺阶段完成率", True)]
