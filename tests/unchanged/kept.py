"""The kept texts, a file each below kept/, and those that the program gives now over freshly built stores."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path

from tests.unchanged.taken import LANGUAGES, STORES, build, take

KEPT = Path(__file__).parent / "kept"


def shown() -> dict[str, str]:
    """What is shown now, by `<project>.<language>/<name>.txt`."""
    found: dict[str, str] = {}
    folder = Path(tempfile.mkdtemp())
    # Only at the very end: what answers commands beside a store whose pages were opened ends with the process.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for project in STORES:
        built = folder / f"{project}.duckdb"
        build(project, built)
        for language in LANGUAGES:
            # Asking leaves traces (who has looked, what was made): each language starts from the store as built.
            store = folder / f"{project}.{language}.duckdb"
            shutil.copy(built, store)
            texts = take(store, project, language)
            found |= {f"{project}.{language}/{name}.txt": text for name, text in texts.items()}
    return found


def kept() -> dict[str, str]:
    """What is kept."""
    return {path.relative_to(KEPT).as_posix(): path.read_bytes().decode() for path in sorted(KEPT.rglob("*.txt"))}


def write(found: dict[str, str]) -> None:
    """Keep these texts and no others."""
    shutil.rmtree(KEPT, ignore_errors=True)
    for name, text in found.items():
        path = KEPT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
