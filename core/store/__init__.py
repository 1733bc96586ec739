"""The only place that knows DuckDB: opening, building, reading and writing the tables."""
