"""Take the pictures of docs/pictures of real reports of an example: in Chromium, on paper, in LibreOffice."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from office import converted

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs/pictures"
VISIT = "examples/agence/visites/nantes-graslin-2026-11-05.yaml"
STANDARD = "examples/agence/standard.yaml"
LARGEST = 150_000
"""Bytes of a picture: everybody who clones the repository pays for them."""
SCREENS = {
    "page": ("visit.en", "light", 1120, 1300),
    "dark": ("visit.fr", "dark", 1120, 1300),
    "phone": ("visit.fr", "light", 390, 1060),
    "handbook": ("handbook", "light", 1120, 1585),
}
"""File, theme, width and height, in CSS pixels."""


def main() -> None:
    """Make the reports, then a picture of each."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        outputs = [option for form in ("html", "pdf", "xlsx") for option in ("-o", str(folder / f"visit.{form}"))]
        line = [sys.executable, "-m", "servaudit", "score", VISIT, "--quiet", "--lang", "fr,en", *outputs]
        subprocess.run(line, check=True, cwd=ROOT)
        make = [sys.executable, "-m", "servaudit", "checklist", STANDARD, "--lang", "en"]
        subprocess.run([*make, "-o", folder / "sheet.pdf"], check=True, cwd=ROOT)
        subprocess.run([*make, "--audience", "staff", "-o", folder / "handbook.html"], check=True, cwd=ROOT)
        subprocess.run([*make, "--audience", "trainer", "-o", folder / "trainer.pdf"], check=True, cwd=ROOT)
        screens(folder)
        save("paper", printed(folder / "visit.fr.pdf", folder))
        save("sheet", printed(folder / "sheet.pdf", folder))
        save("roleplay", printed(folder / "trainer.pdf", folder, "Role-plays"))
        book = converted((folder / "visit.en.xlsx").read_bytes(), "pdf", folder)
        save("workbook", printed(book, folder))


def screens(folder: Path) -> None:
    """Take what a browser shows first."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, (file, theme, width, height) in SCREENS.items():
            page = browser.new_page(color_scheme=theme, viewport={"width": width, "height": height})  # type: ignore[arg-type] # one of the two
            page.goto((folder / f"{file}.html").as_uri())
            save(name, Image.open(io.BytesIO(page.screenshot())))
        browser.close()


def printed(document: Path, folder: Path, start: str = "") -> Image.Image:
    """Draw the first page of a PDF; with `start`, the first that has this line near its top."""
    target = folder / "page"
    text = subprocess.run(["pdftotext", document, "-"], check=True, capture_output=True, encoding="utf-8").stdout
    pages = text.split("\f")
    number = next(n for n, page in enumerate(pages, 1) if not start or f"\n{start}\n" in page[:200])
    one = ["-f", str(number), "-singlefile"]
    subprocess.run(["pdftoppm", "-r", "80", "-png", *one, document, target], check=True)
    return Image.open(target.with_suffix(".png"))


def save(name: str, picture: Image.Image) -> None:
    """Write a picture in few colours: the pages have no more."""
    file = io.BytesIO()
    picture.convert("RGB").quantize(256, kmeans=1, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    size = file.tell()
    if size > LARGEST:
        raise SystemExit(f"{name}: {size} bytes are too many")
    (FOLDER / f"{name}.png").write_bytes(file.getvalue())
    print(f"{name}: {picture.width} × {picture.height}, {size} bytes")  # noqa: T201 - a command's only output


if __name__ == "__main__":
    main()
