"""Whatever python-calamine cannot read ends in an error that says what to do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from python_calamine import CalamineError, PasswordError

from registerkit.errors import DamagedFileError, EncryptedFileError, FileError, LockedFileError
from registerkit.reading.calamine import calamine_faults

PanicException = type("PanicException", (BaseException,), {"__module__": "pyo3_runtime"})


@pytest.mark.parametrize(
    ("raised", "error"),
    [
        (PasswordError("x"), EncryptedFileError),
        (CalamineError("x"), DamagedFileError),
        (OSError("failed to fill whole buffer"), DamagedFileError),
        (PermissionError(13, "x"), LockedFileError),
        (PanicException("attempt to subtract with overflow\nmore"), DamagedFileError),
    ],
)
def test_what_is_raised_becomes_a_file_error(raised: BaseException, error: type[FileError]) -> None:
    with pytest.raises(error) as told, calamine_faults(Path("f.xlsx")):
        raise raised
    assert "\n" not in str(told.value.values.get("problem", ""))


@pytest.mark.parametrize("raised", [KeyboardInterrupt(), SystemExit(1)])
def test_who_stops_the_program_stops_it(raised: BaseException) -> None:
    with pytest.raises(type(raised)), calamine_faults(Path("f.xlsx")):
        raise raised


def test_what_is_written_past_python_stays_off_the_screen(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DamagedFileError), calamine_faults(Path("f.xlsx")):
        os.write(2, b"thread panicked")
        raise PanicException("attempt to subtract with overflow")
    os.write(2, b"after")
    assert capfd.readouterr().err == "after"
