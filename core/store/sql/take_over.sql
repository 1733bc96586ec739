-- Rows of one table out of another store.
INSERT INTO store.any_table BY NAME SELECT * FROM given
