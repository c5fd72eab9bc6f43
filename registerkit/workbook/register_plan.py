"""Plans the line above the register that says whom to call when a very serious complaint is open."""

from __future__ import annotations

from dataclasses import dataclass

from registerkit.definition import Record, Table
from registerkit.register.staff import is_away
from registerkit.workbook.content import WorkbookContent
from registerkit.workbook.figures import Facts
from registerkit.workbook.hidden_plan import Block, HiddenPlanner
from registerkit.workbook.overview_plan import SheetPlan
from registerkit.workbook.plan import PlacedCell
from registerkit.workbook.references import column
from registerkit.workbook.references import quote_text as text
from registerkit.workbook.table_places import FIRST_TABLE_ROW

__all__ = ["ALERT_STYLE", "register_plan"]

ALERT_STYLE = "alert_line"
_ROLES = ("leidinggevende", "coordinator")
"""Who is called: the department's manager, else a manager, else the coordinator."""
_ABSENCE = ("absent_from", "absent_until", "deputy")
_DEPUTIES = 2
"""A deputy who is absent too has one himself."""


def register_plan(content: WorkbookContent, facts: Facts, hidden: HiddenPlanner) -> SheetPlan:
    """Plan the cells above the main table, as far as the register has the fields for them."""
    name = content.main.sheet[content.language]
    staff = content.definition.tables.get("staff")
    if not facts.has("severity", "signal", "department", "received_on") or not _fits(staff):
        return SheetPlan(name, ())
    line = _Alert(content, facts, hidden.block(), staff).line() if staff else None
    return SheetPlan(name, (line,) if line else ())


def _fits(staff: Table | None) -> bool:
    return staff is not None and {"name", "role", "department", "phone"} <= set(staff.by_id)


@dataclass
class _Alert:
    content: WorkbookContent
    facts: Facts
    block: Block
    staff: Table

    def line(self) -> PlacedCell | None:
        """Return the visible cell; the last of the open ones is named, the others are counted."""
        gravest = self.content.gravest
        if gravest is None:
            return None
        found = [
            r for r in self.facts.rows if self.facts.value(r, "severity") == gravest.code and self.facts.is_open(r)
        ]
        severity, signal = self.facts.column("severity"), self.facts.column("signal")
        label, closed = text(gravest.labels[self.content.language]), self.facts.label("signal", "closed")
        last = found[-1] if found else None
        count = self.block.add(len(found), f'COUNTIFS({severity},{label},{signal},"<>"&{closed})')
        tests = f"({severity}={label})*({signal}<>{closed})"
        rows = self.content.rows(self.content.main.id)
        place = 1 + next((n for n, r in enumerate(rows) if last and r.get(self._key) == last.get(self._key)), -1)
        row = self.block.add(place, f"MAX(IF({tests},ROW({severity})-{FIRST_TABLE_ROW},0))", array=True)
        key = column(self.content.main, self.content.main.field(self._key), self.content.language)
        number = self.block.add(str(last[self._key]) if last else None, f'IF({row}=0,"",INDEX({key},{row})&"")')
        person = self._person(last, row)
        return self._shown(gravest.labels[self.content.language], found, count, number, person)

    @property
    def _key(self) -> str:
        return self.content.main.key

    def _person(self, last: Record | None, row: str) -> tuple[str, str]:
        """Return the cell of the name and telephone number of whom to call, and what it holds now."""
        names, roles, departments, phones = (self._column(f) for f in ("name", "role", "department", "phone"))
        department = self.block.add(
            self._label("department", last), f'IF({row}=0,"",INDEX({self.facts.column("department")},{row})&"")'
        )
        manager, coordinator = (text(self._role(code)) for code in _ROLES)
        tries = (
            f'({roles}={manager})*({departments}={department})*({department}<>"")',
            f"--({roles}={manager})",
            f"--({roles}={coordinator})",
        )
        matches = [f"MATCH(1,{test},0)" for test in tries]
        formula = f"IFERROR({matches[0]},IFERROR({matches[1]},IFERROR({matches[2]},0)))"
        member = self._whom(last)
        place = self.content.rows("staff").index(member) + 1 if member else 0
        at = self.block.add(place, f"IF({row}=0,0,{formula})", array=True)
        at, member = self._stand_in(at, member)
        name, phone = (f"INDEX({cells},MAX(1,{at}))" for cells in (names, phones))
        shown = f'{name}&IF(OR({name}="",{phone}=""),"",", ")&{phone}'
        words = ", ".join(str(member[f]) for f in ("name", "phone") if member.get(f)) if member else ""
        return self.block.add(words, f'IF({at}=0,"",{shown})'), words

    def _stand_in(self, at: str, member: Record | None) -> tuple[str, Record | None]:
        """Return the place and record of who stands in for an absent member of staff, or of the member himself."""
        if not set(_ABSENCE) <= set(self.staff.by_id):
            return at, member
        staff = self.content.rows("staff")
        start, end, deputy = (f"INDEX({self._column(field)},MAX(1,{{0}}))" for field in _ABSENCE)
        left = f"INDEX({self._column('left_on')},MAX(1,{{0}}))" if "left_on" in self.staff.by_id else ""
        for _ in range(_DEPUTIES):
            away = f'AND(N({start})>0,{start}<=TODAY(),OR({end}="",{end}>=TODAY()))'
            if left:
                away = f"OR(AND(N({left})>0,{left}<=TODAY()),{away})"
            other = f"IFERROR(MATCH({deputy},{self._column('name')},0),{{0}})"
            if member and is_away(member, self.content.on):
                member = next((m for m in staff if m.get("code") == member.get("deputy")), member)
            place = staff.index(member) + 1 if member else 0
            at = self.block.add(place, f"IF({{0}}=0,0,IF({away},{other},{{0}}))".format(at))
        return at, member

    def _whom(self, last: Record | None) -> Record | None:
        if last is None:
            return None
        staff = self.content.rows("staff")
        own = last.get(self.content.definition.role("department").id)  # type: ignore[union-attr]
        managers = [m for m in staff if m.get("role") == _ROLES[0]]
        coordinators = [m for m in staff if m.get("role") == _ROLES[1]]
        return next(
            iter([*(m for m in managers if own and m.get("department") == own), *managers, *coordinators]), None
        )

    def _shown(self, label: str, found: list[Record], count: str, number: str, person: tuple[str, str]) -> PlacedCell:
        texts = self.content.texts
        start, more = f"{label[:1].upper()}{label[1:]}: ", texts("workbook.alert.more")
        call, (cell, words) = texts("workbook.alert.call"), person
        formula = (
            f'IF({count}=0,"",{text(start)}&{number}&IF({count}>1," "&{text(more)}&" "&({count}-1),"")'
            f'&IF({cell}="","",". "&{text(call)}&" "&{cell})&".")'
        )
        value = None
        if found:
            others = f" {more} {len(found) - 1}" if len(found) > 1 else ""
            value = f"{start}{found[-1][self._key]}{others}" + (f". {call} {words}." if words else ".")
        return PlacedCell(0, 1, value, ALERT_STYLE, formula)

    def _column(self, field_id: str) -> str:
        return column(self.staff, self.staff.field(field_id), self.content.language)

    def _role(self, code: str) -> str:
        return self.content.lookups.label(self.staff.field("role").choices or "", code) or code

    def _label(self, role: str, record: Record | None) -> str | None:
        field = self.facts.field(role)
        value = record.get(field.id) if record and field else None
        return self.content.lookups.label(field.choices or "", str(value)) if field and value else None
