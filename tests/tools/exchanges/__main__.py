"""`python -m tests.tools.exchanges --record FILE`, or `--compare FILE`."""

import argparse
import json
import sys
import time
from pathlib import Path

from tests.support.wire import Engine
from tests.tools.exchanges.comparison import compare
from tests.tools.exchanges.coverage import Coverage
from tests.tools.exchanges.running import Recording, run
from tests.tools.exchanges.script import read_scenes

ENGINES: dict[str, list[Engine]] = {
    "sqlite": ["sqlite"],
    "postgresql": ["postgresql"],
    "both": ["sqlite", "postgresql"],
}


def main(arguments: list[str] | None = None) -> int:
    """Run the scripts; return 1 where an answer differs, or a route or an error never occurred."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.exchanges", description=__doc__)
    chosen = parser.add_mutually_exclusive_group(required=True)
    chosen.add_argument("--record", type=Path, metavar="FILE", help="write the answers to FILE")
    chosen.add_argument("--compare", type=Path, metavar="FILE", help="compare with those in FILE")
    parser.add_argument("--engine", choices=ENGINES, default="both")
    parser.add_argument("--scene", action="append", help="run only this script; may be repeated")
    given = parser.parse_args(arguments)

    began = time.monotonic()
    coverage = Coverage()
    scenes = read_scenes(given.scene)
    recording: Recording = {
        engine: run(engine, scenes, coverage) for engine in ENGINES[given.engine]
    }
    counts = ", ".join(f"{len(made)} on {engine}" for engine, made in recording.items())
    print(f"{counts}; {time.monotonic() - began:.0f} s")

    failures = 0
    if given.record:
        given.record.write_text(json.dumps(recording, ensure_ascii=False, indent=1), "utf-8")
    else:
        before: Recording = json.loads(given.compare.read_text("utf-8"))
        differences = compare(before, recording, only=given.scene)
        print("\n\n".join(differences) or "no difference")
        failures += len(differences)
    if not given.scene:
        missing = coverage.find_missing()
        print("\n".join(missing) or "every route and every error occurred")
        failures += len(missing)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
