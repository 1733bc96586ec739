"""Amounts in 元, 万元 and 亿元: what they print, and that no unit shows less than another."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Message
from core.model.context import AMOUNT_UNITS, LANGUAGES, AmountUnit, Language
from core.text import render
from core.text.amounts import Amount, as_drawn, cell, exact, headed, in_column, offered, said, unit_of_amounts, usual
from core.text.numbers import half_up


@pytest.mark.parametrize(
    ("unit", "brief", "in_full"),
    [("yuan", "80,000,000元", "80,000,000元"), ("wan", "8,000万元", "8,000.00万元"), ("yi", "0.8亿元", "0.8000亿元")],
)
def test_an_amount_is_said_with_its_unit(unit: AmountUnit, brief: str, in_full: str) -> None:
    paid = Decimal(8000)
    sentence = Message("已支付{paid}", {"paid": Amount(paid)})
    assert render(sentence, "zh_CN", unit) == f"已支付{brief}"
    assert render(said(paid), "zh_CN", unit) == in_full


@pytest.mark.parametrize(
    ("unit", "brief", "in_full"),
    [
        ("yuan", "CNY 80,000,000", "CNY 80,000,000"),
        ("wan", "CNY 80.0 million", "CNY 80.00 million"),
        ("million", "CNY 80.0 million", "CNY 80.00 million"),
        ("yi", "CNY 0.08 billion", "CNY 0.08000 billion"),
    ],
)
def test_english_says_millions(unit: AmountUnit, brief: str, in_full: str) -> None:
    assert render(said(Decimal(8000), "brief"), "en", unit) == brief
    assert render(said(Decimal(8000)), "en", unit) == in_full


@pytest.mark.parametrize(
    ("value", "yuan", "wan", "million", "yi"),
    [
        ("583.333333", "5,833,333.33元", "583.33万元", "5.8333百万元", "0.058333亿元"),
        ("2164", "21,640,000元", "2,164.00万元", "21.64百万元", "0.2164亿元"),
        ("-1206.4516", "-12,064,516元", "-1,206.45万元", "-12.0645百万元", "-0.120645亿元"),
        ("0.35", "3,500元", "0.35万元", "0.0035百万元", "0.000035亿元"),
        ("0", "0元", "0.00万元", "0.00百万元", "0.0000亿元"),
    ],
)
def test_exact_figures_lose_nothing_that_the_form_in_wan_shows(
    value: str, yuan: str, wan: str, million: str, yi: str
) -> None:
    printed = [render(said(Decimal(value)), "zh_CN", unit) for unit in AMOUNT_UNITS]
    assert printed == [yuan, wan, million, yi]


def test_an_english_column_counts_as_its_headline_does() -> None:
    assert (usual("zh_CN"), usual("en")) == ("wan", "million")
    assert render(headed("累计支付"), "en", usual("en")).endswith("(CNY million)")
    assert [render(cell(Decimal(value)), "en", usual("en")) for value in ("8000", "2164.5")] == ["80.00", "21.645"]
    assert render(said(Decimal(8000), "brief"), "en", usual("en")) == "CNY 80.0 million"
    assert offered("en", "million") == ("yuan", "million", "yi")
    assert offered("zh_CN", "million") == ("yuan", "wan", "yi", "million")


@pytest.mark.parametrize(
    ("language", "unit", "printed"),
    [
        ("en", "million", ("80.00", "92.06", "0.0035", "−12.06", "CNY 92.06 million")),
        ("en", "wan", ("8,000.00", "9,206.35", "0.35", "−1,206.35", "CNY 92.06 million")),
        ("en", "yuan", ("80,000,000", "92,063,492", "3,500", "−12,063,492", "CNY 92,063,492")),
        ("en", "yi", ("0.08000", "0.09206", "0.0000035", "−0.01206", "CNY 0.09206 billion")),
        ("zh_CN", "wan", ("8,000.00", "9,206.35", "0.35", "−1,206.35", "9,206.35万元")),
        ("zh_CN", "yi", ("0.8000", "0.9206", "0.000035", "−0.1206", "0.9206亿元")),
    ],
)
def test_amounts_drawn_beside_each_other_have_as_many_decimals(
    language: Language, unit: AmountUnit, printed: tuple[str, ...]
) -> None:
    paid, due, little, gap = Decimal(8000), Decimal("9206.349206"), Decimal("0.35"), Decimal("-1206.349206")
    drawn = [as_drawn(each) for each in (cell(paid), cell(due), cell(little), cell(gap, "signed"), said(due))]
    assert tuple(render(each, language, unit) for each in drawn) == printed
    assert render(as_drawn(said(due, "brief")), language, unit) == render(said(due, "brief"), language, unit)
    names = Message("{names}", {"names": (cell(due), "甲")})
    assert render(as_drawn(names), language, unit).startswith(printed[1])


def test_headlines_have_as_many_digits_in_every_unit() -> None:
    printed = [render(said(Decimal("583.333333"), "brief"), "zh_CN", unit) for unit in AMOUNT_UNITS]
    assert printed == ["5,833,333元", "583万元", "5.83百万元", "0.0583亿元"]
    assert render(said(Decimal("583.333333"), "brief"), "en") == "CNY 5.83 million"
    assert render(said(Decimal("52.5"), "brief"), "en") == "CNY 525,000"


@pytest.mark.parametrize(
    ("value", "english"),
    [
        pytest.param(Decimal(2421) / 7, "CNY 3.46 million", id="345.857142… has been divided"),
        pytest.param(Decimal("2164.35"), "CNY 21.6435 million", id="an entered one keeps all its digits"),
        pytest.param(Decimal("0.1234567"), "CNY 0.0012 million", id="a little is not nothing"),
    ],
)
def test_what_was_divided_has_two_decimals_of_a_million(value: Decimal, english: str) -> None:
    assert render(said(value), "en", "million") == english


def test_a_change_has_its_sign_in_every_unit() -> None:
    for unit, more, less in (
        ("yuan", "+120,000", "−120,000"),
        ("wan", "+12.00", "−12.00"),
        ("yi", "+0.0012", "−0.0012"),
    ):
        assert render(cell(Decimal(12), "signed"), "zh_CN", unit) == more  # type: ignore[arg-type]
        assert render(cell(Decimal(-12), "signed"), "zh_CN", unit) == less  # type: ignore[arg-type]
    assert render(cell(Decimal(0), "signed"), "zh_CN") == "0.00"


def test_what_is_unknown_has_no_unit() -> None:
    for language in LANGUAGES:
        for unit in AMOUNT_UNITS:
            assert render(said(None), language, unit) == "—"
            assert render(said(None, "brief"), language, unit) == "—"


def test_headings_name_the_unit() -> None:
    assert [render(headed("累计支付"), "zh_CN", unit) for unit in AMOUNT_UNITS] == [
        "累计支付（元）",
        "累计支付（万元）",
        "累计支付（百万元）",
        "累计支付（亿元）",
    ]
    assert render(unit_of_amounts("/月"), "zh_CN", "yi") == "亿元/月"
    assert render(unit_of_amounts("/月"), "en", "yuan") == "CNY/month"
    assert render(said(Decimal(583), "brief", "/月"), "en") == "CNY 5.83 million/month"


def test_without_a_reader_it_is_chinese_in_wan() -> None:
    assert str(Message("已支付{paid}", {"paid": exact(Decimal(8000))})) == "已支付8,000.00万元"
    assert str(headed("累计支付")) == "累计支付（万元）"


_STORED = st.decimals(min_value=-(10**9), max_value=10**9, places=6, allow_nan=False, allow_infinity=False)


@given(_STORED, st.sampled_from(AMOUNT_UNITS), st.sampled_from(LANGUAGES))
def test_a_printed_column_reads_back_as_what_wan_shows(value: Decimal, unit: AmountUnit, language: Language) -> None:
    printed = Decimal(render(cell(value), language, unit).replace(",", ""))
    back = printed / in_column(Decimal(1), language, unit)
    if unit == "yuan":
        assert back == half_up(value, 6)
    assert half_up(back, 2) == half_up(value, 2)


@given(_STORED, st.sampled_from(AMOUNT_UNITS))
def test_a_printed_headline_reads_back_as_what_wan_shows(value: Decimal, unit: AmountUnit) -> None:
    def read(printed: str, name: str) -> Decimal:
        return Decimal(printed.removesuffix(name).replace(",", ""))

    wan = read(render(said(value, "brief"), "zh_CN"), "万元")
    if unit == "yuan":
        found = read(render(said(value, "brief"), "zh_CN", unit), "元") / 10000
        assert abs(found - value) <= Decimal("0.00005")
    elif unit == "yi":
        assert read(render(said(value, "brief"), "zh_CN", unit), "亿元") * 10000 == wan
