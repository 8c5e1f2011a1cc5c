"""What this machine knows is kept, survives a crash and a damaged file, and never stops the program."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import platformdirs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilp_desk.errors import InvalidInput, UserError
from ilp_desk.settings import DATA_VARIABLE, Calling, Settings, ThermalPrinter, load, save, write_atomically

FULL = Settings(
    data=Path("/srv/data desk").absolute(),
    desk='Loket "2" \\ ibu',
    room="Ruang 2",
    a4="HP LaserJet #1 = baik",
    thermal=ThermalPrinter("tcp", "192.0.2.7:9100", 58),
    second_screen="HDMI-1",
    text_scale=125,
    calling=Calling(voice=False, volume=55, times=2),
)


def test_a_machine_that_was_never_set_up_has_sensible_settings(tmp_path: Path) -> None:
    machine = load(tmp_path, {})
    assert machine.settings == Settings()
    assert (machine.settings.desk, machine.settings.thermal.width, machine.settings.text_scale) == ("Loket 1", 80, 100)
    assert machine.warning == ""
    assert list(tmp_path.iterdir()) == []


def test_what_is_saved_is_found_again(tmp_path: Path) -> None:
    machine = load(tmp_path, {})
    save(FULL, machine.file)
    again = load(tmp_path, {})
    assert again.settings == FULL
    assert again.warning == ""


printable = st.text(max_size=200).filter(str.isprintable)


@given(printable, printable, printable)
def test_any_name_that_can_be_shown_is_kept(
    tmp_path_factory: pytest.TempPathFactory, desk: str, room_name: str, address: str
) -> None:
    folder = tmp_path_factory.mktemp("settings")
    wanted = replace(FULL, desk=desk.strip() or "x", room=room_name, thermal=ThermalPrinter("cups", address, 80))
    save(wanted, folder / "settings.toml")
    assert load(folder, {}).settings == wanted


def test_the_folder_given_wins_then_the_environment_then_the_file_then_the_usual_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platformdirs, "user_config_dir", lambda *_, **__: str(tmp_path / "config"))
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda *_, **__: str(tmp_path / "usual"))
    assert load(environ={}).data == tmp_path / "usual"
    save(replace(FULL, data=tmp_path / "chosen"), load(environ={}).file)
    assert load(environ={}).data == tmp_path / "chosen"
    environ = {DATA_VARIABLE: str(tmp_path / "trial")}
    assert load(environ=environ).data == tmp_path / "trial"
    assert load(tmp_path / "given", environ).data == tmp_path / "given"
    assert load(environ={DATA_VARIABLE: ""}).data == tmp_path / "chosen"


def test_a_trial_never_changes_the_real_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platformdirs, "user_config_dir", lambda *_, **__: str(tmp_path / "config"))
    save(FULL, load(environ={}).file)
    trial = load(tmp_path / "trial", {})
    assert trial.settings == Settings()
    save(replace(FULL, desk="Coba"), trial.file)
    assert load(environ={}).settings.desk == FULL.desk


def test_places_follow_from_the_data_folder(tmp_path: Path) -> None:
    machine = load(tmp_path, {})
    assert machine.database == tmp_path / "desk.db"
    assert machine.key_file == tmp_path / "desk.key"
    assert machine.backups == tmp_path / "backup"


@pytest.mark.parametrize("content", [b"desk = ", b"\xff\xfe\x00", bytes(300), b"[thermal\n", b"desk = 'a'\ndesk = 'b'"])
def test_a_damaged_file_gives_the_last_good_one_and_says_so(tmp_path: Path, content: bytes) -> None:
    file = load(tmp_path, {}).file
    save(FULL, file)
    save(replace(FULL, room="Ruang 3"), file)
    file.write_bytes(content)
    machine = load(tmp_path, {})
    assert machine.settings == FULL
    assert "simpanan sebelumnya" in machine.warning


def test_without_a_good_one_the_defaults_are_used_and_the_folder_is_spoken_of(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes(bytes(300))
    machine = load(tmp_path, {})
    assert machine.settings == Settings()
    assert "nilai bawaan" in machine.warning
    assert "folder" in machine.warning


def test_saving_over_a_damaged_file_keeps_the_last_good_one(tmp_path: Path) -> None:
    file = load(tmp_path, {}).file
    save(FULL, file)
    save(FULL, file)
    file.write_bytes(b"desk = ")
    save(replace(FULL, desk="Loket 9"), file)
    assert load(tmp_path, {}).settings.desk == "Loket 9"
    file.write_bytes(b"desk = ")
    assert load(tmp_path, {}).settings == FULL


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("desk = 7", "desk"),
        ('desk = ""', "desk"),
        ('desk = " "', "desk"),
        (f'desk = "{"x" * 201}"', "desk"),
        (r'room = "a\nb"', "room"),
        (r'room = "\u202E"', "room"),
        ("text_scale = 1000", "text_scale"),
        ("text_scale = true", "text_scale"),
        ("data = []", "data"),
        ("thermal = 5", "thermal"),
        ("thermal.kind = 'usb'", "thermal.kind"),
        ("thermal.width = 59", "thermal.width"),
        ("thermal.width = 80.0", "thermal.width"),
        ("calling = 'ya'", "calling"),
        ("calling.voice = 1", "calling.voice"),
        ("calling.volume = 101", "calling.volume"),
        ("calling.times = 3", "calling.times"),
    ],
)
def test_one_bad_value_costs_only_itself(tmp_path: Path, line: str, name: str) -> None:
    (tmp_path / "settings.toml").write_text(f'a4 = "Epson"\n{line}\n', "utf-8")
    machine = load(tmp_path, {})
    assert machine.settings == Settings(a4="Epson")
    assert f"({name})" in machine.warning


def test_what_a_newer_program_wrote_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('desk = "Loket 2"\nvoice = "id"\n[scale]\nport = 1\n', "utf-8")
    machine = load(tmp_path, {})
    assert machine.settings == Settings(desk="Loket 2")
    assert machine.warning == ""


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (replace(FULL, desk=""), "desk"),
        (replace(FULL, desk="Loket\x1f1"), "desk"),
        (replace(FULL, room="\ud800"), "room"),
        (replace(FULL, a4="x" * 300), "a4"),
        (replace(FULL, thermal=ThermalPrinter("tcp", "\u202e", 58)), "thermal.address"),
        (replace(FULL, thermal=ThermalPrinter("tcp", "printer", 72)), "thermal.width"),
        (replace(FULL, text_scale=5), "text_scale"),
        (replace(FULL, calling=Calling(volume=200)), "calling.volume"),
    ],
)
def test_what_could_not_be_read_back_is_not_written(tmp_path: Path, wrong: Settings, field: str) -> None:
    with pytest.raises(InvalidInput, match="tidak dapat dipakai") as refused:
        save(wrong, tmp_path / "settings.toml")
    assert refused.value.field == field
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UserError, match="tidak dapat disimpan"):
        save(FULL, tmp_path / "file" / "settings.toml")


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "settings.toml"
    save(FULL, file)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(UserError, match="ruang cakram"):
            save(Settings(), file)
    assert load(tmp_path, {}).settings == FULL
    assert [found.name for found in tmp_path.iterdir()] == ["settings.toml"]


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    write_atomically(file, b"one")
    reader = file.open("rb")
    write_atomically(file, b"two")
    with reader:
        assert reader.read() == b"one"
    assert file.read_bytes() == b"two"
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600
