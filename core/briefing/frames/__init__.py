"""The briefing as frames: pictures of one finding each, drawn once for PNG, page and PDF."""
