"""Every call of the service that takes a Context, and something to call it with."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import core.service
from core.figures.figure import Bars, Figure, FigureLook
from core.model.context import Actor, Context
from core.model.measure import Measures
from core.model.paper import PaperChoice
from core.model.particulars import Particulars
from core.model.view_code import View
from core.service.base.file import File
from core.service.base.project_figures import panel_of
from core.service.briefing import view_codes
from core.service.evidence import findings
from core.service.manage.portfolio import PortfolioAsked
from core.service.progress import communities
from core.service.scoring.leading_sheet import LeadingScore
from core.store import logs
from core.store.database import Store

Call = Callable[..., Any]

ASIDE = {
    "core.service.base.asking.asks", "core.service.base.asking.need", "core.service.base.asking.past",
    "core.service.base.asking.named",
    "core.service.base.open_store.of",
    "core.service.base.sections.in_menu", "core.service.base.sections.opened",
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
    for info in pkgutil.walk_packages(core.service.__path__, "core.service."):
        module = importlib.import_module(info.name)
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
    "day": date(2025, 3, 1),
    "check": "1", "finding": "none", "owner": "甲", "due": date(2025, 6, 30), "proof": "文件1号", "note": "",
    "then": Context(Actor("then")), "rule": "mean", "sheets": ("r1/working",), "person": "none", "codes": ("A11",),
    "figures": Measures(()), "rows": (), "items": (),
    "scheme": "old-community-32", "version": 1, "newest": 1, "source": Path("none.xlsx"),
    "login": "nobody", "role": "leader",
    "kept": "$argon2id$x",
    "asked": PortfolioAsked(),
    "said": Particulars("某项目"),
    "drafts": [findings.FindingDraft("problem", "一个问题", "")], "file": Path("none.duckdb"),
    "standard": "renovation-12", "edition": 1, "community": "", "results": {}, "checked_on": date(2025, 3, 1),
    "result": "met", "seq": 0,
    "layout": "none", "goal": "none", "note_id": "none", "saved": "none", "page": 0, "picture": "none",
    "taken_on": date(2025, 3, 1), "planned": date(2025, 3, 1), "actual": None,
    "choice": PaperChoice(), "chosen": PaperChoice(),
    "discussed": True, "revision": 1, "files": (),
    "unit": "某街道", "template": b"",
    "found": SimpleNamespace(score=None, checks=None),
    "experts": (), "wanted": (), "make": lambda now, session: {}, "deadline": None, "least_scorers": 2,
    "shown": "after_submit", "self_shown": "after_submit",
    "period": "none", "places": (), "fields": (), "given": True, "reports": (), "seen": {}, "needed": True,
    "questionnaire": "none", "base": 0, "asked_on": None, "questions": (),
    "where": Path("/nonexistent/x.duckdb"), "address": "postgres:nothing", "frame": "money",
    "head": LeadingScore(None, None, None),
    "panel": panel_of(
        Figure("paid", "甲", "甲", "", "", "", date(2025, 3, 1), Bars("", ()), (), ()), FigureLook("zh_CN")
    ),
}  # fmt: skip
"""What fits a parameter of that name in most calls; a call that wants something else answers with a sentence."""
SPECIAL: dict[str, dict[str, Any]] = {
    "core.service.scoring.history.at": {"moment": datetime(2099, 1, 1)},
    "core.service.evidence.findings.found_in": {"name": "x.docx"},
    "core.service.briefing.kept_choices.choice": {"name": "月报"},
    "core.service.briefing.kept_choices.keep": {"name": "月报"},
    "core.service.briefing.kept_choices.remove": {"name": "月报"},
    "core.service.briefing.view_codes.view_of": {"kind": "pptx"},
    "core.service.scoring.opening.open_round": {"kind": "final", "name": "终评"},
    # r1 stays open for the calls after these.
    "core.service.scoring.setting_up.change": {"round_id": "none"},
    "core.service.scoring.setting_up.close_round": {"round_id": "none"},
    "core.service.scoring.setting_up.change_round": {"kind": "initial", "name": "初评"},
    "core.service.scoring.questionnaires.preview": {"file": File("x.csv", b"")},
    "core.service.manage.accounts.add": {"name": "张工"},
    "core.service.scoring.item_records.put_input": {"content": {}},
    "core.service.manage.notices.put_down": {"channels": ()},
    "core.service.manage.notices.due": {"channel": "mail", "base": "", "most": 2000},
    "core.service.manage.notices.claim": {"channel": "mail", "keys": ("none",)},
    "core.service.manage.notices.settle": {"channel": "mail", "keys": (), "result": "sent", "said": None},
    "core.service.manage.notices.again": {"channel": "mail"},
    "core.service.manage.importing.preview": {"name": "x.csv"},
    "core.service.manage.importing.commit": {"name": "x.csv"},
    "core.service.manage.importing.take_over": {"name": "x.csv"},
    "core.service.manage.period_files.check": {"file": File("x.csv", b"")},
    "core.service.manage.period_files.period_file": {"kind": "csv"},
    "core.service.manage.monthly.preview": {"name": "x.csv"},
    "core.service.manage.monthly.take_over": {"name": "x.csv"},
    "core.service.progress.communities.communities": {"asked": communities.CommunitiesAsked()},
    "core.service.scoring.item_records.answer_flag": {"kind": "x"},
}


def arguments(full: str, call: Call, sheet: str, view: View, store: Store) -> dict[str, Any]:
    """Something for each parameter that has no default, by its name."""
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
    return view_codes.view_of(ctx, PROJECT, "pptx")
