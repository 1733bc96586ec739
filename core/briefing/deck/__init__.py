"""The briefing as slides: native charts and tables that people go on editing in PowerPoint or WPS."""

from core.briefing.deck.deck import deck_in_template, deck_pptx, slide_pptx

__all__ = ["deck_in_template", "deck_pptx", "slide_pptx"]
