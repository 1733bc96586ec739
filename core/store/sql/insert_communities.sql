-- Many rows of detail in one statement, a list a column: two hundred thousand take seconds, not minutes.
INSERT INTO store.community (
    batch, project, seq, place, name, buildings, households, area, invested, paid, physical, source, raw
)
SELECT $batch, $project, unnest($seq::INTEGER[]), unnest($place::VARCHAR[]), unnest($name::VARCHAR[]),
       unnest($buildings::INTEGER[]), unnest($households::INTEGER[]), unnest($area::DECIMAL(18, 6)[]),
       unnest($invested::DECIMAL(18, 6)[]), unnest($paid::DECIMAL(18, 6)[]), unnest($physical::DECIMAL(18, 6)[]),
       unnest($source::VARCHAR[]), unnest($raw::VARCHAR[])
