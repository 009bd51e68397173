-- The tables of the database DB. A later change is a new file: 0002_….sql.
CREATE TABLE items (
  id TEXT PRIMARY KEY,
  feed TEXT NOT NULL,
  title TEXT NOT NULL,
  url TEXT NOT NULL,
  found_at INTEGER NOT NULL,
  day TEXT
);

CREATE INDEX items_by_day ON items (day, found_at);

-- One row for each day whose digest was begun.
CREATE TABLE digests (
  day TEXT PRIMARY KEY,
  begun_at INTEGER NOT NULL,
  sent_at INTEGER
);
