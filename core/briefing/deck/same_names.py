"""Words of a deck in another template, called as in our own: so that an old deck is held against one made now."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any

_WORDS = "words_"


def same_names(made: Any, ours: Any) -> list[str]:
    """Call the words of each slide as the same words of the other presentation are called; what those have not: more_1.

    Returns the names of the slides that show less.
    """
    less = []
    for slide, known in zip(made.slides, ours.slides, strict=True):
        own, theirs = _words(slide), _words(known)
        match = SequenceMatcher(None, [_text(x) for x in own], [_text(x) for x in theirs], autojunk=False)
        names = {
            block.a + n: theirs[block.b + n].name for block in match.get_matching_blocks() for n in range(block.size)
        }
        others = (f"more_{n}" for n in range(1, len(own) + 1))
        for n, shape in enumerate(own):
            shape.name = names.get(n) or next(others)
        if _rows(slide) < _rows(known) or len(names) < len(theirs):
            less.append(str(known.name))
    return less


def _words(slide: Any) -> list[Any]:
    return [each for each in slide.shapes if each.name.startswith(_WORDS)]


def _text(shape: Any) -> str:
    return str(shape.text_frame.text)


def _rows(slide: Any) -> int:
    return sum(len(each.table.rows) for each in slide.shapes if each.has_table)
