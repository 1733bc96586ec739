"""Addresses that Streamlit's own server answers at: no interface of its, listed in docs/streamlit.md."""

from __future__ import annotations

MEDIA = "/media/"
"""What a page shows or offers for download."""
FILES = ("/static/", MEDIA)
"""The parts of its program, and that."""
INSIDE = "/_stcore/"
"""Everything else that is its own."""
HEALTH = f"{INSIDE}health"
SCRIPT_HEALTH = f"{INSIDE}script-health-check"
STREAM, SUBPROTOCOL = f"{INSIDE}stream", "streamlit"
"""The WebSocket that a page lives on."""
UPLOADS = f"{INSIDE}upload_file/"
"""Then the connection's id and the file's."""
UNNEEDED = (f"{INSIDE}metrics", f"{INSIDE}agent")
"""What it answers to anybody and nobody here needs; deploy/nginx.conf.template closes them as well."""
LOGOUT = "/auth/logout"
"""Of mode `oidc`."""
