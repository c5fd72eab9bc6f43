CREATE TABLE rk_aliases (
  source_id INTEGER NOT NULL,
  [table] NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  file_key NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  [key] NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  PRIMARY KEY (source_id, [table], file_key)
);

CREATE TABLE rk_cases (
  complaint NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  received_on DATE NULL,
  year_before DATE NULL,
  standing SMALLINT NOT NULL,
  acknowledge_by DATE NULL,
  acknowledged_on DATE NULL,
  late_after DATE NULL,
  aftercare_by DATE NULL,
  aftercare_on DATE NULL,
  mark INTEGER NULL,
  marked_on DATE NULL,
  person NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  keys NVARCHAR(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  PRIMARY KEY (complaint)
);

CREATE INDEX ix_rk_cases_received_on ON rk_cases (received_on);

CREATE INDEX rk_cases_person ON rk_cases (person, received_on);

CREATE TABLE rk_commits (
  revision INTEGER NOT NULL,
  nonce NVARCHAR(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  PRIMARY KEY (revision)
);

CREATE TABLE rk_conflicts (
  id INTEGER NOT NULL IDENTITY,
  source_id INTEGER NOT NULL,
  [table] NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  [key] NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  field NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  base NVARCHAR(max) COLLATE Latin1_General_100_BIN2 NULL,
  file_value NVARCHAR(max) COLLATE Latin1_General_100_BIN2 NULL,
  store_value NVARCHAR(max) COLLATE Latin1_General_100_BIN2 NULL,
  revision INTEGER NOT NULL,
  [open] BIT NOT NULL,
  at NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NULL,
  PRIMARY KEY (id)
);

CREATE TABLE rk_counters (
  name NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (name)
);

CREATE TABLE rk_forms (
  content NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  [key] NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  taken_on DATE NOT NULL,
  PRIMARY KEY (content)
);

CREATE TABLE rk_gone (
  source_id INTEGER NOT NULL,
  [table] NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  [key] NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  left_out BIT NULL,
  PRIMARY KEY (source_id, [table], [key])
);

CREATE TABLE rk_handlings (
  complaint NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  n INTEGER NOT NULL,
  standing SMALLINT NOT NULL,
  started_on DATE NOT NULL,
  reason NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NULL,
  due_on DATE NULL,
  answered_on DATE NULL,
  ended_on DATE NULL,
  days INTEGER NULL,
  ending NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NULL,
  judgement NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NULL,
  in_time BIT NULL,
  extended BIT NULL,
  paused BIT NULL,
  cost BIGINT NULL,
  PRIMARY KEY (complaint, n)
);

CREATE INDEX ix_rk_handlings_ended_on ON rk_handlings (ended_on);

CREATE TABLE rk_history (
  id INTEGER NOT NULL IDENTITY,
  revision INTEGER NOT NULL,
  at NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  source NVARCHAR(500) COLLATE Latin1_General_100_BIN2 NOT NULL,
  [table] NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  [key] NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  field NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  old NVARCHAR(max) COLLATE Latin1_General_100_BIN2 NULL,
  new NVARCHAR(max) COLLATE Latin1_General_100_BIN2 NULL,
  taken BIT NOT NULL,
  PRIMARY KEY (id)
);

CREATE INDEX ix_rk_history_revision ON rk_history (revision);

CREATE INDEX rk_history_record ON rk_history ([table], [key]);

CREATE TABLE rk_lists (
  list NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  code NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  labels NVARCHAR(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  parent NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NULL,
  explanation NVARCHAR(max) COLLATE Latin1_General_100_BIN2 NULL,
  in_use BIT NOT NULL,
  aliases NVARCHAR(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (list, code)
);

CREATE TABLE rk_mails (
  id INTEGER NOT NULL IDENTITY,
  content NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  complaint NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  is_first BIT NOT NULL,
  message_id NVARCHAR(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  subject NVARCHAR(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  address NVARCHAR(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  PRIMARY KEY (id)
);

CREATE INDEX ix_rk_mails_content ON rk_mails (content);

CREATE TABLE rk_meta (
  name NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  value NVARCHAR(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  PRIMARY KEY (name)
);

CREATE TABLE rk_migrations (
  n INTEGER NOT NULL,
  name NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  applied_at NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  PRIMARY KEY (n)
);

CREATE TABLE rk_moved (
  source_id INTEGER NOT NULL,
  [table] NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  [key] NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  said NVARCHAR(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  PRIMARY KEY (source_id, [table], [key])
);

CREATE TABLE rk_outbox (
  id INTEGER NOT NULL IDENTITY,
  office NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  kind NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  target NVARCHAR(500) COLLATE Latin1_General_100_BIN2 NOT NULL,
  payload NVARCHAR(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  done BIT NOT NULL,
  PRIMARY KEY (id)
);

CREATE TABLE rk_pending (
  source_id INTEGER NOT NULL,
  [table] NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  [key] NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  said NVARCHAR(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  PRIMARY KEY (source_id, [table], [key])
);

CREATE TABLE rk_person_keys (
  [key] BIGINT NOT NULL,
  complaint NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  PRIMARY KEY ([key], complaint)
);

CREATE TABLE rk_persons (
  complaint NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  code NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  PRIMARY KEY (complaint)
);

CREATE TABLE rk_phases (
  complaint NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  n INTEGER NOT NULL,
  started_on DATE NOT NULL,
  reason NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NULL,
  due_on DATE NULL,
  answered_on DATE NULL,
  closed_on DATE NULL,
  judgement NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NULL,
  ending NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NULL,
  cost BIGINT NULL,
  PRIMARY KEY (complaint, n)
);

CREATE TABLE rk_reservations (
  [table] NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  [key] NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  workbook_id NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  PRIMARY KEY ([table], [key])
);

CREATE TABLE rk_runs (
  id INTEGER NOT NULL IDENTITY,
  office NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  command NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  acted_on DATE NOT NULL,
  label NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  started_at NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  finished_at NVARCHAR(32) COLLATE Latin1_General_100_BIN2 NULL,
  summary NVARCHAR(max) COLLATE Latin1_General_100_BIN2 NULL,
  PRIMARY KEY (id)
);

CREATE TABLE rk_seen (
  source_id INTEGER NOT NULL,
  [table] NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  [key] NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  said NVARCHAR(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  PRIMARY KEY (source_id, [table], [key])
);

CREATE TABLE rk_sources (
  id INTEGER NOT NULL IDENTITY,
  office NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  path NVARCHAR(500) COLLATE Latin1_General_100_BIN2 NOT NULL,
  kind NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  workbook_id NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NULL,
  revision INTEGER NOT NULL,
  nonce NVARCHAR(16) COLLATE Latin1_General_100_BIN2 NULL,
  content NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NULL,
  state NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NULL,
  outcome NVARCHAR(max) COLLATE Latin1_General_100_BIN2 NULL,
  PRIMARY KEY (id),
  UNIQUE (office, path)
);

CREATE TABLE rk_unshown (
  source_id INTEGER NOT NULL,
  [table] NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  [key] NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  PRIMARY KEY (source_id, [table], [key])
);

CREATE TABLE rk_waits (
  complaint NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  n INTEGER NOT NULL,
  from_on DATE NOT NULL,
  until_on DATE NULL,
  PRIMARY KEY (complaint, n, from_on)
);

CREATE TABLE incidents (
  rk_key NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  reported_on DATE NULL,
  place NVARCHAR(max) COLLATE Latin1_General_100_BIN2 NULL,
  category NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NULL,
  people_hurt INTEGER NULL,
  description NVARCHAR(max) COLLATE Latin1_General_100_BIN2 NULL,
  reporter NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NULL,
  damage BIGINT NULL,
  police BIT NULL,
  state NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NULL,
  finished_on DATE NULL,
  anonymised_on DATE NULL,
  rk_created INTEGER NOT NULL,
  rk_revision INTEGER NOT NULL,
  PRIMARY KEY (rk_key)
);

CREATE INDEX ix_incidents_rk_revision ON incidents (rk_revision);

execute sp_addextendedproperty 'MS_Description', N'Reported on', 'schema', dbo, 'table', incidents, 'column', reported_on;

execute sp_addextendedproperty 'MS_Description', N'Place', 'schema', dbo, 'table', incidents, 'column', place;

execute sp_addextendedproperty 'MS_Description', N'Kind of incident', 'schema', dbo, 'table', incidents, 'column', category;

execute sp_addextendedproperty 'MS_Description', N'People hurt', 'schema', dbo, 'table', incidents, 'column', people_hurt;

execute sp_addextendedproperty 'MS_Description', N'Description', 'schema', dbo, 'table', incidents, 'column', description;

execute sp_addextendedproperty 'MS_Description', N'Reporter', 'schema', dbo, 'table', incidents, 'column', reporter;

execute sp_addextendedproperty 'MS_Description', N'Damage', 'schema', dbo, 'table', incidents, 'column', damage;

execute sp_addextendedproperty 'MS_Description', N'Police called', 'schema', dbo, 'table', incidents, 'column', police;

execute sp_addextendedproperty 'MS_Description', N'State', 'schema', dbo, 'table', incidents, 'column', state;

execute sp_addextendedproperty 'MS_Description', N'Finished on', 'schema', dbo, 'table', incidents, 'column', finished_on;

execute sp_addextendedproperty 'MS_Description', N'Anonymised on', 'schema', dbo, 'table', incidents, 'column', anonymised_on;

CREATE TABLE staff (
  rk_key NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  name NVARCHAR(max) COLLATE Latin1_General_100_BIN2 NULL,
  email NVARCHAR(max) COLLATE Latin1_General_100_BIN2 NULL,
  rk_created INTEGER NOT NULL,
  rk_revision INTEGER NOT NULL,
  PRIMARY KEY (rk_key)
);

CREATE INDEX ix_staff_rk_revision ON staff (rk_revision);

execute sp_addextendedproperty 'MS_Description', N'Name', 'schema', dbo, 'table', staff, 'column', name;

execute sp_addextendedproperty 'MS_Description', N'E-mail', 'schema', dbo, 'table', staff, 'column', email;

INSERT INTO rk_migrations (n, name, applied_at) VALUES (1, N'own_tables', N'2026-11-20T10:00:00');

INSERT INTO rk_migrations (n, name, applied_at) VALUES (2, N'choices_and_forms', N'2026-11-20T10:00:00');

INSERT INTO rk_migrations (n, name, applied_at) VALUES (3, N'offices', N'2026-11-20T10:00:00');

INSERT INTO rk_migrations (n, name, applied_at) VALUES (4, N'endings', N'2026-11-20T10:00:00');

INSERT INTO rk_migrations (n, name, applied_at) VALUES (5, N'timelines', N'2026-11-20T10:00:00');

INSERT INTO rk_migrations (n, name, applied_at) VALUES (6, N'persons', N'2026-11-20T10:00:00');

INSERT INTO rk_migrations (n, name, applied_at) VALUES (7, N'mails', N'2026-11-20T10:00:00');

INSERT INTO rk_migrations (n, name, applied_at) VALUES (8, N'facts', N'2026-11-20T10:00:00');

INSERT INTO rk_meta (name, value) VALUES (N'layout', N'4101a58a9588def07e2954ad1e122b0f816763738e1912a503f21a47356fa980');
