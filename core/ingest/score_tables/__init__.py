"""Tables of indicators: schemes and scorecards."""
