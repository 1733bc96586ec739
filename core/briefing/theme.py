"""Colours of ours as colours of a theme, and as those of one that was not made for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from core.figures.palette import INK, LINE, MONEY, PAPER, QUIET, STRIP, TIME, TINT, TRACK


@dataclass(frozen=True)
class Tone:
    """A colour of the theme, darker or lighter: thousandths of a percent of its luminance, and what is added."""

    name: str
    times: int = 100_000
    more: int = 0

    def xml(self) -> Any:
        """The colour as DrawingML has it."""
        times = f'<a:lumMod val="{self.times}"/>' if self.times != 100_000 else ""
        more = f'<a:lumOff val="{self.more}"/>' if self.more else ""
        return parse_xml(f'<a:schemeClr {nsdecls("a")} val="{self.name}">{times}{more}</a:schemeClr>')


Tones = Mapping[str, Tone]
"""By our own colour."""

OURS: Tones = {
    INK: Tone("tx1"), PAPER: Tone("bg1"), QUIET: Tone("tx2"), STRIP: Tone("bg2"), TRACK: Tone("bg2", 97_000),
    LINE: Tone("bg2", 90_000), MONEY: Tone("accent1"), "#28A197": Tone("accent2"), "#801650": Tone("accent3"),
    "#F46A25": Tone("accent4"), TINT: Tone("accent5"), TIME: Tone("accent6"),
}  # fmt: skip
"""In a theme that was made for them."""
_READABLE, _LARGE = 4.5, 3.0
"""Contrasts that small words and large ones need (WCAG 2.2)."""
_DARK = 0.2
"""Luminance below which a paper is dark."""


@dataclass(frozen=True)
class Theme:
    """A theme's colours as its master uses them, #RRGGBB."""

    colours: Mapping[str, str]

    @property
    def dark(self) -> bool:
        """Whether words stand light on dark."""
        return _luminance(self.colours["bg1"]) < _DARK

    def tones(self) -> Tones:
        """Our colours in a theme that knows nothing of them: accents other than the first mean nothing there."""
        quiet = Tone("tx2") if self._contrast("tx2", "bg1") >= _READABLE else Tone("tx1", 65_000, 35_000)
        strip = Tone("bg2") if self._contrast("tx1", "bg2") >= _READABLE + 2 else Tone("bg1", 95_000)
        money = next(
            (Tone("accent1", each) for each in (100_000, 75_000, 50_000) if self._stands_out(each)), Tone("tx1")
        )
        lighter = Tone("accent1", 60_000, 40_000)
        times, track = Tone("tx1", 50_000, 50_000), Tone("bg1", 95_000)
        line = Tone("bg1", 85_000)
        if self.dark:
            quiet, strip, times = Tone("tx1"), Tone("bg1", 75_000), Tone("tx1", 65_000)
            track, line = Tone("bg1", 75_000), Tone("tx1", 65_000)
        own = {QUIET: quiet, STRIP: strip, TRACK: track, LINE: line, MONEY: money, TINT: lighter, TIME: times}
        return {**OURS, **own}

    def _contrast(self, one: str, other: str) -> float:
        return contrast(self.colours[one], self.colours[other])

    def _stands_out(self, times: int) -> bool:
        red, green, blue = bytes.fromhex(self.colours["accent1"][1:])
        darker = "#" + bytes(round(each * times / 100_000) for each in (red, green, blue)).hex()
        return contrast(darker, self.colours["bg1"]) >= _LARGE


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [each / 255 for each in bytes.fromhex(colour[1:])]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def theme_of(part: Any, used: Mapping[str, str]) -> Theme:
    """The colours of a theme's part; `used`: which of them are bg1, tx1 …; one that it does not say is black."""
    scheme = parse_xml(part.blob).find(".//" + qn("a:clrScheme"))
    found = {each.tag.rpartition("}")[2]: _hex(each) for each in scheme}
    names = ("bg1", "tx1", "bg2", "tx2", "accent1")
    return Theme({name: found.get(used.get(name, name), "#000000") for name in names})


def follow(tree: Any, tones: Tones) -> None:
    """Write our colours as those of the theme."""
    for colour in list(tree.iter(qn("a:srgbClr"))):
        tone = tones.get(f"#{colour.get('val')}")
        if tone is not None:
            colour.getparent().replace(colour, tone.xml())


def _hex(colour: Any) -> str:
    for each in colour:
        value = each.get("lastClr") or each.get("val", "")
        if len(value) == len("RRGGBB") and all(letter in "0123456789abcdefABCDEF" for letter in value):
            return f"#{value.upper()}"
    return "#000000"
