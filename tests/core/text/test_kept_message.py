"""Sentences come back from a table as they were, in any language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Message, Month
from core.text import kept_message, render

PLAIN = st.text(max_size=5) | st.integers() | st.dates() | st.builds(Month, st.dates())
PARAMS = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple)
        | st.builds(Message, st.text(max_size=5), st.dictionaries(st.sampled_from("abc"), inner, max_size=2))
    ),
    max_leaves=6,
)


@given(st.builds(Message, st.text(max_size=9), st.dictionaries(st.sampled_from(["text", "params", "day"]), PARAMS)))
def test_a_sentence_comes_back_as_it_was(message: Message) -> None:
    assert kept_message.read(kept_message.written(message)) == message


def test_it_is_read_in_the_language_that_asks() -> None:
    kept = kept_message.written(Message("数据截至{day}", {"day": date(2024, 12, 31)}))
    assert "31 Dec 2024" in render(Message("{said}", {"said": kept_message.read(kept)}), "en")


@pytest.mark.parametrize("value", [Decimal(1), 1.5, None, True])
def test_what_would_come_back_as_something_else_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        kept_message.written(Message("{x}", {"x": value}))


@pytest.mark.parametrize("kept", ['"甲"', "[]", '{"day": "2024-12-31"}'])
def test_what_is_no_sentence_is_refused(kept: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        kept_message.read(kept)
