-- The change that a template came with, where it is later than its photo's: NULL otherwise.
ALTER TABLE templates ADD COLUMN change INTEGER;

-- The digest of the models is kept for each space. So far a data folder had one space, and one
-- without templates had none.
INSERT INTO meta (key, value)
  SELECT 'models_digest/' || t.space_id, m.value FROM meta AS m
  JOIN (SELECT DISTINCT space_id FROM templates WHERE space_id IS NOT NULL) AS t
  WHERE m.key = 'models_digest';
DELETE FROM meta WHERE key = 'models_digest';
DROP INDEX activations_by_space;
