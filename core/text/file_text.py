"""Text that goes into files, and into their names."""

from __future__ import annotations

import re
from datetime import date

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that no document holds: XML knows none of them (but U+007F, which no font draws)."""
_MOST_BYTES = 240
"""Of a file's name: file systems take 255 bytes, three a Chinese character, and browsers add a number to it."""
_SEPARATING = re.compile(r'[\s\\/:*?"<>|\x00-\x1f\x7f]+')


def printable(text: str) -> str:
    """Text without the characters that a file's XML may not hold."""
    return text if text.isprintable() else CONTROL.sub("", text)


def file_stem(*parts: str) -> str:
    """The name of a file without its ending: what separates folders, or no system takes in a name, becomes _."""
    return "_".join(_SEPARATING.sub("_", part) for part in parts)


def file_name(ending: str, project: str, *parts: str, day: date | None = None) -> str:
    """Name a document: its project, then what else tells it from others (round, person, what it is), then its day.

    `day`: of its figures, or of the last change of its scores; None: it has none. Empty parts are left out. A project's
    name is shortened where no file system would take the whole.
    """
    of_day = () if day is None else (f"{day:%Y%m%d}",)
    rest = f"_{file_stem(*filter(None, (*parts, *of_day)))}.{ending}"
    room = _MOST_BYTES - len(rest.encode())
    return file_stem(project).encode()[: max(room, 0)].decode(errors="ignore") + rest
