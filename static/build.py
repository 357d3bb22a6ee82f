"""Builds static/built from static/src and the npm packages: `make static` runs it.

Everything is made in memory first, so a mistake in a source leaves the last good build as it was. A file is
replaced only when its content changed, and in one step, so that a running server never serves half of one.
The manifest is written last: while it is missing or older than a source, the build is not done.
"""

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "static" / "src"
BUILT = ROOT / "static" / "built"
PACKAGES = ROOT / "node_modules"

FONTS = {
    "@fontsource/atkinson-hyperlegible-next": (
        "atkinson-hyperlegible-next-latin-400-normal",
        "atkinson-hyperlegible-next-latin-700-normal",
        "atkinson-hyperlegible-next-latin-ext-400-normal",
        "atkinson-hyperlegible-next-latin-ext-700-normal",
    ),
    "@fontsource/noto-naskh-arabic": (
        "noto-naskh-arabic-arabic-400-normal",
        "noto-naskh-arabic-arabic-700-normal",
    ),
    "@fontsource/noto-sans": (
        "noto-sans-cyrillic-400-normal",
        "noto-sans-cyrillic-700-normal",
    ),
    "@fontsource/noto-sans-bengali": (
        "noto-sans-bengali-bengali-400-normal",
        "noto-sans-bengali-bengali-700-normal",
    ),
    "@fontsource/noto-sans-gurmukhi": (
        "noto-sans-gurmukhi-gurmukhi-400-normal",
        "noto-sans-gurmukhi-gurmukhi-700-normal",
    ),
    "@fontsource/noto-nastaliq-urdu": (
        "noto-nastaliq-urdu-arabic-400-normal",
        "noto-nastaliq-urdu-arabic-700-normal",
    ),
}
SYMBOL_SET = "@iconify-json/fluent-emoji-flat"
COMPONENTS = "govuk-frontend"
SHIPPED = (COMPONENTS, SYMBOL_SET, *FONTS)

PLAIN_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MANIFEST = "manifest.json"


class CannotBuild(Exception):
    """Says in one sentence what is wrong and where."""


@dataclass(frozen=True)
class Symbol:
    """One line of symbols.txt: what we call a picture, and what its set calls it."""

    name: str
    icon: str


def read_symbols(text: str) -> tuple[Symbol, ...]:
    """Reads lines `our-name icon-name`; empty lines and lines that start with # are passed over.

    Raises CannotBuild for a line of another shape and for a name of ours given twice.
    """
    symbols: dict[str, Symbol] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        words = line.split()
        if len(words) != 2 or not all(PLAIN_NAME.fullmatch(word) for word in words):
            raise CannotBuild(f"symbols.txt line {number}: write 'our-name icon-name', not '{line.strip()}'.")
        if words[0] in symbols:
            raise CannotBuild(f"symbols.txt line {number}: '{words[0]}' already stands on an earlier line.")
        symbols[words[0]] = Symbol(words[0], words[1])
    return tuple(symbols.values())


def draw(symbol: Symbol, icons: Mapping[str, Any]) -> str:
    """Returns the SVG document of one icon of an Iconify set (`icons` is its icons.json).

    An alias takes its parent's drawing, mirrored where the set says so. Ids inside the drawing begin with our
    name, so that several symbols can stand in one page. Raises CannotBuild when the set has no such icon.
    """
    name, flipped_across, flipped_down = symbol.icon, False, False
    while name not in icons["icons"]:
        alias = icons.get("aliases", {}).get(name)
        if alias is None:
            raise CannotBuild(f"symbols.txt: '{symbol.name}': {SYMBOL_SET} has no icon '{symbol.icon}'.")
        if alias.get("rotate"):
            raise CannotBuild(f"symbols.txt: '{symbol.icon}' is a turned icon, which we cannot draw.")
        flipped_across ^= bool(alias.get("hFlip"))
        flipped_down ^= bool(alias.get("vFlip"))
        name = alias["parent"]
    icon = icons["icons"][name]
    width = icon.get("width", icons.get("width", 16))
    height = icon.get("height", icons.get("height", 16))
    left, top = icon.get("left", 0), icon.get("top", 0)
    body = icon["body"]
    for inner in sorted(set(re.findall(r'\bid="([^"]+)"', body))):
        own = f"{symbol.name}-{inner}"
        body = body.replace(f'id="{inner}"', f'id="{own}"')
        body = body.replace(f"url(#{inner})", f"url(#{own})").replace(f'href="#{inner}"', f'href="#{own}"')
    if flipped_across or flipped_down:
        move = f"{left * 2 + width if flipped_across else 0} {top * 2 + height if flipped_down else 0}"
        scale = f"{-1 if flipped_across else 1} {-1 if flipped_down else 1}"
        body = f'<g transform="translate({move}) scale({scale})">{body}</g>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {width} {height}">{body}</svg>\n'


