"""The shipped tables from their CSV files."""
