"""One headless Chromium for all tests of a process: opens pages from files, and says what axe-core finds wrong.

Nothing of it reaches the network; whatever a page asks of another address is told by `asked_elsewhere`.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

__all__ = ["Browser", "find_axe", "find_programs"]

_AXE = Path("axe-core/axe.min.js")
_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
"""The criteria of WCAG 2.0 through 2.2 at the levels A and AA, and what axe-core advises beside them."""
_RUN_AXE = """
const [tags, done] = arguments;
const options = {runOnly: {type: "tag", values: tags}, rules: {"target-size": {enabled: true}}, resultTypes: ["violations"]};
axe.run(document, options).then(found => done({found: found.violations}), error => done({error: String(error)}));
"""
_OPTIONS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--force-device-scale-factor=1", "--lang=nl",
)  # fmt: skip
_DESKTOP = (1366, 768)
_PATIENCE = 20
_OWN = ("file:", "data:", "blob:", "about:", "chrome:")


def find_programs() -> tuple[str, str] | None:
    """Give Chromium (or Chrome) and the driver that belongs to it, or None when either is missing."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    browser = next((found for name in names if (found := shutil.which(name))), None)
    driver = shutil.which("chromedriver")
    return (browser, driver) if browser and driver else None


def find_axe() -> Path | None:
    """Give axe-core's script, from the node_modules of REGISTERKIT_AXE_CORE or of the project."""
    folders = [os.environ.get("REGISTERKIT_AXE_CORE"), Path(__file__).parents[2] / "node_modules"]
    return next((at for folder in folders if folder and (at := Path(folder) / _AXE).is_file()), None)


class Browser:
    """A running Chromium; `driver` is Selenium's, for whatever a test wants beside what stands here."""

    def __init__(self, folder: Path) -> None:
        """Start it; `folder` takes its profile and what it downloads."""
        from selenium import webdriver

        programs = find_programs()
        assert programs is not None, "Chromium and its driver (Debian: chromium, chromium-driver) are missing"
        self.downloads = folder / "downloads"
        self.downloads.mkdir(parents=True, exist_ok=True)
        options = webdriver.ChromeOptions()
        options.binary_location, driver = programs
        for option in (*_OPTIONS, f"--user-data-dir={folder / 'profile'}"):
            options.add_argument(option)
        options.add_experimental_option("prefs", {"download.default_directory": str(self.downloads)})
        options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
        service = webdriver.ChromeService(executable_path=driver, log_output=subprocess.DEVNULL)
        self.driver = webdriver.Chrome(options=options, service=service)

    def open(self, page: Path, size: tuple[int, int] = _DESKTOP) -> None:
        """Open a page from a file, in a window of a size; what went before is forgotten, its downloads too."""
        self.size(*size)
        for file in self.downloads.iterdir():
            file.unlink()
        for log in ("performance", "browser"):
            self.driver.get_log(log)
        self.driver.get(page.resolve().as_uri())

    def run(self, script: str, *given: object) -> Any:
        """Run a script in the page; gives what it returns."""
        return self.driver.execute_script(script, *given)

    def size(self, width: int, height: int) -> None:
        """Give the page a window of so many CSS pixels, as small as that of a telephone."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def faults(self) -> list[str]:
        """Give what axe-core finds wrong with the page as it stands, one line for each place; empty when nothing."""
        axe = find_axe()
        assert axe is not None, "axe-core (npm) is missing"
        if not self.run("return Boolean(window.axe)"):
            self.run(axe.read_text(encoding="utf-8") + ";window.axe = axe;")
        told = self.driver.execute_async_script(_RUN_AXE, _TAGS)
        assert "error" not in told, told["error"]
        return [_line(fault, place) for fault in told["found"] for place in fault["nodes"]]

    def asked_elsewhere(self) -> list[str]:
        """Give what the page asked for since it was opened that is no file, nor made by itself."""
        told = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        asked = [one["params"]["request"]["url"] for one in told if one["method"] == "Network.requestWillBeSent"]
        return [url for url in asked if not url.startswith(_OWN)]

    def errors(self) -> list[str]:
        """Give what the page's scripts said went wrong since it was opened."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]

    def downloaded(self) -> Path:
        """Give the file that the page saved, once it is whole."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            there = [f for f in self.downloads.iterdir() if f.suffix not in (".crdownload", ".tmp")]
            if len(there) == 1 and not there[0].name.startswith("."):  # While it is written it has another name.
                return there[0]
            time.sleep(0.05)
        raise AssertionError("the page saved no file")

    def screenshot(self, target: Path, *, whole: bool = False) -> Path:
        """Keep a picture of the window as .png, or of the `whole` page, however long it is."""
        wanted = {"format": "png", "captureBeyondViewport": whole}
        if whole:
            size = self.driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
            wanted["clip"] = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        target.write_bytes(base64.b64decode(self.driver.execute_cdp_cmd("Page.captureScreenshot", wanted)["data"]))
        return target

    def print(self, target: Path) -> Path:
        """Print the page to a PDF file on A4."""
        wanted = {"paperWidth": 8.27, "paperHeight": 11.69, "preferCSSPageSize": True, "printBackground": False}
        target.write_bytes(base64.b64decode(self.driver.execute_cdp_cmd("Page.printToPDF", wanted)["data"]))
        return target

    def close(self) -> None:
        """End it."""
        self.driver.quit()


def _line(fault: dict[str, Any], place: dict[str, Any]) -> str:
    """Say what is wrong, where, and what axe-core says to do."""
    where = " ".join(str(part) for part in place["target"])
    what = " ".join(str(place.get("failureSummary", "")).split())
    return f"{fault['id']} ({fault['impact']}) at {where}: {fault['help']}. {what}"
