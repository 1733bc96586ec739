"""Claims in the text of a report."""
