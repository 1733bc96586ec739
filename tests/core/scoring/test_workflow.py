"""Who may do what, and when: the rules alone, without a store."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Message, NotAllowed
from core.model.context import Actor
from core.model.panel_events import Recusal, RoundStep, SheetEvent, SheetKind, SheetOwner, SheetState
from core.model.rights import Grant, Role, everywhere
from core.model.scorecard import Status
from core.model.storable import need_text
from core.scoring import Flag
from core.scoring.round_state import RoundState, left, recused, same_person, slug, state
from core.scoring.workflow import Action, lock_problems, may
from tests.core.scoring.sheets import item

WANG, LI, ZHAO = Actor("browser-wang", "王工"), Actor("browser-li00", "李工"), Actor("browser-zhao", "赵工")
CHEN = Actor("browser-chen", "陈主任")
NOON = datetime(2026, 1, 1, 4)


def step(sheet: str, kind: str, who: Actor = WANG, number: int = 1) -> SheetEvent:
    made_at = NOON + timedelta(minutes=number)
    return SheetEvent("p", sheet, number, f"step-{number}", kind, "", "", who.id, who.name or "", made_at)


def steps(sheet: str, *kinds: str, who: Actor = WANG) -> tuple[SheetEvent, ...]:
    return tuple(step(sheet, kind, who, number) for number, kind in enumerate(kinds, start=1))


def owner(sheet: str, who: Actor, kind: SheetKind = SheetKind.EVALUATOR) -> SheetOwner:
    return SheetOwner("p", sheet, who.id, who.name or "", kind)


def a_round(
    events: dict[str, tuple[SheetEvent, ...]] | None = None, stays_out: dict[str, frozenset[str]] | None = None
) -> RoundState:
    """王工 and 李工 have sheets of their own; 赵工 has none."""
    owners = {
        "r1/wang": owner("r1/wang", WANG),
        "r1/li": owner("r1/li", LI),
        "r1/panel": owner("r1/panel", Actor("", ""), SheetKind.PANEL),
    }
    return RoundState("r1", ("r1/working", *owners), owners, events or {}, stays_out or {})


SUBMITTED = {"r1/wang": steps("r1/wang", "submitted"), "r1/li": steps("r1/li", "submitted", who=LI)}
LOCKED = SUBMITTED | {"r1/panel": steps("r1/panel", "locked")}


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ((), SheetState.DRAFT),
        (("submitted",), SheetState.SUBMITTED),
        (("submitted", "returned"), SheetState.RETURNED),
        (("submitted", "returned", "submitted"), SheetState.SUBMITTED),
        (("locked",), SheetState.LOCKED),
        (("locked", "unlocked"), SheetState.DRAFT),
        (("submitted", "locked", "unlocked"), SheetState.SUBMITTED),
        (("submitted", "locked", "locked", "unlocked"), SheetState.SUBMITTED),
    ],
)
def test_the_last_step_says_where_a_sheet_stands(kinds: tuple[str, ...], expected: SheetState) -> None:
    assert state(steps("r1/x", *kinds)) is expected


def test_while_ones_own_sheet_is_not_submitted_all_others_are_hidden() -> None:
    rounds = a_round()
    assert may(WANG, "see", rounds, "r1/wang") is None
    for other in ("r1/working", "r1/panel", "r1/li"):
        assert str(may(WANG, "see", rounds, other)) == "您的评分表还没有提交；提交后才能看到本轮其他评分表。"
        assert may(WANG, "score", rounds, other) is not None
        assert str(may(WANG, "answer", rounds, other)).startswith("您的评分表还没有提交")
    assert str(may(WANG, "lock", rounds, "r1/panel")).startswith("您的评分表还没有提交")
    assert may(ZHAO, "lock", rounds, "r1/panel") is None


def test_nobody_sees_anothers_sheet_before_it_is_submitted() -> None:
    rounds = a_round({"r1/wang": steps("r1/wang", "submitted")})
    for who in (WANG, ZHAO):
        assert str(may(who, "see", rounds, "r1/li")) == "李工的评分表还没有提交，提交前其他人看不到。"
        assert may(who, "see", rounds, "r1/wang") is None
        assert may(who, "see", rounds, "r1/working") is None
    returned = a_round({"r1/wang": steps("r1/wang", "submitted", "returned")})
    assert may(ZHAO, "see", returned, "r1/wang") is not None


def part(kind: str, who: Actor, number: int) -> RoundStep:
    made_at = NOON + timedelta(minutes=number)
    return RoundStep("p", "r1", number, f"part-{number}", kind, who.id, who.name or "", "", who.id, "", made_at)


# No wrong number, D26
KINDS = st.sampled_from(["seen", "asked", "admitted", "left", "started"])


@given(st.lists(st.tuples(KINDS, st.sampled_from([ZHAO, CHEN]))))
def test_who_has_seen_the_others_starts_only_when_the_last_word_was_a_yes(told: list[tuple[str, Actor]]) -> None:
    rounds = replace(a_round(SUBMITTED), parts=tuple(part(kind, who, n) for n, (kind, who) in enumerate(told, 1)))
    for who in (ZHAO, CHEN):
        own = [kind for kind, whose in told if whose is who]
        words = [kind for kind in own if kind in ("asked", "admitted", "left")]
        free = "seen" not in own or words[-1:] == ["admitted"]
        assert (may(who, "start", rounds, f"r1/{slug(who.id)}") is None) == free
        waits = [kind for kind in own if kind in ("asked", "admitted")][-1:] == ["asked"]
        assert (who.id in [each.person for each in rounds.asking]) == waits
        stepped_back = [kind for kind in own if kind in ("left", "started")][-1:] == ["left"]
        assert (f"r1/{slug(who.id)}" in left(rounds.parts)) == stepped_back


@given(
    st.frozensets(st.sampled_from([Role.LEADER, Role.EVALUATOR, Role.CHIEF, Role.CLERK, Role.ADMIN])),
    st.sampled_from([None, "p", "q"]),
    st.sampled_from([{}, SUBMITTED, LOCKED]),
    st.booleans(),
)
def test_an_expert_is_who_scores_and_does_not_chair_and_sees_nothing_before_a_lock(
    roles: frozenset[Role], project: str | None, events: dict[str, tuple[SheetEvent, ...]], self_assessed: bool
) -> None:
    who = replace(ZHAO, grants=frozenset(Grant(role, project) for role in roles))
    rounds = replace(a_round(events), project="p", self_assessed=self_assessed)
    here = project in (None, "p")
    expert = here and Role.EVALUATOR in roles and Role.CHIEF not in roles and not self_assessed
    for sheet in rounds.sheets:
        unseen = "您是本轮的评价人" in str(may(who, "see", rounds, sheet))
        assert unseen == (expert and events is not LOCKED)
    scores = here and bool(roles & {Role.EVALUATOR, Role.CHIEF})
    assert rounds.undecided(who) == (scores and events is not LOCKED)


def test_only_what_others_have_given_goes_on_record() -> None:
    rounds = a_round({"r1/wang": steps("r1/wang", "submitted", "returned")})
    told = {who.id: [sheet for sheet in rounds.sheets if rounds.tells(who, sheet)] for who in (WANG, ZHAO)}
    # What 王工 had submitted once is in the panel's sheet; nobody has ever submitted anything for 王工 to see.
    assert told == {WANG.id: ["r1/li"], ZHAO.id: ["r1/wang", "r1/li", "r1/panel"]}


def test_a_submitted_sheet_stands_until_it_is_returned() -> None:
    assert may(WANG, "score", a_round(), "r1/wang") is None
    rounds = a_round(SUBMITTED)
    assert "已提交" in str(may(WANG, "score", rounds, "r1/wang"))
    assert "已提交" in str(may(WANG, "submit", rounds, "r1/wang"))
    assert may(ZHAO, "return", rounds, "r1/wang") is None
    assert str(may(ZHAO, "return", a_round(), "r1/wang")) == "本表尚未提交，不用退回。"
    for same in (WANG, replace(WANG, id="browser-else"), replace(WANG, name="王")):
        assert str(may(same, "return", rounds, "r1/wang")) == "这是您自己的评分表，须由另一人退回并写明理由。"
    returned = a_round({"r1/wang": steps("r1/wang", "submitted", "returned")})
    assert may(WANG, "score", returned, "r1/wang") is None


def test_a_personal_sheet_is_its_owners_alone_and_the_panels_is_everybodys() -> None:
    rounds = a_round(SUBMITTED)
    assert "只能由本人填写" in str(may(ZHAO, "score", rounds, "r1/wang"))
    assert may(ZHAO, "score", rounds, "r1/panel") is None
    assert may(ZHAO, "recuse", rounds, "r1/wang") is None
    for action in ("submit", "recuse"):
        assert "本人的评分表" in str(may(ZHAO, action, rounds, "r1/working"))  # type: ignore[arg-type]


EVALUATOR, CHIEF = everywhere(Role.EVALUATOR), everywhere(Role.CHIEF)


@pytest.mark.parametrize(
    ("action", "evaluator", "chief"),
    [
        ("score", True, True), ("submit", True, True), ("recuse", True, True), ("answer", True, True),
        ("return", False, True), ("lock", False, True), ("unlock", False, True),
    ],
)  # fmt: skip
def test_an_evaluator_has_a_sheet_of_his_own_and_the_chief_has_the_panels(
    action: Action, evaluator: bool, chief: bool
) -> None:
    """By core.model.rights: SCORE is for evaluator and chief, CHAIR for the chief alone; nobody else scores."""
    mine = f"r1/{slug(WANG.id)}"

    def role_refuses(grants: frozenset[Grant], sheet: str) -> bool:
        refused = may(replace(WANG, grants=grants), action, a_round(), sheet)
        return refused is not None and "角色" in str(refused)

    assert role_refuses(EVALUATOR, mine) is not evaluator
    assert role_refuses(CHIEF, mine) is not chief
    assert role_refuses(EVALUATOR, "r1/panel")
    assert not role_refuses(CHIEF, "r1/panel")
    assert role_refuses(everywhere(Role.LEADER, Role.CLERK), mine)
    # Another's sheet takes an evaluator to be told that it is not theirs; handing it back takes the chief.
    assert role_refuses(EVALUATOR, "r1/li") is (action not in ("score", "submit"))


def test_a_role_for_one_project_ends_at_the_next() -> None:
    chief = replace(WANG, grants=frozenset({Grant(Role.CHIEF, "p1")}))
    assert may(chief, "score", replace(a_round(), project="p1"), "r1/wang") is None
    refused = may(chief, "score", replace(a_round(), project="p2"), "r1/wang")
    assert str(refused) == "您的角色只用于项目p1，这里超出了它的范围。请联系管理员。"


def test_in_a_locked_round_nothing_moves() -> None:
    rounds = a_round(LOCKED)
    for action in ("score", "submit", "return", "recuse", "answer", "lock"):
        refusal = may(LI, action, rounds, "r1/panel")  # type: ignore[arg-type]
        assert "本轮已由王工锁定" in str(refusal)
    assert {rounds.state(sheet) for sheet in rounds.sheets} == {SheetState.LOCKED}
    assert may(LI, "see", rounds, "r1/wang") is None


def test_who_locked_cannot_unlock_in_another_browser_either() -> None:
    rounds = a_round(LOCKED)
    assert may(LI, "unlock", rounds, "r1/panel") is None
    assert "须由另一人解锁" in str(may(WANG, "unlock", rounds, "r1/panel"))
    assert "须由另一人解锁" in str(may(Actor("browser-2", " 王工 "), "unlock", rounds, "r1/panel"))
    assert str(may(LI, "unlock", a_round(), "r1/panel")) == "本轮没有锁定。"
    assert not same_person(Actor("a", None), "b", "王工")


def test_what_holds_a_lock_up_is_said_at_once() -> None:
    items = [
        item("A11", "2", "2", status=Status.EXAMPLE),
        item("A12", "2", None),
        item("A13", "2", None, status=Status.EVIDENCE_MISSING),
        item("A21", "2", None, status=Status.NOT_APPLICABLE),
        item("A22", "2", "2"),
    ]
    flag = Flag("A22", "no_evidence", Message("A22没有佐证。"))
    rounds = a_round({"r1/wang": steps("r1/wang", "submitted")})
    assert [str(problem) for problem in lock_problems(rounds, items, [flag])] == [
        "A11 指标A11：待确认。",
        "A12 指标A12：未评。",
        "A13 指标A13：待补佐证。",
        "A22没有佐证。（提示未答复）",
        "李工的评分表还没有提交。",
    ]
    out = replace(rounds, recused={"r1/li": frozenset({""})})
    assert lock_problems(out, items[-1:], []) == ()
    assert "没有评审组的评分表" in str(lock_problems(out, None, [])[0])


def test_ballots_are_the_submitted_sheets_of_those_who_take_part() -> None:
    assert a_round(SUBMITTED).ballots == ("r1/wang", "r1/li")
    assert a_round(SUBMITTED, {"r1/li": frozenset({""})}).ballots == ("r1/wang",)
    assert a_round(SUBMITTED, {"r1/li": frozenset({"A11"})}).ballots == ("r1/wang", "r1/li")
    assert a_round().ballots == ()


@given(st.permutations([("A11", 1, True), ("A11", 2, False), ("A12", 1, True), ("", 1, False), ("", 2, True)]))
def test_the_newest_recusal_counts_in_whatever_order_they_come(order: list[tuple[str, int, bool]]) -> None:
    found = recused(Recusal("p", "r1/wang", code, n, on, "亲属", "w", "王工", NOON) for code, n, on in order)
    assert found == {"r1/wang": frozenset({"A12", ""})}


def test_an_actors_id_does_not_stand_in_the_sheets_id() -> None:
    assert slug(WANG.id) != slug(LI.id)
    assert WANG.id not in slug(WANG.id)
    assert a_round().own(WANG) == "r1/wang"
    assert a_round().own(ZHAO) is None


@pytest.mark.parametrize(("text", "words"), [("  ", "请写明"), ("长" * 501, "最多500字，现有501字")])
def test_a_reason_is_needed_and_has_its_length(text: str, words: str) -> None:
    with pytest.raises(NotAllowed, match=words):
        need_text(text, Message("请写明理由。"))
    assert need_text(" 有理由 ", Message("请写明理由。")) == "有理由"