def compile_style(entry: Path) -> bytes:
    """Returns the compressed CSS of one SCSS file. Raises CannotBuild with what sass said."""
    node = shutil.which("node")
    if node is None:
        raise CannotBuild("There is no node to run sass with: 'make install' brings one when needed.")
    sass = PACKAGES / "sass" / "sass.js"
    options = ["--style=compressed", "--no-source-map", "--quiet-deps", f"--load-path={PACKAGES}"]
    done = subprocess.run(  # noqa: S603 (a program and files of the checkout, nothing that anybody typed)
        [node, str(sass), *options, str(entry)], capture_output=True, check=False
    )
    said = done.stderr.decode("utf-8", "replace").strip()
    if done.returncode:
        raise CannotBuild(f"sass cannot read {entry.relative_to(ROOT)}:\n{said}")
    if said:
        print(said, file=sys.stderr)
    return done.stdout


def package_description(package: str) -> Mapping[str, Any]:
    described: Mapping[str, Any] = json.loads(package_file(package, "package.json"))
    return described


def package_file(package: str, path: str) -> bytes:
    found = PACKAGES / package / path
    if not found.is_file():
        raise CannotBuild(f"node_modules/{package}/{path} is missing: run 'npm ci', then try again.")
    return found.read_bytes()


def credit(package: str) -> dict[str, str]:
    """Returns who made a package that we ship a part of, and under which licence."""
    described = package_description(package)
    author = described.get("author", "")
    if package == SYMBOL_SET:  # its package.json names who packed the drawings, not who drew them
        author = json.loads(package_file(package, "info.json"))["author"]
    return {
        "package": package,
        "version": described["version"],
        "licence": described["license"],
        "author": author["name"] if isinstance(author, dict) else author,
        "homepage": described.get("homepage", ""),
    }


def styles() -> Iterator[tuple[str, bytes]]:
    for entry in sorted((SOURCE / "styles").glob("*.scss")):
        if not entry.name.startswith("_"):
            yield f"{entry.stem}.css", compile_style(entry)


def own_files() -> Iterator[tuple[str, bytes]]:
    for folder, pattern in (("scripts", "*.js"), ("pictures", "*.svg")):
        for path in sorted((SOURCE / folder).rglob(pattern)):
            yield path.relative_to(SOURCE).as_posix(), path.read_bytes()


def fonts() -> Iterator[tuple[str, bytes]]:
    for package, faces in FONTS.items():
        for face in faces:
            yield f"fonts/{face}.woff2", package_file(package, f"files/{face}.woff2")
        # The Open Font License asks that its text goes wherever the font goes.
        yield f"fonts/{PurePosixPath(package).name}.licence.txt", package_file(package, "LICENSE")


def print_fonts() -> Iterator[tuple[str, bytes]]:
    """The same faces for paper, where WOFF2 cannot be read. Each is a family of its own, named like its file, so
    that what is set in Latin letters and what in their extension can be told apart."""
    for package, faces in FONTS.items():
        for face in faces:
            font = TTFont(io.BytesIO(package_file(package, f"files/{face}.woff2")))
            font.flavor = None
            for name in (1, 16):
                font["name"].setName(re.sub(r"-\d+-normal$", "", face), name, 3, 1, 0x409)
            font.recalcTimestamp = False
            plain = io.BytesIO()
            font.save(plain)
            yield f"fonts-print/{face}.ttf", plain.getvalue()


def symbols() -> Iterator[tuple[str, bytes]]:
    wanted = SOURCE / "symbols.txt"
    if not wanted.is_file():
        raise CannotBuild(f"{wanted.relative_to(ROOT)} is missing: it lists the symbols that the pages use.")
    icons = json.loads(package_file(SYMBOL_SET, "icons.json"))
    for symbol in read_symbols(wanted.read_text(encoding="utf-8")):
        yield f"symbols/{symbol.name}.svg", draw(symbol, icons).encode()


def credits_page() -> Iterator[tuple[str, bytes]]:
    yield "credits.json", as_json([credit(package) for package in SHIPPED])


def as_json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def content_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:10]


def replace_file(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(path)


def publish(files: Mapping[str, bytes], folder: Path) -> None:
    """Makes `folder` hold exactly `files` (path within it to content) and, written last, their manifest."""
    for name, content in files.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            replace_file(path, content)
    manifest = as_json({name: content_hash(files[name]) for name in sorted(files)})
    for path in sorted(folder.rglob("*"), reverse=True):  # a folder after what is in it
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
        elif path.is_file() and path.relative_to(folder).as_posix() not in {*files, MANIFEST}:
            path.unlink()
    replace_file(folder / MANIFEST, manifest)


def main() -> int:
    files: dict[str, bytes] = {}
    try:
        for part in (styles, own_files, fonts, print_fonts, symbols, credits_page):
            files.update(part())
    except CannotBuild as problem:
        print(problem, file=sys.stderr)
        return 1
    publish(files, BUILT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
