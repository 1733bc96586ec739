"""小区明细: a street's communities held against its own figures, and the row that each was read from."""

from __future__ import annotations

from core.service.progress import communities
from core.service.progress.communities import SORT_OF, CommunitiesAsked
from pages.progress import detail
from pages.shared import chips, empty, filters, script_run, state
from pages.shared.reads import read
from pages.shared.session import project
from pages.shared.words import say, t

here = project()
place = detail.place(here)
sort, down, page = state.get("sort") or "file", state.get("order") == "down", int(state.get("page") or 1)
view = read(communities.communities, here, CommunitiesAsked(place, state.get("find") or "", SORT_OF[sort], down, page))
filters.head(t("小区明细"), say(view.subtitle), place=True, amounts=True)
if not filters.has_detail():
    empty.empty(t("本项目没有小区明细。导入带“小区”一列的表后，这里显示各小区。"))
    script_run.end()

with chips.headline(view.headline):
    chips.changed_here()
    chips.place()
    detail.chip()

detail.source(here, place)
detail.sums(view)
detail.bar()
if view.lines:
    detail.rows(view)
else:
    empty.empty(t("没有符合条件的小区。请改变查找的文字。"))
detail.foot(view)
detail.links()
