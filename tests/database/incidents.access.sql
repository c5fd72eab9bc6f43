CREATE TABLE [Soort incident] (
  [code] VARCHAR(64) NOT NULL CONSTRAINT [pk_incident_kind] PRIMARY KEY,
  [label] VARCHAR(255) NOT NULL
);

INSERT INTO [Soort incident] VALUES ('val', 'val');

INSERT INTO [Soort incident] VALUES ('brand', 'brand');

INSERT INTO [Soort incident] VALUES ('diefstal', 'diefstal');

CREATE TABLE [Stand] (
  [code] VARCHAR(64) NOT NULL CONSTRAINT [pk_state] PRIMARY KEY,
  [label] VARCHAR(255) NOT NULL
);

INSERT INTO [Stand] VALUES ('nieuw', 'nieuw');

INSERT INTO [Stand] VALUES ('bezig', 'bezig');

INSERT INTO [Stand] VALUES ('klaar', 'klaar');

CREATE TABLE [Medewerkers] (
  [Code] VARCHAR(64) NOT NULL,
  [Naam] VARCHAR(255) NOT NULL,
  [E-mail] VARCHAR(255),
  CONSTRAINT [key_staff] PRIMARY KEY ([Code])
);

CREATE TABLE [Incidenten] (
  [id] COUNTER CONSTRAINT [pk_incidents] PRIMARY KEY,
  [Nummer] VARCHAR(64),
  [Gemeld op] DATETIME NOT NULL,
  [Plaats] VARCHAR(255) NOT NULL,
  [Soort incident] VARCHAR(64) NOT NULL,
  [Gewonden] LONG,
  [Omschrijving] LONGCHAR NOT NULL,
  [Melder] VARCHAR(64),
  [Schade] CURRENCY,
  [Politie gebeld] VARCHAR(10),
  [Stand] VARCHAR(64),
  [Klaar op] DATETIME,
  CONSTRAINT [key_incidents] UNIQUE ([Nummer]),
  CONSTRAINT [fk_incidents_category] FOREIGN KEY ([Soort incident]) REFERENCES [Soort incident] ([code]),
  CONSTRAINT [fk_incidents_reporter] FOREIGN KEY ([Melder]) REFERENCES [Medewerkers] ([Code]),
  CONSTRAINT [fk_incidents_state] FOREIGN KEY ([Stand]) REFERENCES [Stand] ([code])
);
