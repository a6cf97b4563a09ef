"""What the sections share: folders, fixtures, patience, and tables."""

import datetime
import statistics
import sys
import time
from pathlib import Path

from machine import busy


class Bench:
    def __init__(self, scratch, ours, plan):
        self.scratch, self.ours, self.plan, self.patience = scratch, ours, plan, plan.patience
        self.bin, self.fixtures, self.work = scratch / "bin", scratch / "fixtures", scratch / "work"
        self.fixtures.mkdir(exist_ok=True)
        self.work.mkdir(exist_ok=True)

    def fixture(self, name, write, *arguments, **options):
        """Makes a fixture unless an earlier run did."""
        path = self.fixtures / name
        done = Path(f"{path}.done")
        if not done.exists():
            progress(f"making {name}")
            write(path, *arguments, **options)
            done.touch()
        return path

    def wait_for_quiet(self):
        """Waits for other programs to use less than a quarter of a core: 2 s at most, and while there is patience."""
        for _ in range(10):
            if self.patience <= 0:
                return
            before = busy()
            time.sleep(0.2)
            self.patience -= 0.2
            if busy() - before < 0.05:
                return


def progress(text):
    print(f"{datetime.datetime.now():%H:%M:%S} {text}", file=sys.stderr, flush=True)


def turns(items, number):
    """The items in the order of this round: each comes first in its turn, so that none always follows the same."""
    items = list(items)
    start = number % max(1, len(items))
    return items[start:] + items[:start]


def table(title, columns, rows):
    lines = [columns, ["---"] * len(columns), *rows]
    return f"## {title}\n\n" + "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def spread(values, unit=""):
    """Median (smallest..largest)."""
    if not values:
        return "–"
    return f"{digits(statistics.median(values))}{unit} ({digits(min(values))}..{digits(max(values))})"


def ratios(theirs, ours):
    """How many times ours theirs is, round by round."""
    return spread([t / o for t, o in zip(theirs, ours)], " ×")


def digits(value):
    """Three significant digits."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.3g}"
