"""Words of marks on an axis of days: no words on other words, no line through words."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.render.plotly.day_marks import Flag, clear_rows, in_rows

START = date(2025, 1, 1)
FIRST, LAST = -70.0, 610.0


def flag(x: int, words: str) -> Flag:
    return Flag(START + timedelta(days=x), float(x), words, words)


def rows(*flags: Flag) -> list[tuple[int, bool]] | None:
    found = in_rows(flags, FIRST, LAST)
    return None if found is None else [(each.row, each.left) for each in found]


def test_words_that_have_room_stand_in_one_row() -> None:
    # 汛期停工 takes 44 pixels, and 4 beside its line.
    assert rows(flag(100, "汛期停工"), flag(170, "台风")) == [(0, False), (0, False)]


def test_words_that_would_lie_on_the_next_stand_above_it() -> None:
    assert rows(flag(100, "汛期停工"), flag(130, "台风"), flag(140, "复工")) == [(2, False), (1, False), (0, False)]


def test_the_last_words_stand_left_of_their_line() -> None:
    assert rows(flag(100, "开工"), flag(600, "竣工（计划）")) == [(0, False), (0, True)]


def test_what_does_not_fit_is_said_below_instead() -> None:
    assert rows(*(flag(100 + 9 * n, "汛期停工") for n in range(9))) is None
    assert rows(flag(300, "长" * 60)) is None


def _ends(one: Flag) -> tuple[float, float]:
    size = 4 + 11 * len(one.words)
    return (one.x - size, one.x) if one.left else (one.x, one.x + size)


MARKS = st.lists(
    st.tuples(st.integers(0, 588), st.integers(1, 12)), min_size=1, max_size=8, unique_by=lambda each: each[0]
)


@given(MARKS)
def test_no_words_lie_on_words_or_leave_the_picture(drawn: list[tuple[int, int]]) -> None:
    found = in_rows([flag(x, "字" * size) for x, size in sorted(drawn)], FIRST, LAST) or []
    for at, one in enumerate(found):
        first, last = _ends(one)
        assert FIRST <= first < last <= LAST
        for other in found[at + 1 :]:
            start, end = _ends(other)
            assert one.row != other.row or last <= start or end <= first


@given(MARKS)
def test_in_clear_rows_no_line_runs_behind_words(drawn: list[tuple[int, int]]) -> None:
    flags = [flag(x, "字" * size) for x, size in sorted(drawn)]
    rows = clear_rows(flags, len(flags))
    assert rows is not None  # words right of their lines: the first can always stand on top
    for one, row in zip(flags, rows, strict=True):
        first, last = _ends(one)
        # A line rises to the top of its own row.
        assert not any(first < other.x < last for other, top in zip(flags, rows, strict=True) if top >= row)


def test_where_clear_rows_would_be_many_a_line_is_cut_by_words() -> None:
    # 55 and 4 pixels each: every one covers the next one's line, but only that.
    chain = [flag(100 + 50 * n, "设计变更等") for n in range(4)]
    assert clear_rows(chain, 9) == [3, 2, 1, 0]
    assert rows(*chain) == [(1, False), (0, False), (1, False), (0, False)]
