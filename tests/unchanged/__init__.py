"""What the program shows over both stores, kept as text: a change of the code that shows anything else is seen."""
