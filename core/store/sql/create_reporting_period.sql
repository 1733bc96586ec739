-- 填报期：the figures of one day are asked of places. places, fields: JSON lists.
CREATE TABLE store.reporting_period (
    project VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    as_of DATE NOT NULL,
    due DATE NOT NULL,
    places VARCHAR NOT NULL,
    fields VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (project, id)
)
