-- 批复, 开工, 竣工 …: planned and actual day, of the whole project where place is ''.
CREATE TABLE store.milestone (
    batch VARCHAR NOT NULL,
    project VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    place VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    planned DATE,
    actual DATE,
    source VARCHAR NOT NULL,
    PRIMARY KEY (batch, project, place, name)
)
