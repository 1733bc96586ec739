"""过程记录：who changed what and why, the sheet at any moment, two of them side by side, the minutes, what
was reported."""

from __future__ import annotations

from core.service.manage.reporting import record
from core.service.scoring import scorecards
from core.text import word
from pages.scoring import choose
from pages.scoring.record import items, replay, whole
from pages.shared import filters, script_run, state
from pages.shared.errors import error_box
from pages.shared.reads import read, read_own
from pages.shared.session import project
from pages.shared.who import who
from pages.shared.words import t

PARTS = {
    "items": word("单项记录"),
    "replay": word("回放"),
    "compare": word("对照"),
    "timeline": word("全程记录"),
    "minutes": word("会议纪要"),
    "verify": word("防篡改校验"),
    "reports": word("街镇填报"),
}

OF_A_SHEET = ("items", "replay", "compare")

here = project()
reported = read(record.steps, here)
sheets = {sheet.id: sheet for sheet in read_own(scorecards.sheets, here)}
parts = {key: name for key, name in PARTS.items() if (reported if key == "reports" else sheets)} or PARTS
if sheets and state.part("history", list(parts)) in OF_A_SHEET:
    if state.in_vain("sheet") and not who(silent=True):
        script_run.end()
    choose.settled(sheets)
view = choose.round_view()
choose.head(t("过程记录"), None if view is None else view.title)
part = filters.part("history", parts)

if part == "reports":
    whole.reports(reported)
    script_run.end()
if not sheets or view is None:
    choose.nothing(here)
    script_run.end()

with error_box():
    if part in OF_A_SHEET:
        sheet = sheets[choose.sheet(sheets)]
        if part == "items":
            items.show(sheet)
        elif part == "replay":
            replay.replay(sheet)
        else:
            replay.compare(sheet, sheets)
    else:
        choose.round_box(view)
        {"timeline": whole.timeline, "minutes": whole.minutes, "verify": whole.verify}[part](view)
