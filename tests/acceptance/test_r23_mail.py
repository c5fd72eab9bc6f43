"""R23: reminders go out by the office's own mail server, each once; a server that fails loses nothing.

Numbered requirements:
1. over a protected line only, with the password from the environment, which is shown nowhere
2. each message once a day, also when a run was broken off
3. what the server does not take is told, and the drafts stay
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from mail_server import SECRET, USER, MailServer, certificate, running
from office import COMPLAINT, Office

FOLDER = "uitvoer/2026-W47/herinneringen"
ADDRESSES = {"jb@despaak.example", "ew@despaak.example", "sv@despaak.example"}


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("certificaat"))


@pytest.fixture(scope="module")
def late_once(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an office with a complaint that is late, so that handler, manager and coordinator hear of it."""
    root = tmp_path_factory.mktemp("post") / "klachten"
    shutil.copytree(made_once, root)
    office = Office(root)
    office.type(
        {
            **COMPLAINT,
            "Behandelaar": "Jeroen Bakker",
            "Ontvangen op": date(2026, 10, 12),
            "Bevestigd op": date(2026, 10, 13),
        }
    )
    assert office.run("sync").code == 0
    return root


@pytest.fixture(params=["starttls"])
def server(request: pytest.FixtureRequest, pem: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """Run a mail server whose certificate this computer trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    monkeypatch.setenv("POST_WACHTWOORD", SECRET)
    with running(request.param, pem) as found:
        found.tls = request.param  # type: ignore[attr-defined]
        yield found


@pytest.fixture
def late(late_once: Path, tmp_path: Path, server: MailServer) -> Office:
    """Give a copy of the office that sends by the server."""
    shutil.copytree(late_once, tmp_path / "klachten")
    office = Office(tmp_path / "klachten")
    configure(office, server.port, server.tls)  # type: ignore[attr-defined]
    return office


def configure(office: Office, port: int, tls: str = "starttls", **more: Any) -> None:
    """Put the server into register.toml, in the place of the one before."""
    told = {"host": "localhost", "port": port, "tls": tls, "user": USER, "password": "env:POST_WACHTWOORD", **more}
    lines = [
        f"{key} = {str(value).lower() if isinstance(value, bool | int) else repr(value)}"
        for key, value in told.items()
        if value is not None
    ]
    settings = office.root / "register.toml"
    before = settings.read_text(encoding="utf-8").partition("\n[mail]\n")[0]
    settings.write_text(before + "\n[mail]\n" + "\n".join(lines) + "\n", encoding="utf-8")


def nowhere(office: Office, *shown: str) -> bool:
    """Tell whether the password stands in no file of the office, and in nothing that was shown."""
    files = (path.read_bytes() for path in office.root.rglob("*") if path.is_file())
    return not any(SECRET.encode() in data for data in (*files, *(text.encode() for text in shown)))


@pytest.mark.parametrize("server", ["starttls", "tls"], indirect=True)
def test_each_goes_out_once_over_a_protected_line(late: Office, server: MailServer) -> None:
    """As the draft has it, but for what makes it one; a second run of the day sends nothing, the next day's does."""
    result = late.run("reminders", "--send")
    assert (0, 3, [], None) == (
        result.code,
        len(result.json["mails"]["sent"]),
        result.json["mails"]["unsent"],
        result.json["mails"]["error"],
    )
    assert (ADDRESSES, {USER}) == ({address for to in server.to for address in to}, set(server.logins))
    (message,) = [each for each in server.got if each["To"] == "jb@despaak.example"]
    assert "klachten@despaak.example" == message["From"]
    assert "Uw klachten: 1 te laat, 0 bijna te laat, en verder nog 1 te doen (20-11-2026)" == message["Subject"].strip()
    assert (None, True) == (message["X-Unsent"], message["Message-ID"].endswith("@despaak.example>"))
    assert "K-2026-0001" in message.get_body(("plain",)).get_content()
    assert "K-2026-0001" in message.get_body(("html",)).get_content()
    assert ["text/calendar"] == [part.get_content_type() for part in message.iter_attachments()]
    again = late.run("reminders", "--send")
    assert (0, [], {"before"}) == (
        again.code,
        again.json["mails"]["sent"],
        {u["reason"] for u in again.json["mails"]["unsent"]},
    )
    assert 3 == len(server.got)
    late.run("reminders", "--send", on=date(2026, 11, 23))
    assert (6, 6) == (len(server.got), len({each["Message-ID"] for each in server.got}))
    assert nowhere(late, result.text, again.text)


def test_a_trial_says_what_would_go_and_writes_nothing(late: Office, server: MailServer) -> None:
    said = late.say("reminders", "--send", "--dry-run")
    assert (0, [], False) == (said.code, server.logins, (late.root / FOLDER).exists())
    assert "Zou gaan naar jb@despaak.example" in said.text
    assert "Proef: te versturen: 3" in said.text


def test_a_password_of_any_letters_is_taken(late: Office, server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.secret = "gehéim wachtwoord €"
    monkeypatch.setenv("POST_WACHTWOORD", server.secret)
    assert 3 == len(late.run("reminders", "--send").json["mails"]["sent"])


def test_weekly_sends_only_where_the_office_wants_it(late: Office, server: MailServer) -> None:
    late.run("reminders")
    assert [] == server.got
    configure(late, server.port, send=True)
    result = late.run("weekly")
    assert 3 == len(result.json["reminders"]["mails"]["sent"]) == len(server.got)
    assert "Verstuurd: 3, niet verstuurd: 0." in (late.root / "register.log").read_text(encoding="utf-8")


def test_r09_the_signal_goes_out_the_moment_the_complaint_comes_in(late: Office, server: MailServer) -> None:
    """To all whom it concerns; the reminders of that day do not send it again. A server that fails is told."""
    configure(late, server.port, send=True)
    row = {**COMPLAINT, "Naam": "B. Bos", "Ernst": "zeer ernstig", "Behandelaar": "Jeroen Bakker"}
    late.type(row)
    assert ["K-2026-0002"] == late.run("sync").json["alerts"]
    assert [ADDRESSES] == [set(to) for to in server.to]
    assert "ZEER ERNSTIGE KLACHT K-2026-0002" == server.got[0]["Subject"]
    mails = late.run("reminders", "--send").json["mails"]
    assert ["before"] == [each["reason"] for each in mails["unsent"]]
    configure(late, 9, send=True)
    late.type({**row, "Naam": "C. Bos"})
    result = late.run("sync")
    (told,) = [f for f in result.json["findings"] if f["code"] == "alert_not_sent"]
    assert (1, "K-2026-0003") == (result.code, told["value"])
    assert "antwoordt niet" in told["message"]


def test_what_a_run_sent_that_broke_off_does_not_go_again(late: Office, server: MailServer) -> None:
    """It went, but was not noted: nobody can know, so it is told; the others go with the next run."""
    dies = "import os, registerkit.commands.send as s\n_note = s._Log.note\n"
    dies += (
        "def note(self, mail, state): os._exit(9) if state == s._SENT else _note(self, mail, state)\ns._Log.note = note"
    )
    assert 9 == late.process("reminders", "--send", script=dies).returncode
    assert 1 == len(server.got)
    result = late.run("reminders", "--send")
    assert (1, 2, ["unknown"]) == (
        result.code,
        len(result.json["mails"]["sent"]),
        [u["reason"] for u in result.json["mails"]["unsent"]],
    )
    assert ADDRESSES == {address for to in server.to for address in to}
    assert 3 == len(server.got)
    assert "NIET ZEKER" in late.say("reminders", "--send", "-q").text


def test_an_address_that_the_server_does_not_take_stops_no_other(late: Office, server: MailServer) -> None:
    """Once the address is right it goes; what went does not go again."""
    server.refused.add("jb@despaak.example")
    said = late.say("reminders", "--send")
    assert (1, 2) == (said.code, len(server.got))
    assert (
        "neemt uitvoer/2026-W47/herinneringen/herinnering Jeroen Bakker.eml niet aan voor jb@despaak.example (code 550)"
        in said.text
    )
    server.refused.clear()
    assert ["herinnering Jeroen Bakker.eml"] == [
        Path(m["file"]).name for m in late.run("reminders", "--send").json["mails"]["sent"]
    ]


def test_a_line_that_breaks_in_a_message_is_told(late: Office, server: MailServer) -> None:
    server.breaks = True
    result = late.run("reminders", "--send").json["mails"]
    assert ("mail.lost", ["unknown", "failed", "failed"]) == (
        result["error"]["code"],
        [u["reason"] for u in result["unsent"]],
    )
    server.breaks = False
    assert 2 == len(late.run("reminders", "--send").json["mails"]["sent"])


FAILING: list[tuple[str, dict[str, Any], str | None, str]] = [
    ("password", {}, "fout", "neemt de naam of het wachtwoord niet aan"),
    ("environment", {"password": "env:NIET_GEZET"}, None, "NIET_GEZET"),
    ("no_host", {"host": "bestaat-niet.invalid"}, None, "is niet te vinden"),
    ("unreachable", {"port": 9}, None, "antwoordt niet"),
    ("no_tls", {"tls": "tls"}, None, "geen beveiligde verbinding"),
    ("no_keyring", {"password": "keyring:registerkit"}, None, "sleutelbos"),
]


@pytest.mark.parametrize(("reason", "changes", "secret", "said"), FAILING, ids=[case[0] for case in FAILING])
def test_a_server_that_fails_is_told_in_plain_words_and_the_drafts_stay(
    late: Office,
    server: MailServer,
    monkeypatch: pytest.MonkeyPatch,
    reason: str,
    changes: dict[str, Any],
    secret: str | None,
    said: str,
) -> None:
    if reason == "no_keyring":
        monkeypatch.setitem(__import__("sys").modules, "keyring", None)
    if secret is not None:
        monkeypatch.setenv("POST_WACHTWOORD", secret)
    configure(late, **{"port": server.port, **changes})
    result = late.run("reminders", "--send")
    error = result.json["mails"]["error"]
    assert (1, f"mail.{reason}", []) == (result.code, error["code"], server.got)
    assert said in error["message"]
    assert 3 == len(list((late.root / FOLDER).glob("*.eml")))
    assert nowhere(late, result.text, late.say("reminders", "--send").text)


def test_a_server_that_this_computer_does_not_trust_gets_no_password(
    late: Office, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", os.devnull)
    assert "mail.certificate" == late.run("reminders", "--send").json["mails"]["error"]["code"]
    assert [] == server.logins


def test_without_a_server_sending_is_refused_before_anything_is_done(late: Office) -> None:
    """A password over an open line neither; within the computer it may."""
    settings = late.root / "register.toml"
    told = settings.read_text(encoding="utf-8")
    settings.write_text(told.partition("\n[mail]\n")[0], encoding="utf-8")
    assert (3, "mail.no_settings") == ((result := late.run("reminders", "--send")).code, result.json["error"]["code"])
    configure(late, 25, "none", host="smtp.voorbeeld.example")
    assert "mail.unsafe" == late.run("reminders", "--send").json["error"]["code"]
    assert not (late.root / FOLDER).exists()
