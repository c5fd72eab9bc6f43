"""Whatever fails, nobody sees a program's own trace: it goes into a file for who has to mend it."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest

from registerkit.cli import main as shell


@pytest.mark.parametrize(
    "error", [ValueError("Jansen"), OSError(28, "No space left on device", "x.docx"), RecursionError()]
)
@pytest.mark.parametrize("as_json", [True, False])
def test_no_trace_reaches_the_screen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, error: Exception, as_json: bool
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(shell.cli, "main", fail)
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path))
    with pytest.raises(SystemExit) as ended:
        shell.main(["sync", *(["--json"] if as_json else [])])
    told = capsys.readouterr()
    assert ended.value.code == 3
    assert "Traceback" not in told.out + told.err
    assert "Jansen" not in told.out + told.err
    assert "Traceback" in (tmp_path / "registerkit-fout.txt").read_text(encoding="utf-8")
    if as_json:
        assert json.loads(told.out)["error"]["code"] == "unexpected"
    else:
        assert "registerkit-fout.txt" in told.err


def test_too_little_memory_is_told_with_what_helps(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(shell.cli, "main", fail)
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path))
    with pytest.raises(SystemExit) as ended:
        shell.main(["workbook", "--json"])
    told = json.loads(capsys.readouterr().out)["error"]
    assert ended.value.code == 3
    assert "[[sources]]" in told["fix"]
