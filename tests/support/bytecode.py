"""Where compiled modules are kept; imported first, so that all that is imported later profits.

Without it every server that a test starts compiles a thousand modules anew, which takes seconds,
where the environment says that Python must write no bytecode beside the sources.
"""

import os
import sys
from pathlib import Path

if sys.dont_write_bytecode:
    sys.dont_write_bytecode = False
    sys.pycache_prefix = str(Path(sys.prefix, ".pycache"))
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
    del os.environ["PYTHONDONTWRITEBYTECODE"]
