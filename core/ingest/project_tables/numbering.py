"""The row under a heading that numbers its columns: 甲 1栏 2栏, 甲 乙 1 2, (1) (2) (3)=(1)+(2)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.ingest.files.labels import compact

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_NUMBER = re.compile(r"[(\[]?第?(\d{1,3})(?:栏|列|项)?[)\]]?(?:=.*)?")
_FEWEST = 2
"""Columns with a number."""


def is_numbering(cells: Mapping[int, str]) -> bool:
    """True when a row counts its columns and says nothing else: letters 甲 乙 or 栏次 first, then 1, 2, 3 …"""
    texts = [compact(cells[column]) for column in sorted(cells)]
    count = 0
    for at, text in enumerate(texts):
        found = _NUMBER.fullmatch(text)
        if found is not None and int(found[1]) == count + 1:
            count += 1
        elif count or text not in ("栏次", _STEMS[at : at + 1]):
            return False
    return count >= _FEWEST
