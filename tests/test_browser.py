"""The browser that looks at our pages sees what is wrong with one, and what it asks of another address."""

from __future__ import annotations

from pathlib import Path
from typing import Any

_PAGE = """<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Proef</title></head>
<body><main><h1>Proef</h1>{body}</main></body></html>"""


def page(folder: Path, body: str) -> Path:
    file = folder / "proef.html"
    file.write_text(_PAGE.format(body=body), encoding="utf-8")
    return file


def test_it_finds_what_is_wrong_and_where(browser: Any, tmp_path: Path) -> None:
    browser.open(page(tmp_path, "<p style='color:#999'>Bleek</p><p><input id='naam'></p>"))
    found = browser.faults()
    assert ["color-contrast", "label"] == sorted(line.split()[0] for line in found)
    assert "at #naam:" in found[0] + found[1]
    browser.open(page(tmp_path, "<p>Goed</p>"))
    assert [] == browser.faults()
    assert ([], []) == (browser.asked_elsewhere(), browser.errors())


def test_it_tells_what_a_page_asks_of_another_address(browser: Any, tmp_path: Path) -> None:
    browser.open(page(tmp_path, "<img alt='' src='https://voorbeeld.example/telt.png'>"))
    assert ["https://voorbeeld.example/telt.png"] == browser.asked_elsewhere()


def test_it_saves_takes_pictures_and_prints(browser: Any, tmp_path: Path) -> None:
    link = "<a id='x' download='proef.txt' href='data:text/plain,ja'>bewaar</a><div style='height:2000px'></div>"
    browser.open(page(tmp_path, link))
    browser.run("document.getElementById('x').click()")
    assert "ja" == browser.downloaded().read_text(encoding="utf-8")
    browser.size(320, 640)
    assert 320 == browser.run("return window.innerWidth")
    window, whole = (browser.screenshot(tmp_path / f"{n}.png", whole=bool(n)).read_bytes() for n in (0, 1))
    assert int.from_bytes(window[20:24]) == 640 < int.from_bytes(whole[20:24])
    assert browser.print(tmp_path / "proef.pdf").read_bytes().startswith(b"%PDF")
