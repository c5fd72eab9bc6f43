"""Hands messages to a mail server, and tells what a server that does not take them has said: never a password."""

from __future__ import annotations

import smtplib
import socket
import ssl
from base64 import b64encode
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType

from registerkit.errors import MailError
from registerkit.mail.setting import MailSetting

__all__ = ["MailServer", "Refused", "Unknown"]

_TAKEN = frozenset({250, 251})
"""What a server says when it takes something (RFC 5321, 4.2)."""
_WELCOME = 235
"""What it says to who may send (RFC 4954, 6)."""
_SECONDS = 30
"""How long a server may take to answer."""


class Refused(Exception):  # noqa: N818
    """The server does not take a message; `code` is the number that it said so with."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(str(code))


class Unknown(Exception):  # noqa: N818
    """The line was lost after a message was handed over: nobody knows whether the server has it."""


class MailServer:
    """A server that one is connected to within a `with` block; raises `MailError` when that cannot be done."""

    def __init__(self, setting: MailSetting) -> None:
        self._setting = setting
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> MailServer:
        secret = self._setting.secret() if self._setting.user else ""
        try:
            self._smtp = self._connected()
            if self._setting.user:
                _log_in(self._smtp, self._setting.user, secret)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            self._close()
            # What an error of a library holds may be the password, or what it was made into.
            raise MailError(
                self._setting.shown, reason=_reason(error), number=getattr(error, "smtp_code", "")
            ) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def send(self, to: Sequence[str], message: bytes) -> None:
        """Hand a message over; who alone of several is refused does not count.

        Raises `Refused` when nobody gets it, `Unknown` when it may have gone, and `MailError` when the line was lost
        before.
        """
        assert self._smtp is not None
        try:
            self._smtp.ehlo_or_helo_if_needed()
            self._accepted(self._smtp.mail(self._setting.sender))
            answers = [self._smtp.rcpt(address) for address in to]
            self._accepted(next((answer for answer in answers if answer[0] in _TAKEN), answers[0]))
        except (OSError, smtplib.SMTPException):
            raise MailError(self._setting.shown, reason="lost") from None
        try:
            self._accepted(self._smtp.data(message))
        except smtplib.SMTPDataError as error:
            raise Refused(error.smtp_code) from None
        except (OSError, smtplib.SMTPException):
            raise Unknown from None

    def _accepted(self, answer: tuple[int, bytes]) -> None:
        if answer[0] not in _TAKEN:
            assert self._smtp is not None
            with suppress(OSError, smtplib.SMTPException):
                self._smtp.rset()
            raise Refused(answer[0])

    def _connected(self) -> smtplib.SMTP:
        setting, context = self._setting, ssl.create_default_context()
        if setting.tls == "tls":
            return smtplib.SMTP_SSL(setting.host, setting.port, timeout=_SECONDS, context=context)
        smtp = smtplib.SMTP(setting.host, setting.port, timeout=_SECONDS)
        if setting.tls == "starttls":
            try:
                smtp.starttls(context=context)
            except BaseException:
                smtp.close()
                raise
        return smtp

    def _close(self) -> None:
        if self._smtp is None:
            return
        try:
            self._smtp.quit()
        except (OSError, smtplib.SMTPException):
            self._smtp.close()
        self._smtp = None


def _log_in(smtp: smtplib.SMTP, user: str, secret: str) -> None:
    if user.isascii() and secret.isascii():
        smtp.login(user, secret)
        return
    # The library knows plain letters only; this is what servers take others in (RFC 4616).
    smtp.ehlo_or_helo_if_needed()
    packed = f"\0{user}\0{secret}".encode()
    code, _ = smtp.docmd("AUTH", f"PLAIN {b64encode(packed).decode()}")
    if code != _WELCOME:
        raise smtplib.SMTPAuthenticationError(code, b"")


def _reason(error: Exception) -> str:
    """Return what went wrong, as the texts name it."""
    match error:
        case smtplib.SMTPAuthenticationError():
            return "password"
        case ssl.SSLCertVerificationError():
            return "certificate"
        case smtplib.SMTPNotSupportedError() | ssl.SSLError():
            return "no_tls"
        case socket.gaierror():
            return "no_host"
        case smtplib.SMTPResponseException():
            return "refused"
    return "unreachable"
