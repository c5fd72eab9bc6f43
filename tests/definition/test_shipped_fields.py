"""The shipped complaint register has the fields that offices and their scripts count on: ids, labels and kinds."""

from __future__ import annotations

import pytest

from registerkit.definition import KINDS, load_definition
from registerkit.texts import LANGUAGES

DEFINITION = load_definition()

COMPLAINTS = [
    # Field, Dutch header, kind, and when it must be filled: i(ntake), d(efault), c(lose).
    ("number", "Klachtnummer", "key", "d"),
    ("received_on", "Ontvangen op", "date", "i"),
    ("channel", "Wijze van melding", "choice", "i"),
    ("receiver", "Ontvangen door", "person", "d"),
    ("branch", "Vestiging", "choice", "d"),
    ("salutation", "Aanhef", "choice", ""),
    ("name", "Naam", "text", "i"),
    ("organisation", "Organisatie", "text", ""),
    ("represented_by", "Vertegenwoordiger", "text", ""),
    ("address", "Straat en huisnummer", "text", ""),
    ("postcode", "Postcode", "postcode", ""),
    ("city", "Woonplaats", "text", ""),
    ("phone", "Telefoon", "phone", ""),
    ("email", "E-mail", "email", ""),
    ("consumer", "Consument", "yesno", ""),
    ("customer_kind", "Soort klant", "choice", ""),
    ("customer_number", "Klantnummer", "text", ""),
    ("category", "Categorie", "choice", "i"),
    ("subcategory", "Subcategorie", "choice", ""),
    ("subject", "Product of dienst", "text", ""),
    ("process", "Proces", "choice", ""),
    ("order_number", "Ordernummer", "text", ""),
    ("bought_on", "Aankoopdatum", "date", ""),
    ("incident_on", "Datum voorval", "date", ""),
    ("employee", "Betrokken medewerker", "text", ""),
    ("description", "Omschrijving", "memo", "i"),
    ("consequence", "Gevolg voor de klant", "memo", ""),
    ("remedy_sought", "Gewenste oplossing", "choice", ""),
    ("remedy_note", "Toelichting wens", "memo", ""),
    ("amount", "Financieel belang", "money", ""),
    ("severity", "Ernst", "choice", "d"),
    ("special", "Bijzondere omstandigheid", "yesno", ""),
    ("priority", "Prioriteit", "computed", ""),
    ("department", "Afdeling", "choice", "d"),
    ("handler", "Behandelaar", "person", "d"),
    ("status", "Status", "choice", "d"),
    ("acknowledge_by", "Uiterlijk bevestigen op", "computed", ""),
    ("acknowledged_on", "Bevestigd op", "date", ""),
    ("due_on", "Uiterlijk afhandelen op", "computed", ""),
    ("due_reason", "Termijn", "computed", ""),
    ("signal", "Signaal", "computed", ""),
    ("days_left", "Resterende dagen", "computed", ""),
    ("extended_on", "Verlengd op", "date", ""),
    ("extended_weeks", "Verlengd met weken", "integer", "d"),
    ("consent_until", "Nader uitstel tot", "date", ""),
    ("consent_on", "Instemming klant op", "date", ""),
    ("proposal", "Voorstel", "memo", ""),
    ("agreed_on", "Akkoord klant op", "date", ""),
    ("agreements", "Afspraken", "memo", ""),
    ("agreement_by", "Afspraak uiterlijk op", "date", ""),
    ("agreement_kept_on", "Afspraak nagekomen op", "date", ""),
    ("settlement", "Wijze van afdoening", "choice", "d"),
    ("judgement", "Oordeel", "choice", "c"),
    ("nature", "Objectief of subjectief", "choice", ""),
    ("cause", "Oorzaak", "choice", ""),
    ("responsible", "Oorzaak ligt bij", "choice", ""),
    ("causing_department", "Veroorzakende afdeling", "choice", ""),
    ("supplier", "Leverancier", "text", ""),
    ("reasons", "Motivering", "memo", ""),
    ("ground", "Grond", "choice", ""),
    ("solution", "Oplossing", "choice", "c"),
    ("cost", "Kosten", "money", ""),
    ("approved_by", "Akkoord gegeven door", "person", ""),
    ("terms_applied", "Geldende voorwaarde", "text", ""),
    ("answer_channel", "Wijze van afhandeling", "choice", "c"),
    ("answered_on", "Beantwoord op", "date", "c"),
    ("closed_on", "Afgehandeld op", "date", "c"),
    ("closed_by", "Afgehandeld door", "person", "c"),
    ("reopened_on", "Heropend op", "date", ""),
    ("reopen_reason", "Reden heropening", "choice", ""),
    ("related_to", "Hangt samen met", "numbers", ""),
    ("measure", "Maatregelnummer", "text", ""),
    ("aftercare_by", "Nazorg uiterlijk op", "computed", ""),
    ("aftercare_on", "Nazorg gedaan op", "date", ""),
    ("satisfaction", "Tevredenheid", "integer", ""),
    ("customer_satisfied", "Klant tevreden", "yesno", ""),
    ("remarks", "Opmerkingen", "memo", ""),
]  # fmt: skip
ADDED = {
    "committee", "country", "handler_confirmed", "solved_on", "month", "quarter", "days_to_close", "in_time",
    "anonymised_on",
    "employee_told_on", "asked", "reply_by", "hearing_on", "hearing_place", "extension_reason", "promised_by", "fax",
    "earlier_number", "taken_over_on",
    "representative_address", "concerned", "relation", "authorised_on", "email_allowed", "file_needed", "advice_followed",
}  # fmt: skip
"""Fields that came later: what the term under the Awb, the informal closing, the tables of figures, letters, the form and registers of
before go by."""

