"""What the pages share: view state, words, the session, cached reads, panels."""
