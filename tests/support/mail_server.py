"""A real mail server on this computer, with a certificate of its own, that keeps what it gets."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

__all__ = ["SECRET", "USER", "MailServer", "certificate", "running"]

USER, SECRET = "klachten", "geheim-wachtwoord"


@dataclass
class MailServer:
    """What a server got, and how it answers."""

    port: int = 0
    got: list[EmailMessage] = field(default_factory=list)
    to: list[list[str]] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    """Addresses that it does not take."""
    secret: str = SECRET
    breaks: bool = False
    """Whether it goes away in the middle of a message, without a word."""

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:  # noqa: ARG002, N802
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802
        self.got.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        self.to.append(list(envelope.rcpt_tos))
        if self.breaks:
            server.transport.abort()
        return "250 OK"

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:  # noqa: ARG002
        assert isinstance(data, LoginPassword)
        self.logins.append(data.login.decode())
        right = (data.login.decode(), data.password.decode()) == (USER, self.secret)
        return AuthResult(success=right, handled=right)


def certificate(folder: Path) -> Path:
    """Make a certificate of this computer with its key, both in one file."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    now = datetime.now(UTC)
    built = x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=2))
    made = built.add_extension(names, False).add_extension(x509.BasicConstraints(True, None), True)
    pem = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    plain = serialization.NoEncryption()
    pem += key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "server.pem").write_bytes(pem)
    return folder / "server.pem"


@contextmanager
def running(tls: str, pem: Path) -> Iterator[MailServer]:
    """Run a server that speaks as `tls` says: `starttls`, `tls` or `none`."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(pem)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = MailServer(port=free.getsockname()[1])
    given: dict[str, Any] = {"authenticator": server.authenticate, "auth_required": tls != "none"}
    if tls == "starttls":
        given |= {"tls_context": context, "require_starttls": True}
    elif tls == "tls":
        # The line is protected from the start, which the server does not count.
        given |= {"ssl_context": context, "auth_require_tls": False, "auth_required": False}
    controller = Controller(server, hostname="127.0.0.1", port=server.port, **given)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
