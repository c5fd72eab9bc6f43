"""R30: aftercare is asked for in time, and Start, the digest and the report count the same complaints."""

from __future__ import annotations

import re
from datetime import date
from functools import partial

from office import COMPLAINT, Office
from papers import lines_of, mails
from sheets import load

D = partial(date, 2026)
HANDLED = {**COMPLAINT, "Behandelaar": "Jeroen Bakker", "Ontvangen op": D(7, 1), "Bevestigd op": D(7, 2)}
CLOSING = {"Oordeel": "gegrond", "Oplossing": "excuses", "Wijze van afhandeling": "telefoon"}
ROWS = [
    ({"Beantwoord op": D(11, 2)}, True),  # By 16 November: too late.
    ({"Beantwoord op": D(11, 13)}, True),  # By 27 November: before the next run.
    ({"Beantwoord op": D(11, 16)}, False),  # By 30 November: the next run is early enough.
    ({"Beantwoord op": D(8, 7)}, True),  # By 21 August: a quarter ago.
    ({"Beantwoord op": D(8, 6)}, False),  # A day more: nobody expects a call any more.
    ({"Beantwoord op": D(11, 2), "Nazorg gedaan op": D(11, 12)}, False),
    ({"Beantwoord op": D(11, 2), "Heropend op": D(11, 12), "Reden heropening": "niet tevreden"}, False),
    ({"Beantwoord op": D(11, 3), "Behandelaar": None, "Afgehandeld door": "Sanne de Vries"}, True),
]


def test_r30_start_digest_and_report_count_the_same(office: Office) -> None:
    """What is too late or due before the next run, closed, not done, and no more than a quarter past."""
    office.type(*({**HANDLED, **CLOSING, **row, "Naam": f"{'ABCDEFGH'[n]}. Bos"} for n, (row, _) in enumerate(ROWS)))
    expected = [f"K-2026-000{n}" for n, (_, waits) in enumerate(ROWS, 1) if waits]
    assert office.run("weekly").code == 0
    drafts = mails(office.root / "uitvoer/2026-W47/herinneringen")
    told = str(drafts["coördinator Sanne de Vries.eml"].get_body(("plain",)).get_content())
    assert expected == sorted(re.findall(r"(K-\S+): nazorg", told))
    start = load(office.workbook, values=True)["Start"]
    figures = {cell.value: cell.column for cell in start[3] if cell.value}
    assert len(expected) == start.cell(4, figures["Nazorg"]).value
    assert "te laat, of te doen binnen 7 dagen" == start.cell(5, figures["Nazorg"]).value
    listed = [row[2] for row in start.iter_rows(min_row=9, max_row=58, values_only=True) if row[1] == "nazorg"]
    assert expected == sorted(listed)
    report = "\n".join(lines_of(office.root / "uitvoer/2026-W47/klachtenrapport-2026-W47.docx"))
    assert f"{len(expected)} keer nazorg doen" in report
