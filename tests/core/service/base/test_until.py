"""An answer is kept until a write that can change it: what a call reads is nothing that it does not say."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from core.model.context import Actor, Context
from core.model.rights import OPERATOR
from core.service.base import open_store
from core.store.database import Session
from core.store.watch import COUNTED
from tests.core.service.rights_of import BY_NAME, SPECIAL, calls

KEPT = {name: call for name, call in calls().items() if getattr(call, "until", "any") != "any"}


def written_later(until: str) -> set[str]:
    """Tables whose writes do not end such an answer."""
    kinds = {"data": ("scores", "steps"), "steps": ("scores",)}[until]
    return {table for kind in kinds for table in COUNTED[kind]}  # type: ignore[index]


def test_the_pages_of_money_are_kept_while_scores_are_given() -> None:
    assert {
        "core.service.progress.funds.funds",
        "core.service.progress.money_and_households.budget",
        "core.service.progress.money_and_households.beneficiaries",
    } <= set(KEPT)


@pytest.mark.parametrize("name", sorted(KEPT))
def test_a_call_reads_nothing_whose_writes_it_does_not_wait_for(
    name: str, built_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ctx = Context(Actor("user:operator", "操作员", OPERATOR), store=built_store)
    open_store.of(ctx)
    call, asked, run = KEPT[name], list[str](), Session._run
    needed = [p.name for p in inspect.signature(call).parameters.values() if p.default is inspect.Parameter.empty]
    given = BY_NAME | SPECIAL.get(name, {})

    def listen(self: Session, text: str, params: Mapping[str, object]) -> list[tuple[Any, ...]]:
        asked.append(text)
        return run(self, text, params)

    monkeypatch.setattr(Session, "_run", listen)
    call(ctx, **{each: given[each] for each in needed[1:]})
    open_store.of(ctx).close()  # what is remembered would be read without a statement the next time
    tables = {table for text in asked for table in re.findall(r"\bstore\.(\w+)", text)}
    assert tables, "nothing was read at all: the test looks past it"
    assert not tables & written_later(call.until)  # type: ignore[attr-defined]
