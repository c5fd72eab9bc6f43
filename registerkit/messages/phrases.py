"""The phrases by which mail programs and people, in Dutch and English, say whose words follow and that they end."""

from __future__ import annotations

import re

__all__ = [
    "ANSWERS_INSIDE",
    "FORWARD_MARK",
    "FORWARD_SUBJECT",
    "GREETING",
    "HEAD",
    "HEAD_FIRST",
    "LEAD",
    "MACHINE",
    "OUT_OF_OFFICE",
    "RULE",
    "SEPARATOR",
    "SMALL_PRINT",
    "UNDELIVERED",
]

_DAY = r"(?=[^\n]{0,300}\d)"
"""Whatever the way of writing: a moment has a number in it."""

LEAD = re.compile(
    rf"^\W{{0,5}}(?:"
    rf"(?:op|on)\s{_DAY}.{{4,300}}?\b(?:schreef|wrote)\b.{{0,200}}?:"  # Op di 3 mrt 2026 om 10:12 schreef X <x@y>:
    rf"|(?:op|on)\s{_DAY}.{{4,300}}?\bheeft\b.{{1,200}}?\b(?:het volgende )?geschreven\s*:"  # Apple Mail
    rf"|.{{1,120}}?\b(?:schreef|wrote)\s+(?:op|on)\s{_DAY}.{{4,100}}?:"  # X schreef op 3-3-2026 10:12:
    rf"|{_DAY}\d.{{4,60}}?\b(?:schreef|wrote)\s.{{1,200}}?:"  # 2026-03-03 10:12 schreef X:
    rf"|(?:am|le|den)\s{_DAY}.{{4,300}}?\b(?:schrieb|écrit|skrev)\b.{{0,200}}?:"  # neighbours
    rf"|(?:citeren|quoting)\s[^\n]{{1,120}}@[^\n]{{1,120}}:"  # Horde
    rf")\s*$",
    re.IGNORECASE | re.DOTALL,
)
"""What stands above a quotation that is marked line by line."""

HEAD_FIRST = re.compile(r"^\W{0,3}(?:van|from)\s{0,3}\*?:\*?\s*\S", re.IGNORECASE)
HEAD = re.compile(
    r"^\W{0,3}(?:verzonden|verstuurd|datum|sent|date|aan|to|cc|onderwerp|subject|beantwoorden|reply-to|van|from"
    r"|belang|importance|prioriteit|priority)"
    r"(?: op)?\s{0,3}\*?:",
    re.IGNORECASE,
)
"""The lines of the block that Outlook and telephones set above what they quote, which they do not mark."""

SEPARATOR = re.compile(
    r"^\s*[-_*=]{2,}\s*(?:oorspronkelijk|original|origineel)[^\n]{0,12}(?:bericht|message|e-?mail)\s*[-_*=]{2,}\s*$",
    re.IGNORECASE,
)
RULE = re.compile(r"^\s*(?:_{10,}|-{10,}|={10,})\s*$")
"""A line that Outlook draws above the block."""

FORWARD_SUBJECT = re.compile(r"^\s*(?:re\s*:\s*|antw\s*:\s*)*(?:fwd?|doorst|doorgestuurd|wg)\s*:", re.IGNORECASE)
FORWARD_MARK = re.compile(
    r"^\s*[-=*_]{2,}\s*(?:begin )?(?:doorgestuurd|doorgezonden|forwarded)[^\n]{0,12}(?:bericht|message|e-?mail)\W*$"
    r"|^\W*begin (?:forwarded message|doorgestuurd bericht)\W*$",
    re.IGNORECASE,
)

ANSWERS_INSIDE = re.compile(
    r"\b(?:zie|see|lees|read|staan?|staat|vind(?:t|en)?|find|answer\w*|antwoord\w*|repl\w+|reactie\w*|commentaar|comments?"
    r"|opmerkingen|geantwoord|gereageerd|toegelicht|aangevuld)\b"
    r"[^.!?\n]{0,60}\b(?:hier)?(?:onder|beneden|below|inline|tussen|in|rood|red|blauw|blue|groen|green|kleur|colou?r)\b",
    re.IGNORECASE,
)
"""Who writes this has written on within what is quoted."""

