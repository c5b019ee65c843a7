"""Environment of the tests, set before Django's settings are read."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("PORTAL_DEMO", "true")
os.environ.setdefault("PORTAL_TODAY", "2023-09-20")
os.environ.setdefault("PORTAL_ENV_FILE", os.devnull)  # a developer's .env is not what we test
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps a loop running

if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    # Each process its own cache and files: one test's rate limit is not another's.
    os.environ["PORTAL_VAR_DIR"] = str(Path(os.environ["PORTAL_VAR_DIR"]) / worker)
elif "PORTAL_VAR_DIR" not in os.environ:
    os.environ["PORTAL_VAR_DIR"] = tempfile.mkdtemp(prefix="ntm-test-")
    atexit.register(shutil.rmtree, os.environ["PORTAL_VAR_DIR"], ignore_errors=True)
Path(os.environ["PORTAL_VAR_DIR"]).mkdir(parents=True, exist_ok=True)
