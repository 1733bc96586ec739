SELECT content AS view, figures, actor_name AS "by", made_at FROM store.view WHERE code = $code
