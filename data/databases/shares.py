"""Whether a folder lies on a network share, where SQLite's locks are not kept: two who write there at once damage the file."""

from __future__ import annotations

import ctypes
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath, PureWindowsPath

MOUNTS = Path("/proc/mounts")
# File systems whose files are on another machine. One that is not known is taken to be a disk of this machine.
SHARES = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "lustre", "gpfs", "davfs", "9p"),
        *("fuse.sshfs", "fuse.glusterfs", "fuse.ceph", "fuse.davfs2", "fuse.rclone", "fuse.s3fs", "fuse.smbnetfs"),
    )
)
REMOTE_DRIVE = 4  # GetDriveTypeW: a network drive


def share_of(path: Path, mounts: str | None = None) -> str | None:
    """The kind of network share that a path lies on, in a word; None for a disk of this machine, or where the system does not say.

    ``mounts`` is the system's table of mounts (/proc/mounts unless given).
    """
    if os.name == "nt":
        return windows_share(str(path.absolute()))
    if mounts is None:
        if not MOUNTS.exists():
            return None
        mounts = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    return mounted_share(os.path.realpath(path), mounts)


def mounted_share(path: str, mounts: str) -> str | None:
    """As ``share_of``, of a path without links, by the table of mounts: the innermost mount that holds it, the last of several."""
    place = PurePosixPath(path)
    found: tuple[int, str] | None = None
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        where, kind = PurePosixPath(_unescaped(parts[1])), parts[2]
        if (where == place or where in place.parents) and (found is None or len(where.parts) >= found[0]):
            found = (len(where.parts), kind)
    if found is None or found[1] not in SHARES:
        return None
    # The root of some containers is handed in by 9p from the machine that they run on.
    return None if found == (1, "9p") else found[1]


def _unescaped(text: str) -> str:
    """A mount's path as it is: the table writes a space as \\040."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), text)


def _windows_drive_type(root: str) -> int:
    if sys.platform != "win32":
        raise OSError("only Windows can tell the type of a drive")
    return ctypes.windll.kernel32.GetDriveTypeW(root)


def windows_share(path: str, drive_type: Callable[[str], int] | None = None) -> str | None:
    """As ``share_of`` on Windows: a path that begins with a server's name, or on a drive that is connected to one."""
    drive = PureWindowsPath(path).drive
    if drive.startswith("\\\\?\\UNC\\") or (drive.startswith("\\\\") and not drive.startswith(("\\\\?\\", "\\\\.\\"))):
        return "a Windows share"
    asked = drive_type or _windows_drive_type
    return "a network drive" if drive and asked(f"{drive.removeprefix(chr(92) * 2 + '?' + chr(92))}\\") == REMOTE_DRIVE else None
