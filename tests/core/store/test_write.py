from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import StoreError, UnknownName
from core.model.context import Actor, Version
from core.model.scorecard import ScoreEvent, Status
from core.store import clock, event_log, read, write
from core.store.database import Store, Versions
from core.store.errors import StoreClash
from core.store.opening import open_store
from core.store.write import Decide, NewScore, add_sheet, append_scores
from tests.core.store.conftest import PROJECT, WORKING, Run, altered

WANG = Actor("browser-1", "王工")


def score(code: str, points: str | None, edit_id: str | None = None) -> NewScore:
    return NewScore(
        code,
        edit_id or str(uuid.uuid4()),
        None if points is None else Decimal(points),
        Status.UNSCORED if points is None else Status.CONFIRMED,
        "原因",
        "",
        WANG,
    )


def always(*new: NewScore) -> Decide[str]:
    return lambda current, known: (new, "done")


def test_a_change_becomes_the_next_revision(store: Store) -> None:
    answer, written = append_scores(store, PROJECT, WORKING, always(score("A11", "1.5", "e-1"), score("A12", None)))
    assert answer == "done"
    assert {event.code: event for event in written}.items() <= read.scores(store, PROJECT, WORKING).items()
    assert [event.code for event in written] == ["A11", "A12"]
    event = read.scores(store, PROJECT, WORKING)["A11"]
    assert (event.revision, str(event.points), event.status, event.reason) == (2, "1.50", Status.CONFIRMED, "原因")
    assert (event.edit_id, event.actor, event.actor_name) == ("e-1", "browser-1", "王工")
    assert read.scores(store, PROJECT, WORKING)["A12"].points is None
    assert [e.revision for e in read.history(store, PROJECT, WORKING, "A11")] == [1, 2]
    assert read.known_edits(store, PROJECT, WORKING, ["e-1", "e-2"]) == {"e-1": event}
    assert store.versions == Versions(0, 1)
    assert altered(store, PROJECT, WORKING) is None


def test_the_other_sheet_is_left_alone(store: Store) -> None:
    before = read.history(store, PROJECT, "r1/recon-b")
    append_scores(store, PROJECT, WORKING, always(score("A11", "1")))
    assert read.history(store, PROJECT, "r1/recon-b") == before


def test_who_decides_sees_the_state_and_what_is_stored_already(store: Store) -> None:
    append_scores(store, PROJECT, WORKING, always(score("A11", "1", "e-1")))

    def decide(
        current: dict[str, ScoreEvent], known: Callable[[Iterable[str]], dict[str, ScoreEvent]]
    ) -> tuple[list[NewScore], tuple[int, list[str]]]:
        assert len(current) == 32
        return [], (current["A11"].revision, list(known(["e-1", "e-2"])))

    assert append_scores(store, PROJECT, WORKING, decide)[0] == (2, ["e-1"])


def test_the_same_edit_arriving_twice_is_stored_once(store: Store) -> None:
    append_scores(store, PROJECT, WORKING, always(score("A11", "1", "e-1")))
    with pytest.raises(StoreClash):
        append_scores(store, PROJECT, WORKING, always(score("A12", "1"), score("A11", "2", "e-1")))
    assert [str(e.points) for e in read.history(store, PROJECT, WORKING, "A11")] == ["2.00", "1.00"]
    assert len(read.history(store, PROJECT, WORKING, "A12")) == 1
    assert store.versions == Versions(0, 1)


def test_threads_on_one_item_leave_no_gap_and_lose_nothing(store: Store) -> None:
    failures: list[BaseException] = []

    def work(thread: int) -> None:
        try:
            for number in range(8):
                edit = f"edit-{thread}-{number}"

                def decide(
                    current: dict[str, ScoreEvent],
                    known: Callable[[Iterable[str]], dict[str, ScoreEvent]],
                    edit: str = edit,
                ) -> tuple[list[NewScore], None]:
                    return ([] if known([edit]) else [score("A11", "1", edit)]), None

                append_scores(store, PROJECT, WORKING, decide)
                append_scores(store, PROJECT, WORKING, decide)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    events = read.history(store, PROJECT, WORKING, "A11")
    assert [event.revision for event in events] == list(range(1, 42))
    assert len({event.edit_id for event in events}) == 41
    assert altered(store, PROJECT, WORKING) is None


