"""What a process may use that works on something from a stranger: whatever that does to it happens to it alone."""

from __future__ import annotations


def bind_this_process(*, seconds: int, memory: int, largest_file: int = 0) -> None:
    """Ends this process when it has worked for so many seconds, and lets it have so many bytes of addresses and write
    files of so many bytes, where the system has such limits."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for what, limit in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, largest_file),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (limit, limit))
