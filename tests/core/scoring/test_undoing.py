"""Which steps of a person may be undone and redone, read from a sheet's events."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.scorecard import ScoreEvent, Status
from core.scoring.edits import _EDIT_ID
from core.scoring.undoing import Act, act_of, edit_id, new_step, standing, steps_of

ME, OTHER = "me", "other"
UUID = "0aa1bb2c-1111-4111-8111-1234567890ab"


@dataclass
class Ledger:
    """A sheet's events, written one after the other."""

    events: list[ScoreEvent] = field(default_factory=list)

    def newest(self) -> dict[str, ScoreEvent]:
        return {event.code: event for event in self.events}

    def write(self, code: str, points: str | None, key: str, actor: str = ME, reason: str = "") -> None:
        before = self.newest().get(code)
        self.events.append(
            ScoreEvent(
                project="p", sheet="s", code=code, revision=before.revision + 1 if before else 1, edit_id=key,
                points=None if points is None else Decimal(points),
                status=Status.UNSCORED if points is None else Status.CONFIRMED, reason=reason, note="", actor=actor,
                actor_name=actor, made_at=datetime(2026, 1, 1) + timedelta(seconds=len(self.events)),
            )
        )  # fmt: skip

    def back(self, kind: str, step: str) -> None:
        """Undo or redo as the service does it."""
        found = next(each for each in steps_of(self.events, ME).of(kind) if each.id == step)
        for code, event in found.values(kind).items():
            points = None if event is None or event.points is None else str(event.points)
            self.write(code, points, f"{step}-{kind}-{len(self.events):012x}", reason=event.reason if event else "")

    def ids(self) -> tuple[list[str], list[str]]:
        steps = steps_of(self.events, ME)
        return [each.id for each in steps.undo], [each.id for each in steps.redo]


def test_an_edit_id_says_its_step_and_older_ones_are_steps_by_themselves() -> None:
    step = new_step()
    assert act_of(edit_id(step)) == Act(step, "c")
    assert act_of(f"{step}-u-0123456789ab") == Act(step, "u")
    for older in (UUID, "f" * 32, "r" * 20):
        assert act_of(older) == Act(older, "c")
    assert act_of(f"{UUID}-r-0123456789ab") == Act(UUID, "r")
    for key in (edit_id(step), f"{UUID}-r-0123456789ab"):
        assert _EDIT_ID.fullmatch(key)  # the server takes it


def test_a_pasted_block_is_one_step_and_what_says_nothing_new_is_none() -> None:
    sheet = Ledger()
    sheet.write("A11", "1", "imported-by-system-1", "system")
    for code in ("A11", "A12", "A13"):
        sheet.write(code, "2", f"aaaaaaaaaaaa-c-{len(sheet.events):012x}")
    sheet.write("A13", "2", "bbbbbbbbbbbb-c-0123456789ab")
    assert sheet.ids() == (["aaaaaaaaaaaa"], [])
    (step,) = steps_of(sheet.events, ME).undo
    assert {code: event and event.points for code, event in step.values("u").items()} == {
        "A11": Decimal(1), "A12": None, "A13": None,
    }  # fmt: skip
    assert standing(step, "u", sheet.newest())
    sheet.back("u", "aaaaaaaaaaaa")
    assert sheet.ids() == ([], ["aaaaaaaaaaaa"])
    assert [sheet.newest()[code].points for code in ("A11", "A12")] == [Decimal(1), None]
    assert steps_of(sheet.events, OTHER).undo == ()


def test_what_another_person_changed_since_stops_the_step_that_it_touches_and_no_other() -> None:
    sheet = Ledger()
    sheet.write("A11", "1", "aaaaaaaaaaaa-c-000000000001")
    sheet.write("B11", "1", "bbbbbbbbbbbb-c-000000000002")
    sheet.back("u", "bbbbbbbbbbbb")
    sheet.write("A11", "2", "others-edit-00001", OTHER)
    steps = steps_of(sheet.events, ME)
    assert (steps.undo[0].stopped, steps.redo[0].stopped) == (sheet.newest()["A11"], None)
    sheet.write("A11", "1", "cccccccccccc-c-000000000003")  # over theirs, knowingly: this can be undone, to theirs
    steps = steps_of(sheet.events, ME)
    assert [each.stopped is None for each in steps.undo] == [False, True]
    sheet.back("u", "cccccccccccc")
    assert sheet.newest()["A11"].points == Decimal(2)


@pytest.mark.parametrize("kind", ["u", "r"])
def test_what_undoes_no_step_is_a_change(kind: str) -> None:
    sheet = Ledger()
    sheet.write("A11", "1", f"aaaaaaaaaaaa-{kind}-000000000001")
    assert sheet.ids() == (["aaaaaaaaaaaa"], [])


VALUES = st.tuples(st.sampled_from(["A11", "A12", "B11"]), st.sampled_from(["0", "0.5", "1", None]))
MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("c"), st.lists(VALUES, min_size=1, max_size=3, unique_by=lambda each: each[0])),
        st.sampled_from([("u", []), ("r", [])]),
    ),
    max_size=12,
)


@given(MOVES)
def test_any_sequence_is_what_two_stacks_make_of_it(moves: list[tuple[str, list[tuple[str, str | None]]]]) -> None:
    sheet = Ledger()
    state: dict[str, str | None] = dict.fromkeys(("A11", "A12", "B11"))
    undo: list[tuple[str, dict[str, str | None], dict[str, str | None]]] = []
    redo: list[tuple[str, dict[str, str | None], dict[str, str | None]]] = []
    for n, (kind, values) in enumerate(moves):
        changed = {code: points for code, points in values if state[code] != points}
        if kind == "c" and changed:
            undo.append((f"{n:012x}", {code: state[code] for code in changed}, changed))
            redo.clear()
            state |= changed
        if kind == "c":
            for code, points in values:
                sheet.write(code, points, f"{n:012x}-c-{len(sheet.events):012x}")
        here, there = (undo, redo) if kind == "u" else (redo, undo)
        if kind != "c" and here:
            there.append(here.pop())
            step, before, after = there[-1]
            sheet.back(kind, step)
            state |= before if kind == "u" else after
        newest = sheet.newest()
        assert {code: newest[code].points if code in newest else None for code in state} == {
            code: None if points is None else Decimal(points) for code, points in state.items()
        }
        assert sheet.ids() == ([step for step, *_ in undo], [step for step, *_ in redo])
        steps = steps_of(sheet.events, ME)
        for left, side in (("u", steps.undo), ("r", steps.redo)):
            assert all(standing(each, left, newest) for each in side[-1:])
            assert all(each.stopped is None for each in side)
