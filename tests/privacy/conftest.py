"""What the tests of keeping and wiping share: registers and complaints made from records alone."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))
