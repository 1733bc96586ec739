"""出处: the file that the figures of a snapshot came in with, who brought it in, and when."""

from __future__ import annotations

from datetime import date, datetime

from core.errors import Message
from core.model.project import Facts
from core.service.base.moments import day_and_time
from core.store import snapshots as stored
from core.store.database import Store
from core.text import word
from core.text.numbers import MISSING

Lines = tuple[tuple[str, Message | str], ...]
"""What is told, by its name."""


def came_in(file: str, batch: str, as_of: date, by: str, made_at: datetime, row: str = "") -> Lines:
    """Say of an import its file (the sample of the product has none), row, batch and day, and who brought it in."""
    lines: Lines = (
        (word("文件"), file),
        (word("工作表和行"), row),
        (word("批次"), batch),
        (word("数据截至"), Message("{day}", {"day": as_of})),
        (word("导入"), Message("{name}，{time}", {"name": by or MISSING, "time": day_and_time(made_at)})),
    )
    return tuple(line for line in lines if line[1])


def origin(store: Store, facts: Facts) -> Lines:
    """Say it of the snapshot that these facts are."""
    every = stored.snapshots(store, facts.project.id)
    found = next((each for each in every if each.batch == facts.batch), None)
    return () if found is None else came_in(found.file, found.batch, facts.as_of, found.by, found.made_at)
