"""Turns what python-calamine raises into the errors that say what to do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from registerkit.errors import DamagedFileError, EncryptedFileError
from registerkit.files import system_error

__all__ = ["calamine_faults"]

_PANIC = "PanicException"
"""A fault inside calamine itself (pyo3_runtime); it derives from `BaseException`, and its class cannot be imported."""


@contextmanager
def calamine_faults(path: Path) -> Iterator[None]:
    """Raise one of the file errors for whatever calamine cannot read: encrypted, locked or damaged."""
    from python_calamine import CalamineError, PasswordError  # Loaded only when a file is read.

    try:
        with _no_word_of_its_own():
            yield
    except PasswordError:
        raise EncryptedFileError(path) from None
    except PermissionError as error:
        raise system_error(error, path) from None
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise DamagedFileError(path, problem=str(error)) from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise DamagedFileError(path, problem=str(error).partition("\n")[0]) from None


@contextmanager
def _no_word_of_its_own() -> Iterator[None]:
    """Keep off the screen what calamine writes there itself when it fails, past Python: a trace that helps nobody."""
    try:
        screen, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    except OSError:  # A program without a window has no screen to keep it off.
        yield
        return
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(screen, 2)
        os.close(screen)
        os.close(nowhere)
