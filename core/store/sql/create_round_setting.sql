-- How a round is set up, and what becomes of it as a whole: each row is its whole setting from then on. A round without
-- a row here is as round_event or, without one, round says.
CREATE TABLE store.round_setting (
    project VARCHAR NOT NULL,
    round VARCHAR NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    change VARCHAR NOT NULL CHECK (change IN ('set', 'closed', 'reopened', 'deleted')),
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('self', 'initial', 'reevaluation', 'final')),
    rule VARCHAR NOT NULL CHECK (rule IN ('mean', 'median', 'trimmed_mean', 'chief')),
    deadline DATE,
    least_scorers INTEGER NOT NULL CHECK (least_scorers >= 1),
    shown VARCHAR NOT NULL CHECK (shown IN ('after_submit', 'after_lock')),
    self_shown VARCHAR NOT NULL CHECK (self_shown IN ('after_submit', 'at_once')),
    reason VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (project, round, revision)
)
