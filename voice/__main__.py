"""``python -m voice VERB …``: the command by the name of its folder, which may be moved under it."""

import sys

from voice.commands import main

sys.exit(main())
