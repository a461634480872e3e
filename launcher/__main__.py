"""``python3 -m launcher``: what ``./run`` starts."""

import sys

from .cli import main

sys.exit(main(sys.argv[1:]))
