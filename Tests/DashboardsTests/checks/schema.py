"""Reads dashboards with Grafana's foundation SDK and tells what it loses or changes, and what is not of the type that it declares.

usage: schema.py FILE…   prints a line for each fault; status 1 if there are any
"""

import json
import sys
from pathlib import Path

from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.cog.plugins import register_default_plugins
from grafana_foundation_sdk.models.dashboard import Dashboard

from sdk_types import wrong

PANELS = {"row", "stat", "bargauge", "timeseries", "table"}


def lost(before, after, place="$"):
    """What is in the one and not in the other. What the SDK adds are its defaults."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key, value in before.items():
            if key in after:
                yield from lost(value, after[key], f"{place}.{key}")
            elif value is not None:
                yield f"{place}.{key}", "is lost"
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (left, right) in enumerate(zip(before, after)):
            yield from lost(left, right, f"{place}[{index}]")
    elif type(before) is bool or type(after) is bool:
        if before is not after:
            yield place, f"is {before!r} and becomes {after!r}"
    elif before != after:
        yield place, f"is {before!r} and becomes {after!r}"


def faults(before):
    for index, panel in enumerate(before["panels"]):
        if panel["type"] not in PANELS:
            # The SDK takes any, and would read none of its options.
            yield f"$.panels[{index}].type", f"is {panel['type']!r}"
            return
    try:
        board = Dashboard.from_json(before)
        after = json.loads(json.dumps(board, cls=JSONEncoder))
    except (AttributeError, KeyError, TypeError) as error:
        yield "$", f"cannot be read: {error}"
        return
    yield from lost(before, after)
    yield from wrong(board, Dashboard, "$")


def main(paths):
    register_default_plugins()
    total = 0
    for path in map(Path, paths):
        for place, problem in faults(json.loads(path.read_text())):
            total += 1
            print(f"schema: {path.name}: {place} {problem}")
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
