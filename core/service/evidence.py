"""Checks of the data: what agrees, what contradicts, what has to be asked."""

from __future__ import annotations

from functools import cache
from typing import Any

from core.checks import Finding, run
from core.ingest.reference import load_reference
from core.model.context import Context
from core.model.reference import Reference
from core.service import home
from core.store import read
from core.text import render


@cache
def reference() -> Reference:
    """What projects are compared with: data/reference.csv, read once a process. Raises InputError."""
    return load_reference(home.SEED.parent / "reference.csv")


def checks(ctx: Context, project: str) -> tuple[Finding, ...]:
    """Every check of the project that has something to look at, in the order of their numbers. Raises UnknownName."""
    return run(read.facts(home.store(), project, ctx.version), reference())


def as_json(findings: tuple[Finding, ...], ctx: Context) -> list[dict[str, Any]]:
    """The findings for machines and for the page's list, in the context's language."""
    return [
        {
            "id": finding.id,
            "status": finding.status,
            "title": render(finding.title, ctx.language),
            "message": render(finding.message, ctx.language),
            "figures": [[render(label, ctx.language), render(value, ctx.language)] for label, value in finding.figures],
            "source": finding.source,
            "answer": None,
        }
        for finding in findings
    ]
