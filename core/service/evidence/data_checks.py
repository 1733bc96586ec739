"""Checks of the data and the answers to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.checks import Finding, run
from core.errors import Message, UnknownName
from core.model.context import Context
from core.model.rectification import CheckAnswer
from core.model.rights import Deed
from core.model.storable import need_text
from core.service.base import open_store
from core.service.base.asking import asks, named
from core.service.base.ledger import ledger_of
from core.service.base.moments import local
from core.service.base.reference import reference
from core.store import read, rectification
from core.text import render, word

ANSWERED: Mapping[str, str] = {"unanswered": word("未答复"), "answered": word("已答复")}
"""Checks by whether somebody has answered them; what asks for no answer is neither until it is given one."""


@asks(Deed.SEE, until="data")
def checks(ctx: Context, project: str) -> tuple[Finding, ...]:
    """Run every check of the project that applies, in the order of their numbers. Raises UnknownName."""
    store, version = open_store.of(ctx), ctx.version
    key = ("checks", project, version.batch, version.data)

    def found(_: object) -> tuple[Finding, ...]:
        facts = read.facts(store, project, version)
        return run(facts, reference(), ledger_of(store, facts))

    return store.remembered(key, found)


@asks(Deed.SEE, until="steps")
def answers(ctx: Context, project: str) -> dict[str, CheckAnswer]:
    """Read the newest answer of a named person to each check (已核实:…), by the check's id."""
    return rectification.check_answers(open_store.of(ctx), project, ctx.version)


@asks(Deed.ANSWER)
def answer(ctx: Context, project: str, check: str, text: str) -> None:
    """Answer a check. The check itself stays as the data has it.

    Raises NameNeeded, UnknownName for a check that the project does not have, NotAllowed for an empty answer.
    """
    _answer(ctx, project, check, need_text(text, Message("请写明核实的结果和依据。")))


@asks(Deed.ANSWER)
def take_back(ctx: Context, project: str, check: str) -> None:
    """Open a check again that has been answered. Raises NameNeeded, UnknownName."""
    _answer(ctx, project, check, "")


def _answer(ctx: Context, project: str, check: str, text: str) -> None:
    actor = named(ctx)
    if all(finding.id != check for finding in checks(ctx, project)):
        raise UnknownName(Message("没有编号为“{check}”的数据疑点。请刷新后再试。", {"check": check}))
    rectification.add_check_answer(open_store.of(ctx), project, check, text, actor)


@asks(Deed.SEE, until="steps")
def unanswered(ctx: Context, project: str) -> tuple[Finding, ...]:
    """List what somebody has to answer （不一致、待核实） and nobody has. Raises UnknownName."""
    known = answers(ctx, project)
    return tuple(found for found in checks(ctx, project) if found.asks and found.id not in known)


def as_json(
    findings: tuple[Finding, ...], ctx: Context, answers: Mapping[str, CheckAnswer] | None = None
) -> list[dict[str, Any]]:
    """Make JSON of the findings, in the context's language, each with its answer or None."""
    known = answers or {}
    return [
        {
            "id": finding.id,
            "status": finding.status,
            "title": render(finding.title, ctx.language),
            "message": render(finding.message, ctx.language),
            "figures": [[render(label, ctx.language), render(value, ctx.language)] for label, value in finding.figures],
            "source": finding.source,
            "answer": _answer_json(known.get(finding.id)),
        }
        for finding in findings
    ]


def _answer_json(answer: CheckAnswer | None) -> dict[str, str] | None:
    if answer is None:
        return None
    return {"text": answer.text, "by": answer.actor_name, "at": local(answer.made_at).isoformat(timespec="seconds")}
