"""Tells of settings that name somebody or something that is not there, and of routing rules that can never hold."""

from __future__ import annotations

from collections.abc import Iterator

from registerkit.definition import Definition, Field, Lookups
from registerkit.findings import Finding, Location
from registerkit.settings import SETTINGS_FILE, Routing, Settings

__all__ = ["settings_findings", "unfit_rules"]


def settings_findings(definition: Definition, settings: Settings, lookups: Lookups) -> Iterator[Finding]:
    """Return what is wrong, each with its key in the settings; the lists and staff are those of after the sync."""
    for n, rule in enumerate(settings.routing, 1):
        yield from _of_rule(definition, rule, f"routing[{n}]", lookups)
    for n, standard in enumerate(settings.compensations, 1):
        yield from _of_rule(definition, Routing(standard.when), f"compensations[{n}]", lookups)
    for role in settings.grants:
        if lookups.code("role", role) is None:
            yield _unknown(role, f"grants.{role}", lookups.labels("role"))
    people = {"register.owner": settings.owner, "letters.signer": settings.letters.get("signer")}
    people |= {f"responsible.{part}": code for part, code in settings.responsible.items()}
    people |= {f"sources[{n}].owner": source.owner for n, source in enumerate(settings.sources, 1)}
    for where, name in people.items():
        if name and lookups.person(str(name)) is None:
            yield _unknown(str(name), where, lookups.names())


def unfit_rules(definition: Definition, settings: Settings, lookups: Lookups) -> list[int]:
    """Return the places, from 0, of the routing rules that name something which the definition does not know."""
    rules = enumerate(settings.routing)
    return [n for n, rule in rules if any(_of_rule(definition, rule, "", lookups))]


def _of_rule(definition: Definition, rule: Routing, where: str, lookups: Lookups) -> Iterator[Finding]:
    for role, wanted in (("department", rule.department), ("priority", rule.priority)):
        field = definition.role(role)
        if wanted and field and field.choices and lookups.code(field.choices, wanted) is None:
            yield _unknown(wanted, f"{where}.{role}", lookups.labels(field.choices))
    if rule.handler and lookups.person(rule.handler) is None:
        yield _unknown(rule.handler, f"{where}.handler", lookups.names())
    yield from _of_amounts(definition, rule, where)
    for field_id, codes in rule.when.items():
        field, here = definition.role(field_id), f"{where}.when.{field_id}"
        if field is None:
            yield _unknown(field_id, f"{where}.when", [f.name for f in definition.main.fields])
        elif not codes:
            yield _never("[ ]", here)
        else:
            yield from _of_codes(definition, rule, field, codes, here, lookups)


def _of_amounts(definition: Definition, rule: Routing, where: str) -> Iterator[Finding]:
    low, high = rule.amount_from, rule.amount_below
    if (low is not None or high is not None) and definition.role("amount") is None:
        yield _unknown("amount", where, [f.name for f in definition.main.fields])
    elif high is not None and high <= (low or 0):
        yield _never(f"amount_from {(low or 0) / 100:.2f} >= amount_below {high / 100:.2f}", f"{where}.amount_below")


def _of_codes(
    definition: Definition, rule: Routing, field: Field, codes: tuple[str, ...], where: str, lookups: Lookups
) -> Iterator[Finding]:
    known = lookups.lists.get(field.choices or "", ())
    if field.kind == "person":
        yield from (_unknown(code, where, lookups.staff) for code in codes if code not in lookups.staff)
    elif field.choices:
        for code in codes:
            if lookups.choice(field.choices, code) is None:
                yield _unknown(code, where, [choice.code for choice in known])
    above = rule.when.get(field.parent or "")
    if above and field.choices and all(_other_parent(lookups, field.choices, code, above) for code in codes):
        label = definition.main.by_id[field.parent or ""].labels[lookups.language]
        yield _never(f"{', '.join(codes)} <> {label}: {', '.join(above)}", where)


def _other_parent(lookups: Lookups, list_id: str, code: str, above: tuple[str, ...]) -> bool:
    choice = lookups.choice(list_id, code)
    return choice is not None and choice.parent is not None and choice.parent not in above


def _unknown(value: str, where: str, known: object) -> Finding:
    words = [str(word) for word in known] if hasattr(known, "__iter__") else []
    told = {"where": where, "known": words[:30]}
    return Finding("routing_unknown", "error", Location(SETTINGS_FILE, label=where), value, told)


def _never(why: str, where: str) -> Finding:
    return Finding("routing_never", "error", Location(SETTINGS_FILE, label=where), context={"where": where, "why": why})
