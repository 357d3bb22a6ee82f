"""The machine a figure was measured on, and what its processes use. Linux: all is read from ``/proc``."""

from __future__ import annotations

import os
import platform
import sqlite3
from pathlib import Path

import msgspec

from voice.storage.sqlite import journal_mode

TICKS = os.sysconf("SC_CLK_TCK")
MB = 1_000_000


def description(folder: Path) -> list[str]:
    """Lines that say what the figures depend on; ``folder`` is where the measured stores lie."""
    return [
        f"Processor  {_processor()}, {len(os.sched_getaffinity(0))} cores",
        f"Memory     {_memory_mb():,.0f} MB",
        f"System     {platform.system()} {platform.release()}, file system of {folder}: {_file_system(folder)}",
        f"Python     {platform.python_version()}",
        f"SQLite     {sqlite3.sqlite_version}, journal {store_journal_mode()}, synchronous FULL",
        f"Busy       load average {os.getloadavg()[0]:.2f} before the first figure",
    ]


def store_journal_mode() -> str:
    """The journal mode that the store chooses on this machine."""
    return journal_mode(sqlite3.sqlite_version_info)


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _memory_mb() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / MB


def _file_system(folder: Path) -> str:
    """The kind of the file system that holds ``folder``: the longest mount point above it."""
    real = folder.resolve()
    kinds: dict[Path, str] = {}
    for line in Path("/proc/self/mounts").read_text().splitlines():
        _, point, kind, *_ = line.split()
        kinds[Path(point)] = kind
    above = [each for each in (real, *real.parents) if each in kinds]
    return kinds[above[0]] if above else "unknown"


class Memory(msgspec.Struct, frozen=True):
    """Megabytes (10^6 bytes) that a process holds in memory: now, and at most so far."""

    now: float
    most: float


def memory_of(pid: int) -> Memory:
    found = {}
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        name, _, value = line.partition(":")
        if name in ("VmRSS", "VmHWM"):
            found[name] = int(value.split()[0]) * 1024 / MB
    return Memory(now=found["VmRSS"], most=found["VmHWM"])


class Busy(msgspec.Struct, frozen=True):
    """Seconds of processor time used so far: by some processes, and by the whole machine."""

    processes: tuple[float, ...]
    machine: float


def busy(*pids: int) -> Busy:
    return Busy(tuple(_seconds(pid) for pid in pids), _seconds_of_all())


def _seconds(pid: int) -> float:
    # The name of the program, in parentheses, may hold spaces.
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / TICKS


def _seconds_of_all() -> float:
    user, nice, system, _idle, _waiting, irq, softirq, steal = (
        int(each) for each in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]
    )
    return (user + nice + system + irq + softirq + steal) / TICKS
