CREATE TABLE [Lijst Soort incident] (
  [Code] VARCHAR(64) NOT NULL,
  [Keuze] VARCHAR(255) NOT NULL,
  [Toelichting] LONGCHAR,
  [Volgorde] LONG,
  CONSTRAINT [pk_list_incident_kind_Code] PRIMARY KEY ([Code])
);

INSERT INTO [Lijst Soort incident] ([Code], [Keuze], [Toelichting], [Volgorde]) VALUES ('val', 'val', NULL, 1);

INSERT INTO [Lijst Soort incident] ([Code], [Keuze], [Toelichting], [Volgorde]) VALUES ('brand', 'brand', NULL, 2);

INSERT INTO [Lijst Soort incident] ([Code], [Keuze], [Toelichting], [Volgorde]) VALUES ('diefstal', 'diefstal', NULL, 3);

CREATE TABLE [Lijst Stand] (
  [Code] VARCHAR(64) NOT NULL,
  [Keuze] VARCHAR(255) NOT NULL,
  [Toelichting] LONGCHAR,
  [Volgorde] LONG,
  CONSTRAINT [pk_list_state_Code] PRIMARY KEY ([Code])
);

INSERT INTO [Lijst Stand] ([Code], [Keuze], [Toelichting], [Volgorde]) VALUES ('nieuw', 'nieuw', NULL, 1);

INSERT INTO [Lijst Stand] ([Code], [Keuze], [Toelichting], [Volgorde]) VALUES ('bezig', 'bezig', NULL, 2);

INSERT INTO [Lijst Stand] ([Code], [Keuze], [Toelichting], [Volgorde]) VALUES ('klaar', 'klaar', NULL, 3);

CREATE TABLE [Medewerkers] (
  [Code] VARCHAR(64) NOT NULL,
  [Naam] VARCHAR(255) NOT NULL,
  [E-mail] VARCHAR(255),
  CONSTRAINT [pk_staff_Code] PRIMARY KEY ([Code])
);

CREATE TABLE [Incidenten] (
  [Id] COUNTER,
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
  [Geanonimiseerd op] DATETIME,
  CONSTRAINT [pk_incidents_Id] PRIMARY KEY ([Id]),
  CONSTRAINT [key_incidents_Nummer] UNIQUE ([Nummer]),
  CONSTRAINT [fk_incidents_Soort incident] FOREIGN KEY ([Soort incident]) REFERENCES [Lijst Soort incident] ([Code]),
  CONSTRAINT [fk_incidents_Melder] FOREIGN KEY ([Melder]) REFERENCES [Medewerkers] ([Code]),
  CONSTRAINT [fk_incidents_Stand] FOREIGN KEY ([Stand]) REFERENCES [Lijst Stand] ([Code])
);
