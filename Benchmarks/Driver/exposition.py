"""Reads text exposition, to compare what a server says with the fixture, sample by sample."""

import array
import gzip
import re

from fixtures.series import FAMILIES
from processes import Failed

SERIES = re.compile(r"(\w+)\{(.*)\}")
LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')
LABELS = ("agent_id", "agent_name", "provider", "workspace")
KINDS = {name: kind for name, kind, _ in FAMILIES}


def lines(path, encoding="identity"):
    """(series, value) as they stand there."""
    opened = gzip.open if encoding == "gzip" else open
    with opened(path, "rt", encoding="utf-8", newline="\n") as text:
        for line in text:
            series, _, value = line.rpartition(" ")
            yield series, value


def ordered(series):
    """A series as the fixture writes it, whatever the order of its labels; None if its family is none of the fixture's,
    which is the server's own affair."""
    match = SERIES.fullmatch(series)
    if match and match[1] in KINDS:
        labels = dict(LABEL.findall(match[2]))
        return match[1] + "{" + ",".join(f'{name}="{labels.get(name, "")}"' for name in LABELS) + "}"
    return None


class Truth:
    def __init__(self, path):
        self.place, self.values, self.counters = {}, array.array("d"), []
        for series, value in lines(path):
            if not series.startswith("#"):
                if KINDS[series.partition("{")[0]] == "counter":
                    self.counters.append(len(self.values))
                self.place[series] = len(self.values)
                self.values.append(float(value))

    def read(self, path, encoding):
        """The values of a body in the fixture's order; each sample has to be there once."""
        values, seen = array.array("d", bytes(8 * len(self.values))), bytearray(len(self.values))
        for series, value in lines(path, encoding):
            place = self.place.get(series)
            if place is None:
                series = ordered(series)
                if series is None:
                    continue
                place = self.place.get(series)
            if place is None or seen[place]:
                raise Failed(f"WRONG: {'unknown' if place is None else 'repeated'} sample {series[:80]!r}")
            values[place], seen[place] = float(value), True
        if missing := seen.count(0):
            raise Failed(f"WRONG: {missing} samples are missing")
        return values

    def check(self, bodies):
        """All bodies, by encoding, are exactly the fixture."""
        for encoding, path in bodies.items():
            values = self.read(path, encoding)
            if wrong := sum(a != b for a, b in zip(values, self.values)):
                raise Failed(f"WRONG: {wrong} samples differ ({encoding})")

    def check_touched(self, bodies):
        """All bodies agree, some counters have grown and none has fallen; returns how many have grown."""
        first, *others = (self.read(path, encoding) for encoding, path in bodies.items())
        if any(other != first for other in others):
            raise Failed("WRONG: the encodings differ")
        if any(first[place] < self.values[place] for place in self.counters):
            raise Failed("WRONG: a counter fell")
        grown = sum(first[place] > self.values[place] for place in self.counters)
        if not grown:
            raise Failed("WRONG: the touch changed nothing")
        return grown
