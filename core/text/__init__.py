"""Words, numbers and dates as people read them: the catalogues and how a sentence is rendered."""

from core.text.catalogue import languages_of, render, word

__all__ = ["languages_of", "render", "word"]
