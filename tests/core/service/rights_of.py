"""Every call of the service that takes a Context, and something to call it with."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import core.service
from core.model.context import Context
from core.model.measure import Measures
from core.model.passport import View
from core.service import communities, findings, home, passports
from core.service.portfolio import Asked
from core.store import logs

Call = Callable[..., Any]

ASIDE = {
    "core.service.asking.asks", "core.service.asking.need", "core.service.asking.past", "core.service.asking.named",
    "core.service.sections.in_menu", "core.service.sections.opened",
}  # fmt: skip
"""The gates themselves."""


def takes_context(call: Call) -> bool:
    """Whether it is asked in somebody's name."""
    return any(
        parameter.annotation in (Context, "Context") and parameter.default is inspect.Parameter.empty
        for parameter in inspect.signature(call).parameters.values()
    )


def calls() -> dict[str, Call]:
    """All of them, by their full name."""
    return dict(_found())


def _found() -> Iterator[tuple[str, Call]]:
    for info in pkgutil.iter_modules(core.service.__path__):
        module = importlib.import_module(f"core.service.{info.name}")
        for name, value in vars(module).items():
            own = inspect.isfunction(value) and value.__module__ == module.__name__
            full = f"{module.__name__}.{name}"
            if own and not name.startswith("_") and full not in ASIDE and takes_context(value):
                yield full, value


PROJECT = "lingang-2023"
PDF = b"%PDF-1.7 1"

BY_NAME: dict[str, Any] = {
    "project": PROJECT, "of": PROJECT, "round_id": "r1", "left": "r1/working", "right": "r1/recon-b", "code": "A11",
    "text": "说明", "reason": "依据", "answer": "依据", "decision": "采纳", "kind": "正式资料", "name": "甲.pdf",
    "content": PDF, "digest": "0" * 64, "points": {}, "raw_edits": [{"edit_id": "0" * 32}], "keys": [("A11", "x")],
    "moment": None, "earlier": None, "later": None, "batch": "none", "place": "申港街道", "field": "spend", "new": "1",
    "check": "1", "finding": "none", "owner": "甲", "due": date(2025, 6, 30), "proof": "文件1号", "note": "",
    "rule": "mean", "figures": Measures(()), "rows": (),
    "scheme": "old-community-32", "source": Path("none.xlsx"), "login": "nobody", "role": "leader",
    "kept": "$argon2id$x",
    "asked": Asked(), "drafts": [findings.Draft("problem", "一个问题", "")], "file": Path("none.duckdb"),
    "where": Path("/nonexistent/x.duckdb"), "address": "postgres:nothing", "frame": "money",
}  # fmt: skip
"""What fits a parameter of that name in most calls; a call that wants something else answers with a sentence."""
SPECIAL: dict[str, dict[str, Any]] = {
    "core.service.history.at": {"moment": datetime(2099, 1, 1)},
    "core.service.findings.found_in": {"name": "x.docx"},
    "core.service.passports.view_of": {"kind": "pptx"},
    "core.service.opening.open_round": {"kind": "final", "name": "终评"},
    "core.service.accounts.add": {"name": "张工"},
    "core.service.dossier.put_input": {"content": {}},
    "core.service.importing.preview": {"name": "x.csv"},
    "core.service.importing.commit": {"name": "x.csv"},
    "core.service.importing.take_over": {"name": "x.csv"},
    "core.service.communities.communities": {"asked": communities.Asked()},
    "core.service.dossier.answer_flag": {"kind": "x"},
}


def arguments(full: str, call: Call, sheet: str, view: View) -> dict[str, Any]:
    """Something for each parameter that has no default, by its name."""
    store = home.store()
    file = logs.evidence(store, PROJECT, sheet)[0].id
    given = BY_NAME | {"sheet": sheet, "view": view, "store": store, "file_id": file} | SPECIAL.get(full, {})
    needed = list(inspect.signature(call).parameters.values())[1:]
    found = {}
    for parameter in needed:
        if parameter.name == "sheet" or parameter.default is inspect.Parameter.empty:
            assert parameter.name in given, f"{full}: what is {parameter.name}? say so in rights_of.py"
            found[parameter.name] = given[parameter.name]
    return found


def a_view(ctx: Context) -> View:
    """What a view code could stand for."""
    return passports.view_of(ctx, PROJECT, "pptx")
