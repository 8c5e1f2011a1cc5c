"""The ground everything stands on: the set-up, the locks, the files, the binding to Qt."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from PySide6.QtGui import QPen

PROJECT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-test.lock")
ROOMS = ("ilp_desk", "ui", "db", "printing", "resources")

# Written with a one-letter class each, so that this file does not hold what it looks for.
REGISTRY = re.compile(
    r"\b(py[p]i\.org|pythonhoste[d]\.org|pyp[i]\.python\.org|npmj[s]\.(org|com)|regist[r]y\.[a-z0-9-]+\.[a-z]+|"
    r"(deb|security)\.debia[n]\.org|(archive|ports|security)\.ubunt[u]\.com|anacond[a]\.org|ghc[r]\.io|docke[r]\.io|"
    r"qua[y]\.io|crate[s]\.io|download\.q[t]\.io|githubuserconten[t]\.com|proxy\.golan[g]\.org)|"
    r"//[^\s\"']+\.(wh[l]|tar\.g[z]|ta[r]\.xz|de[b])\b"
)
MACHINE = re.compile(r"(?<![\w.~-])/(wor[k]|roo[t]|tm[p]/contract|home/[a-z]\w+)/|\b[A-Z]:\\User[s]\\")
CHATTER = re.compile(
    r"\b(sub-?agen[t]s?|LL[M]s?|language mode[l]s?|(AI|coding) (agen[t]|assistan[t])s?|cha[t]bot)\b", re.I
)


def tracked_texts() -> list[tuple[str, str]]:
    """(path, text) of every text file that is part of the project."""
    command = ["git", "-c", f"safe.directory={PROJECT}", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    texts = []
    for path in filter(None, listed.split("\0")):
        try:
            texts.append((path, (PROJECT / path).read_text("utf-8")))
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue  # a picture, or a file just being removed
    return texts


def found(pattern: re.Pattern[str], *, leave: tuple[str, ...] = ()) -> list[str]:
    return [
        f"{path}:{number}: {match.group()}"
        for path, text in tracked_texts()
        if path not in leave
        for number, line in enumerate(text.splitlines(), 1)
        for match in pattern.finditer(line)
    ]


def pins(lock: str) -> dict[str, str]:
    """Package name to version of every line of a lock file."""
    text = (PROJECT / lock).read_text("utf-8")
    return {canonicalize_name(n): v for n, v in re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", text, re.M)}


def project() -> dict[str, dict[str, object]]:
    return tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))


def test_none_is_not_lost() -> None:
    """A bad pair of Python and PySide6 loses one reference to None at every call and then dies."""
    room = [None] * 100_000  # here the bad pair fails instead of dying
    pen = QPen()
    before = sys.getrefcount(None)
    for _ in range(1000):
        pen.setWidth(2)
    assert before - sys.getrefcount(None) < 100
    assert len(room) == 100_000


def test_the_files_are_looked_at() -> None:
    assert "setup.sh" in dict(tracked_texts())


def test_no_file_names_a_registry_or_a_download() -> None:
    assert found(REGISTRY) == []


@pytest.mark.parametrize("line", ["see https://py" + "pi.org/simple", "https://x.example/a-1.0.wh" + "l"])
def test_a_registry_would_be_found(line: str) -> None:
    assert REGISTRY.search(line)


def test_no_file_names_a_folder_of_one_machine() -> None:
    assert found(MACHINE, leave=LOCKS) == []


def test_files_speak_of_the_project_only() -> None:
    assert found(CHATTER) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_versions_and_hashes_and_no_address(lock: str) -> None:
    text = (PROJECT / lock).read_text("utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    assert len(entries) > 10
    for entry in entries:
        first, *hashes = [line.strip().removesuffix("\\").strip() for line in entry.splitlines()]
        assert re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; .+)?", first), first
        assert hashes, first
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", line) for line in hashes), first


def test_the_locks_hold_what_the_project_asks_for() -> None:
    described = project()
    for asked, lock in (
        (described["project"]["dependencies"], LOCKS[0]),
        (described["dependency-groups"]["test"], LOCKS[1]),
    ):
        assert isinstance(asked, list)
        held = pins(lock)
        wanted = dict(str(item).split("==") for item in asked)
        assert {canonicalize_name(name): version for name, version in wanted.items()}.items() <= held.items()


def test_both_locks_agree() -> None:
    run, test = (pins(lock) for lock in LOCKS)
    assert {name: run[name] for name in run.keys() & test.keys()} == {
        name: test[name] for name in run.keys() & test.keys()
    }


@pytest.mark.parametrize("file", ["setup.sh", "setup.cmd", "Makefile", "run.cmd", "test.cmd", ".ci/run"])
def test_set_up_leaves_the_source_of_packages_to_pip(file: str) -> None:
    text = (PROJECT / file).read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"--(extra-)?index|--find-links|--no-index|--trusted|--proxy|--isolated", text)


def test_ci_calls_make_test() -> None:
    assert (PROJECT / ".ci/run").read_text("utf-8").splitlines()[-1] == "exec make test"


def test_the_three_pythons_and_no_other() -> None:
    asked = SpecifierSet(str(project()["project"]["requires-python"]))
    tried = ["3.10", "3.11", "3.12", "3.13", "3.14"]
    assert [version for version in tried if version in asked] == ["3.11", "3.12", "3.13"]
    assert "(3, 11) <= sys.version_info[:2] <= (3, 13)" in (PROJECT / "setup.sh").read_text("utf-8")


needs_sh = pytest.mark.skipif(sys.platform == "win32", reason="setup.cmd is the twin there")


@needs_sh
def test_setup_is_a_posix_script() -> None:
    subprocess.run(["sh", "-n", "setup.sh"], cwd=PROJECT, check=True)


def a_machine(folder: Path, **commands: str) -> dict[str, str]:
    """An environment whose PATH holds the few tools set-up needs and the given shell scripts."""
    tools = folder / "bin"
    tools.mkdir()
    for name in ("sh", "cat", "cksum", "dirname", "head", "readlink", "sed", "sort", "uname", "env", "id"):
        path = shutil.which(name)
        assert path, name
        (tools / name).symlink_to(path)
    for name, body in commands.items():
        script = tools / name.replace("_", "-")
        script.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
        script.chmod(0o755)
    for file in ("setup.sh", *LOCKS):
        shutil.copy(PROJECT / file, folder / file)
    return {"PATH": str(tools), "HOME": str(folder)}


def set_up(folder: Path, environment: dict[str, str], word: str = "run") -> subprocess.CompletedProcess[str]:
    command = ["sh", "setup.sh", word]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@needs_sh
@pytest.mark.parametrize(
    ("commands", "words"),
    [
        ({}, "found: none."),
        ({"python3": '[ "$1" = --version ] && echo Python 3.9.2'}, "found: Python 3.9.2."),
    ],
)
def test_set_up_refuses_other_pythons_in_words(tmp_path: Path, commands: dict[str, str], words: str) -> None:
    done = set_up(tmp_path, a_machine(tmp_path, **commands))
    assert done.returncode != 0
    assert done.stderr == f"set-up: needs Python 3.11, 3.12 or 3.13 on the PATH; {words}\n"


PYTHON_WITHOUT_VENV = 'case "$2" in *sys.exit*) ;; *print*) echo 3.12 ;; *) exit 1 ;; esac'


@needs_sh
def test_without_rights_set_up_prints_the_one_line_to_run(tmp_path: Path) -> None:
    machine = a_machine(
        tmp_path,
        python3=PYTHON_WITHOUT_VENV,
        id="echo 1000",
        sudo="exit 1",
        apt_get="exit 1",
        apt_cache='case "$2" in libglib2.0-0t64|python3.12-venv) ;; *) exit 1 ;; esac',
    )
    done = set_up(tmp_path, machine, "test")
    assert done.returncode != 0
    line = done.stderr.splitlines()[-1].split()
    assert line[:5] == ["sudo", "apt-get", "install", "-y", "--no-install-recommends"]
    assert {"python3.12-venv", "libglib2.0-0t64", "libcups2", "libxcb-cursor0", "xvfb", "xauth"} <= set(line)
    assert "libglib2.0-0" not in line


@needs_sh
def test_as_root_set_up_installs_quietly_and_waits_for_the_lock(tmp_path: Path) -> None:
    machine = a_machine(
        tmp_path,
        python3=PYTHON_WITHOUT_VENV,
        id="echo 0",
        apt_get=f'echo "$DEBIAN_FRONTEND $*" >>"{tmp_path}/calls"',
        apt_cache="exit 0",
    )
    set_up(tmp_path, machine)
    update, install, *more = (tmp_path / "calls").read_text("utf-8").splitlines()
    assert more == []
    assert update == "noninteractive -q -o DPkg::Lock::Timeout=600 update"
    assert install.startswith(
        "noninteractive -q -o DPkg::Lock::Timeout=600 install -y --no-install-recommends python3.12-venv "
    )
    assert "xvfb" not in install


@needs_sh
def test_a_made_environment_is_left_alone(tmp_path: Path) -> None:
    """With the stamp in place nothing is called but what reads it; another lock asks for the work again."""
    machine = a_machine(tmp_path)
    environment = tmp_path / ".venv/bin"
    environment.mkdir(parents=True)
    (environment / "python").symlink_to(sys.executable)
    key = subprocess.run(
        ["sh", "-c", "cat setup.sh requirements.lock | cksum; readlink -f .venv/bin/python; pwd -P"],
        cwd=tmp_path,
        env=machine,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    (tmp_path / ".venv/.ready-run").write_text(key, "utf-8")
    done = set_up(tmp_path, machine)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    with (tmp_path / "requirements.lock").open("a", encoding="utf-8") as lock:
        lock.write("\n")
    (environment / "python").unlink()
    assert "needs Python" in set_up(tmp_path, machine).stderr


def test_the_wheel_holds_the_five_rooms_and_the_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=PROJECT, capture_output=True, check=True)
    [wheel] = tmp_path.glob("ilp_desk-*.whl")
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
        [entries] = [name for name in names if name.endswith("entry_points.txt")]
        assert "ilp-desk = ilp_desk.__main__:main" in packed.read(entries).decode()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == set(ROOMS)
    here = {str(p.relative_to(PROJECT)) for p in (PROJECT / "resources").rglob("*.svg")}
    assert here <= set(names)


def test_every_local_link_of_the_readme_leads_somewhere() -> None:
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    assert links
    assert [link for link in links if not (PROJECT / link).exists()] == []
