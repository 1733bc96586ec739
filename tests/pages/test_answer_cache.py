"""Answers kept by their question."""

from __future__ import annotations

import threading

import pytest

from pages.shared.answer_cache import AnswerCache


def test_an_answer_is_made_once_and_the_one_longest_not_asked_for_goes_first() -> None:
    shelf, made = AnswerCache(2), list[str]()

    def ask(question: str) -> str:
        def make() -> str:
            made.append(question)
            return question.upper()

        return str(shelf.get(question, make))

    assert [ask(each) for each in ("a", "b", "a", "c", "a", "b")] == ["A", "B", "A", "C", "A", "B"]
    assert made == ["a", "b", "c", "b"]  # c took the place of b: a had been asked for since


def test_what_fails_is_not_kept() -> None:
    shelf = AnswerCache(2)
    with pytest.raises(ZeroDivisionError):
        shelf.get("a", lambda: 1 / 0)
    assert shelf.get("a", lambda: 1) == 1


def test_many_that_ask_at_the_same_time_wait_for_one() -> None:
    shelf, begun, go, made, got = AnswerCache(2), threading.Event(), threading.Event(), list[int](), list[int]()

    def make() -> int:
        made.append(1)
        begun.set()
        assert go.wait(30)
        return 7

    people = [threading.Thread(target=lambda: got.append(shelf.get("a", make))) for _ in range(5)]
    for each in people:
        each.start()
    assert begun.wait(30)
    assert shelf.get("b", lambda: 8) == 8  # another question does not wait
    go.set()
    for each in people:
        each.join(30)
    assert (made, got) == ([1], [7] * 5)
