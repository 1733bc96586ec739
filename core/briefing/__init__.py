"""What leaves the house as a document: so far the scorecard and the scheme as spreadsheets."""
