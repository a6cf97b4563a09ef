"""Lints dashboards: the rules of Grafana's dashboard-linter and our own, less the exclusions in a `.lint` beside the file.

usage: lint.py FILE…     prints a line for each finding; status 1 if there are any
"""

import sys
from pathlib import Path

import yaml

import form_rules
import upstream_rules
import usage_rules
from boards import Board, Finding

RULES = upstream_rules.ALL + form_rules.ALL + usage_rules.ALL


def findings(path):
    board = Board(path.read_text())
    found = list(dict.fromkeys(finding for rule in RULES for finding in rule(board)))
    excluded = exclusions(path.parent / ".lint", board.json.get("title"))
    kept = [f for f in found if (f.rule, f.panel, f.target) not in excluded]
    used = {(f.rule, f.panel, f.target) for f in found}
    stale = [Finding("x-exclusion", f"{rule} is excluded for nothing", panel, target) for rule, panel, target in sorted(excluded - used)]
    return kept + stale


def exclusions(path, dashboard):
    if not path.exists():
        return set()
    rules = (yaml.safe_load(path.read_text()) or {}).get("exclusions") or {}
    return {
        (rule, entry["panel"], int(entry["targetIdx"]))
        for rule, exclusion in rules.items()
        for entry in exclusion["entries"]
        if entry["dashboard"] == dashboard
    }


def main(paths):
    total = 0
    for path in map(Path, paths):
        for finding in findings(path):
            total += 1
            target = "" if finding.target is None else f" query {finding.target}"
            print(f"{finding.rule}: {path.name}: {finding.panel}{target}: {finding.message}")
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
