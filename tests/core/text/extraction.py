"""Every text that can come onto the screen: literals in the code, and the words of the shipped data."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_dir

from core.model.context import SYSTEM
from core.model.project import FUNDING_NAMES

ROOT = Path(__file__).resolve().parents[3]
KEYWORDS = {"t": None, "Message": None, "word": None, "Field": (2,), "ProjectTable": (2,)}
INDICATOR_WORDS = ("l1", "l2", "l3", "rule", "evidence_needed")
DATA_WORDS = {
    **{
        f"data/schemes/{path.name}": INDICATOR_WORDS
        for path in sorted((ROOT / "data" / "schemes").glob("*.csv"))
        if path.stem not in ("scheme", "grades")
    },
    "data/schemes/scheme.csv": ("name",),
    "data/schemes/grades.csv": ("name", "grade"),
    **{
        f"data/standards/{path.name}": ("name",) if path.stem == "standard" else ("group", "text")
        for path in sorted((ROOT / "data" / "standards").glob("*.csv"))
    },
    "data/reference.csv": ("name",),
    "data/seed/claim.csv": ("text",),
    "data/seed/finding.csv": ("text",),
    "data/seed/goal.csv": ("text",),
    "data/seed/project.csv": ("name", "source"),
    "data/seed/place.csv": ("name",),
    "data/seed/round.csv": ("name",),
    "data/seed/sheet.csv": ("name",),
}


def of_code() -> dict[str, list[str]]:
    """Texts in app.py, pages, deploy and core, with the places they stand at."""
    found: dict[str, list[str]] = {}
    for folder in ("pages", "deploy", "core"):
        for file, line, text, _, _ in extract_from_dir(
            ROOT / folder, method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=()
        ):
            found.setdefault(text if isinstance(text, str) else text[0], []).append(f"{folder}/{file}:{line}")
    from babel.messages.extract import extract_from_file

    for line, text, _, _ in extract_from_file("python", ROOT / "app.py", keywords=KEYWORDS):
        found.setdefault(str(text), []).append(f"app.py:{line}")
    return found


def of_data() -> Iterator[str]:
    """Words of the shipped scheme and project: they are on the screen too."""
    yield from (SYSTEM.name, *FUNDING_NAMES.values())  # of a layer below the catalogue: nothing marks them there
    for file, columns in DATA_WORDS.items():
        with (ROOT / file).open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                yield from (row[column] for column in columns if row[column])
