"""Files in, rows or problems out: every problem at once, with its place. Pure: nothing is stored here."""
