"""Data in and out: imports and their versions."""
