"""Reads dashboards with Grafana's foundation SDK and tells what it loses or changes: a key or a value that Grafana would not know.

usage: schema.py FILE…   prints a line for each difference; status 1 if there are any
"""

import json
import sys
from pathlib import Path

from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.cog.plugins import register_default_plugins
from grafana_foundation_sdk.models import units
from grafana_foundation_sdk.models.dashboard import Dashboard

PANELS = {"row", "stat", "bargauge", "timeseries", "table"}
UNITS = {value for value in vars(units).values() if isinstance(value, str)}


def round_trip(value):
    return json.loads(json.dumps(Dashboard.from_json(value), cls=JSONEncoder))


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
    elif before != after:
        yield place, f"is {before!r} and becomes {after!r}"


def unknown(dashboard):
    """What the SDK takes without looking: types of panels, and units, also those of single fields."""
    for index, panel in enumerate(dashboard["panels"]):
        place = f"$.panels[{index}]"
        if panel["type"] not in PANELS:
            yield f"{place}.type", f"is {panel['type']!r}"
        config = panel.get("fieldConfig", {})
        used = [config.get("defaults", {}).get("unit")]
        used += [p["value"] for o in config.get("overrides", []) for p in o["properties"] if p["id"] == "unit"]
        for unit in used:
            if unit is not None and unit not in UNITS:
                yield f"{place}.fieldConfig", f"has the unknown unit {unit!r}"


def main(paths):
    register_default_plugins()
    total = 0
    for path in map(Path, paths):
        before = json.loads(path.read_text())
        for place, problem in [*lost(before, round_trip(before)), *unknown(before)]:
            total += 1
            print(f"schema: {path.name}: {place} {problem}")
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