OTHERS = {
    "contacts": ["Klachtnummer", "Datum", "Medewerker", "Wijze", "Met wie", "Inhoud", "Afgesproken"],
    "pauses": ["Klachtnummer", "Van", "Tot", "Reden", "Instemming op"],
    "investigations": [
        "Klachtnummer", "Onderzocht door", "Feiten", "Omstandigheden", "Mogelijke oorzaken", "Nadeel of schade",
        "Schadebedrag", "Eerdere klachten en afloop", "Gehoord op", "Niet gehoord omdat",
        "Afgezien van horen, reden", "Conclusie", "Afgerond op",
    ],
    "measures": [
        "Maatregelnummer", "Soort", "Oorzaak", "Proces", "Omschrijving", "Tijdelijke werkwijze", "Eigenaar",
        "Betrokkenen", "Afdeling", "Gereed uiterlijk op", "Uitgevoerd op", "Weer normaal vanaf", "Evalueren op",
        "Geëvalueerd op", "Effect", "Klagers geïnformeerd op",
    ],
    "letters": ["Klachtnummer", "Fase", "Soort brief", "Gemaakt op", "Bestand", "Verzonden op"],
    "staff": ["Code", "Naam", "Afdeling", "Rol", "E-mail", "Telefoon", "Afwezig van", "Afwezig tot", "Vervanger",
              "Uit dienst op"],
    "holidays": ["Datum", "Naam", "Herkomst", "In gebruik"],
}  # fmt: skip
SHEETS = {
    "complaints": ("Register", "Klachten", "Register", "Complaints"),
    "contacts": ("Contactmomenten", "Contactmomenten", "Contacts", "Contacts"),
    "pauses": ("Opschortingen", "Opschortingen", "Pauses", "Pauses"),
    "investigations": ("Onderzoek", "Onderzoeken", "Investigation", "Investigations"),
    "measures": ("Maatregelen", "Maatregelen", "Measures", "Measures"),
    "letters": ("Brieven", "Brieven", "Letters", "Letters"),
    "staff": ("Medewerkers", "Medewerkers", "Staff", "Staff"),
}
FIRST_VISIBLE = {
    "number", "received_on", "channel", "name", "phone", "email", "category", "subject", "description",
    "remedy_sought", "severity", "receiver", "signal", "due_on", "handler", "status",
}  # fmt: skip
WHEN = {"intake": "i", "default": "d", "close": "c", "": ""}
STATUSES = [
    "nieuw", "in behandeling", "wacht op klant", "wacht op derden", "voorstel gedaan", "afgehandeld", "heropend",
    "ingetrokken", "doorgestuurd", "niet in behandeling genomen", "geen klacht", "samengevoegd", "vervallen",
]  # fmt: skip


def test_the_complaints_have_the_fields_of_the_design_in_their_order() -> None:
    found = [(f.id, f.labels["nl"], f.kind, WHEN[f.when]) for f in DEFINITION.main.fields if f.id not in ADDED]
    # Telephone, e-mail or address: one of them is asked for by a rule, not by the field itself.
    expected = [(i, label, kind, "" if i == "email" else when) for i, label, kind, when in COMPLAINTS]
    assert expected == found


def test_nothing_else_was_added() -> None:
    assert {f.id for f in DEFINITION.main.fields} - {row[0] for row in COMPLAINTS} == ADDED


@pytest.mark.parametrize("table", OTHERS)
def test_the_other_tables_have_their_headers(table: str) -> None:
    fields = DEFINITION.tables[table].fields
    assert [f.labels["nl"] for f in fields if not f.hidden and f.is_input] == OTHERS[table]


@pytest.mark.parametrize("table", SHEETS)
def test_sheets_and_excel_tables_have_their_names(table: str) -> None:
    found = DEFINITION.tables[table]
    assert (found.sheet["nl"], found.excel["nl"], found.sheet["en"], found.excel["en"]) == SHEETS[table]


def test_what_is_visible_at_the_first_opening() -> None:
    assert {f.id for f in DEFINITION.main.fields if f.visible} == FIRST_VISIBLE


def test_the_statuses() -> None:
    assert [c.labels["nl"] for c in DEFINITION.lists["status"].choices] == STATUSES


def test_every_field_has_labels_and_help_in_every_language() -> None:
    lacking = [
        (f.table, f.id)
        for f in DEFINITION.fields()
        for language in LANGUAGES
        if not f.labels[language] or (f.is_input and not f.hidden and not f.help.get(language))
    ]
    assert lacking == []


def test_every_kind_is_used() -> None:
    """The shipped register is the proof that each kind works from file to store and back."""
    assert {f.value_kind for f in DEFINITION.fields()} == set(KINDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_headers_of_a_table_mean_the_same(language: str) -> None:
    for table in DEFINITION.tables.values():
        known = table.by_header
        assert [known[f.labels[language].casefold()] for f in table.fields] == [f.id for f in table.fields]


def test_every_subcategory_belongs_to_a_category() -> None:
    categories = set(DEFINITION.lists["category"].by_code)
    assert {c.parent for c in DEFINITION.lists["subcategory"].choices} <= categories


def test_derivations_and_conditions_only_ask_for_fields_of_their_table() -> None:
    for rule in DEFINITION.rules:
        assert set(rule.when.field_ids()) <= set(DEFINITION.tables[rule.table].by_id)
    for derivation in DEFINITION.derivations:
        assert {*derivation.when.field_ids(), derivation.field} <= set(DEFINITION.tables[derivation.table].by_id)
