"""Findings and answers to checks on a real file: each step is an event, and earlier views stay as they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from core.errors import StoreError
from core.model.context import NEWEST, Actor, Version
from core.model.rectification import FindingPoint, Proof, Rectification, Step
from core.store import logs, rectification
from core.store.database import Store
from tests.core.store.conftest import PROJECT

WANG = Actor("browser-wang", "王工")
NOON = datetime(2025, 1, 10, 4, 0)
POINT = FindingPoint(PROJECT, "p1", "problem", "满意度未达目标", "报告 五", WANG.id, "王工", NOON)
STEP = Step("working", "夏港街道", date(2025, 3, 31), Proof(""), "", WANG.id, "王工", NOON)


def findings(store: Store, version: Version = NEWEST) -> tuple[Rectification, ...]:
    """Those that were put down here; the shipped project has its own."""
    return tuple(each for each in rectification.findings(store, PROJECT, version) if each.point.id in ("p1", "p2"))


def put(store: Store, *points: FindingPoint) -> None:
    rectification.add_points(store, PROJECT, lambda known: points)


def test_what_was_put_down_comes_back_with_its_steps_in_order(store: Store) -> None:
    put(store, POINT, replace(POINT, id="p2", kind="recommendation", made_at=NOON + timedelta(seconds=1)))
    done = replace(STEP, state="done", proof=Proof("验收单.pdf", "ab" * 32), made_at=NOON + timedelta(hours=1))
    for step in (STEP, done):
        rectification.add_step(store, PROJECT, "p1", lambda found, step=step: step)
    first, second = findings(store)
    assert (first.point, first.steps) == (POINT, (STEP, done))
    assert (second.point.kind, second.state, second.steps) == ("recommendation", "open", ())


def test_an_earlier_moment_shows_what_was_then(store: Store) -> None:
    put(store, POINT)
    rectification.add_step(store, PROJECT, "p1", lambda found: replace(STEP, made_at=NOON + timedelta(hours=1)))
    then = Version(moment=NOON + timedelta(minutes=1))
    assert findings(store, then) == (Rectification(POINT, ()),)
    assert findings(store, Version(moment=NOON - timedelta(days=1))) == ()


def test_a_clock_set_back_does_not_reorder_the_steps(store: Store) -> None:
    put(store, POINT)
    rectification.add_step(store, PROJECT, "p1", lambda found: STEP)
    rectification.add_step(
        store, PROJECT, "p1", lambda found: replace(STEP, state="done", made_at=NOON - timedelta(minutes=5))
    )
    (found,) = findings(store)
    assert [step.made_at for step in found.steps] == [NOON, NOON + timedelta(microseconds=1)]
    assert found.state == "done"


def test_a_taken_id_is_refused_in_words_and_nothing_is_written(store: Store) -> None:
    put(store, POINT)
    with pytest.raises(StoreError, match="未登记"):
        put(store, replace(POINT, id="p2"), POINT)
    assert len(findings(store)) == 1


def test_a_step_that_is_refused_leaves_nothing(store: Store) -> None:
    put(store, POINT)

    def refuse(found: Rectification | None) -> Step:
        raise StoreError(rectification.Message("不行"))

    with pytest.raises(StoreError, match="不行"):
        rectification.add_step(store, PROJECT, "p1", refuse, ("cd" * 32, b"x"))
    assert findings(store)[0].steps == ()
    with pytest.raises(KeyError):
        logs.evidence_content(store, "cd" * 32)


def test_a_proof_is_stored_once_a_content(store: Store) -> None:
    put(store, POINT)
    for _ in range(2):
        rectification.add_step(store, PROJECT, "p1", lambda found: STEP, ("ef" * 32, b"content"))
    assert logs.evidence_content(store, "ef" * 32) == b"content"


@pytest.mark.parametrize("proof", [Proof(""), Proof("澄港〔2025〕3号"), Proof("a b  c.pdf", "0" * 64)])
def test_a_proof_reads_back_as_it_was(proof: Proof) -> None:
    assert Proof.read(proof.stored()) == proof


def test_the_newest_answer_to_a_check_counts_and_an_empty_one_takes_it_back(store: Store) -> None:
    rectification.add_check_answer(store, PROJECT, "14", "第二个数是已完工小区数", WANG)
    rectification.add_check_answer(store, PROJECT, "20", "评分表在档案室", WANG)
    rectification.add_check_answer(store, PROJECT, "20", "评分表已附", WANG)
    found = rectification.check_answers(store, PROJECT)
    assert {check: (answer.text, answer.actor_name) for check, answer in found.items()} == {
        "14": ("第二个数是已完工小区数", "王工"),
        "20": ("评分表已附", "王工"),
    }
    before = Version(moment=found["14"].made_at)
    rectification.add_check_answer(store, PROJECT, "14", "", WANG)
    assert set(rectification.check_answers(store, PROJECT)) == {"20"}
    assert set(rectification.check_answers(store, PROJECT, before)) == {"14"}
