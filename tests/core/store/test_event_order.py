"""A clock that jumps decides no order: what was written last is the newest (no wrong number, D30)."""

from __future__ import annotations

import logging
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model.context import Actor, Version
from core.model.panel_events import FlagAnswer, InputEvent, Recusal, SheetEvent
from core.model.scorecard import ScoreEvent
from core.store import clock as store_clock
from core.store import digest, event_log, logs, read, row_digests, write
from core.store.database import Store
from core.store.digest import Link
from core.store.event_order import at_latest, by_revision, chains, in_order
from core.store.opening import noted, open_store
from core.store.schema import TABLES
from tests.core.store.conftest import PROJECT, WORKING, altered, first_altered
from tests.core.store.test_write import always, score

WANG = Actor("w", "王工")
BOUND = timedelta(minutes=5)
Event = ScoreEvent | SheetEvent | InputEvent | Recusal | FlagAnswer

JUMPS = [timedelta(days=-4000), timedelta(minutes=-7), timedelta(seconds=-90), timedelta(0), timedelta(microseconds=1),
         timedelta(seconds=90), timedelta(minutes=7), timedelta(days=4000)]  # fmt: skip
WHAT = ["score A11", "score A12", "item_input A11", "item_input B11", "sheet_event", "recusal A11", "recusal A12"]
LOGS: dict[str, logs.Log[Any]] = {
    "item_input": logs.INPUTS, "sheet_event": logs.SHEET_EVENTS, "recusal": logs.RECUSALS
}  # fmt: skip


