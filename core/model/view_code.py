"""查验码: the short code on a picture or document, by which its view is found again."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import MISSING, asdict, dataclass, fields
from datetime import datetime
from typing import Any

from core.model.context import Language, Version

_GROUP = 4
_LENGTH = 12
"""Letters of a code: 60 bits of the digest, so that even a million views do not meet."""
_MISREAD = str.maketrans("018", "OIB")
"""Digits that base32 does not have, and the letters they are taken for."""


@dataclass(frozen=True)
class View:
    """Parameters that decide what a frame, slide or document shows. None: the default, which then stays the default."""

    kind: str
    """Kind of document: frame pptx docx xlsx pdf brief."""
    frame: str
    """Id of the frame; "" for a whole document."""
    project: str
    language: Language
    baseline: str | None
    basis: str | None
    place: str | None
    round: str | None
    checks: bool
    """True where the checks were chosen."""
    data: datetime
    """The newest import, or event of one, that counts (naive UTC)."""
    moment: datetime
    """The newest score, answer or step that counts (naive UTC)."""
    names: bool = False
    """True where those who score were to be named."""
    template: str = ""
    """Digest of the template that was brought for it; "" of our own."""
    confidentiality: str = ""
    """Line that says who may read it; "": none."""
    watermark: str = ""
    """Words across every page: who asked for it, and the day; "": none."""
    parts: tuple[str, ...] = ()
    """Ids of the slides or frames that were chosen, in order; (): all. Of the report: what begins on a new page."""

    @property
    def version(self) -> Version:
        """Version to read to see it again."""
        return Version(moment=self.moment, data=self.data)

    @property
    def canonical(self) -> str:
        """Canonical JSON text of the view: sorted keys, UTC microseconds; what has a default only where it differs.

        So that a view that was put down before something could be asked for keeps its code.
        """
        usual = {each.name: each.default for each in fields(self) if each.default is not MISSING}
        plain = {
            name: _moment(value) if isinstance(value, datetime) else value
            for name, value in asdict(self).items()
            if name not in usual or value != usual[name]
        }
        return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def code(self) -> str:
        """ABCD-EFGH-IJKL: the beginning of base32 (RFC 4648) over the SHA-256 of the canonical view."""
        digest = base64.b32encode(hashlib.sha256(self.canonical.encode()).digest()).decode()
        return "-".join(digest[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


@dataclass(frozen=True)
class ViewCode:
    """Code that a picture carries, and its address."""

    code: str
    address: str
    """Address that opens the view; "" while nobody has said where the dashboard is reached."""


def read_view(canonical: str) -> View:
    """The view that a stored text stands for."""
    found: dict[str, Any] = json.loads(canonical)
    times = {name: datetime.fromisoformat(found[name]).replace(tzinfo=None) for name in ("data", "moment")}
    return View(**found | times | {"parts": tuple(found.get("parts", ()))})


def tidy(code: str) -> str:
    """A code as people type it, in the one spelling: capitals, groups of four, 0 1 8 taken for O I B."""
    letters = "".join(letter for letter in code.upper().translate(_MISREAD) if letter.isascii() and letter.isalnum())
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def _moment(value: datetime) -> str:
    return value.isoformat(timespec="microseconds") + "Z"
