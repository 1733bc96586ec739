-- content: its questions, a JSON list of {text, answers: [{text, weight, count}]}; a count of null: not counted yet.
CREATE TABLE store.questionnaire (
    project VARCHAR NOT NULL,
    questionnaire VARCHAR NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    change VARCHAR NOT NULL CHECK (change IN ('set', 'withdrawn')),
    name VARCHAR NOT NULL,
    asked_on DATE,
    content VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (project, questionnaire, revision)
)
