"""Where the files of the look lie."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path


def folder_of(package: str) -> Path:
    """The folder of a package without running it: importing costs milliseconds that the first window has to wait."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"package {package} is not installed", name=package)
    return Path(next(iter(spec.submodule_search_locations)))


ICON_FOLDER = folder_of("resources") / "icons"
FONT_FOLDER = folder_of("font_source_sans_pro") / "files"
