"""The page of the form as the dashboard serves its own: `streamlit run` this file."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[2]))  # started as a script, Python looks in this folder only

import streamlit as st  # noqa: E402
from starlette.middleware import Middleware  # noqa: E402
from streamlit.runtime.pages_manager import PagesManager  # noqa: E402

from core.service.base import identity  # noqa: E402
from deploy import health, no_delay  # noqa: E402
from deploy.guard import Guard  # noqa: E402

identity.guarded = True
no_delay.begin()
PagesManager.uses_pages_directory = False
app = st.App(HERE / "page.py", routes=[*health.routes()], middleware=[Middleware(Guard)])
