"""Reads a message as mail programs save it (`.eml`): its head, its words, and what came along."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses, parsedate_to_datetime
from mimetypes import guess_extension
from pathlib import PurePosixPath

from registerkit.files import safe_name, seen
from registerkit.messages.body import Body, body_of
from registerkit.messages.forwards import ADDRESS, passed_on
from registerkit.messages.message import Attachment, Automatic, Line, Message, Sender
from registerkit.messages.phrases import FORWARD_MARK, FORWARD_SUBJECT, OUT_OF_OFFICE, UNDELIVERED
from registerkit.messages.quotes import phone_in, signed_by, take_apart

__all__ = ["attachment", "parse_message", "sent_of"]

_ID = re.compile(r"<[^<>\s]+>")
_REPLY = re.compile(r"^\s*(?:re|antw|aw|betr|reactie)\s*(?:\[\d+\])?\s*:", re.IGNORECASE)
_PGP = "-----BEGIN PGP MESSAGE-----"
_LONGEST_NAME = 100
_FIRST_YEAR = 1990
_LONGEST_ENDING = 10
_PROGRAMS = frozenset(
    [
        "ade",
        "adp",
        "app",
        "application",
        "appref-ms",
        "bat",
        "chm",
        "cmd",
        "com",
        "cpl",
        "diagcab",
        "dll",
        "dmg",
        "docm",
        "dotm",
        "exe",
        "gadget",
        "hta",
        "htm",
        "html",
        "iso",
        "img",
        "inf",
        "ins",
        "isp",
        "jar",
        "jnlp",
        "js",
        "jse",
        "lnk",
        "mde",
        "mht",
        "mhtml",
        "msc",
        "msh",
        "msi",
        "msix",
        "msp",
        "mst",
        "one",
        "pif",
        "ppam",
        "pptm",
        "ps1",
        "psm1",
        "py",
        "reg",
        "scf",
        "scr",
        "sct",
        "sh",
        "shtml",
        "svg",
        "sys",
        "url",
        "vb",
        "vbe",
        "vbs",
        "vhd",
        "website",
        "ws",
        "wsc",
        "wsf",
        "wsh",
        "xhtml",
        "xlam",
        "xlsm",
        "xltm",
        "xll",
        "xml",
        "xsl",
    ]
)
"""Endings of files that do something, or can, when somebody opens them."""


def parse_message(data: bytes) -> Message:
    """Read a message; raises a `ValueError` of whatever kind for what is none at all."""
    mail = message_from_bytes(data, policy=default)
    if not isinstance(mail, EmailMessage) or not any(_head(mail, name) for name in ("From", "Date", "Subject", "To")):
        raise ValueError("no message")
    body = body_of(mail)
    inner = _forwarded_whole(body)
    if inner is not None and not any(line.text.strip() for line in body.lines):
        return inner
    subject, ids = seen(_head(mail, "Subject")), _ids(mail)
    is_reply = bool(ids) or bool(_REPLY.match(subject))
    parts = take_apart(body.lines, is_reply=is_reply, is_forward=bool(FORWARD_SUBJECT.match(subject)))
    automatic = _automatic(mail, subject)
    if inner is not None:
        forwarded, note = (inner, parts.text) if automatic is None else (None, "")
    else:
        forwarded, note = _passed_on(body.lines, subject)
    return Message(
        sender=_sender(mail, "From") or _sender(mail, "Sender") or Sender("", ""),
        reply_to=_sender(mail, "Reply-To"),
        subject=subject,
        sent=sent_of(mail),
        text=parts.text,
        quoted=parts.quoted,
        signature=parts.signature,
        signed_by=signed_by(parts.signature),
        phone=phone_in(parts.signature),
        message_id=next(iter(_ID.findall(_head(mail, "Message-ID"))), ""),
        references=ids,
        attachments=tuple(_attachments(body.beside)),
        automatic=automatic,
        recipients=tuple(_recipients(mail)),
        forwarded=forwarded,
        note=note,
        unreadable=frozenset(_unreadable(mail, body)),
    )


def _head(mail: EmailMessage, name: str) -> str:
    """Return a line of the head; a library that trips over one has nothing to say of it."""
    try:
        return str(mail.get(name) or "")
    except Exception:  # Each version of the library fails on a malformed head in a way of its own.
        raw = next((value for key, value in mail.raw_items() if key.casefold() == name.casefold()), "")
        return str(raw)


def _ids(mail: EmailMessage) -> tuple[str, ...]:
    found = _ID.findall(_head(mail, "References")) + _ID.findall(_head(mail, "In-Reply-To"))
    return tuple(dict.fromkeys(found))


def _sender(mail: EmailMessage, name: str) -> Sender | None:
    for said, address in getaddresses([_head(mail, name)]):
        if match := ADDRESS.fullmatch(address.strip()) or ADDRESS.search(f"{said} {address}"):
            shown = seen(said).strip("'\" ")
            return Sender("" if "@" in shown else shown, match[0].casefold())
    return None


def _recipients(mail: EmailMessage) -> Iterator[str]:
    for _, address in getaddresses([_head(mail, "To"), _head(mail, "Cc")]):
        if match := ADDRESS.search(address):
            yield match[0].casefold()


def _passed_on(lines: Sequence[Line], subject: str) -> tuple[Message | None, str]:
    """Return what is passed on as its writer sent it, and what who passed it on wrote himself."""
    is_forward = bool(FORWARD_SUBJECT.match(subject)) or any(FORWARD_MARK.match(line.text) for line in lines)
    passed = passed_on(lines) if is_forward else None
    if passed is None:
        return None, ""
    about = passed.subject or FORWARD_SUBJECT.sub("", subject).strip()
    parts = take_apart(passed.lines, is_reply=bool(_REPLY.match(about)), is_forward=bool(FORWARD_SUBJECT.match(about)))
    forwarded, note = _passed_on(passed.lines, about)
    first = Message(
        sender=passed.sender,
        subject=about,
        # At noon it is that day wherever the office is.
        sent=datetime.combine(passed.on, time(12)) if passed.on else None,
        text=parts.text,
        quoted=parts.quoted,
        signature=parts.signature,
        signed_by=signed_by(parts.signature),
        phone=phone_in(parts.signature),
        forwarded=forwarded,
        note=note,
    )
    return first, take_apart(passed.note).text


def sent_of(mail: EmailMessage) -> datetime | None:
    """Return when a message was sent: as it says, or as a server on its way does."""
    received = (str(value).rpartition(";")[2] for value in mail.get_all("Received", []))
    for told in (_head(mail, "Date"), *received):
        try:
            moment = parsedate_to_datetime(told)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if moment.year >= _FIRST_YEAR:  # What Outlook saves of a draft was sent in 1601.
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


# ------------------------------------------------------------------------------------------------------ what came along
def _forwarded_whole(body: Body) -> Message | None:
    """Return the message within, when there is just one."""
    whole = [part for part in body.beside if part.get_content_type() == "message/rfc822"]
    if len(whole) != 1:
        return None
    payload = whole[0].get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    try:
        return parse_message(inner.as_bytes()) if isinstance(inner, EmailMessage) else None
    except ValueError:  # What is within is no message.
        return None


def _attachments(parts: Iterable[EmailMessage]) -> Iterator[Attachment]:
    taken: set[str] = set()
    for part in parts:
        kind = part.get_content_type()
        if kind in ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"):
            continue
        if kind.startswith("message/"):
            payload = part.get_payload()
            inner = payload[0] if isinstance(payload, list) and payload else part
            data = inner.as_bytes() if isinstance(inner, EmailMessage) else b""
            name = f"{seen(_head(inner, 'Subject')) or 'bericht'}.eml" if isinstance(inner, EmailMessage) else ""
        else:
            payload = part.get_payload(decode=True)
            data, name = payload if isinstance(payload, bytes) else b"", _file_name(part)
        if data:
            yield attachment(name, data, kind, taken)


def _file_name(part: EmailMessage) -> str:
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError):
        name = ""
    return name or f"bijlage{guess_extension(part.get_content_type()) or ''}"


def attachment(name: str, data: bytes, kind: str, taken: set[str]) -> Attachment:
    """Return a file that came along under a name that can stand in any folder, and that no other has."""
    last = seen(name.replace("\\", "/").rstrip("/. ").rpartition("/")[2]).rstrip(". ")
    ending = PurePosixPath(last).suffix.lower()
    ending = safe_name(ending[1:]) if 1 < len(ending) <= _LONGEST_ENDING else ""
    stem = safe_name(last[: -len(ending) - 1] if ending else last, _LONGEST_NAME)
    stem, n = "bijlage" if stem in ("-", "") else stem, 1
    whole = f"{stem}.{ending}" if ending else stem
    while whole.casefold() in taken:
        n += 1
        whole = f"{stem} ({n}).{ending}" if ending else f"{stem} ({n})"
    taken.add(whole.casefold())
    return Attachment(whole, data, kind, ending in _PROGRAMS or data[:2] == b"MZ" or data[:2] == b"#!")


# ------------------------------------------------------------------------------------------------------ what it is
def _automatic(mail: EmailMessage, subject: str) -> Automatic | None:
    kind, report = mail.get_content_type(), str(mail.get_param("report-type", "")).lower()
    if kind == "multipart/report":
        return "receipt" if report == "disposition-notification" else "failure"
    sender = _sender(mail, "From")
    if UNDELIVERED.match(subject) or (sender and sender.address.startswith(("mailer-daemon@", "postmaster@"))):
        return "failure"
    told = {name: _head(mail, name).strip().casefold() for name in ("Auto-Submitted", "Precedence", "X-Autoreply")}
    is_machine = told["Auto-Submitted"] not in ("", "no") or told["X-Autoreply"] or told["Precedence"] == "auto_reply"
    if is_machine or OUT_OF_OFFICE.match(subject):
        return "reply"
    if told["Precedence"] in ("bulk", "list", "junk") or _head(mail, "List-Id"):
        return None if _is_own_list(mail) else "list"
    return None


def _is_own_list(mail: EmailMessage) -> bool:
    """Tell whether what passed a message on is the office's own address: groups call themselves a list too."""
    to = [address.rpartition("@")[2].casefold() for _, address in getaddresses([_head(mail, "To"), _head(mail, "Cc")])]
    list_id = _head(mail, "List-Id").casefold().strip("<> ")
    return any(domain and list_id.endswith(domain) for domain in to)


def _unreadable(mail: EmailMessage, body: Body) -> Iterator[str]:
    kinds = {part.get_content_type(): part for part in mail.walk() if isinstance(part, EmailMessage)}
    names = {str(part.get_param("smime-type", "")).lower() for part in kinds.values()}
    is_sealed = {"application/pkcs7-mime", "application/x-pkcs7-mime"} & kinds.keys()
    if is_sealed or "multipart/encrypted" in kinds or any(_PGP in line.text for line in body.lines):
        yield "signed" if names & {"signed-data"} else "encrypted"
    if "application/ms-tnef" in kinds or any(_file_name(part).lower() == "winmail.dat" for part in body.beside):
        yield "winmail"
