"""Files that become a version of something known by its id: what schemes of indicators and standards have in common.

A file whose content is there already makes nothing new; one of a known name becomes its next version, and what rests on
the earlier ones stays as it was.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, Protocol, TypeVar

from core.errors import Message, RenewalError
from core.ingest.files import table_file
from core.service.base import file as files
from core.service.base.file import File

Form = Literal["xlsx", "csv"]
NAMELESS = Message("请先填写您的姓名，再导入文件；姓名用于记录是谁导入的。")
_MOST_SLUG = 40


class Versioned(Protocol):
    """Something that there are versions of; a new one is made with the name that it has."""

    @property
    def id(self) -> str:
        """The same for all versions."""

    @property
    def version(self) -> int:
        """From 1."""

    @property
    def name(self) -> str:
        """As people know it."""


V = TypeVar("V", bound=Versioned)


def edition(known: Sequence[V], name: str, version: int | None) -> V | None:
    """The one of that id: its newest version unless one is named; None: there is none."""
    found = [each for each in known if each.id == name and version in (None, each.version)]
    return found[-1] if found else None


def editions(known: Iterable[Versioned]) -> str:
    """Every id with its version, as a sentence lists them."""
    return " ".join(f"{each.id}@{each.version}" for each in known)


def numbered(known: Sequence[Versioned], name: str, wanted: str, otherwise: str) -> tuple[str, int]:
    """Id and version of a new one: the next version of the newest one of that name, else the first of a new id.

    `wanted`: text that the new id is made of; `otherwise`: the id where the text has no letter for one.
    """
    same = [each.id for each in known if each.name == name]
    if same:
        return same[-1], next_number(known, same[-1])
    return free_id(slug(wanted) or otherwise, (each.id for each in known)), 1


def next_number(known: Iterable[Versioned], name: str) -> int:
    """The version after the newest of that id."""
    return max(each.version for each in known if each.id == name) + 1


def form_of(file: Path) -> Form:
    """Choose the form by a file's ending. Raises RenewalError."""
    if file.suffix.lower() == ".xlsx":
        return "xlsx"
    if file.suffix.lower() == ".csv":
        return "csv"
    raise RenewalError(Message("“{file}”应以.xlsx或.csv结尾。", {"file": file.name}))


def loaded(source: Path | File) -> File:
    """Return an uploaded file as it is, or read it from the disk. Raises InputError."""
    return source if isinstance(source, File) else files.load(source, table_file.MOST_BYTES)


def slug(text: str) -> str:
    """Make an id of a text's ASCII letters and figures; "" without a letter."""
    plain = unicodedata.normalize("NFKC", text).lower()
    ascii_only = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_MOST_SLUG].strip("-")
    return ascii_only if re.search(r"[a-z]", ascii_only) else ""


def free_id(wanted: str, taken: Iterable[str]) -> str:
    """Return the id itself, or with the first number that makes it new."""
    used = set(taken)
    number = 2
    free = wanted
    while free in used:
        free, number = f"{wanted}-{number}", number + 1
    return free
