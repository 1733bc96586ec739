"""查验码: the same view gives the same code, another view another one; typing mistakes are forgiven."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import fields, replace
from datetime import datetime

import pytest

from core.model.context import Version
from core.model.view_code import View, read_view, tidy

DATA, MOMENT = datetime(2026, 11, 25, 2, 30, 0, 5), datetime(2026, 11, 25, 3, 0)
VIEW = View("pptx", "", "lingang-2023", "zh_CN", None, None, "璜土镇", "r1", False, DATA, MOMENT)
CANONICAL = (
    '{"baseline":null,"basis":null,"checks":false,"data":"2026-11-25T02:30:00.000005Z","frame":"","kind":"pptx",'
    '"language":"zh_CN","moment":"2026-11-25T03:00:00.000000Z","place":"璜土镇","project":"lingang-2023","round":"r1"}'
)


def test_the_code_is_the_beginning_of_a_digest_over_the_canonical_view() -> None:
    assert VIEW.canonical == CANONICAL
    letters = base64.b32encode(hashlib.sha256(CANONICAL.encode()).digest()).decode()[:12]
    assert VIEW.code == f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"
    assert read_view(CANONICAL) == VIEW
    assert VIEW.version == Version(moment=MOMENT, data=DATA)


def test_whatever_differs_the_code_does() -> None:
    other = replace(
        VIEW, kind="frame", frame="overview", project="x", language="en", baseline="2301-2612", basis="m2", place=None,
        round=None, checks=True, data=MOMENT, moment=DATA, names=True,
        template="t", confidentiality="内部资料", watermark="李明 2026-12-02", parts=("cover",),
    )  # fmt: skip
    codes = {VIEW.code} | {replace(VIEW, **{f.name: getattr(other, f.name)}).code for f in fields(View)}
    assert len(codes) == 1 + len(fields(View))


def test_what_was_chosen_of_a_paper_is_read_again() -> None:
    chosen = replace(VIEW, confidentiality="内部资料", watermark="李明 2026-12-02", parts=("cover", "funds"))
    assert '"parts":["cover","funds"]' in chosen.canonical
    assert read_view(chosen.canonical) == chosen


@pytest.mark.parametrize("typed", ["abcd-efgh-ijkl", " ABCD EFGH IJKL ", "abcdefghijkl", "A8CD-EFGH-1JKL"])
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    assert tidy(typed) == "ABCD-EFGH-IJKL"


def test_what_is_no_code_stays_short_of_one() -> None:
    assert tidy("查验码") == ""
    assert tidy("0-1-8") == "OIB"
