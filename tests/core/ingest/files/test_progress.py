"""Who reads a long file is told how far it is, and may end it."""

from __future__ import annotations

import pytest

from core.ingest.files.document import read_document
from tests.core.ingest.project_tables.test_facts import as_csv, as_xlsx

ROWS = [["街镇", "小区", "户数"], *(["甲镇", f"小区{at}", at] for at in range(5000))]
FILES = {"a.csv": as_csv(ROWS), "a.xlsx": as_xlsx({"明细": ROWS})}


class Enough(BaseException):
    """As Streamlit ends a run."""


@pytest.mark.parametrize("name", FILES)
def test_rows_and_the_share_of_the_file_are_told_as_it_is_read(name: str) -> None:
    told: list[tuple[int, float]] = []
    document = read_document(name, FILES[name], progress=lambda rows, share: told.append((rows, share)))
    assert document.problems == ()
    assert told[0][0] == 2000
    assert 4000 <= told[1][0] <= len(ROWS)  # a text's rows after the first are read in larger pieces
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert 0.2 < shares[0] < 0.8
    assert all(share <= 1 for share in shares)


@pytest.mark.parametrize("name", FILES)
def test_what_it_raises_ends_the_reading(name: str) -> None:
    told: list[int] = []

    def once(rows: int, _: float) -> None:
        told.append(rows)
        raise Enough

    with pytest.raises(Enough):
        read_document(name, FILES[name], progress=once)
    assert told == [2000]
