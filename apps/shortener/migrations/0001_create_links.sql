-- The tables of the database DB. A later change is a new file: 0002_….sql.
CREATE TABLE links (
  code TEXT PRIMARY KEY,
  url TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER
);

-- One row for each time that somebody followed a link, under the id of its message.
CREATE TABLE clicks (
  id TEXT PRIMARY KEY,
  code TEXT NOT NULL,
  day TEXT NOT NULL
);

CREATE INDEX clicks_by_code ON clicks (code, day);
