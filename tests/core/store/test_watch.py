"""What is made of what PostgreSQL says, without one."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import pytest

from core.errors import Message, StoreError
from core.store import watch
from core.store.watch import Watch


class Told:
    """A store that says what it is told to, and counts how often it is asked to follow."""

    def __init__(self) -> None:
        self.snapshot, self.counts = "1", (2, 64, 0)
        self.away = False
        self.followed = threading.Semaphore(0)

    @contextmanager
    def reading(self) -> Iterator[Told]:
        yield self

    def run(self, name: str) -> list[tuple[Any, ...]]:
        return [(self.snapshot,)] if name == "postgres_snapshot" else [self.counts]

    def follow(self) -> None:
        self.followed.release()
        if self.away:
            raise StoreError(Message("连不上"))


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def looking(told: Told) -> Iterator[Watch]:
    made = Watch(cast(Any, told.reading), told.follow)
    yield made
    made.stop()


def test_the_first_look_and_one_without_a_change_are_no_news(told: Told, looking: Watch) -> None:
    assert looking.changed() == ()
    told.counts = (3, 65, 0)
    # Nothing was written, says the snapshot: nothing is counted.
    assert looking.changed() == ()


def test_what_others_have_written_is_news_once(told: Told, looking: Watch) -> None:
    looking.changed()
    told.snapshot, told.counts = "2", (3, 64, 1)
    assert looking.changed() == ("data", "steps")
    told.snapshot = "3"
    assert looking.changed() == ()


def test_what_this_process_has_written_is_no_news(told: Told, looking: Watch) -> None:
    looking.changed()
    looking.own(Counter({"score_event": 2, "evidence": 1, "evidence_bytes": 1}))
    told.snapshot, told.counts = "2", (2, 66, 1)
    assert looking.changed() == ()
    told.snapshot, told.counts = "3", (2, 67, 1)
    assert looking.changed() == ("scores",)


def test_it_goes_on_looking_and_says_once_that_it_cannot(
    told: Told, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(watch, "EVERY", 0.001)
    told.away = True
    made = Watch(cast(Any, told.reading), told.follow)
    for _ in range(5):
        assert told.followed.acquire(timeout=30)
    told.away = False
    for _ in range(5):
        assert told.followed.acquire(timeout=30)
    made.stop()
    assert caplog.text.count("cannot be seen for now") == 1
