"""Renderers: each draws any figure of `core.figures` in one medium (Typst, Office, Plotly)."""
