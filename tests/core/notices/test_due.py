"""When a sending is tried again: back-off, at most once, a person's word. Against a model written by hand."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from core.model.notice import SendingStep, Step
from core.notices.due import bundle, is_due, may_repeat, standing

START = datetime(2026, 12, 3)
MINUTE = timedelta(minutes=1)


def steps(*said: tuple[Step, int]) -> list[SendingStep]:
    """Steps and the minutes at which they were."""
    return [SendingStep(step, None, START + minutes * MINUTE) for step, minutes in said]


def test_it_is_tried_after_1_5_30_minutes_2_and_12_hours_and_then_given_up() -> None:
    at, found = 0, [("queued", 0)]
    for wait in (1, 5, 30, 120, 720):
        found.append(("failed", at))
        at += wait
        assert not is_due(steps(*found), START + at * MINUTE - timedelta(seconds=1))
        assert is_due(steps(*found), START + at * MINUTE)
    found.append(("failed", at))
    assert standing(steps(*found), START + timedelta(days=400)).state == "given_up"
    assert not is_due(steps(*found), START + timedelta(days=400))
    found.append(("again", at + 1))
    assert is_due(steps(*found), START + (at + 1) * MINUTE)
    found.append(("failed", at + 2))  # the waits begin anew
    assert is_due(steps(*found), START + (at + 3) * MINUTE)


def test_a_claim_without_a_result_is_in_doubt_after_ten_minutes_and_never_sent_by_itself() -> None:
    claimed = steps(("queued", 0), ("claimed", 1))
    assert standing(claimed, START + 2 * MINUTE).state == "sending"
    assert not may_repeat(claimed, START + 2 * MINUTE)
    assert standing(claimed, START + 11 * MINUTE).state == "doubt"
    assert may_repeat(claimed, START + 11 * MINUTE)
    assert not is_due(claimed, START + timedelta(days=400))


def test_what_is_asked_for_again_goes_with_what_was_claimed_with_it() -> None:
    doubted = steps(("queued", 0), ("claimed", 1), ("doubt", 2), ("again", 9))
    assert bundle(doubted) == START + MINUTE
    assert bundle(steps(("queued", 0))) is None
    assert bundle(steps(("queued", 0), ("claimed", 1), ("failed", 2))) is None


class Model:
    """What is known of one notice at one channel, in a person's words. Written without looking at the code."""

    def __init__(self) -> None:
        self.open_at: int | None = 0
        """Minute from which it may be sent; None: not any more."""
        self.failures = 0
        self.left = 0
        """Times that it may have arrived."""
        self.asked = 0
        """Times that a person has asked for it again."""

    def fail(self, now: int) -> None:
        self.failures += 1
        waits = {1: 1, 2: 5, 3: 30, 4: 120, 5: 720}
        self.open_at = now + waits[self.failures] if self.failures in waits else None

    def send(self, now: int) -> None:
        self.left += 1
        self.open_at = None

    def ask_again(self, now: int) -> None:
        self.asked, self.failures, self.open_at = self.asked + 1, 0, now


@settings(max_examples=300)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 800),
            st.sampled_from(("refused before", "refused after", "arrived", "no answer", "killed", "again")),
        ),
        max_size=25,
    )
)
def test_however_it_goes_it_leaves_once_and_once_more_for_each_time_somebody_asked(
    happened: list[tuple[int, str]],
) -> None:
    model, found, now = Model(), steps(("queued", 0)), 0
    for waited, what in happened:
        now += waited
        moment = START + now * MINUTE
        if what == "again":
            if may_repeat(found, moment):
                found += steps(("again", now))
                model.ask_again(now)
            continue
        assert is_due(found, moment) == (model.open_at is not None and model.open_at <= now)
        if not is_due(found, moment):
            continue
        if what == "refused before":
            found += steps(("failed", now))
            model.fail(now)
        elif what == "refused after":
            found += steps(("claimed", now), ("failed", now))
            model.fail(now)
        else:
            result: tuple[tuple[Step, int], ...] = {
                "arrived": (("sent", now),), "no answer": (("doubt", now),), "killed": (),
            }[what]  # fmt: skip
            found += steps(("claimed", now), *result)
            model.send(now)
    assert model.left <= 1 + model.asked
