"""``make bench``: set up, then measure with the portal's own Python."""

import os

from bin.setup import set_up
from bin.steps import PYTHON, ROOT, command_line


def main() -> None:
    set_up("run")
    os.chdir(ROOT)
    os.execve(PYTHON, [PYTHON, "-m", "bench.run"], os.environ | {"PYTHONUTF8": "1"})


if __name__ == "__main__":
    command_line(main)
