"""Bring the English catalogue up to the code: `python -m tests.core.text.update` (`make words`).

Texts that are new get an empty translation, to be written by hand; texts that nothing shows any longer go; the rest
stays as it is. Exits with 1 while translations are missing.
"""

from __future__ import annotations

import sys
from collections import defaultdict

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from tests.core.text.extraction import ROOT, of_code, of_data
from tests.core.text.test_catalogue import PO, wanted

HEADER = """\
# English words of the dashboard. `make words` keeps the list; translations are written here by hand.
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
"""Babel's own would carry the time and its version: every run would be a change."""


def areas() -> dict[str, tuple[str, ...]]:
    """The files that a text stands in, without line numbers: a moved line is no change of the catalogue."""
    found: dict[str, set[str]] = defaultdict(set)
    for text, stands in of_code().items():
        found[text].update(place.rpartition(":")[0] for place in stands)
    for text in of_data():
        found[text].add("data")
    return {text: tuple(sorted(files)) for text, files in found.items()}


def kept() -> dict[str, str]:
    """The translations that there are; a fuzzy one does not count."""
    if not PO.exists():
        return {}
    with PO.open("rb") as stream:
        catalogue = read_po(stream, locale="en")
    return {str(entry.id): str(entry.string) for entry in catalogue if entry.id and not entry.fuzzy}


def update() -> tuple[str, ...]:
    """Write the catalogue anew, grouped by file. Returns the texts that have no translation yet."""
    have, stands = kept(), areas()
    catalogue = Catalog(locale="en", fuzzy=False)
    for text in sorted(wanted(), key=lambda text: (stands[text], text)):
        catalogue.add(text, have.get(text, ""), locations=[(file, 0) for file in stands[text]])
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as stream:
        stream.write(HEADER.encode())
        write_po(stream, catalogue, width=0, omit_header=True, include_lineno=False)
    return tuple(str(entry.id) for entry in catalogue if entry.id and not entry.string)


def main() -> int:
    """Update, and name what is left to translate."""
    missing = update()
    sys.stdout.write("".join(f"{text}\n" for text in missing))
    sys.stdout.write(f"{PO.relative_to(ROOT)}: {len(kept())} texts, {len(missing)} to translate\n")
    return 1 if missing else 0


if __name__ == "__main__":
    raise SystemExit(main())
