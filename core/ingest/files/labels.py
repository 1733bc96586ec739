"""Labels of rows and columns, made comparable."""

from __future__ import annotations

import re
import unicodedata


def compact(text: str) -> str:
    """A text in half width and without any space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def plain(text: str) -> str:
    """A label without spaces, brackets and colons, and in half width: “合 计(分)：” is 合计."""
    return re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", compact(text)).strip(":*")


def one_line(text: str) -> str:
    """A name as one line; narrow columns break Chinese words anywhere."""
    return re.sub(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])", "", " ".join(text.split()))
