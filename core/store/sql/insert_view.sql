INSERT INTO store.view (
    code, project, content, figures, actor, actor_name, made_at
)
VALUES (
    $code, $project, $content, $figures, $actor, $actor_name, $made_at
)
