"""``make bench``: the real server, a demonstration of its own, ratios to a bare view.

Times depend on the machine; ratios to ``/healthz`` of the same server in the same run much less.
Cases take turns, so that a slow moment of the machine touches all of them.
"""

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.cases import Case, cases
from bench.papers import measure_papers
from bench.person import Answer
from bench.server import served_demonstration
from bench.weight import measure_weight
from bin.demonstration import environment
from bin.steps import PYTHON, ROOT

WARM_UP, ROUNDS, IN_A_ROW = 6, 10, 5


def main() -> int:
    with (
        tempfile.TemporaryDirectory(prefix="ntm-bench-") as var,
        served_demonstration(Path(var)) as address,
    ):
        make_published_files(environment(Path(var)))
        answers = measure(cases(address))
        report(answers)
        measure_weight(address)
        measure_papers(environment(Path(var)))
    return 0


def make_published_files(env: dict[str, str]) -> None:
    """The demonstration publishes; the worker, which is not running here, makes the files."""
    subprocess.run([PYTHON, "manage.py", "worker", "--batch"], cwd=ROOT, env=env, check=True)


def measure(asked: dict[str, Case]) -> dict[str, list[Answer]]:
    for name, case in asked.items():
        for _ in range(WARM_UP):
            refuse_failure(name, case())
    answers: dict[str, list[Answer]] = {name: [] for name in asked}
    for _ in range(ROUNDS):
        for name, case in asked.items():
            answers[name] += [refuse_failure(name, case()) for _ in range(IN_A_ROW)]
    return answers


def refuse_failure(name: str, answer: Answer) -> Answer:
    """A quick error page must not pass for a quick page."""
    if answer.status != 200:
        raise RuntimeError(f"{name} answered {answer.status}")
    return answer


def report(answers: dict[str, list[Answer]]) -> None:
    bare = statistics.median(answer.seconds for answer in answers["healthz"])
    print(f"\n{'case':<16}{'ratio':>8}{'middle':>12}{'95 %':>12}{'on the wire':>14}")
    for name, given in answers.items():
        seconds = sorted(answer.seconds for answer in given)
        middle, late = statistics.median(seconds), seconds[int(len(seconds) * 0.95) - 1]
        weight = statistics.median(answer.bytes for answer in given)
        print(
            f"{name:<16}{middle / bare:>8.1f}{middle * 1000:>9.1f} ms{late * 1000:>9.1f} ms"
            f"{weight / 1000:>11.1f} kB"
        )


if __name__ == "__main__":
    sys.exit(main())
