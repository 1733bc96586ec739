"""Words, numbers and dates as people read them: the catalogues, and the rendering of sentences."""

from core.text.catalogue import languages_of, render, word
from core.text.names import told_apart

__all__ = ["languages_of", "render", "told_apart", "word"]
