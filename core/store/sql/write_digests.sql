SELECT number, kind, content, made_at, previous, digest FROM store.write_digest ORDER BY number
