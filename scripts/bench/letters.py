"""Measures filling in letters beside a docxtpl loop: `python3 scripts/bench/letters.py --rows 1000`.

Both sides make a letter of the same template and the same context for each of so many complaints, in a process of
their own, `--repeat` times; the least CPU time counts. Reading and compiling the template is part of it, loading the
libraries is not. `docxtpl` opens the template, fills it in and saves it, as its manual has it. `letters` is what the
command of that name does, without its checks and its files. That both give the same canonical XML is held by the
tests; here the last letter is compared.
"""

from __future__ import annotations

import io
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import canonicalize

from _measure import Figures, measured, options_for, run_side, shown
from _project import ON, make_project, project_of
from docxtpl import DocxTemplate

from registerkit import Project
from registerkit.letters import DueLetter, PreparedTemplate, letter_context
from registerkit.resources import resource_folder

_GOAL = 40
"""How many times faster than docxtpl it has to be at least."""
_KINDS = {"ontvangstbevestiging": "acknowledgement", "afsluiting-gegrond": "outcome_founded"}
"""Templates, a short and a long one, in turns; each side reads both."""


def main() -> int:
    """Make the project, run both sides and print how they compare, or run the one side that is asked for."""
    parser = options_for(__doc__, SIDES)
    parser.set_defaults(rows=1000)
    options = parser.parse_args()
    if options.side == "make":
        measured(lambda: make_project(options.project, options.rows))
        return 0
    if options.side:
        return _run(SIDES[options.side], options.project, options.project.parent / f"{options.side}.docx")
    with tempfile.TemporaryDirectory() as folder:
        root = project_of(Path(__file__), options.rows, options.keep or Path(folder))
        figures = {side: _least(side, root, options.repeat) for side in SIDES}
        same = _parts(root.parent / "docxtpl.docx") == _parts(root.parent / "letters.docx")
    print(f"\n{options.rows:,} letters; CPU seconds and peak memory of each side")
    for side, told in figures.items():
        print(shown(side, told))
    ratio = figures["docxtpl"].cpu / figures["letters"].cpu
    print(f"\n  letters: {ratio:.1f} x faster than docxtpl   goal: at least {_GOAL} x")
    print(f"  the last letter is the same as canonical XML: {'yes' if same else 'NO'}")
    return 0 if same else 1


def _least(side: str, root: Path, repeat: int) -> Figures:
    runs = []
    for _ in range(repeat):
        runs.append(run_side(Path(__file__), side, root))
        print(f"  {side}: {runs[-1].cpu:.2f} s", flush=True)
    return min(runs, key=lambda run: run.cpu)


def _run(fill: Callable[[Path, dict[str, Any]], bytes], root: Path, last: Path) -> int:
    contexts = list(_contexts(root))
    made = [b""]

    def work() -> None:
        for template, context in contexts:
            made[0] = fill(template, context)

    measured(work)
    last.write_bytes(made[0])
    return 0


def _contexts(root: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    folder = resource_folder("letters") / "nl"
    with Project.open(root, on=ON) as project:
        register = project.session.register()
        for n, number in enumerate(register.complaints):
            name = list(_KINDS)[n % len(_KINDS)]
            yield folder / f"{name}.docx", letter_context(register, DueLetter(number, 1, _KINDS[name], ""))


def _docxtpl(template: Path, context: dict[str, Any]) -> bytes:
    document, buffer = DocxTemplate(str(template)), io.BytesIO()
    document.render(context, autoescape=True)
    document.save(buffer)
    return buffer.getvalue()


def _letters(prepared: dict[Path, PreparedTemplate], template: Path, context: dict[str, Any]) -> bytes:
    if template not in prepared:
        prepared[template] = PreparedTemplate(template)
    return prepared[template].render(context)


def _parts(letter: Path) -> dict[str, str]:
    with zipfile.ZipFile(letter) as archive:
        return {name: canonicalize(archive.read(name).decode()) for name in archive.namelist()}


SIDES: dict[str, Callable[[Path, dict[str, Any]], bytes]] = {"docxtpl": _docxtpl, "letters": partial(_letters, {})}


if __name__ == "__main__":
    sys.exit(main())
