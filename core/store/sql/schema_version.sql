SELECT max(version) FROM store.schema_version
