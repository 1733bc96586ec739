"""A file that starts to download when it is made, without another click. A Streamlit v2 component."""

from __future__ import annotations

import base64
import secrets
from pathlib import Path

from core.service.base.file import File
from pages.shared.browser import component
from pages.shared.download import mime_of

_FILES = ("dom.js", "mount.js", "hand.js", "handed_over.js")
_HANDED = component("handed_over", Path(__file__).parent, '<div class="handed-over"></div>', *_FILES)


def hand_over(file: File) -> None:
    """Start the download; called in the one run that made the file, so that a page made again starts none."""
    _HANDED(
        key="handed_over",
        data={
            "id": secrets.token_hex(8),
            "name": file.name,
            "type": mime_of(file.name),
            "content": base64.b64encode(file.content).decode(),
        },
        height="content",
        width="content",
    )
