"""讨论: what stands in a thread, when it is open, and whom a remark waits for."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.model.panel_events import TalkEvent
from core.scoring.talk import by_item, thread, waiting

START = datetime(2025, 3, 1, 9)
CHEN, LI, WANG = "chen", "li", "wang"


def talk(*rows: tuple[str, str, str, object], code: str = "A11") -> list[TalkEvent]:
    """Events of an item of (kind, actor, text, whom it is meant for or which remark it is about)."""
    return [
        TalkEvent(
            project="p", round="r1", code=code, revision=number, edit_id=f"{code}-{number}", kind=kind,
            about=about if isinstance(about, int) else 0, text=text,
            mentioned=json.dumps([[each, each] for each in about] if isinstance(about, tuple) else []),
            actor=actor, actor_name=actor, made_at=START + timedelta(minutes=number),
        )
        for number, (kind, actor, text, about) in enumerate(rows, start=1)
    ]  # fmt: skip


def test_a_thread_is_open_until_it_is_resolved_and_again_after_another_remark() -> None:
    assert not thread(()).open, "nobody has said anything"
    said = talk(("said", LI, "缺批复", ()), ("resolved", CHEN, "", 0))
    assert thread(said[:1]).open
    assert thread(said).resolved == said[1]
    assert not thread(said).open
    assert thread(talk(("said", LI, "甲", ()), ("resolved", CHEN, "", 0), ("reopened", LI, "", 0))).open
    assert thread(talk(("said", LI, "甲", ()), ("resolved", CHEN, "", 0), ("said", LI, "乙", ()))).open


def test_marking_a_remark_opens_nothing_and_the_newest_mark_counts() -> None:
    found = thread(
        talk(
            ("said", LI, "甲", ()), ("said", WANG, "乙", ()), ("resolved", CHEN, "", 0), ("marked", CHEN, "", 1),
            ("marked", CHEN, "", 2), ("unmarked", CHEN, "", 2),
        )
    )  # fmt: skip
    assert [(each.event.text, each.minuted) for each in found.remarks] == [("甲", True), ("乙", False)]
    assert not found.open


def test_a_remark_waits_for_whom_it_is_meant_until_they_answer_or_it_is_resolved() -> None:
    first = talk(("said", LI, "请看", (WANG, CHEN)), ("said", CHEN, "看过", ()))
    other = talk(("said", CHEN, "再核", (WANG,)), code="D41")
    both = [*first, *other]
    assert [each.text for each in waiting(both, WANG)] == ["请看", "再核"]
    assert waiting(both, CHEN) == (), "they have answered"
    assert waiting(both, LI) == ()
    done = [*talk(("said", LI, "请看", (WANG, CHEN)), ("resolved", LI, "", 0)), *other]
    assert [each.text for each in waiting(done, WANG)] == ["再核"]


KINDS = st.sampled_from(["said", "resolved", "reopened"])


@given(st.lists(st.tuples(KINDS, st.sampled_from([CHEN, LI, WANG])), max_size=12))
def test_only_remarks_of_others_in_an_open_thread_wait(
    rows: list[tuple[str, str]],
) -> None:
    events = talk(*((kind, actor, "说" if kind == "said" else "", (CHEN,)) for kind, actor in rows))
    found = waiting(events, CHEN)
    assert all(event.actor != CHEN for event in found)
    assert not found or by_item(events)["A11"].open
    after_own = [event for event in events if event.actor == CHEN and event.kind == "said"]
    assert all(event.revision > max((own.revision for own in after_own), default=0) for event in found)
