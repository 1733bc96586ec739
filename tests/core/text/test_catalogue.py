"""Every word on the screen is in the catalogue, with the same parameters; nothing in it is unused."""

from __future__ import annotations

import ast
import re
from datetime import date
from string import Formatter

from babel.messages.pofile import read_po

from core.errors import Message, Month
from core.text import render
from tests.core.text.extraction import KEYWORDS, ROOT, of_code, of_data

PO = ROOT / "core" / "text" / "locale" / "en" / "LC_MESSAGES" / "messages.po"
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


GLUED = re.compile(r"[}\w][({“]|”\{|\}—\{")
"""No Chinese, but parts that touch or a span of time: English puts a space or a word between them."""


def entries() -> dict[str, str]:
    with PO.open("rb") as stream:
        return {str(entry.id): str(entry.string) for entry in read_po(stream, locale="en") if entry.id}


def parameters(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def wanted() -> set[str]:
    return {text for text in [*of_code(), *of_data()] if CHINESE.search(text) or GLUED.search(text)}


def test_every_text_has_its_english() -> None:
    have = entries()
    assert sorted(text for text in wanted() if not have.get(text)) == []


def test_nothing_in_the_catalogue_is_unused() -> None:
    assert sorted(set(entries()) - wanted()) == []


def test_translations_have_the_parameters_of_their_source_and_no_chinese() -> None:
    have = entries()
    assert [text for text, english in have.items() if parameters(text) != parameters(english)] == []
    allowed = {"中文"}
    assert [text for text, english in have.items() if CHINESE.search(english) and text not in allowed] == []


def test_a_sentence_renders_with_dates_months_messages_and_names() -> None:
    message = Message(
        "{inner};{day};{month}",
        {"inner": Message("总览"), "day": date(2024, 12, 31), "month": Month(date(2026, 5, 19))},
    )
    assert str(message) == "总览;2024年12月31日;2026年5月"
    assert render(message, "zh_CN") == str(message)
    assert render(message, "en").endswith(";31 Dec 2024;May 2026")


def test_a_name_nobody_translated_stays_as_it_was_written() -> None:
    assert render("某某小区", "en") == "某某小区"


def test_a_list_of_names_is_joined_as_the_language_joins_them() -> None:
    message = Message("{names}", {"names": ("璜土镇", "某某小区")})
    assert str(message) == "璜土镇、某某小区"
    assert render(message, "en") == f"{render('璜土镇', 'en')}, 某某小区"


def test_no_text_stands_inside_an_f_string_where_extraction_does_not_see_it() -> None:
    """Babel does not look into f-strings on Python 3.11."""
    hidden = []
    for file in (*(each for of in ("core", "pages", "deploy") for each in ROOT.glob(f"{of}/**/*.py")), ROOT / "app.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            calls = ast.walk(node) if isinstance(node, ast.JoinedStr) else ()
            named = [call.func.id for call in calls if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)]
            if set(named) & set(KEYWORDS):
                hidden.append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert hidden == []


def test_english_has_no_plural_in_brackets() -> None:
    assert [english for english in entries().values() if "(s)" in english] == []


def test_a_text_that_an_earlier_version_stored_keeps_its_english() -> None:
    now = render("对照绩效目标，分三档评判", "en")
    assert now == render("对照绩效目标,分三档评判", "en") != "对照绩效目标,分三档评判"
    assert render("某项目(二期),完工", "en") == "某项目(二期),完工"


def test_english_counts_one_thing_as_one() -> None:
    for count, said in ((1, "1 item unanswered"), (0, "0 items unanswered"), (2, "2 items unanswered")):
        assert render(Message("{count}项未答复", {"count": count}), "en") == said
    assert render(Message("整改逾期{count}条：{text}", {"count": 1, "text": "x"}), "en").startswith("1 rectification ")


def test_names_within_an_english_sentence_begin_small() -> None:
    sources = Message("{sources}一笔未付", {"sources": ("财政预算资金", "专项债")})
    assert render(sources, "en") == "No budget funds, special bond paid"
    assert render(sources, "zh_CN") == "财政预算资金、专项债一笔未付"
    # A name that is no word of English keeps its letters.
    for name in ("PPP", "Jiangsu Fund", "World Bank, second loan"):
        written = Message("{sources}一笔未付", {"sources": (name, "专项债")})
        assert render(written, "en") == f"No {name}, special bond paid"
    parts = tuple(Message("{name}{rate}", {"name": name, "rate": "5%"}) for name in ("Jiangsu Fund", "专项债"))
    assert render(Message("{sources}一笔未付", {"sources": parts}), "en") == "No Jiangsu Fund 5%, special bond 5% paid"


def test_words_that_a_number_chooses_are_two_and_hang_on_a_number_of_the_sentence() -> None:
    for chinese, english in entries().items():
        for _, name, chosen, _ in Formatter().parse(english):
            if chosen and chosen != "small":
                assert chosen.count("|") == 1, english
                assert f"{{{name}}}" in chinese, english
