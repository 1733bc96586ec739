"""A call is about the store that its context names; the process's own is not even looked for then."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import RenewalError
from core.model.context import Actor, Context
from core.model.rights import OPERATOR
from core.model.view_code import View
from core.service.base import open_store
from core.service.scoring import item_records, scorecards
from tests.core.service.people import PROJECT, WANG, WORKING, edit, save
from tests.core.service.rights_of import PDF, a_view, arguments, calls

RENDERERS = {"core.service.evidence.data_checks.as_json", "core.service.scoring.scorecard_json.as_json"}
"""They are given what another call has read."""
OF_THE_PROCESS = {
    "core.service.manage.backups.keep",
    "core.service.manage.backups.migrate",
    "core.service.manage.backups.restore",
    "core.service.manage.backups.accept",
}
"""They write beside the process's own store, or make it."""
DOCUMENTS = (
    "slide_deck.deck",
    "evaluation.report",
    "evaluation.workbook",
    "frames.",
    "old_deck.fresh",
    "all_documents.",
)


@pytest.fixture
def there(built_store: Path, tmp_path: Path) -> Iterator[Context]:
    path = tmp_path / "there.duckdb"
    shutil.copy(built_store, path)
    ctx = replace(WANG, store=path)
    yield ctx
    open_store.of(ctx).close()


def test_two_stores_are_open_at_once_and_each_has_its_own_scores(store_path: Path, there: Context) -> None:
    save(there, WORKING, edit("A11", 1, "1.50", reason="另一处"))
    save(WANG, WORKING, edit("A11", 1, "0.50", reason="本处"))
    items = [scorecards.scorecard(ctx, PROJECT).items[0] for ctx in (there, WANG)]
    assert [(item.indicator.code, str(item.points)) for item in items] == [("A11", "1.50"), ("A11", "0.50")]


def test_one_that_may_only_be_read_is_read_as_often_as_it_is_asked_for(
    there: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    assert [scorecards.scorecard(there, PROJECT).items[0].indicator.code for _ in range(2)] == ["A11", "A11"]
    assert open_store.of(there).refused is not None


@pytest.fixture(scope="module")
def everything(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Context, View]]:
    path = tmp_path_factory.mktemp("named") / "named.duckdb"
    shutil.copy(built_store, path)
    ctx = Context(Actor("user:operator", "操作员", OPERATOR), store=path)
    item_records.add_evidence(ctx, PROJECT, WORKING, "A11", "原始凭证", "a.pdf", PDF)
    yield ctx, a_view(ctx)
    open_store.of(ctx).close()


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.full if any(part in name for part in DOCUMENTS) else ())
        for name in sorted(set(calls()) - OF_THE_PROCESS - RENDERERS)
    ],
)
def test_no_call_looks_for_another_store_than_the_one_it_is_given(
    name: str, everything: tuple[Context, View], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RENEWAL_STORE", str(tmp_path / "missing.duckdb"))
    open_store.close()
    (ctx, view), call = everything, calls()[name]
    said = ""
    try:
        call(ctx, **arguments(name, call, WORKING, view, open_store.of(ctx)))
    except RenewalError as error:
        said = str(error)
    assert "missing.duckdb" not in said