class Clock:
    """What the machine believes the time to be."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock(store_clock.now())
    monkeypatch.setattr(store_clock, "now", found)
    return found


def put(store: Store, what: str, mark: str) -> Event:
    """Write one thing; `mark` lets it be known again. Gives what the store then has as the newest of its kind."""
    kind, _, code = what.partition(" ")
    if kind == "score":
        write.append_scores(store, PROJECT, WORKING, always(score(code, "1", mark)))
        return read.scores(store, PROJECT, WORKING)[code]
    draft = {
        "item_input": {"code": code, "content": "{}", "edit_id": mark},
        "sheet_event": {"kind": "submitted", "reason": mark, "frozen": "", "edit_id": mark},
        "recusal": {"code": code, "active": True, "reason": mark},
    }[kind]
    logs.append(store, LOGS[kind], PROJECT, WORKING, WANG, lambda session, known: ([draft], None))
    events = logs.events(store, LOGS[kind], PROJECT, WORKING)
    found: Event = [event for event in events if not code or event.code == code][-1]
    return found


def known_again(event: Event) -> str:
    return event.reason if isinstance(event, Recusal) else event.edit_id  # type: ignore[union-attr]


def nothing_is_wrong(store: Store) -> bool:
    chains_found = logs.check_chains(store, PROJECT)
    with store.reading() as session:
        rows = row_digests.check(session, TABLES)
        heads = [
            first_altered(digest.start(PROJECT, WORKING, log.table), event_log.links(session, log, PROJECT, WORKING))
            for log in (LOGS["item_input"], LOGS["sheet_event"])
        ]
    return (
        chains_found.broken == () and chains_found.missing_heads == ()
        and altered(store, PROJECT, WORKING) is None and heads == [None, None]
        and (rows.altered, dict(rows.gone), rows.broken) == ((), {}, ())
    )  # fmt: skip


@pytest.fixture(scope="module")
def shared_path(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clock") / "seed.duckdb"
    shutil.copy(built_store, path)
    return path


@given(st.lists(st.tuples(st.sampled_from(JUMPS), st.sampled_from(WHAT)), min_size=2, max_size=9))
@settings(max_examples=50)
def test_however_the_clock_jumps_what_is_written_last_is_the_newest(
    shared_path: Path, steps: list[tuple[timedelta, str]]
) -> None:
    path = shared_path.with_name(f"{uuid4().hex}.duckdb")
    shutil.copy(shared_path, path)
    clock = Clock(store_clock.now())
    written: dict[str, list[str]] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store_clock, "now", clock)
        store = open_store(path)
        before = len(read.history(store, PROJECT, WORKING))
        for number, (jump, what) in enumerate(steps):
            clock.moment += jump
            event = put(store, what, f"mark-{number}")
            written.setdefault(what.partition(" ")[0], []).append(f"mark-{number}")
            assert known_again(event) == f"mark-{number}"
            assert clock.moment <= event.made_at <= clock.moment + BOUND + timedelta(milliseconds=1)
            if number == len(steps) // 2:
                store.close()  # what was kept of it is read anew
                store = open_store(path)
        assert [known_again(e) for e in read.history(store, PROJECT, WORKING)[before:]] == written.get("score", [])
        for kind in ("item_input", "sheet_event"):
            assert [known_again(e) for e in logs.events(store, LOGS[kind], PROJECT, WORKING)] == written.get(kind, [])
        for code in ("A11", "A12"):
            recusals = [e for e in logs.events(store, logs.RECUSALS, PROJECT, WORKING) if e.code == code]
            assert [e.revision for e in recusals] == list(range(1, len(recusals) + 1))
        placed = read.placed(store, PROJECT, WORKING)
        last = Version(moment=placed[-1][0])
        assert read.scores(store, PROJECT, WORKING, last) == read.scores(store, PROJECT, WORKING)
        assert nothing_is_wrong(store)
        store.close()
    for beside in (path, path.with_name(f"{path.name}.mark")):
        beside.unlink()


def test_what_follows_one_far_ahead_is_dated_by_the_clock_and_the_log_says_so(
    store: Store, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    right = clock.moment
    clock.moment = right + timedelta(days=400)
    for number, what in enumerate(WHAT):
        put(store, what, f"far-{number}")
    assert caplog.records == []
    clock.moment = right
    for number, what in enumerate(WHAT):
        caplog.clear()
        event = put(store, what, f"then-{number}")
        assert known_again(event) == f"then-{number}"
        assert right <= event.made_at < right + timedelta(seconds=1)
    # The last follows nothing of its own log that is ahead, but the sheet has something that is.
    (said,) = {record.getMessage() for record in caplog.records}
    assert (caplog.records[0].levelno, "far ahead of this machine's clock" in said) == (logging.WARNING, True)
    assert nothing_is_wrong(store)


def test_a_score_far_ahead_is_warned_of_once_and_the_next_goes_on(
    store: Store, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    right = clock.moment
    clock.moment = right + timedelta(days=400)
    put(store, "score A11", "far")
    clock.moment = right
    for mark in ("one", "two"):
        put(store, "score A12", mark)
    (record,) = caplog.records
    assert (record.levelno, record.name) == (logging.WARNING, "core.store.clock")
    assert str(right.year + 1) in record.getMessage() or str(right.year + 2) in record.getMessage()
    one, two = read.history(store, PROJECT, WORKING, "A12")[-2:]
    assert (one.made_at, two.made_at) == (right, right + timedelta(microseconds=1))


def test_a_replay_up_to_what_follows_one_far_ahead_has_both(store: Store, clock: Clock) -> None:
    right = clock.moment
    clock.moment = right + timedelta(days=400)
    far = put(store, "score A11", "far")
    clock.moment = right + timedelta(minutes=1)
    then = put(store, "score A12", "then")
    sheet = read.scores(store, PROJECT, WORKING, Version(moment=then.made_at))
    assert (sheet["A11"], sheet["A12"]) == (far, then)
    assert read.scores(store, PROJECT, WORKING, Version(moment=right))["A11"] != far
    assert [moment for moment, _ in read.placed(store, PROJECT, WORKING)][-2:] == [then.made_at, then.made_at]


def test_the_mark_has_the_newest_although_another_is_dated_later(store: Store, clock: Clock) -> None:
    right = clock.moment
    clock.moment = right + timedelta(days=400)
    put(store, "score A11", "far")
    clock.moment = right + timedelta(minutes=1)
    put(store, "score A12", "then")
    with store.reading() as session:
        newest = event_log.links(session, read.SCORES, PROJECT, WORKING)[-1]
        assert newest.event.edit_id == "then"
        assert noted(session).heads["score_event"] == newest.digest


# The order itself.
def made(name: str, previous: str, day: int, revision: int = 1) -> Link[Any]:
    event = FlagAnswer("p", "s", name, "far", revision, "", "w", "", datetime(2026, 1, day))
    return Link(event, previous, name)


def test_a_chain_is_followed_whatever_its_dates() -> None:
    links = [made("c", "b", 2), made("a", "start", 3), made("b", "a", 9)]
    (line,) = chains(links)
    assert [link.digest for link in line] == ["a", "b", "c"]
    assert [(moment.day, link.digest) for moment, link in in_order([line])] == [(2, "a"), (2, "b"), (2, "c")]


def test_nothing_is_lost_of_a_chain_that_was_broken_by_hand() -> None:
    links = [made("a", "start", 1), made("c", "gone", 3), made("x", "y", 4), made("y", "x", 5)]
    assert sorted(link.digest for line in chains(links) for link in line) == ["a", "c", "x", "y"]


def test_revisions_go_before_dates_and_lines_lie_between_each_other_by_the_moment() -> None:
    links = [made("A", "", 9, 1), made("A", "", 2, 2), made("B", "", 1, 1), made("B", "", 4, 2)]
    lines = by_revision(links, lambda link: link.event.code)
    placed = [(moment.day, link.event.code, link.event.revision) for moment, link in in_order(lines)]
    assert placed == [(1, "B", 1), (2, "A", 1), (2, "A", 2), (4, "B", 2)]


def test_when_each_was_there_at_the_latest() -> None:
    days = [datetime(2026, 1, day) for day in (1, 9, 3, 20, 5)]
    assert [moment.day for moment in at_latest(days)] == [1, 3, 3, 5, 5]
