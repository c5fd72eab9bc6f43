"""What is to be done, in queues: what is late first. Each queue is a formula with the places it finds now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from registerkit.deadlines import LAPSED_DAYS, aftercare_waits
from registerkit.definition import Field, Record, Table
from registerkit.excel import day_number
from registerkit.register import NOTICES, row_day
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.figures import BEFORE_RECEIPT_IS_TOLD, Facts
from registerkit.workbook.held import HeldLine
from registerkit.workbook.hidden_plan import PLACES, HiddenPlanner
from registerkit.workbook.references import column, run_of
from registerkit.workbook.table_places import FIRST_TABLE_ROW

__all__ = ["LINES", "MOST", "HeldColumns", "Queue", "WorkQueues"]

LINES = 50
"""How many lines the first sheet shows."""
MOST = 20
"""How many of what is due beside answering are looked at, per queue."""
_LETTERS_OF = 7
"""A letter that counts as sent when it is made is shown as one to send for so many days."""
_RANK = 10**11
"""More than a day with a place behind it: what complaints are ranked by first."""
_DAILY = "+0*TODAY()"
"""Has LibreOffice count anew when it opens a file on a later day, which it does only of what names the day itself."""
_OPEN = ("overdue", "due_soon", "acknowledge", "rest")


@dataclass(frozen=True)
class HeldColumns:
    """Where the lines of held letters stand on the hidden sheet, as ranges of all of them, and what they are now."""

    told: str
    places: str
    links: str
    lines: Sequence[HeldLine]
    now: Sequence[int]
    """The place in the main table of each line."""


@dataclass(frozen=True)
class Queue:
    """Rows of a table for which the same is to be done; `count` and `places` are cells of the hidden sheet."""

    name: str
    table: Table
    by: Field
    """The day it is due."""
    count: str
    places: tuple[str, ...]
    found: tuple[int, ...]
    """The places of all of them now, in order; the cells hold the first."""
    total: int
    """How many there are now."""
    held: HeldColumns | None = None
    """Of letters that are held back: the places are those of lines, and the lines say where else to look."""


@dataclass(frozen=True)
class _Chore:
    """What makes a queue of its own beside the open complaints."""

    name: str
    table: Table
    by: Field
    test: str
    holds: Callable[[Record], bool]
    handler: str | None
    """The column of whose it is; None where the complaint says so."""


class WorkQueues:
    """The queues of a register with terms; `asked` is whom the list is for now, None for all."""

    def __init__(self, content: WorkbookContent, facts: Facts, hidden: HiddenPlanner, asked: str | None) -> None:
        self.content = content
        self.facts = facts
        self.hidden = hidden
        self.asked = asked
        self.whose = f'IF(ask_handler="",1,1*({facts.column("handler")}=ask_handler))'
        self.acknowledging = ("0", 0)
        """The cell that counts what an acknowledgement is still to go out for, and what it counts now."""

    def queues(self) -> list[Queue]:
        """Return all queues, in the order of the list; the last one holds what is open and not due yet."""
        *first, rest = self._open()
        return [*first, *(self._chore(chore) for chore in self._chores()), rest]

    # ------------------------------------------------------------------------------------------------ open complaints
    def _open(self) -> list[Queue]:
        facts, main = self.facts, self.content.main
        due, signal = facts.column("due_on"), facts.column("signal")
        test = f"{self.whose}*ISNUMBER({due})*({signal}<>{facts.label('signal', 'closed')})"
        waits, by = self._waiting(), due
        if acknowledge := facts.field("acknowledge_by"):
            days = column(main, acknowledge, self.content.language)
            by = f"IF(ISNUMBER({days}),{days},{due})"
        late, soon = (f"({signal}={facts.label('signal', code)})" for code in _OPEN[:2])
        here = f"ROW({due})-{FIRST_TABLE_ROW}"
        parts = [f"{rank}*{_RANK}+{day}*{PLACES}" for rank, day in ((1, due), (2, due), (3, by), (9, due))]
        key = f"IF({late},{parts[0]},IF({soon},{parts[1]},IF({waits},{parts[2]},{parts[3]})))+{here}"
        ranked = self._ranked()
        block = self.hidden.block()
        tests = (f"{test}*{late}", f"{test}*{soon}", f"{test}*(1-{late})*(1-{soon})*{waits}", test)
        totals = [sum(1 for rank, *_ in ranked if rank == wanted) for wanted in (1, 2, 3)]
        cells = [
            block.add(total, f"SUM(IF({each},1,0)){_DAILY}", array=True)
            for each, total in zip(tests, [*totals, len(ranked)], strict=True)
        ]
        awaiting = sum(1 for *_, place in ranked if self._awaits(place))
        self.acknowledging = (block.add(awaiting, f"SUM(IF({test}*{waits},1,0)){_DAILY}", array=True), awaiting)
        cells[3] = block.add(len(ranked) - sum(totals), f"{cells[3]}-{'-'.join(cells[:3])}")
        places = [place for *_, place in ranked]
        found = tuple(block.places(f"SMALL(IF({test},{key}),", f"SUM({run_of(cells)})=0", places, LINES))
        return [
            Queue(name, main, self._by(name), cell, found, tuple(p for r, _, p in ranked if r == rank), total)
            for name, cell, rank, total in zip(
                _OPEN, cells, (1, 2, 3, 9), [*totals, len(ranked) - sum(totals)], strict=True
            )
        ]

    def _by(self, name: str) -> Field:
        role = "acknowledge_by" if name == "acknowledge" and self.facts.field("acknowledge_by") else "due_on"
        return self.content.main.field(role)

    def _waiting(self) -> str:
        """Return the test that an acknowledgement is still to go out, as `Complaint.awaits_acknowledgement` says."""
        facts = self.facts
        if not facts.has("acknowledged_on"):
            return "0"
        empty = [f'({facts.column(role)}="")' for role in BEFORE_RECEIPT_IS_TOLD if facts.has(role)]
        ended = [f"({facts.column('status')}<>{facts.label('status', c)})" for c in NOTICES if facts.has("status")]
        return "*".join([*empty, *ended])

    def _awaits(self, place: int) -> bool:
        complaint = self.content.register.complaints.get(str(self.facts.all_rows[place - 1].get(self.content.main.key)))
        return complaint is not None and self.facts.has("acknowledged_on") and complaint.awaits_acknowledgement

    def _ranked(self) -> list[tuple[int, int, int]]:
        """Return rank, day and place of every open complaint that is asked for, in order."""
        found = []
        for place, row in enumerate(self.facts.all_rows, 1):
            due, signal = self.facts.value(row, "due_on"), self.facts.value(row, "signal")
            if not isinstance(due, date) or signal == "closed" or not self.is_asked(self.facts.value(row, "handler")):
                continue
            rank = {"overdue": 1, "due_soon": 2}.get(str(signal), 3 if self._awaits(place) else 9)
            by = self.facts.value(row, "acknowledge_by") if rank == 3 else due
            found.append((rank, day_number(by if isinstance(by, date) else due), place))
        return sorted(found)

    def is_asked(self, person: object) -> bool:
        """Tell whether the list is for this person now."""
        if not self.asked:
            return True
        name = self.content.lookups.person_name(str(person or ""))
        return (name or "").casefold() == self.asked.casefold()

    # -------------------------------------------------------------------------------------------------------- chores
    def _chores(self) -> list[_Chore]:
        main, facts, on = self.content.main, self.facts, self.content.on
        ahead, handler = self.content.policy.default.days_until_next_run, facts.column("handler")
        chores: list[_Chore | None] = [
            self._planned("agreement", main, "agreement_by", "agreement_kept_on", handler),
            self._letters(),
        ]
        if facts.has("aftercare_by", "aftercare_on"):
            closed = f"({facts.column('signal')}={facts.label('signal', 'closed')})"
            test = f'{closed}*({facts.column("aftercare_on")}="")*{_near(facts.column("aftercare_by"), ahead)}'

            def waits(row: Record) -> bool:
                complaint = self.content.register.complaints.get(str(row.get(main.key)))
                if complaint is None or not complaint.has_aftercare:
                    return False
                return aftercare_waits(complaint.day("aftercare_by"), complaint.day("aftercare_on"), on, ahead)

            chores.append(_Chore("aftercare", main, main.field("aftercare_by"), test, waits, handler))
        measures = self.content.definition.tables.get("measures")
        if measures is not None and measures.in_sheet and "owner" in measures.by_id:
            owner = column(measures, measures.field("owner"), self.content.language)
            chores.append(self._planned("measure", measures, "ready_by", "done_on", owner))
            chores.append(self._planned("evaluate", measures, "evaluate_by", "evaluated_on", owner))
        return [chore for chore in chores if chore is not None]

    def _planned(self, name: str, table: Table, planned: str, done: str, handler: str) -> _Chore | None:
        """Return what has a day it is planned for, and none on which it was done."""
        if planned not in table.by_id or done not in table.by_id:
            return None
        ahead, on = self.content.policy.default.days_until_next_run, self.content.on
        days, ready = (column(table, table.field(f), self.content.language) for f in (planned, done))

        def holds(row: Record) -> bool:
            day = row_day(row, planned)
            return day is not None and row_day(row, done) is None and -LAPSED_DAYS <= (day - on).days <= ahead

        return _Chore(name, table, table.field(planned), f'({ready}="")*{_near(days, ahead)}', holds, handler)

    def _letters(self) -> _Chore | None:
        """Return the letters that were made and not sent; where they count as sent, for a week."""
        table = self.content.definition.tables.get("letters")
        needed = ("complaint", "kind", "made_on", "sent_on", "file")
        if table is None or not table.in_sheet or any(name not in table.by_id for name in needed):
            return None
        days = _LETTERS_OF if self.content.register.rules.sent_when_made else LAPSED_DAYS
        made, sent, file = (column(table, table.field(f), self.content.language) for f in needed[2:])
        since = self.content.on - timedelta(days=days)

        def holds(row: Record) -> bool:
            day = row_day(row, "made_on")
            return day is not None and day >= since and row_day(row, "sent_on") is None and bool(row.get("file"))

        test = f'ISNUMBER({made})*({made}>=TODAY()-{days})*({sent}="")*({file}<>"")'
        return _Chore("send", table, table.field("made_on"), test, holds, None)

    def _chore(self, chore: _Chore) -> Queue:
        """Plan a queue: the first of its rows by day."""
        rows = self._rows(chore.table)
        days = column(chore.table, chore.by, self.content.language)
        whose = f'IF(ask_handler="",1,1*({chore.handler}=ask_handler))*' if chore.handler else ""
        test = f"{whose}{chore.test}"
        keys = sorted(
            (day_number(day), place)
            for place, row in enumerate(rows, 1)
            if chore.holds(row) and (chore.handler is None or self.is_asked(self._owner(chore.table, row)))
            if isinstance(day := row.get(chore.by.id), date)
        )
        places = [place for _, place in keys]
        block = self.hidden.block()
        count = block.add(len(places), f"SUM(IF({test},1,0))", array=True)
        ranked = f"SMALL(IF({test},{days}*{PLACES}+ROW({days})-{FIRST_TABLE_ROW}),"
        cells = block.places(ranked, f"{count}=0", places, MOST)
        total = len(places)
        if chore.handler is None:
            count, cells, places = self._of_handler(chore.table, count, cells, places)
            total = min(total, len(places)) if self.asked else total
        return Queue(chore.name, chore.table, chore.by, count, tuple(cells), tuple(places), total)

    def _of_handler(
        self, table: Table, count: str, cells: Sequence[str], places: Sequence[int]
    ) -> tuple[str, list[str], list[int]]:
        """Keep those whose complaint is the handler's; looked up for the first ones only, for that is slow."""
        parent, main = table.field(table.parent or ""), self.content.main
        numbers = column(table, parent, self.content.language)
        keys = column(main, main.field(main.key), self.content.language)
        owners = {str(row.get(main.key)): self.facts.value(row, "handler") for row in self.facts.all_rows}
        rows, mine, sum_now = self._rows(table), self.hidden.block(), 0
        sums: list[str] = []
        for n, cell in enumerate(cells):
            is_mine = n < len(places) and self.is_asked(owners.get(str(rows[places[n] - 1].get(parent.id))))
            sum_now += is_mine
            found = f"MATCH(INDEX({numbers},{cell}),{keys},0)"
            whose = f"IFERROR(INDEX({self.facts.column('handler')},{found})=ask_handler,FALSE)"
            before = f"{sums[-1]}+" if sums else ""
            # Nobody asked for in particular: everybody's.
            formula = f'{before}IF({cell}=0,0,IF(ask_handler="",1,IF({whose},1,0)))'
            sums.append(mine.add(sum_now, formula))
        kept = [p for p in places[:MOST] if self.is_asked(owners.get(str(rows[p - 1].get(parent.id))))]
        chosen, span, listed = self.hidden.block(), run_of(sums), run_of(cells)
        last = sums[-1]
        number = chosen.add(len(kept) if self.asked else len(places), f'IF(ask_handler="",{count},{last})')
        own = [
            chosen.add(kept[n] if n < len(kept) else 0, f"IF({n + 1}>{last},0,INDEX({listed},MATCH({n + 1},{span},0)))")
            for n in range(MOST)
        ]
        return number, own, kept if self.asked else list(places)

    def _owner(self, table: Table, row: Record) -> object:
        return row.get("owner") if table.id == "measures" else self.facts.value(row, "handler")

    def _rows(self, table: Table) -> Sequence[Record]:
        return self.facts.all_rows if table.id == self.content.main.id else self.content.rows(table.id)


def _near(days: str, ahead: int) -> str:
    """Return the test that days are past, no more than a quarter, or come before the next run."""
    return f"ISNUMBER({days})*({days}>=TODAY()-{LAPSED_DAYS})*({days}<=TODAY()+{ahead})"
