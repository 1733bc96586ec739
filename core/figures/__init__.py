"""Figures, described once: measures become marks with a finding, unit, basis, source and the table behind them.

Nothing here knows how a figure is drawn: `core.render` draws any of them for a screen, a page or a document.
"""
