"""Money, time and homes."""
