SELECT content, figures, actor_name, made_at FROM store.view WHERE code = $code
