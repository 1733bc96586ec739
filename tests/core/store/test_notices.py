"""Notices and their sendings in a real file: once a key, steps in order, and they are there after a restart."""

from __future__ import annotations

from datetime import datetime

import pytest

from core.errors import Message, StoreError
from core.model.notice import Notice
from core.service.base import open_store
from core.store import clock, notices
from core.store.database import Store

ONE = Notice("k1", "p", Message("预警：{said}", {"said": Message("低于{line}", {"line": "80%"})}), "alarms?project=p")
TWO = Notice("k2", "p", Message("整改"), "findings?project=p")


def test_a_key_is_put_down_once_for_each_channel(store: Store) -> None:
    assert notices.add(store, [ONE], ["mail", "群"]) == 1
    assert notices.add(store, [ONE, TWO, TWO], ["mail"]) == 1
    first, second = notices.told(store)
    assert (first.notice, second.notice) == (ONE, TWO)
    assert {channel: [each.step for each in steps] for channel, steps in first.steps.items()} == {
        "mail": ["queued"], "群": ["queued"],
    }  # fmt: skip
    assert list(second.steps) == ["mail"]
    assert notices.add(store, [ONE], ["new channel"]) == 0  # what was told before it is not told to it


def test_steps_stand_in_order_also_when_the_clock_is_set_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 12, 3, 8, 30))
    notices.add(store, [ONE], ["mail"])
    for step, moment in (("claimed", datetime(2026, 12, 3, 9)), ("failed", datetime(2026, 12, 3, 8, 59))):
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        said = Message("连不上") if step == "failed" else None
        assert notices.step(store, "mail", list, step, said) == 1  # type: ignore[arg-type]
    (told,) = notices.told(store)
    assert [each.step for each in told.steps["mail"]] == ["queued", "claimed", "failed"]
    assert [each.said for each in told.steps["mail"]] == [None, None, Message("连不上")]
    moments = [each.made_at for each in told.steps["mail"]]
    assert moments == sorted(moments)


def test_what_decides_may_refuse_and_nothing_is_written(store: Store) -> None:
    notices.add(store, [ONE], ["mail"])
    assert notices.step(store, "mail", lambda known: [], "claimed", None) == 0
    assert notices.step(store, "群", list, "claimed", None) == 0

    def refuse(known: notices.Steps) -> list[str]:
        raise StoreError(Message("不"))

    with pytest.raises(StoreError):
        notices.step(store, "mail", refuse, "claimed", None)
    (told,) = notices.told(store)
    assert len(told.steps["mail"]) == 1


def test_they_are_there_after_a_restart(store: Store) -> None:
    notices.add(store, [ONE], ["mail"])
    open_store.close()
    (told,) = notices.told(open_store.store())
    assert told.notice == ONE
