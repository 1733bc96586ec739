"""Names beside each other (No wrong number, A1)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.text import told_apart

IDS = st.text("r123/（）abAB ", min_size=1, max_size=4)
NAMES = st.sampled_from(["初评", "初评（r2）", " 初评", "Panel", "panel", "", "王工的评分表"])


@given(st.dictionaries(IDS, NAMES, max_size=8))
def test_no_two_read_alike_and_a_name_that_stands_alone_stays(names: dict[str, str]) -> None:
    found = told_apart(names)
    assert list(found) == list(names)
    read = [" ".join(name.split()).casefold() for name in found.values()]
    assert len(set(read)) == len(read)
    for key, name in names.items():
        assert found[key].startswith(name)
        others = [other for each, other in names.items() if each != key]
        if not any(" ".join(other.split()).casefold().startswith(name.strip().casefold()) for other in others):
            assert found[key] == name


def test_a_name_that_reads_like_another_with_its_id_stays_as_it_is() -> None:
    assert told_apart({"r1": "初评", "r3": "初评（r2）", "r2": "初评"}) == {
        "r1": "初评（r1）",
        "r3": "初评（r2）",
        "r2": "初评（r2）（3）",
    }


def test_of_two_rounds_of_a_name_each_says_its_id() -> None:
    assert told_apart({"r1": "初评", "r2": "终评", "r3": "初评"}) == {
        "r1": "初评（r1）",
        "r2": "终评",
        "r3": "初评（r3）",
    }
