SELECT number, digest, made_at FROM store.write_digest ORDER BY number DESC LIMIT 1
