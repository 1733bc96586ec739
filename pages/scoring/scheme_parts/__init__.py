"""The parts of the page of schemes."""
