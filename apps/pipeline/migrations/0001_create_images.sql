-- The table of pipeline.tova: `api` inserts and reads, `processor` sets the status.
CREATE TABLE images (
  id TEXT PRIMARY KEY,
  original_key TEXT NOT NULL,
  processed_key TEXT,
  status TEXT NOT NULL CHECK (status IN ('pending', 'processed', 'failed')),
  created_at INTEGER NOT NULL
);

-- The statistics count by status.
CREATE INDEX images_by_status ON images (status);
