"""Whether the product in this container can serve pages: its status says so to whatever looks after containers."""

from __future__ import annotations

import os
import sys
import urllib.error
import urllib.request


def is_ready() -> bool:
    address = f"http://127.0.0.1:{os.environ.get('VOICE_PORT', '8000')}/health/ready"
    nobody_between = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with nobody_between.open(address, timeout=4) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.HTTPError):
        return False


if __name__ == "__main__":
    sys.exit(not is_ready())
