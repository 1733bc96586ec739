"""Putting down what is to be told: alarms of data that count, looked for anew only where a project has other data."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from core.errors import NotAllowed, UnknownName
from core.model.context import SYSTEM, Actor, Context, Version
from core.model.rights import OPERATOR
from core.service.base import batches, open_store
from core.service.manage import notices
from core.store import read, snapshots
from tests.core.quarters import march
from tests.core.service.people import LI, PROJECT, WANG

pytestmark = pytest.mark.usefixtures("store_path")
HERE = Context(Actor("command", grants=OPERATOR))


def test_data_that_wait_for_a_second_person_are_told_when_they_are_released() -> None:
    notices.put_down(HERE, ())
    store = open_store.store()
    quarter = march(read.facts(store, PROJECT))
    snapshots.add(store, quarter, WANG.actor, held=True)
    assert notices.put_down(HERE, ("mail",)) == 0
    batches.release(LI, PROJECT, quarter.batch)
    assert notices.put_down(HERE, ("mail",)) == 4
    assert notices.put_down(HERE, ("mail",)) == 0
    (letter,) = notices.due(HERE, "mail", "", 60_000)
    assert "形象进度" in letter.text


def test_alarms_are_looked_for_only_where_the_data_are_others(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    monkeypatch.setattr(notices, "alarm_notices", lambda project, *_: looked.append(project) or ())
    for _ in range(3):
        notices.put_down(HERE, ("mail",))
    assert looked == [PROJECT]
    store = open_store.store()
    snapshots.add(store, march(read.facts(store, PROJECT)), SYSTEM)
    notices.put_down(HERE, ("mail",))
    assert looked == [PROJECT, PROJECT]
    open_store.close()  # perhaps another one lies at its place now
    notices.put_down(HERE, ("mail",))
    assert looked == [PROJECT] * 3


def test_what_could_not_be_put_down_is_looked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> int:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(notices.stored, "add", fail)
        with pytest.raises(RuntimeError):
            notices.put_down(HERE, ("mail",))
    assert notices.put_down(HERE, ("mail",)) == 5


def test_two_that_settle_at_a_time_leave_the_claim_of_the_one_that_has_it() -> None:
    """What failed before its claim, of one process, must not open what another has claimed meanwhile."""
    notices.put_down(HERE, ("mail",))
    (letter,) = notices.due(HERE, "mail", "", 60_000)
    assert notices.claim(HERE, "mail", letter.keys)
    assert not notices.claim(HERE, "mail", letter.keys)
    notices.settle(HERE, "mail", letter.keys, "failed", None, claimed=False)
    assert {each.state for each in notices.all_told(HERE)} == {"sending"}
    notices.settle(HERE, "mail", letter.keys, "sent", None)
    assert {each.state for each in notices.all_told(HERE)} == {"sent"}
    assert notices.due(HERE, "mail", "", 60_000) == ()
    assert notices.again(HERE, "mail") == 0


def test_an_earlier_version_and_an_unknown_project_are_refused() -> None:
    with pytest.raises(NotAllowed):
        notices.put_down(replace(HERE, version=Version(moment=datetime(2026, 1, 1))), ())
    with pytest.raises(UnknownName):
        notices.told(HERE, "none")
