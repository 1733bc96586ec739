"""Which project an address means that names none (No wrong number, A2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.model.context import Actor, Context
from core.model.rights import Grant, Role
from core.service.base import open_store
from core.service.base import project as service
from core.service.base.file import File
from core.service.manage import demo, scorecard_files
from core.store import clock, snapshots
from tests.core.ingest.filled import workbook
from tests.core.service.people import PROJECT, WANG

pytestmark = pytest.mark.usefixtures("store_path")
IDS = st.lists(st.text("abzmr019-", min_size=1, max_size=6), unique=True, min_size=1, max_size=3)


def put(project: str) -> None:
    facts = demo.facts(3)
    named = replace(facts.project, id=project)
    snapshots.add(open_store.store(), replace(facts, project=named, batch=f"{project}@x"), WANG.actor)


@given(IDS)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_later_projects_of_whatever_id_change_nothing(ids: list[str]) -> None:
    for project in ids:
        if project not in service.names(WANG):
            put(project)
        assert service.default_project(WANG) == PROJECT


def test_a_newer_snapshot_of_the_first_one_changes_nothing() -> None:
    put("a")
    facts = demo.facts(3)
    later = replace(facts, project=replace(facts.project, id=PROJECT), batch="again", as_of=facts.as_of + timedelta(1))
    snapshots.add(open_store.store(), later, WANG.actor)
    assert service.default_project(WANG) == PROJECT


def test_who_may_not_see_the_first_one_is_asked_unless_there_is_one_only() -> None:
    put("a")
    put("b")
    of = {name: Grant(Role.LEADER, name) for name in ("a", "b")}
    assert service.default_project(Context(Actor("x", "x", frozenset({of["a"]})))) == "a"
    assert service.default_project(Context(Actor("x", "x", frozenset(of.values())))) is None


def test_two_that_came_at_one_moment_cannot_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store.store().reading() as session:
        ((moment,),) = session.run("moment_of_batch", batch=service.facts(WANG, PROJECT).batch)
    monkeypatch.setattr(clock, "now", lambda: moment)
    scorecard_files.import_scorecard(WANG, File("linjiang.xlsx", workbook()))
    assert len(service.names(WANG)) == 2
    assert service.default_project(WANG) is None
