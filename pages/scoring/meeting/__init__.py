"""The parts of the panel's page."""
