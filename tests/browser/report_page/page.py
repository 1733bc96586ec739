"""Nothing but the form of a reporting period, for the tests of it: ?project=…&period=…"""

from __future__ import annotations

import streamlit as st

from core.service.manage.reporting import periods
from pages.manage.reporting_parts.form import form_panel
from pages.shared import errors, gate, process_start, script_run, state, styles
from pages.shared.session import context
from pages.shared.who import heard

st.set_page_config(page_title="填报", layout="wide")
process_start.prepare_process()
styles.style("")
st.title("填报")
errors.unread()
if not heard():
    script_run.end()
gate.admitted()  # what is uploaded is of whoever asks
here = st.query_params.get("project", "lingang-2023")
state.put("project", here)
form_panel(here, periods.report(context(), here, st.query_params["period"]))
