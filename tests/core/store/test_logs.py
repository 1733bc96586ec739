"""The panel's logs: appended, numbered, chained; clashes tried again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from core.errors import StoreError
from core.model.context import Actor, Version
from core.model.panel_events import (
    EvidenceFile,
    EvidenceWithdrawal,
    FlagAnswer,
    Recusal,
    RoundKind,
    SheetEvent,
    SheetKind,
    SheetOwner,
)
from core.model.scorecard import Sheet, Status
from core.scoring.round_settings import new_round
from core.store import clock, digest, event_log, logs, new_rounds, read, write
from core.store.database import Session, Store, Versions
from core.store.errors import StoreClash
from tests.core.store.conftest import PROJECT, WORKING, first_altered

WANG = Actor("browser-wang", "王工")


def submitted(edit_id: str = "") -> logs.Draft:
    draft = {"kind": "submitted", "reason": "", "frozen": ""}
    return draft | {"edit_id": edit_id} if edit_id else draft


def add(store: Store, *drafts: logs.Draft, sheet: str = WORKING) -> None:
    logs.append(store, logs.SHEET_EVENTS, PROJECT, sheet, WANG, lambda session, known: (drafts, None))


def test_events_are_numbered_chained_and_later_than_anything_before(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store, submitted("edit-1"), submitted())
    early = clock.now() - timedelta(minutes=4)
    monkeypatch.setattr(clock, "now", lambda: early)  # a clock set back
    add(store, submitted())
    found = logs.events(store, logs.SHEET_EVENTS, PROJECT, WORKING)
    assert [event.revision for event in found] == [1, 2, 3]
    assert found[0].edit_id == "edit-1"
    assert len({event.edit_id for event in found}) == 3
    scores = read.history(store, PROJECT, WORKING)
    moments = [event.made_at for event in (*scores, *found)]
    assert moments == sorted(set(moments))
    with store.reading() as session:
        links = event_log.links(session, logs.SHEET_EVENTS, PROJECT, WORKING)
    start = digest.start(PROJECT, WORKING, "sheet_event")
    assert first_altered(start, links) is None
    assert links[0].previous == start
    assert logs.events(store, logs.SHEET_EVENTS, PROJECT, WORKING, Version(moment=found[0].made_at)) == found[:1]
    assert logs.events(store, logs.SHEET_EVENTS, PROJECT, "r1/recon-b") == ()


def test_revisions_are_counted_within_their_key(store: Store) -> None:
    def decide(session: Session, known: Sequence[FlagAnswer]) -> tuple[list[logs.Draft], int]:
        drafts = [("A11", "duplicate"), ("A11", "no_evidence"), ("A11", "duplicate")]
        return [{"code": code, "kind": kind, "answer": "已核"} for code, kind in drafts], len(known)

    assert logs.append(store, logs.FLAG_ANSWERS, PROJECT, WORKING, WANG, decide) == 0
    assert logs.append(store, logs.FLAG_ANSWERS, PROJECT, WORKING, WANG, decide) == 3
    found = logs.events(store, logs.FLAG_ANSWERS, PROJECT, WORKING)
    assert [(event.kind, event.revision) for event in found] == [
        ("duplicate", 1), ("no_evidence", 1), ("duplicate", 2),
        ("duplicate", 3), ("no_evidence", 2), ("duplicate", 4),
    ]  # fmt: skip
    assert (found[0].actor, found[0].actor_name) == (WANG.id, "王工")


def test_what_people_do_counts_as_scores_and_rounds_as_data(store: Store) -> None:
    add(store, submitted())
    assert store.versions == Versions(0, 1)
    draft = new_round("初评", RoundKind.INITIAL, "median")
    logs.append(store, logs.ROUND_SETTINGS, PROJECT, "r1", WANG, lambda session, known: ([draft], None))
    assert store.versions == Versions(1, 1)
    (only,) = logs.rounds(store, PROJECT)
    assert (only.revision, only.rule, only.kind) == (1, "median", RoundKind.INITIAL)


def test_a_clash_is_decided_again_and_then_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    last = 3

    def decide(session: Session, known: Sequence[SheetEvent]) -> tuple[list[logs.Draft], str]:
        calls.append(len(known))
        if len(calls) < last:
            raise StoreClash(read.unknown_sheet("", "").message)
        return [submitted()], "done"

    assert logs.append(store, logs.SHEET_EVENTS, PROJECT, WORKING, WANG, decide) == "done"
    assert calls == [0, 0, 0]
    last = 99
    with pytest.raises(StoreClash):
        logs.append(store, logs.SHEET_EVENTS, PROJECT, WORKING, WANG, decide)
    assert len(logs.events(store, logs.SHEET_EVENTS, PROJECT, WORKING)) == 1


def test_another_writers_step_is_a_clash_not_a_fork(store: Store) -> None:
    add(store, submitted("the-same"))
    with pytest.raises(StoreClash):
        add(store, submitted("the-same"))
    with pytest.raises(StoreError):
        add(store, {"kind": "invented", "reason": "", "frozen": ""})
    assert len(logs.events(store, logs.SHEET_EVENTS, PROJECT, WORKING)) == 1


def test_an_owned_sheet_is_made_once(store: Store) -> None:
    like = read.sheet(store, PROJECT, WORKING)
    owner = SheetOwner(PROJECT, "r1/abc", WANG.id, "王工", SheetKind.EVALUATOR)
    first, second = (
        logs.add_owned_sheet(store, PROJECT, "r1/abc", name, like.scheme, like.grade_scheme, owner, WANG)
        for name in ("王工的评分表", "另一个名字")
    )
    assert (first.name, second.name) == ("王工的评分表", "王工的评分表")
    state = logs.round_state(store, PROJECT, "r1")
    assert state.owners == {"r1/abc": owner}
    assert state.sheets == (WORKING, "r1/recon-b", "r1/abc")
    counts = {sheet: len(codes) for sheet, codes in logs.answered(store, PROJECT).items()}
    assert counts == {WORKING: 32, "r1/recon-b": 32}


def test_the_state_of_a_round_follows_every_write(store: Store) -> None:
    assert logs.round_state(store, PROJECT, "r1").events == {}
    kept = logs.round_state(store, PROJECT, "r1")
    assert logs.round_state(store, PROJECT, "r1") is kept
    add(store, submitted())
    assert list(logs.round_state(store, PROJECT, "r1").events) == [WORKING]

    def decide(session: Session, known: Sequence[Recusal]) -> tuple[list[logs.Draft], None]:
        return [{"code": "A11", "active": True, "reason": "亲属"}], None

    logs.append(store, logs.RECUSALS, PROJECT, WORKING, WANG, decide)
    assert logs.round_state(store, PROJECT, "r1").recused == {WORKING: frozenset({"A11"})}
    assert logs.round_state(store, PROJECT, "r2").sheets == ()


def test_rounds_are_numbered_on(store: Store) -> None:
    working = read.sheet(store, PROJECT, WORKING)
    draft = new_round("终评", RoundKind.FINAL)

    def sheets(name: str) -> list[tuple[Sheet, None]]:
        return [(replace(working, id=f"{name}/working", reconstruction=False), None)]

    assert [new_rounds.add_round(store, PROJECT, draft, sheets, WANG).round for _ in range(2)] == ["r2", "r3"]
    assert [event.name for event in logs.rounds(store, PROJECT)] == ["初评", "终评", "终评"]
    assert read.sheet(store, PROJECT, "r3/working").reconstruction is False


def test_heads_are_the_newest_digest_of_each_chain(store: Store) -> None:
    add(store, submitted())
    with store.reading() as session:
        heads = logs.heads_in(session, PROJECT, [WORKING, "r1/recon-b"])
        (link,) = event_log.links(session, logs.SHEET_EVENTS, PROJECT, WORKING)
        scores = event_log.links(session, read.SCORES, PROJECT, WORKING)
    assert heads[WORKING] == {"score_event": scores[-1].digest, "sheet_event": link.digest}
    assert set(heads["r1/recon-b"]) == {"score_event"}


def test_a_content_is_stored_once_and_given_back(store: Store) -> None:
    content = b"%PDF-1.7 \x00\xff"
    own = digest.sha256("x")

    def file(code: str) -> EvidenceFile:
        made = datetime(2026, 1, 1) + timedelta(seconds=int(code[1:]))
        return EvidenceFile(
            PROJECT, WORKING, code, f"id-{code}", "正式资料", "a.pdf", "application/pdf", 11, own, "w", "王工", made
        )

    for code in ("A11", "A12"):
        logs.add_evidence(store, file(code), content, lambda session: None)
    assert logs.evidence(store, PROJECT, WORKING) == (file("A11"), file("A12"))
    assert logs.evidence(store, PROJECT, "r1/recon-b") == ()
    assert logs.evidence_content(store, own) == content
    with pytest.raises(KeyError):
        logs.evidence_content(store, "none")


def test_a_file_backs_several_items_and_is_withdrawn_from_one(store: Store) -> None:
    then = datetime(2026, 1, 1)
    made = (PROJECT, WORKING, "A11", "f1", "正式资料", "a.pdf", "application/pdf", 3, digest.sha256("x"), "w", "王工")
    first = EvidenceFile(*made, then)
    logs.add_evidence(store, first, b"abc", lambda session: None, ("A12",))
    second = replace(first, code="A12")
    later = replace(first, code="A13", actor_name="李工", made_at=then + timedelta(days=1))
    end = EvidenceWithdrawal(PROJECT, WORKING, "A11", "f1", "误传", "l", "李工", then + timedelta(days=2))
    with store.writing("steps") as session:
        logs.link_evidence(session, [later])
        logs.withdraw_evidence(session, [end])
    assert logs.evidence(store, PROJECT, WORKING) == (replace(first, withdrawn=end), second, later)
    assert logs.evidence(store, PROJECT) == logs.evidence(store, PROJECT, WORKING)
    # As it stood before: not yet withdrawn, then not yet linked, then not yet there.
    for days, there in ((1, (first, second, later)), (0, (first, second)), (-1, ())):
        assert logs.evidence(store, PROJECT, None, Version(moment=then + timedelta(days=days))) == there
    with store.reading() as session:
        assert session.run_on("evidence_bytes", "table_rows") == [("evidence_bytes", 1)]
    for again in (lambda s: logs.link_evidence(s, [later]), lambda s: logs.withdraw_evidence(s, [end])):
        with pytest.raises(StoreClash), store.writing("steps") as session:
            again(session)


def test_what_the_decision_rests_on_is_looked_at_in_the_same_transaction(store: Store) -> None:
    def look(session: Session) -> None:
        raise ZeroDivisionError

    new = write.NewScore("A11", "edit-0000000000000000", Decimal(1), Status.CONFIRMED, "", "", WANG)
    with pytest.raises(ZeroDivisionError):
        write.append_scores(store, PROJECT, WORKING, lambda current, known: ([new], None), look)
    assert len(read.history(store, PROJECT, WORKING)) == 32
