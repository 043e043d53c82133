"""A zip of extracts is the folder that was packed; one that is not what it should be is refused before anything is read."""

from __future__ import annotations

import stat
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from data.errors import NightRefused
from data.formats.files import archive
from data.formats.files.archive import unpacked


def _zip(path, files: dict[str, bytes]):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return path


def _names(path) -> dict[str, bytes]:
    with unpacked(path) as folder:
        return {file.name: file.read_bytes() for file in folder.iterdir()}


def _refused(path) -> str:
    with pytest.raises(NightRefused) as refused, unpacked(path):
        pass
    return str(refused.value)


@pytest.mark.parametrize("under", ["", "2026-03-31/", "sent\\", "a/b/"])
def test_files_at_the_top_or_in_one_folder_come_out_with_their_names(tmp_path, under):
    files = {
        f"{under}ssd_person.csv": b"a",
        f"{under}local_meetings.csv": b"b",
        "__MACOSX/._ssd_person.csv": b"x",
        ".DS_Store": b"",
    }
    assert _names(_zip(tmp_path / "sent.zip", files)) == {"ssd_person.csv": b"a", "local_meetings.csv": b"b"}


def test_a_folder_and_a_file_of_another_kind_are_as_they_are_and_what_was_unpacked_goes(tmp_path):
    with unpacked(tmp_path) as same:
        assert same == tmp_path
    with unpacked(_zip(tmp_path / "sent.ZIP", {"a.csv": b"a"})) as folder:
        assert (folder / "a.csv").exists()
    assert not folder.exists()


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"../a.csv": b""}, "'../a.csv', which is a place outside it"),
        ({"/etc/a.csv": b""}, "which is a place outside it"),
        ({"C:\\a.csv": b""}, "which is a place outside it"),
        ({"x/..\\..\\a.csv": b""}, "which is a place outside it"),
        ({"more.zip": b"PK"}, "holds another archive, more.zip"),
        ({"a/one.csv": b"", "b/two.csv": b""}, "has files in several folders (a and b)"),
        ({"one.csv": b"", "b/two.csv": b""}, "has files in several folders (b and the top)"),
        ({"one.csv": b"", "ONE.csv": b""}, "holds ONE.csv twice"),
        ({}, "holds no file"),
    ],
)
def test_what_is_refused(tmp_path, files, words):
    assert words in _refused(_zip(tmp_path / "sent.zip", files))
    assert not list(tmp_path.parent.glob("a.csv"))


def test_a_link_a_password_a_damaged_file_and_one_that_is_no_zip(tmp_path):
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as made:
        link = zipfile.ZipInfo("a.csv")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
    assert "which is a place outside it" in _refused(tmp_path / "link.zip")

    content = bytearray(_zip(tmp_path / "locked.zip", {"a.csv": b"a" * 50}).read_bytes())
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        content[content.index(mark) + at] |= 1
    (tmp_path / "locked.zip").write_bytes(content)
    assert "needs a password (a.csv)" in _refused(tmp_path / "locked.zip")

    whole = _zip(tmp_path / "whole.zip", {"a.csv": bytes(range(256)) * 40}).read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[:-30])
    (tmp_path / "spoilt.zip").write_bytes(whole[:60] + b"\xff\xff\xff" + whole[63:])
    for name in ("cut.zip", "spoilt.zip"):
        assert f"{name} cannot be opened" in _refused(tmp_path / name)


def test_a_bomb_is_refused_by_what_it_says_and_by_what_it_is(tmp_path, monkeypatch):
    bomb = _zip(tmp_path / "bomb.zip", {"a.csv": b"\0" * 3_000_000})
    monkeypatch.setattr(archive, "SMALL", 1_000_000)
    assert "unpacks to far more than extracts are" in _refused(bomb)
    monkeypatch.setattr(archive, "SMALL", 1 << 30)
    monkeypatch.setattr(archive, "MOST_BYTES", 2_000_000)
    assert "unpacks to far more than extracts are" in _refused(bomb)
    # One that lies about its size: counted while it is unpacked.
    monkeypatch.setattr(archive, "_check", lambda path, entries: None)
    assert "unpacks to far more than extracts are" in _refused(bomb)
    monkeypatch.undo()
    monkeypatch.setattr(archive, "MOST_FILES", 1)
    assert "holds 2 files" in _refused(_zip(tmp_path / "many.zip", {"a.csv": b"", "b.csv": b""}))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.text(min_size=1, max_size=12), st.binary(max_size=40), max_size=4))
@example({"a\0b.csv": b"x"})
def test_whatever_names_a_zip_has_nothing_is_written_outside_and_nothing_breaks(tmp_path, files):
    outside = tmp_path / "work"
    outside.mkdir(exist_ok=True)
    with zipfile.ZipFile(tmp_path / "sent.zip", "w") as made:
        for name, content in files.items():
            try:
                made.writestr(name, content)
            except (UnicodeEncodeError, ValueError, IndexError):
                return  # no zip can have such a name
    try:
        with unpacked(tmp_path / "sent.zip", outside) as folder:
            assert all(path.parent == folder for path in outside.rglob("*") if path.is_file())
    except NightRefused as refused:
        assert str(refused).startswith("sent.zip ")
    assert list(outside.iterdir()) == []


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_zip_with_any_byte_changed_is_unpacked_or_refused(tmp_path, data):
    whole = bytearray(_zip(tmp_path / "sent.zip", {"a.csv": b"child,start\n1,2020-01-01\n", "b.csv": b"x"}).read_bytes())
    whole[data.draw(st.integers(0, 999_999)) * len(whole) // 1_000_000] = data.draw(st.integers(0, 255))
    (tmp_path / "sent.zip").write_bytes(whole)
    try:
        with unpacked(tmp_path / "sent.zip") as folder:
            assert len(list(folder.iterdir())) <= 2
    except NightRefused as refused:
        assert str(refused).startswith("sent.zip ")
