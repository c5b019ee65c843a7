"""Snapshots for tests: the demonstration's, stored; and small ones to vary.

``six_months()`` needs no database: renderers are tested from it alone. Written anew by
test_building.py with STORE_SNAPSHOT=1 when the schema changes.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from reports.snapshot import Snapshot, from_json, to_json

STORED = Path(__file__).with_name("2023-6-months.json.gz")


@lru_cache(maxsize=1)
def six_months() -> Snapshot:
    """The draft of the demonstration's first half of 2023."""
    return from_json(json.loads(gzip.decompress(STORED.read_bytes())))


def first_schema() -> dict:
    """As an issue of schema 1 is stored."""
    return json.loads(gzip.decompress(STORED.with_name("schema-1.json.gz").read_bytes()))


def published(snapshot: Snapshot | None = None, **more) -> Snapshot:
    """The same as issued: number, date, code and signer filled in."""
    snapshot = snapshot or six_months()
    day = dt.date(2023, 6, 26)
    given = {
        "number": 5,
        "published_on": day,
        "published_at": dt.datetime(2023, 6, 26, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=7))),
        "signed_by": "Nguyễn Văn Thử",
        "code": "TD23-7KQM-4RXA",
        "address": "https://ntm.example/reports/verify/TD23-7KQM-4RXA/",
    } | more
    return replace(snapshot, publication=replace(snapshot.publication, **given))


def store(snapshot: Snapshot) -> None:
    text = json.dumps(to_json(snapshot), ensure_ascii=False, separators=(",", ":"))
    STORED.write_bytes(gzip.compress(text.encode(), mtime=0))
