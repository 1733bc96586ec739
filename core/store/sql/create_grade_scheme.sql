-- One row a grade, best first: [floor, next floor).
CREATE TABLE store.grade_scheme (
    batch VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    grade VARCHAR NOT NULL,
    floor DECIMAL(6, 2) NOT NULL CHECK (floor >= 0),
    PRIMARY KEY (id, grade)
)
