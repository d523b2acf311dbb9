"""Small disks that are full or cannot be written to, in a process that has them to itself."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
from collections.abc import Iterator
from pathlib import Path

NEW_MOUNTS, NEW_USER = 0x00020000, 0x10000000
PRIVATE, READ_ONLY, REMOUNT = 1 << 18 | 1 << 14, 1, 32


def small_disk(place: Path, size: int) -> bool:
    """Mount a memory disk of `size` bytes at `place`, for this process alone; whether the system permits that."""
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.getuid(), os.getgid()
    if libc.unshare(NEW_MOUNTS) != 0:
        if libc.unshare(NEW_MOUNTS | NEW_USER) != 0:
            return False
        with contextlib.suppress(OSError):
            Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"0 {user} 1")
        Path("/proc/self/gid_map").write_text(f"0 {group} 1")
    libc.mount(b"none", b"/", None, PRIVATE, None)
    return bool(libc.mount(b"none", str(place).encode(), b"tmpfs", 0, f"size={size}".encode()) == 0)


def make_read_only(place: Path) -> bool:
    """Let nothing be written to what `small_disk` mounted."""
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.mount(b"none", str(place).encode(), None, READ_ONLY | REMOUNT, None) == 0)


def take_away(place: Path) -> bool:
    """Take what `small_disk` mounted from its folder, as when a drive is pulled out while files on it are open."""
    detach = 2
    return bool(ctypes.CDLL(None, use_errno=True).umount2(str(place).encode(), detach) == 0)


@contextlib.contextmanager
def no_room_beyond(size: int) -> Iterator[None]:
    """While inside, no file of this process grows beyond `size` bytes: what takes the place of a full disk."""
    former = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, former[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, former)


def fill_up(place: Path, leave: int) -> Path:
    """Write a file that leaves about `leave` bytes of a disk."""
    filler = place / "filler"
    free = os.statvfs(place)
    with filler.open("wb") as file, contextlib.suppress(OSError):
        file.write(bytes(max(0, free.f_bavail * free.f_frsize - leave)))
    return filler
