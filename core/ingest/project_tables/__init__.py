"""A project's tables: headings, rows, sums, units, and the facts they give."""
