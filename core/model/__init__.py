"""The trade's things as frozen values: no pandas, no DuckDB, no Plotly."""
