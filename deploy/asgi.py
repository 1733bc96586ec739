"""The dashboard as `make run` serves it: app.py with the guard in front and, where people log in here, the way in.

`streamlit run deploy/asgi.py`, or any ASGI server: `uvicorn deploy.asgi:app`. Whatever the mode does not go with ends
the start with a sentence.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # started as a script, Python looks in deploy/ only

import streamlit as st  # noqa: E402
from starlette.middleware import Middleware  # noqa: E402
from streamlit.runtime.pages_manager import PagesManager  # noqa: E402

from core.errors import RenewalError  # noqa: E402
from core.service.base import identity, moments  # noqa: E402
from core.text import render  # noqa: E402
from deploy import health, login_page, no_delay, opened_files, plain_page  # noqa: E402
from deploy.compressed import Compressed  # noqa: E402
from deploy.guard import Guard  # noqa: E402
from deploy.request_log import RequestLog  # noqa: E402


def check() -> None:
    """End the start, with a sentence: a mode that does not go with the address, secrets that lie open, no such zone."""
    try:
        identity.check_address(st.get_option("server.address") or "0.0.0.0")
        identity.check_secrets()
        identity.oidc()
        moments.zone()
    except RenewalError as error:
        print(render(error.message, "zh_CN"), render(error.message, "en"), sep="\n", file=sys.stderr)
        sys.exit(1)
    identity.guarded = True


check()
no_delay.begin()
# app.py says which pages there are. Until it first has, Streamlit would take the folder pages/ for them, in which there
# are none, and greet a deep link with "Page not found".
PagesManager.uses_pages_directory = False
# Said in this form: Streamlit reads it, without running anything, to see that the file is an application.
app = st.App(
    ROOT / "app.py",
    routes=[
        *health.routes(),
        *opened_files.routes(),
        *plain_page.routes(),
        *(login_page.routes() if identity.mode() == "accounts" else []),
    ],
    middleware=[Middleware(RequestLog), Middleware(Guard), Middleware(Compressed)],
    secrets={"auth": dict(identity.oidc())} if identity.oidc() else None,
)
