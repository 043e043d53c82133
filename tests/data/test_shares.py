"""SQLite on a network share is refused with advice; on a disk of this machine, or where nobody can tell, it is opened."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casework.records.errors import CaseworkError
from casework.storage.database import connect
from data.databases.shares import mounted_share, windows_share
from data.settings import Settings

MOUNTS = r"""
/dev/sda1 / ext4 rw,relatime 0 0
tmpfs /run tmpfs rw 0 0
//files/council /srv/council cifs rw,vers=3.0 0 0
files:/export /srv/nfs nfs4 rw 0 0
me@host: /srv/with\040space fuse.sshfs rw 0 0
C:\134 /mnt/c 9p rw 0 0
/dev/sdb1 /srv/council/local xfs rw 0 0
new /srv/new someday rw 0 0
short line
"""


@pytest.mark.parametrize(
    ("path", "share"),
    [
        ("/srv/council", "cifs"),
        ("/srv/council/tracker/store", "cifs"),
        ("/srv/council/local/store", None),
        ("/srv/councillor/store", None),
        ("/srv/nfs/store", "nfs4"),
        ("/srv/with space/store", "fuse.sshfs"),
        ("/mnt/c/store", "9p"),
        ("/srv/new/store", None),
        ("/var/store", None),
    ],
)
def test_a_share_is_told_by_the_innermost_mount(path: str, share: str | None):
    assert mounted_share(path, MOUNTS) == share


def test_of_two_mounts_on_one_place_the_last_counts():
    assert mounted_share("/a/b", "x /a ext4 rw 0 0\ny /a nfs rw 0 0\n") == "nfs"
    assert mounted_share("/a/b", "y /a nfs rw 0 0\nx /a ext4 rw 0 0\n") is None


def test_a_container_whose_root_is_handed_in_is_no_share():
    assert mounted_share("/store", "none / 9p rw 0 0\n") is None
    assert mounted_share("/store", "") is None


@pytest.mark.parametrize(
    ("path", "kind", "share"),
    [
        (r"\\files\council\store", 0, "a Windows share"),
        (r"\\?\UNC\files\council\store", 0, "a Windows share"),
        (r"S:\store", 4, "a network drive"),
        (r"\\?\S:\store", 4, "a network drive"),
        (r"C:\store", 3, None),
        (r"\\?\C:\store", 3, None),
        (r"E:\store", 0, None),
    ],
)
def test_windows_names_a_share_by_its_path_or_its_drive(path: str, kind: int, share: str | None):
    assert windows_share(path, lambda root: kind if root[1:] == ":\\" else -1) == share


@pytest.mark.parametrize("database", ["", "sqlite:///records.db"])
def test_the_records_are_refused_on_a_share_with_advice(tmp_path, database: str):
    mounts = f"/dev/sda1 / ext4 rw 0 0\n//files/council {str(tmp_path.resolve()).replace(' ', chr(92) + '040')} cifs rw 0 0\n"
    with pytest.raises(CaseworkError) as refused:
        connect(replace(Settings(), casework_database=database), tmp_path / "store", mounts)
    said = str(refused.value)
    assert "network share (cifs)" in said and "disk of this machine" in said and "casework_database in settings.toml" in said
    assert not list(tmp_path.iterdir())


def test_the_records_are_opened_on_a_disk(tmp_path):
    connect(Settings(), tmp_path / "store", "/dev/sda1 / ext4 rw 0 0\n").close()
    connect(Settings(), tmp_path / "store").close()
    assert (tmp_path / "store" / "casework.db").exists()
