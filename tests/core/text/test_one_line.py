"""Names that come from outside."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from core.text.one_line import one_line


def test_what_a_terminal_would_obey_is_gone() -> None:
    assert one_line(" 季\x1b[31m报\u202e\r\n二 ") == "季 [31m报 二"


@given(st.text())
def test_it_is_one_line_and_stays_as_it_is(text: str) -> None:
    found = one_line(text)
    assert one_line(found) == found
    assert not any(unicodedata.category(char) == "Cc" for char in found)
