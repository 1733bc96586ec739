"""The briefing on one page of A4."""
