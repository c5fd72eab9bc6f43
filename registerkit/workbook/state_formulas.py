"""The state of a complaint's present phase as Excel expressions: the table of `register/states.py`, in its order.

Each expression is about the row it stands in. A test holds them against the table over every combination of the values
that decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from registerkit.definition import Condition, Definition, Field, Lookups
from registerkit.register import CLOSED, DISPUTE, ENDED, NOTICES, WRITTEN, WRITTEN_BY_LAW
from registerkit.texts import load_texts
from registerkit.workbook.deadline_formulas import PerProfile, Running
from registerkit.workbook.references import column, quote_text, this_row

__all__ = ["StateCells"]

_LETTER_FIELDS = ("complaint", "kind", "made_on", "sent_on", "file")


@dataclass(frozen=True)
class StateCells:
    """The expressions of one register; `letters_count_when_made` is the office's setting."""

    definition: Definition
    lookups: Lookups
    letters_count_when_made: bool = True
    place: Callable[[Field], str] | None = None
    """Gives the cell of a field where the complaint is shown elsewhere than in its own row."""

    # ------------------------------------------------------------------------------------------------------- cells
    def cell(self, role: str) -> str | None:
        """Return this row's cell of the field with a role, or None when there is none."""
        field = self.definition.role(role)
        if field is None:
            return None
        return self.place(field) if self.place else this_row(self.definition.main, field, self.lookups.language)

    def has_code(self, role: str, *codes: str) -> str | None:
        """Return the test that this row's cell holds the label of one of these codes; None where that cannot be."""
        field, cell = self.definition.role(role), self.cell(role)
        if field is None or cell is None:
            return None
        known = [c for c in codes if self.lookups.choice(field.choices or "", c)]
        return _any(f"{cell}={quote_text(self.lookups.label(field.choices or '', c) or c)}" for c in known)

    @property
    def start(self) -> str:
        """The first day of the present phase."""
        received, reopened = self.cell("received_on") or "0", self.cell("reopened_on")
        return f"MAX({received},{reopened})" if reopened else received

    @property
    def _is_now(self) -> str | None:
        """The test that what the status says of an ending is of this phase; None where there is no reopening."""
        reopened, closed = self.cell("reopened_on"), self.cell("closed_on")
        return f"OR(N({reopened})=0,N({closed})=0,{closed}>={reopened})" if reopened and closed else None

    def status(self, *codes: str) -> str | None:
        """Return the test that this phase has one of these statuses."""
        return _all(self.has_code("status", *codes), self._is_now)

    def own(self, role: str) -> str | None:
        """Return the test that a day belongs to this phase; on the day of a reopening only when it is closed again."""
        cell, reopened = self.cell(role), self.cell("reopened_on")
        if cell is None:
            return None
        again = self.has_code("status", CLOSED)
        strict = f"+(N({reopened})>0)*NOT({again or 'FALSE'})" if reopened else ""
        return f"N({cell})>={self.start}{strict}"

    # ----------------------------------------------------------------------------------------------------- deciding
    @property
    def lacking(self) -> str | None:
        """The test that something is missing which closing needs beside the answer."""
        needed = (self._is_missing(field) for field in self.definition.needed_with_answer)
        return _any([*needed, *self._broken_rules()])

    def _is_missing(self, field: Field) -> str:
        sources = self.definition.taken_over.get(field.id, ())
        cells = [f'{cell}=""' for name in (field.id, *sources) if (cell := self.cell(name))]
        return _all(*cells) or "FALSE"

    def _broken_rules(self) -> Iterator[str | None]:
        forced = self.definition.closing.equals or {}
        for rule in self.definition.closing_rules:
            missing = _any(f'{cell}=""' for field_id in rule.fields if (cell := self.cell(field_id)))
            yield _all(self._condition(rule.when, forced), missing)

    def _condition(self, condition: Condition, forced: Iterable[str]) -> str | None:
        tests: list[str | None] = []
        for field_id, codes in (condition.equals or {}).items():
            if field_id not in forced:
                tests.append(self._equals(field_id, codes))
        tests += [f'{cell}<>""' for f in condition.filled if (cell := self.cell(f))]
        tests += [f'{cell}=""' for f in condition.empty if (cell := self.cell(f))]
        for pairs, shape in ((condition.later, "{0}"), (condition.not_later, "NOT({0})")):
            for first, second in pairs:
                a, b = self.cell(first), self.cell(second)
                tests.append(shape.format(f"AND(N({a})>0,N({b})>0,N({a})>N({b}))"))
        return _all(*tests)

    def _equals(self, field_id: str, codes: tuple[str, ...]) -> str:
        field, cell = self.definition.role(field_id), self.cell(field_id)
        if field is not None and field.value_kind == "yesno":
            texts = load_texts(self.lookups.language)
            words = {"True": texts("value.yes"), "False": texts("value.no")}
            return _any(f"{cell}={quote_text(words.get(code, code))}" for code in codes) or "FALSE"
        return self.has_code(field_id, *codes) or "FALSE"

    @property
    def taken_over(self) -> str | None:
        """The test that the complaint was closed in an earlier register and not opened again since."""
        reopened = self.cell("reopened_on")
        is_new = f"N({reopened})=0" if reopened else None
        return _all(_is_filled(self.cell("taken_over_on")), is_new) if self.cell("taken_over_on") else None

    def _is_told(self, per: PerProfile) -> str | None:
        """Return the test that the complainant was told of an ending without a judgement."""
        answer = self.cell("answer_channel")
        in_writing = self.has_code("answer_channel", *sorted(WRITTEN)) or "FALSE"
        counts = per(lambda p: in_writing if p.name in WRITTEN_BY_LAW else f'{answer}<>""' if answer else "FALSE")
        return _any([_all(self.own("answered_on"), counts), self._given(*NOTICES.values()), self.taken_over])

    def _is_sent(self, per: PerProfile) -> str | None:
        """Return the test that the answer was given as the law wants it; None where no law asks."""
        in_writing = _any([self.has_code("answer_channel", *sorted(WRITTEN)), self._given(*self._outcomes())])
        test = per(lambda p: in_writing or "FALSE" if p.name in WRITTEN_BY_LAW else "TRUE")
        return None if test == "TRUE" else test

    def _outcomes(self) -> list[str]:
        table = self.definition.tables.get("letters")
        kinds = table.by_id["kind"].choices if table else None
        return [c.code for c in self.lookups.lists.get(kinds or "", ()) if c.code.startswith("outcome_")]

    def _given(self, *kinds: str) -> str | None:
        """Return the test that one of these letters was sent in this phase, or said to be none to come."""
        table = self.definition.tables.get("letters")
        if table is None or any(name not in table.by_id for name in _LETTER_FIELDS):
            return None
        language, main = self.lookups.language, self.definition.main
        numbers, kind, made, sent, file = (column(table, table.field(f), language) for f in _LETTER_FIELDS)
        list_id = table.by_id["kind"].choices or ""
        labels = ";".join(quote_text(self.lookups.label(list_id, k) or k) for k in kinds)
        own = f"{numbers},{this_row(main, main.field(main.key), language)},{kind},{{{labels}}}"
        since = f'">="&{self.start}'
        of_made = "" if self.letters_count_when_made else f',{file},""'
        counts = f'COUNTIFS({own},{sent},{since})+COUNTIFS({own},{sent},"",{made},{since}{of_made})'
        return f"SUMPRODUCT({counts})>0"

    # -------------------------------------------------------------------------------------------------------- faces
    @property
    def refused(self) -> str | None:
        """The test that the complaint is not taken up."""
        return self.status("niet_in_behandeling")

    @property
    def has_aftercare(self) -> str | None:
        """The test that the complaint was answered in this phase, and did not end without an answer."""
        ended = self.status(*sorted(ENDED))
        before = self.taken_over
        return _all(self.own("answered_on"), *(f"NOT({test})" for test in (ended, before) if test))

    @property
    def incomplete(self) -> str | None:
        """The test that the complaint was answered and lacks what closing needs; it does not look at its status."""
        before = self.taken_over
        return _all(self.own("answered_on"), self.lacking, f"NOT({before})" if before else None)

    def signal(self, per: PerProfile, running: Running) -> str:
        """Return the signal as nested tests in the order of the table of states."""
        word, run = running.word, running.formula(per)
        external = _all(_is_filled(self.cell("reopened_on")), self.has_code("reopen_reason", DISPUTE))
        waits = _any([running.paused_test(per), external])
        stuck = _any([self.own("solved_on"), self.own("closed_on"), self.status(CLOSED)])
        state = _choose(_all(f"NOT({stuck})" if stuck else None, waits), word("paused"), run) if waits else run
        answered = self.cell("answered_on")
        if answered is not None:
            late = f"IF({answered}>{running.due_on},{word('overdue')},{word('answered')})"
            whole = _choose(sent, word("closed"), run) if (sent := self._is_sent(per)) else word("closed")
            state = _choose(self.own("answered_on"), _choose(self.lacking, late, whole), state)
        state = _choose(_any([self._is_settled(), self.taken_over]), word("closed"), state)
        others = self.has_code("status", *sorted(ENDED - NOTICES.keys()))
        ended = _choose(_any([others, self._is_told(per)]), word("closed"), run)
        return _choose(self.status(*sorted(ENDED)), ended, state)

    def next_step(self, say: Callable[[str], str]) -> str:
        """Return the next step about an open complaint, in the order of `register/steps.py`.

        `say` gives the words of a step as a formula. What still has to be acknowledged says so in every step.
        """
        cell, has = self.cell, self.has_code
        not_answered = f"NOT({own})" if (own := self.own("answered_on")) else None
        told = [f'{at}=""' for role in ("acknowledged_on", "reopened_on", "extended_on") if (at := cell(role))]
        waits = _all(*told, not_answered, *(f"NOT({test})" for c in NOTICES if (test := self.status(c)))) or "FALSE"
        extended, reopened, signal = cell("extended_on"), cell("reopened_on"), cell("signal")
        usual = say("answer_or_extend")
        if extended:
            usual = f'IF({extended}="",{usual},{say("answer")})'
        for code, name in (("overdue", "answer_today"), ("paused", "await_reply")):
            usual = _choose(has("signal", code) if signal else None, say(name), usual)
        ready = _all(f"NOT({self.lacking})" if self.lacking else None, f'{reopened}=""' if reopened else None)
        usual = _choose(ready, say("send_answer"), usual)
        usual = f"IF({waits},{say('acknowledge')},{usual})"
        waiting = f'IF({waits},{say("acknowledge_first")},"")&'
        solved = f"NOT({own})" if (own := self.own("solved_on")) else None
        still = _all(f"NOT({has('signal', 'paused')})", solved)
        agreed, proposal, committee = cell("agreed_on"), cell("proposal"), self._yes("committee")
        proposed = _any([f'{proposal}<>""' if proposal else None, has("status", "voorstel")])
        pending: list[tuple[str | None, str]] = [
            (_any([has("status", "wacht_derden"), committee]), "ask_others"),
            (has("status", "wacht_klant"), "ask_customer"),
            (proposed, "ask_choice"),
        ]
        for test, name in pending:
            if test is not None:
                agreement = f'{agreed}=""' if agreed else None
                usual = f"IF({_all(still, agreement, test)},{waiting}{say(name)},{usual})"
        closed = _any([self.own("closed_on"), self.status(CLOSED)])
        usual = _choose(_all(closed, solved) if closed else None, f"{waiting}{say('fill_in_answer')}", usual)
        answered = _choose(self.lacking, say("fill_in"), say("send_answer"))
        usual = _choose(self.own("answered_on"), answered, usual)
        for status, name in (("niet_in_behandeling", "tell_refusal"), ("doorgestuurd", "tell_referral")):
            usual = _choose(self.status(status), say(name), usual)
        return usual

    def _yes(self, role: str) -> str | None:
        cell = self.cell(role)
        return f"{cell}={quote_text(load_texts(self.lookups.language)('value.yes'))}" if cell else None

    def _is_settled(self) -> str | None:
        """Return the test that the complaint was solved informally to somebody's satisfaction, or closed as such."""
        yes, solved = self._yes("customer_satisfied"), self.own("solved_on")
        if yes is None or solved is None:
            return None
        as_before = _all(self.has_code("status", CLOSED), self.own("closed_on"))
        return _all(solved, _any([yes, as_before]))


def _is_filled(cell: str | None) -> str | None:
    return f"N({cell})>0" if cell else None


def _choose(test: str | None, then: str, otherwise: str) -> str:
    return otherwise if test is None or then == otherwise else f"IF({test},{then},{otherwise})"


def _all(*tests: str | None) -> str | None:
    found = [test for test in tests if test is not None]
    return None if not found else found[0] if len(found) == 1 else f"AND({','.join(found)})"


def _any(tests: Iterable[str | None]) -> str | None:
    found = list(dict.fromkeys(test for test in tests if test is not None))
    return None if not found else found[0] if len(found) == 1 else f"OR({','.join(found)})"
