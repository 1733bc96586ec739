"""Into the briefing: frames and documents, and whether an old one still holds."""