_WISH = (
    r"(?:met\s+)?(?:de\s+)?(?:zeer\s+)?(?:vriendelijke?|hartelijke?|beste|warme|collegiale|sportieve|zonnige|lieve)"
    r"\s+groet(?:en|jes)?"
    r"|met\s+(?:de\s+)?(?:meeste\s+)?hoogachting|hoogachtend|groet(?:en|jes)?|grt\w{0,2}|gr|mvg|m\.?v\.?g\.?|mvrgr|vr\.?\s?gr"
    r"|(?:(?:with\s+)?(?:kind|best|warm|kindest)\s+)?regards|best\s+wishes"
    r"|yours\s+(?:sincerely|faithfully|truly)|sincerely(?:\s+yours)?|cheers"
)
GREETING = re.compile(
    rf"^\s*(?:(?:{_WISH})(?:\s+(?:van|uit|from)\b[^.!?,]{{1,40}})?)\s*(?:[,.!]?\s*$|(?:,\s*|\.\s+|\s+)(?P<name>[^?!]{{1,50}})$)",
    re.IGNORECASE,
)
"""The line with which a letter ends; what stands behind it on that line must be a name."""

_DEVICE = (
    r"(?:iphone|ipad|ipod|galaxy|samsung|huawei|xiaomi|oppo|android|blackberry|telefoon|phone|mobiel|mobile|smartphone"
    r"|tablet|nokia|sony|xperia|mac|macbook|toestel|pixel|oneplus|motorola|fairphone)"
)
_PROGRAM = (
    r"(?:outlook|yahoo\s+mail|gmail|hotmail|bluemail|proton\s?mail|ziggo(?:\s+mail)?|kpn(?:\s+mail)?|apple\s+mail"
    r"|mail\s+(?:for|voor)\s+windows|windows\s+mail|samsung\s+mail|galaxy|iphone|ipad|android)"
)
_REST = r"(?:[-\s]+[\w+<>/:.=?&-]+){0,4}"
MACHINE = re.compile(
    rf"^\W*(?:(?:verzonden|verstuurd|gestuurd|sent)\s+(?:vanaf|vanuit|van|met|via|door|from|with|using|by)\s+(?:"
    rf"(?:mijn|my|een|a)\s+(?:[\w+-]+\s+){{0,3}}{_DEVICE}\b{_REST}|(?:de\s+|the\s+)?{_PROGRAM}\b{_REST})"
    rf"|(?:download|get|ontvang|verkrijg)\s+outlook\s+(?:for|voor)\s+\w+|outlook\s+voor\s+\w+\s+downloaden)"
    rf"(?:\s*<?\[?https?:\S+)?\W*$",
    re.IGNORECASE,
)
"""What a telephone puts under every message."""

SMALL_PRINT = re.compile(
    r"^\W*(?:disclaimer\b|dit (?:e-?mail)?-?bericht\b|deze e-?mail\b|de informatie (?:in|verzonden|opgenomen)"
    r"|aan dit bericht|this (?:e-?mail|message|communication)\b|the information (?:in|contained))"
    r"(?=.*\b(?:vertrouwelijk\w*|geadresseerden?|bestemd|rechten|confidential|intended|addressee|privileged|virus\w*)\b)"
    r"|^\W*(?:denk aan het milieu|overweeg (?:het milieu|of)|print (?:deze|dit)"
    r"|(?:please )?(?:consider|think)\b[^.]{0,20}\b(?:environment|print\w*))\b",
    re.IGNORECASE,
)
"""What organisations put under every signature; only there it is taken for that."""

OUT_OF_OFFICE = re.compile(
    r"^\s*(?:automatisch(?:e)? (?:antwoord|beantwoording|reactie)|afwezigheids\w*|afwezig\s*[:\-]"
    r"|out of (?:the )?office|automatic reply|auto(?:matic)?[ -]?(?:reply|response))",
    re.IGNORECASE,
)
UNDELIVERED = re.compile(
    r"^\s*(?:onbestelbaar|niet bezorgd|undeliver\w+|delivery status notification|mail delivery|returned mail"
    r"|failure notice|bezorging (?:is )?mislukt)",
    re.IGNORECASE,
)
