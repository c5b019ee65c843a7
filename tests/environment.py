"""Environment of the tests, set before Django's settings are read."""

import os
import tempfile

os.environ.setdefault("PORTAL_DEMO", "true")
os.environ.setdefault("PORTAL_TODAY", "2023-09-20")
os.environ.setdefault("PORTAL_VAR_DIR", tempfile.mkdtemp(prefix="ntm-test-"))
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps a loop running
