"""What the statutory table says beside the rates of poverty."""

import pytest

from assessments.statistics import headline_of
from reports.statutory import poverty_note
from tests.statistics.test_arithmetic import counts


@pytest.mark.parametrize(
    ("rows", "note"),
    [
        ([(400, 100, 35), (10, 6, 4)], ""),
        (
            [(400, 100, 35), (0, 255, 135)],
            "Số liệu của 1/2 xã; 1 xã có số hộ chưa hợp lý, không tính",
        ),
    ],
)
def test_it_says_how_many_communes_count_and_why_not_all(rows, note):
    assert poverty_note(headline_of(counts(*rows))) == note
