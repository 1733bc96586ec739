"""预警: what crosses a limit now, and what has changed since the snapshot before."""

from __future__ import annotations

import streamlit as st

from core.service.evidence import alarms
from pages.evidence import alarm
from pages.shared import chips, empty, filters, listing
from pages.shared.reads import read_own
from pages.shared.session import project
from pages.shared.words import plain, say, t

view = read_own(alarms.alarms, project())
filters.head(t("预警"), say(view.title))
st.caption(plain(say(view.compared)))
chips.changed_here()
if view.lines:
    every = {line.id: line for line in view.lines}
    listing.show(alarm.listed(view), lambda asked: alarm.show(every[asked]))
else:
    empty.empty(t("没有越过预警线的数。"))
st.caption(plain(say(view.limits)))
