"""专家评议: who has scored, item by item in the meeting, what has to be answered, and the lock."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from core.model.rights import Deed
from core.service.scoring.rounds import RoundView
from core.text import word
from pages.scoring import choose
from pages.scoring.meeting import analysis, ask, comments, flags, item_records, items, mentions, set_up, sheets, survey
from pages.shared import chips, filters, script_run
from pages.shared.errors import error_box
from pages.shared.session import may
from pages.shared.words import t

PARTS: dict[str, tuple[str, Callable[[RoundView], None]]] = {
    "sheets": (word("评分进度"), sheets.show),
    "items": (word("逐项评议"), items.show),
    "flags": (word("提示与答复"), flags.show),
    "comments": (word("征求意见"), comments.show),
    "survey": (word("满意度问卷"), survey.show),
    "dossier": (word("资料与佐证"), item_records.show),
    "analysis": (word("结果分析"), analysis.show),
}

view = choose.round_view()
choose.head(t("专家评议"), None if view is None else view.title)
changed = None if view is None else partial(chips.changed_here, view.id)
chosen = filters.part("panel", {key: name for key, (name, _) in PARTS.items()}, changed)

if view is None or not view.sheets:
    with error_box():
        if may(Deed.CHAIR):
            set_up.first()
        else:
            choose.no_sheet()
    script_run.end()

choose.round_box(view)
ask.question()
with error_box():
    mentions.show(view)
with error_box():
    PARTS[chosen][1](view)
