"""Who waits at a terminal sees what a long command is at; nobody else does, and nothing of it stays."""

from __future__ import annotations

import io
import sys

import pytest

from registerkit.cli.progress import Progress
from registerkit.texts import load_texts


class Screen(io.StringIO):
    """A stream that says whether it is a terminal."""

    def __init__(self, *, is_terminal: bool) -> None:
        super().__init__()
        self.is_terminal = is_terminal

    def isatty(self) -> bool:
        return self.is_terminal


def shown(monkeypatch: pytest.MonkeyPatch, *, is_terminal: bool = True, silent: bool = False) -> str:
    screen = Screen(is_terminal=is_terminal)
    monkeypatch.setattr(sys, "stderr", screen)
    progress = Progress(load_texts("nl"), silent=silent)
    progress("read", file="oud.xlsx")
    progress("rows", n=30000)
    progress("read", file="x" * 200)
    progress.clear()
    progress.clear()
    return screen.getvalue()


def test_each_step_takes_the_place_of_the_one_before_and_the_last_is_taken_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, *lines = shown(monkeypatch).split("\r")
    assert first == ""
    assert [line.strip()[:27] for line in lines] == [
        "oud.xlsx wordt gelezen …",
        "30000 rijen worden verwerkt",
        "x" * 27,
        "",
        "",
    ]
    assert {len(line) for line in lines[:-1]} == {78}


@pytest.mark.parametrize(("is_terminal", "silent"), [(False, False), (True, True)])
def test_without_a_terminal_and_when_asked_to_be_silent_there_is_nothing(
    monkeypatch: pytest.MonkeyPatch, is_terminal: bool, silent: bool
) -> None:
    assert shown(monkeypatch, is_terminal=is_terminal, silent=silent) == ""


def test_without_any_screen_the_work_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    progress = Progress(load_texts("nl"), silent=False)
    progress("store")
    progress.clear()
