"""What `[mail]` in `register.toml` says: the server, and where the password is kept, which is read last."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Literal

from registerkit.errors import MailError
from registerkit.settings import Settings

__all__ = ["MailSetting", "mail_setting"]

Tls = Literal["starttls", "tls", "none"]
_PORTS: dict[Tls, int] = {"starttls": 587, "tls": 465, "none": 25}
_OWN = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class MailSetting:
    """The server that mail goes out by; `password` says where it is kept: `env:NAME` or `keyring:NAME`."""

    host: str
    port: int
    tls: Tls
    sender: str
    user: str | None = None
    password: str | None = None

    @property
    def shown(self) -> str:
        """The server as a message names it."""
        return f"{self.host}:{self.port}"

    @property
    def is_safe(self) -> bool:
        """Whether a password may go to it: over a protected line, or within this computer."""
        return self.tls != "none" or self.host in _OWN

    def secret(self) -> str:
        """Return the password; raises `MailError` when it is not where it should be."""
        kind, _, name = (self.password or "").partition(":")
        if kind == "env":
            if not (found := os.environ.get(name)):
                raise MailError(self.shown, reason="environment", name=name)
            return found
        try:
            import keyring  # type: ignore[import-not-found,unused-ignore]  # Only who keeps the password there has it.
        except ImportError:
            raise MailError(self.shown, reason="no_keyring") from None
        try:
            kept = keyring.get_password(name, self.user or "")
        except Exception:  # Each system fails in a way of its own.
            kept = None
        if not kept:
            raise MailError(self.shown, reason="not_in_keyring", name=name, user=self.user)
        return str(kept)


def mail_setting(settings: Settings) -> MailSetting:
    """Return the server; raises `MailError` when none is set, or not all that sending takes."""
    told = settings.mail
    if not told.get("host"):
        raise MailError(reason="no_settings")
    sender = told.get("from") or settings.organisation.get("email")
    tls: Tls = told.get("tls", "starttls")
    found = MailSetting(
        told["host"], told.get("port", _PORTS[tls]), tls, sender or "", told.get("user") or None, told.get("password")
    )
    if not sender:
        raise MailError(found.shown, reason="no_sender")
    if found.user and not found.is_safe:
        raise MailError(found.shown, reason="unsafe")
    return found
