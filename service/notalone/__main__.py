"""`python -m notalone`."""

import sys

from notalone.cli import main

sys.exit(main())