def test_a_clash_is_decided_again_on_the_fresh_state(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    insert = write.insert_scores
    calls: list[int] = []

    def clashing(*args: object) -> object:
        calls.append(1)
        if len(calls) < 3:
            raise StoreClash(read.unknown_sheet("", "").message)
        return insert(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(write, "insert_scores", clashing)
    assert append_scores(store, PROJECT, WORKING, always(score("A11", "1")))[0] == "done"
    assert len(calls) == 3
    calls[:] = [-9]
    monkeypatch.setattr(event_log, "TRIES", 1)
    with pytest.raises(StoreClash):
        append_scores(store, PROJECT, WORKING, always(score("A11", "1")))


def test_another_writers_event_is_a_clash_not_a_fork(store: Store) -> None:
    # As another replica would do it: it has followed the same event with one of its own.
    with store.writing("scores") as session:
        links = read.newest_links(session, PROJECT, WORKING)
        write.insert_scores(session, PROJECT, WORKING, [score("A11", "1")], links)
    with pytest.raises(StoreClash), store.writing("scores") as session:
        write.insert_scores(session, PROJECT, WORKING, [score("A12", "1")], links)
    assert len(read.history(store, PROJECT, WORKING)) == 33


def test_an_error_of_who_decides_leaves_nothing(store: Store) -> None:
    def decide(current: object, known: object) -> tuple[list[NewScore], None]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        append_scores(store, PROJECT, WORKING, decide)
    append_scores(store, PROJECT, WORKING, always(score("A11", "1")))
    assert len(read.history(store, PROJECT, WORKING)) == 33


def test_an_unknown_sheet_is_named(store: Store) -> None:
    with pytest.raises(UnknownName, match="没有评分表“r1/none”"):
        append_scores(store, PROJECT, "r1/none", always(score("A11", "1")))


def test_points_that_the_table_would_round_are_a_mistake(store: Store) -> None:
    with pytest.raises(ValueError, match=r"1\.005"):
        append_scores(store, PROJECT, WORKING, always(score("A11", "1.005")))
    assert len(read.history(store, PROJECT, WORKING)) == 32


@pytest.mark.parametrize("bad", [score("A11", "-1"), NewScore("A11", "e", None, Status.CONFIRMED, "", "", WANG)])
def test_the_table_itself_refuses_points_that_cannot_be(store: Store, bad: NewScore) -> None:
    with pytest.raises(StoreError):
        append_scores(store, PROJECT, WORKING, always(bad))
    assert len(read.history(store, PROJECT, WORKING)) == 32


def test_a_clock_that_is_set_back_reorders_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    newest = read.history(store, PROJECT, WORKING)[-1].made_at
    monkeypatch.setattr(clock, "now", lambda: newest - timedelta(minutes=4))
    append_scores(store, PROJECT, WORKING, always(score("A11", "1", "x"), score("A11", "1.5", "y")))
    tick = timedelta(microseconds=1)
    assert [(e.edit_id, e.made_at) for e in read.history(store, PROJECT, WORKING)[-2:]] == [
        ("x", newest + tick),
        ("y", newest + 2 * tick),
    ]
    assert altered(store, PROJECT, WORKING) is None


def test_a_moment_shows_the_sheet_as_it_stood_then(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first = datetime(2999, 1, 1)
    for number, points in enumerate(["1", "0.5"]):
        monkeypatch.setattr(clock, "now", lambda number=number: first + timedelta(days=number))
        append_scores(store, PROJECT, WORKING, always(score("A11", points)))

    def then(days: int) -> str:
        return str(read.scores(store, PROJECT, WORKING, Version(moment=first + timedelta(days=days)))["A11"].points)

    assert [then(-1), then(0), then(1)] == ["2.00", "1.00", "0.50"]


def test_an_event_altered_in_the_file_is_named(store_path: Path) -> None:
    with duckdb.connect(str(store_path)) as other:
        other.execute("UPDATE score_event SET reason = '改过' WHERE sheet = 'r1/working' AND code = 'C12'")
    store = open_store(store_path)
    found = altered(store, PROJECT, WORKING)
    assert found is not None
    assert (found.code, found.reason) == ("C12", "改过")
    assert altered(store, PROJECT, "r1/recon-b") is None
    store.close()


def test_a_blank_sheet_has_no_event_and_can_be_scored(store: Store) -> None:
    working = read.sheet(store, PROJECT, WORKING)
    made = add_sheet(store, PROJECT, "r1/blank-1", "空白评分表1", working.scheme, working.grade_scheme, WANG)
    assert read.sheets(store, PROJECT)[-1] == made == read.sheet(store, PROJECT, "r1/blank-1")
    assert not made.reconstruction
    assert read.scores(store, PROJECT, "r1/blank-1") == {}
    append_scores(store, PROJECT, "r1/blank-1", always(score("A11", "2")))
    assert [e.revision for e in read.history(store, PROJECT, "r1/blank-1")] == [1]
    assert altered(store, PROJECT, "r1/blank-1") is None
    assert store.versions == Versions(1, 1)


@pytest.mark.parametrize(
    ("sheet", "error", "words"),
    [(WORKING, StoreError, "已经存在"), ("r7/x", UnknownName, "轮次"), ("working", UnknownName, "轮次")],
)
def test_a_sheet_that_cannot_be_made(store: Store, sheet: str, error: type[Exception], words: str) -> None:
    working = read.sheet(store, PROJECT, WORKING)
    with pytest.raises(error, match=words):
        add_sheet(store, PROJECT, sheet, "x", working.scheme, working.grade_scheme, WANG)
    assert len(read.sheets(store, PROJECT)) == 2


WRITE_UNTIL_KILLED = """
import sys, uuid
from decimal import Decimal
from core.model.context import Actor
from core.model.scorecard import Status
from core.store.opening import open_store
from core.store.write import NewScore, append_scores
store = open_store(sys.argv[1])
print("ready", flush=True)
while True:
    edit = str(uuid.uuid4())
    new = NewScore("A11", edit, Decimal(1), Status.CONFIRMED, "", "", Actor("x", "x"))
    append_scores(store, "lingang-2023", "r1/working", lambda current, known: ([new], None))
    print(edit, flush=True)
"""


def test_what_was_acknowledged_survives_a_kill(store_path: Path, run: Run) -> None:
    process = run(WRITE_UNTIL_KILLED, store_path)
    assert process.stdout is not None
    acknowledged = [process.stdout.readline().strip() for _ in range(25)]
    process.kill()
    acknowledged += [line.strip() for line in process.stdout if line.endswith("\n")]
    process.wait()
    store = open_store(store_path)
    assert set(read.known_edits(store, PROJECT, WORKING, acknowledged)) == set(acknowledged)
    events = read.history(store, PROJECT, WORKING, "A11")
    assert [event.revision for event in events] == list(range(1, len(events) + 1))
    assert altered(store, PROJECT, WORKING) is None
    store.close()


@pytest.fixture(scope="module")
def shared(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("shared") / "renewal.duckdb"
    path.write_bytes(built_store.read_bytes())
    store = open_store(path)
    yield store
    store.close()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["A11", "B12", "D42"]),
            st.one_of(st.none(), st.decimals(0, 7, places=2, allow_nan=False, allow_infinity=False)),
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20),
        ),
        max_size=5,
    )
)
def test_whatever_is_written_comes_back_and_the_chain_holds(
    shared: Store, changes: list[tuple[str, Decimal | None, str]]
) -> None:
    new = [
        NewScore(
            code,
            str(uuid.uuid4()),
            points,
            Status.UNSCORED if points is None else Status.CONFIRMED,
            reason,
            "",
            Actor("x", reason),
        )
        for code, points, reason in changes
    ]
    before = read.scores(shared, PROJECT, WORKING)
    append_scores(shared, PROJECT, WORKING, always(*new))
    after = read.scores(shared, PROJECT, WORKING)
    stored = read.known_edits(shared, PROJECT, WORKING, [change.edit_id for change in new])
    assert [(stored[n.edit_id].points, stored[n.edit_id].reason, stored[n.edit_id].actor_name) for n in new] == [
        (n.points, n.reason, n.reason) for n in new
    ]
    for code in ("A11", "B12", "D42"):
        own = [n for n in new if n.code == code]
        assert after[code].revision == before[code].revision + len(own)
        assert after[code].edit_id == (own[-1].edit_id if own else before[code].edit_id)
    assert altered(shared, PROJECT, WORKING) is None
