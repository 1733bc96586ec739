"""受益情况: who is to benefit, and what has been paid for each of them."""

from __future__ import annotations

from core.service.progress.benefit import benefit
from pages.progress import benefit_parts, pictures
from pages.shared import chips, empty, filters, missing, state
from pages.shared.picture_tools import narrow
from pages.shared.reads import read
from pages.shared.row_panel import row_panel
from pages.shared.session import project
from pages.shared.words import say, t

view = read(benefit, project(), state.get("place"), state.get("shown") == "share", narrow())

filters.head(t("受益情况"), say(view.title), place=True, amounts=True)

if view.empty:
    empty.no_data()

with chips.headline(view.headline):
    chips.changed_here()
    chips.place()
    chips.detail(filters.has_detail())
benefit_parts.caution(view)
row_panel(view.table, view.notes)
benefit_parts.side_by_side(view)
if view.work is not None:
    row_panel(view.work, view.work_notes)
benefit_parts.compared(view)
missing.missing(view.missing)
pictures.show(project(), state.get("place"), view.places)
benefit_parts.more(view)
