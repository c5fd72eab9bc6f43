"""A mail is read as it was meant, in whatever letters and form it was sent; what is wrong with one is told."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from registerkit.errors import DamagedFileError, EmptyFileError, EncryptedFileError, FileError, UnsupportedFileError
from registerkit.messages import Message, in_order, open_message, parse_message
from registerkit.messages.outlook import as_mail

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))

from mails import save_mail

HEAD = "From: Sanne <s@mail.example>\nSubject: Klacht\n"


def read(text: str | bytes, head: str = HEAD) -> Message:
    return parse_message(head.encode() + (text if isinstance(text, bytes) else text.encode()))


@pytest.mark.parametrize(("head", "body", "text"), [
    ("", "\n\nCafé é".encode(), "Café é"),
    ("", "\n\nCafé €".encode("cp1252"), "Café €"),
    ("Content-Type: text/plain; charset=iso-8859-1\n", "\n\x93Café\x94 \x80".encode("latin-1"), "“Café” €"),
    ("Content-Type: text/plain; charset=x-onbekend\n", "\nCafé".encode(), "Café"),
    ("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n", b"\nCaf=C3=A9 =\ngoed", "Café goed"),
    ("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n", b"\nQ2Fmw6k=", "Café"),
    ("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n", b"\nQ2Fmw6k", "Café"),
    ("Content-Type: text/plain; charset=utf-7\n", b"\n+2AA-x", "+2AA-x"),
    ("Content-Type: text/html; charset=unicode_escape\n", b"\n<p>\\ud800 a", "\\ud800 a"),
    ("Content-Type: text/plain; format=flowed; delsp=yes\n", b"\nlang \nlaam \n> oud", "langlaam\n> oud"),
    ("Content-Type: text/html; charset=utf-8\n", b"\n<p>Een</p><p>twee&nbsp;&amp; drie<br>vier</p><style>x</style><script>y</script><div style='display:none'>z</div>", "Een\n\ntwee & drie\nvier"),
    ("Content-Type: text/html\n", b"\n<table><tr><td>a</td><td>b</td></tr></table><ul><li>c</ul>", "a b\n\n- c"),
    ("Content-Type: text/html\n", b"\n" + b"<div>" * 5000 + b"diep", "diep"),
])  # fmt: skip
def test_the_words_are_read_in_any_letters_and_form(head: str, body: bytes, text: str) -> None:
    assert text == read(body, HEAD + head).text


@pytest.mark.parametrize(("plain", "page", "text"), [
    ("De lamp is stuk.", "<p>De lamp is <b>stuk</b>.</p>", "De lamp is stuk."),
    ("", "<p>De lamp is stuk.</p>", "De lamp is stuk."),
    ("Uw mailprogramma toont geen HTML.", "<p>De lamp die ik bij u kocht is na een dag al stuk gegaan, en niemand belt mij terug.</p>",
     "De lamp die ik bij u kocht is na een dag al stuk gegaan, en niemand belt mij terug."),
])  # fmt: skip
def test_of_two_forms_the_plain_one_is_read_unless_it_says_too_little(
    tmp_path: Path, plain: str, page: str, text: str
) -> None:
    assert text == open_message(save_mail(tmp_path / "x.eml", plain, page=page)).text


def test_who_wrote_when_about_what_is_known() -> None:
    head = ("From: =?utf-8?Q?Andr=C3=A9?= <A@Mail.example>\nReply-To: werk@firma.example\nTo: k@despaak.example\n"
            "Subject: =?iso-8859-1?Q?Kapotte_caf=E9stoel?=\nDate: Tue, 3 Nov 2026 23:30:00 +0100\nMessage-ID: <m@x>\n"
            "References: <1@x>\n <2@x>\nIn-Reply-To: <2@x>\n\n")  # fmt: skip
    message = read("Stuk.\n\nMvg,\nAndré de Wit\n06-12345678", head)
    assert ("André", "a@mail.example") == (message.sender.name, message.sender.address)
    assert ("Kapotte caféstoel", "<m@x>", ("<1@x>", "<2@x>")) == (
        message.subject,
        message.message_id,
        message.references,
    )
    assert datetime(2026, 11, 3, 22, 30, tzinfo=UTC) == message.sent
    assert ("André de Wit", "06-12345678") == (message.signed_by, message.phone)


@pytest.mark.parametrize("head", [
    "Date: gisteren\n", "Date: Mon, 01 Jan 1601 00:00:00 +0000\n", "", "From: \x00\x01<<>>\n", "Subject: =?utf-8?B?!!!?=\n",
    "Content-Type: multipart/mixed\n", "Content-Type: multipart/alternative; boundary=x\n", "To: " + "a@b.nl," * 500 + "\n",
    "Content-Type: text/plain; charset==?x\n", "Content-Type: message/rfc822\n", "References: onzin\n",
])  # fmt: skip
def test_a_head_that_is_wrong_keeps_the_rest(head: str) -> None:
    message = read("\nDe lamp is stuk.", "From: s@mail.example\nSubject: Klacht\n" + head)
    assert message.sent is None


@pytest.mark.parametrize(("heads", "kind"), [
    ("Auto-Submitted: auto-replied\n", "reply"),
    ("Auto-Submitted: no\n", None),
    ("Subject: Afwezig: vakantie\n", "reply"),
    ("Subject: Afwezigheid van uw monteur\n", None),
    ("Precedence: bulk\n", "list"),
    ("List-Id: <nieuws.winkel.example>\nTo: k@despaak.example\n", "list"),
    ("List-Id: Klachten <klachten.despaak.example>\nTo: klachten@despaak.example\n", None),
    ("List-Unsubscribe: <https://x.example>\n", None),
    ("From: Mail Delivery <MAILER-DAEMON@x.example>\n", "failure"),
    ('Content-Type: multipart/report; report-type=disposition-notification; boundary="a"\n', "receipt"),
    ('Content-Type: multipart/report; report-type=delivery-status; boundary="a"\n', "failure"),
])  # fmt: skip
def test_what_no_person_wrote_is_known(heads: str, kind: str | None) -> None:
    head = heads if "From:" in heads else "From: x@mail.example\n" + heads
    assert kind == read("\nTekst", head if "Subject:" in head else head + "Subject: Klacht\n").automatic


@pytest.mark.parametrize(("name", "kept"), [
    ("foto.jpg", "foto.jpg"), ("../../etc/passwd", "passwd"), ("C:\\Windows\\x.dll.txt", "x.dll.txt"), ("con.txt", "_con.txt"),
    ("a\u202egpj.exe.pdf", "agpj.exe.pdf"), ("", "bijlage.bin"), ("...", "bijlage"), ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
    ("=cmd|'/c calc'!A0.csv", "c calc'!A0.csv"), (".bashrc", "bashrc"), ("nul", "_nul"), ("a:b?.txt", "a-b.txt"),
])  # fmt: skip
def test_an_attachment_has_a_name_that_can_stand_anywhere(tmp_path: Path, name: str, kept: str) -> None:
    (found,) = open_message(save_mail(tmp_path / "x.eml", files={name: b"inhoud"})).attachments
    assert (kept, b"inhoud", False) == (found.name, found.data, found.is_program)


@pytest.mark.parametrize(("name", "data"), [
    ("rekening.pdf.exe", b"x"), ("x.JS", b"x"), ("x.html", b"x"), ("x.svg", b"x"), ("x.docm", b"x"), ("foto.jpg", b"MZ\x90"), ("x.lnk", b"x"),
    ("rekening.exe. ", b"x"), ("x.iso", b"x"),
])  # fmt: skip
def test_what_would_run_when_it_is_opened_is_known(tmp_path: Path, name: str, data: bytes) -> None:
    (found,) = open_message(save_mail(tmp_path / "x.eml", files={name: data})).attachments
    assert found.is_program


def test_files_of_one_name_have_each_a_place(tmp_path: Path) -> None:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["Subject"] = "x@mail.example", "Klacht"
    mail.set_content("Zie de foto's.")
    for n in range(3):
        mail.add_attachment(bytes([n]), "image", "jpeg", filename="Foto.jpg" if n else "foto.jpg")
    inner = EmailMessage(policy=SMTP)
    inner["Subject"] = "Eerder bericht"
    inner.set_content("Oud.")
    mail.add_attachment(inner)
    (tmp_path / "x.eml").write_bytes(mail.as_bytes())
    message = open_message(tmp_path / "x.eml")
    assert ["foto.jpg", "Foto (2).jpg", "Foto (3).jpg", "Eerder bericht.eml"] == [a.name for a in message.attachments]
    assert "Zie de foto's." == message.text


def test_a_message_that_only_holds_another_is_that_other() -> None:
    outer = EmailMessage(policy=SMTP)
    outer["From"], outer["Subject"] = "sv@despaak.example", "FW: lamp"
    inner = EmailMessage(policy=SMTP)
    inner["From"], inner["Subject"] = "fatima@mail.example", "lamp"
    inner.set_content("De lamp is stuk.")
    outer.set_content("\n")
    outer.add_attachment(inner)
    message = parse_message(outer.as_bytes())
    assert ("fatima@mail.example", "De lamp is stuk.") == (message.sender.address, message.text)


SEALED = 'From: x@mail.example\nSubject: Geheim\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"\n\nAAAA'
PGP = "From: x@mail.example\nSubject: Geheim\nContent-Type: multipart/encrypted; boundary=a\n\n--a\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--a--\n"
WINMAIL = 'From: x@mail.example\nSubject: Klacht\nContent-Type: application/ms-tnef; name="winmail.dat"\nContent-Transfer-Encoding: base64\n\neJ8+'


@pytest.mark.parametrize(("data", "error"), [
    (b"", EmptyFileError), (bytes(range(256)) * 9, DamagedFileError), (b"zomaar tekst", DamagedFileError),
    (SEALED.encode(), EncryptedFileError), (PGP.encode(), EncryptedFileError), (WINMAIL.encode(), UnsupportedFileError),
])  # fmt: skip
@pytest.mark.parametrize("ending", [".eml", ".msg"])
def test_what_cannot_be_read_is_told(tmp_path: Path, data: bytes, error: type[FileError], ending: str) -> None:
    file = tmp_path / f"x{ending}"
    file.write_bytes(data)
    with pytest.raises(error if ending == ".eml" or not data else DamagedFileError):
        open_message(file)


def test_what_was_signed_is_read() -> None:
    signed = ('Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=a\n\n--a\nContent-Type: text/plain\n\nDe lamp.\n'
              '--a\nContent-Type: application/pkcs7-signature; name="smime.p7s"\n\nAAAA\n--a--\n')  # fmt: skip
    message = read(signed)
    assert ("De lamp.", (), frozenset()) == (message.text, message.attachments, message.unreadable)


def test_a_message_of_outlook_is_read_as_any_other() -> None:
    file = SimpleNamespace(attached_by_value=True, file_bytes=b"x", mime_type="image/png", file_name="foto.png")
    saved: Any = SimpleNamespace(
        message_headers={"Message-Id": "<m@x>", "Date": "Tue, 3 Nov 2026 10:00:00 +0100"}, sender="Sanne <s@mail.example>",
        subject="Klacht", sent_date=None, body="De lamp.\r\n", html_body="<p>De lamp.</p>", attachments=[file],
    )  # fmt: skip
    message = parse_message(as_mail(saved).as_bytes())
    assert ("s@mail.example", "De lamp.", "<m@x>") == (message.sender.address, message.text, message.message_id)
    assert ["foto.png"] == [each.name for each in message.attachments]


def test_an_answer_comes_after_what_it_answers(tmp_path: Path) -> None:
    later = save_mail(tmp_path / "a.eml", sent="Wed, 04 Nov 2026 09:00:00 +0100")
    sooner = save_mail(tmp_path / "b.eml", sent="Tue, 03 Nov 2026 09:00:00 +0100")
    form, broken = tmp_path / "form.xlsx", tmp_path / "0.eml"
    broken.write_bytes(b"")
    assert [form, sooner, later, broken] == in_order([broken, later, sooner, form])
