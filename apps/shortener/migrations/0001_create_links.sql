-- The tables of the database DB. A later change is a new file: 0002_….sql.
CREATE TABLE links (
  code TEXT PRIMARY KEY,
  url TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER
);

-- One row for each link and day on which somebody followed it.
CREATE TABLE clicks (
  code TEXT NOT NULL REFERENCES links (code) ON DELETE CASCADE,
  day TEXT NOT NULL,
  count INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (code, day)
);
