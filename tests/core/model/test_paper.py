"""Choices of a paper: all that is wrong with one is said at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.paper import MOST_CONFIDENTIALITY, PaperChoice, problems

SLIDES, FRAMES, PARTS = ("cover", "overview", "funds"), ("budget", "pace"), ("analysis", "remedies")


def said(choice: PaperChoice) -> list[str]:
    return [str(each) for each in problems(choice, SLIDES, FRAMES, PARTS)]


def test_the_usual_choice_is_sound() -> None:
    assert said(PaperChoice()) == []


def test_slides_and_frames_may_stand_in_any_order() -> None:
    assert said(PaperChoice(slides=("funds", "cover"), frames=("pace", "budget"))) == []


def test_everything_that_is_wrong_is_said() -> None:
    wrong = PaperChoice(
        confidentiality="仅供市长办公会讨论使用，会后请立即收回销毁",
        slides=("cover", "moon", "cover"),
        frames=("sun",),
        breaks=("moon",),
    )
    assert said(wrong) == [
        "密级文字最多20字，现有21字。",
        "没有幻灯片“moon”。可用：cover、overview、funds。",
        "幻灯片“cover”选了不止一次。",
        "没有图框“sun”。可用：budget、pace。",
        "没有报告部分“moon”。可用：analysis、remedies。",
    ]


@pytest.mark.parametrize("text", ["内部\n资料", " 内部资料", "内部资料\u202e", "\0"])
def test_the_line_is_one_plain_line(text: str) -> None:
    assert said(PaperChoice(confidentiality=text)) == ["密级文字应为一行，首尾没有空格，不含控制字符。"]


@given(st.permutations(SLIDES), st.integers(0, len(SLIDES)))
def test_any_choice_of_slides_that_are_there_is_sound(order: list[str], most: int) -> None:
    assert said(PaperChoice(slides=tuple(order[:most]))) == []


@given(st.integers(0, 60))
def test_a_line_is_as_long_as_it_may_be(length: int) -> None:
    assert bool(said(PaperChoice(confidentiality="密" * length))) is (length > MOST_CONFIDENTIALITY)
