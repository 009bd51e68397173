-- The tables of the database DB. A later change is a new file: 0002_….sql.
CREATE TABLE events (
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('delivered', 'dead')),
  reason TEXT,
  updated_at INTEGER NOT NULL
);

CREATE INDEX events_by_status ON events (status, updated_at);
