"""The briefing as slides: native charts and tables that people go on editing in PowerPoint or WPS."""

from core.briefing.deck.deck import deck_pptx
from core.briefing.matter import Key, Matter, Pair, Remedy, Score

__all__ = ["Key", "Matter", "Pair", "Remedy", "Score", "deck_pptx"]
