from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from core.model.scorecard import ScoreEvent, Status
from core.store.digest import Link, canonical, digest, start
from tests.core.store.conftest import first_altered

EVENT = ScoreEvent(
    project="lingang-2023",
    sheet="r1/working",
    code="A11",
    revision=2,
    edit_id="e-1",
    points=Decimal("1.5"),
    status=Status.CONFIRMED,
    reason="缺“批复”",
    note="",
    actor="browser-1",
    actor_name="王工",
    made_at=datetime(2025, 1, 2, 3, 4, 5),
)


def test_the_canonical_json_is_written_out() -> None:
    assert canonical(EVENT) == (
        '{"actor":"browser-1","actor_name":"王工","code":"A11","edit_id":"e-1",'
        '"made_at":"2025-01-02T03:04:05.000000Z","note":"","points":"1.50","project":"lingang-2023",'
        '"reason":"缺“批复”","revision":2,"sheet":"r1/working","status":"confirmed"}'
    )
    assert '"points":null' in canonical(replace(EVENT, points=None, status=Status.UNSCORED))


def test_the_digest_is_sha256_over_the_predecessor_and_the_event() -> None:
    assert digest("abc", EVENT) == hashlib.sha256(f"abc\n{canonical(EVENT)}".encode()).hexdigest()


def test_a_number_has_one_form_however_it_is_written() -> None:
    assert canonical(replace(EVENT, points=Decimal("1.50"))) == canonical(EVENT)


def chain(length: int) -> list[Link]:
    links: list[Link] = []
    last = start("lingang-2023", "r1/working")
    for number in range(length):
        event = replace(
            EVENT, revision=number + 1, edit_id=f"e-{number}", made_at=EVENT.made_at + timedelta(seconds=number)
        )
        links.append(Link(event, last, digest(last, event)))
        last = links[-1].digest
    return links


CHANGES = st.sampled_from(
    [
        {"points": Decimal("9.99")},
        {"reason": "改过"},
        {"actor_name": "李工"},
        {"status": Status.EXAMPLE},
        {"made_at": datetime(2020, 1, 1)},
        {"edit_id": "other"},
    ]
)


@given(st.integers(1, 6), st.data(), CHANGES)
def test_any_altered_event_is_the_one_that_is_named(length: int, data: st.DataObject, change: dict[str, Any]) -> None:
    links = chain(length)
    where = data.draw(st.integers(0, length - 1))
    changed = links[where]._replace(event=replace(links[where].event, **change))
    assert first_altered(links[0].previous, links) is None
    assert first_altered(links[0].previous, [*links[:where], changed, *links[where + 1 :]]) == changed.event


def test_a_removed_event_leaves_a_gap_that_is_named() -> None:
    links = chain(3)
    assert first_altered(links[0].previous, [links[0], links[2]]) == links[2].event


def test_two_sheets_do_not_begin_alike() -> None:
    assert start("a", "b/c") != start("a/b", "c")
