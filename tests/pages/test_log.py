"""The log's lines: what they say of an event and of an error, and that a text in one of them stays out."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from deploy.request_log import page_of
from pages.shared import log

NAME, REASON = "张三丰", "佐证第7页与现场不符"


def line(record: logging.LogRecord) -> dict[str, object]:
    text = log.LogLines().format(record)
    assert "\n" not in text
    found: dict[str, object] = json.loads(text)
    return found


def record(name: str, message: str, *values: object, fields: log.Fields | None = None) -> logging.LogRecord:
    made = logging.LogRecord(name, logging.ERROR, __file__, 7, message, values, None)
    if fields is not None:
        made.fields = fields
    return made


def test_an_event_says_what_it_was_told_and_nothing_else() -> None:
    said = line(record("renewal", "page", fields=log.Fields(ms=84.2, request="9f" * 8, page="budget")))
    assert {key: value for key, value in said.items() if key != "time"} == {
        "level": "error", "what": "page", "ms": 84.2, "request": "9f" * 8, "page": "budget",
    }  # fmt: skip
    assert str(said["time"]).endswith("Z")


def test_values_and_the_sentences_of_others_stay_out() -> None:
    own = line(record("core.store.acknowledged", "the mark %s cannot be read and is taken for none", f"/home/{NAME}/x"))
    assert own["what"] == "the mark %s cannot be read and is taken for none"
    other = line(record("uvicorn.error", f"GET /?name={NAME}"))
    assert (other["what"], NAME in json.dumps(other, ensure_ascii=False)) == ("uvicorn.error", False)
    assert str(other["at"]).endswith("test_log.py:7']")


def test_an_error_is_told_by_its_type_and_the_lines_that_it_went_through() -> None:
    made = record("renewal", "fault", fields=log.Fields(fault="a1b2c3"))
    try:
        int(f"{NAME}{REASON}")
    except ValueError:
        made.exc_info = sys.exc_info()
    said = line(made)
    assert (said["error"], said["fault"]) == ("ValueError", "a1b2c3")
    assert "tests/pages/test_log.py" in str(said["at"])
    assert NAME not in json.dumps(said, ensure_ascii=False)
    assert REASON not in json.dumps(said, ensure_ascii=False)


@pytest.mark.parametrize(
    ("path", "page"),
    [("/", "overview"), ("/scorecard", "scorecard"), (f"/{NAME}", "other"), ("/budget/13812345678", "other"),
     ("/static/js/x.js", "static"), ("/health/ready", "health/ready"), ("/login", "login")],
)  # fmt: skip
def test_a_request_is_named_in_our_words(path: str, page: str) -> None:
    assert page_of(path) == page
