-- What tells one store from another, and from no copy of it: the moment at which its first tables were made.
SELECT arg_min(made_at, version) FROM store.schema_version
