"""Figures: pure functions from measures to Plotly figures, with one template and colours by meaning."""

from core.charts.frame import Caption, Panel, street_colours

__all__ = ["Caption", "Panel", "street_colours"]
