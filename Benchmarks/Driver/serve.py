"""Section serve: one scrape of the same series from each server, over one kept-alive connection."""

import json
import time

import fixtures.series
from bench import progress, ratios, spread, table, turns
from exposition import Truth
from processes import Failed, Server, free_port, nginx, output

OURS, TOUCHED = "ours", "ours, touched"
ENCODINGS = ("identity", "gzip")
TOUCH = "/-/touch"


def run(bench):
    scrapes, touches, exact = [], [], True
    for series, seconds in bench.plan.series.items():
        group = Group(bench, series)
        try:
            group.start()
            group.measure(seconds)
        finally:
            group.stop()
        scrapes += group.rows()
        touches += group.touch_rows()
        exact = exact and set(group.answers.values()) == {"exact"}
    columns = ["Series", "Encoding", "Server", "p50 ms", "p99 ms", "p99 ÷ p50", "Scrapes", "CPU ms", "Peak MiB",
               "p50 ÷ ours", "p50 ÷ ours, touched", "Answer"]
    return [
        table("One scrape", columns, scrapes),
        table("From a change to new bodies", ["Series", "Touch to ready ms", "Counters changed"], touches),
    ], exact


class Group:
    """The servers of one fixture. All are up for the whole time, and take turns."""

    def __init__(self, bench, series):
        self.bench, self.series = bench, series
        self.fixture = bench.fixture(f"series_{series}.tsv", fixtures.series.write, series)
        self.truth = Truth(self.fixture.with_suffix(".prom"))
        self.servers, self.answers, self.peaks = {}, {}, {}
        self.results = {}  # (encoding, name): what `scrape` printed in each round
        self.changed = None

    def start(self):
        programs = {
            "nginx, static file": lambda: nginx(self.bench, f"{self.fixture.stem}.prom"),
            "client_golang": lambda: self.serve(self.bench.bin / "client_golang", self.fixture),
            OURS: lambda: self.serve(self.bench.ours, "serve", self.fixture, "--port"),
        }
        for name, begin in programs.items():
            progress(f"serve: {self.series} series, {name}: starting, checking")
            try:
                self.servers[name] = begin()
                self.check(self.servers[name])
                self.answers[name] = "exact"
            except Failed as failure:
                self.answers[name] = str(failure)
        self.answers[TOUCHED] = self.answers[OURS]
        self.servers |= {TOUCHED: self.servers[OURS]} if OURS in self.servers else {}

    def serve(self, program, *arguments):
        """Starts a program whose last argument is a port."""
        port = free_port()
        return Server([program, *arguments, port], port, self.bench.work / f"{program.name}.log")

    def check(self, server, patience=10):
        """All that the server says is the fixture; it may take a moment after its start."""
        deadline = time.monotonic() + patience
        while True:
            try:
                return self.truth.check(self.bodies(server))
            except Failed:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)

    def bodies(self, server, *options):
        """Fetches a body in each encoding; the options are for the first."""
        paths = {}
        for encoding in ENCODINGS:
            paths[encoding] = self.bench.work / f"body.{encoding}"
            result = self.scrape(server, encoding, "-o", paths[encoding], *options)
            if result["encoding"] != encoding:
                raise Failed(f"WRONG: {result['encoding']} when asked for {encoding}")
            options = ()
        return paths

    def scrape(self, server, encoding, *options, limit=300):
        return json.loads(output([self.bench.bin / "scrape", server.port, "-e", encoding, *options], limit))

    def measure(self, seconds):
        for number in range(self.bench.plan.serve_rounds):
            for encoding in ENCODINGS:
                for name in turns((n for n, answer in self.answers.items() if answer == "exact"), number):
                    self.bench.wait_for_quiet()
                    server, touch = self.servers[name], ["-t", TOUCH] if name == TOUCHED else []
                    pids = ",".join(map(str, server.pids()))
                    try:
                        bounds = ["-n", 1_000_000, "-s", seconds, "-w", 1]
                        result = self.scrape(server, encoding, *bounds, "-p", pids, *touch)
                    except Failed as failure:
                        self.answers[name] = str(failure)
                        continue
                    self.results.setdefault((encoding, name), []).append(result)
                    self.peaks[name] = server.peak_mib()
                    progress(f"serve: {self.series} series, {encoding}, {name}: p50 {result['p50']:.3f} ms")
        if self.answers[TOUCHED] == "exact":
            try:
                self.changed = self.truth.check_touched(self.bodies(self.servers[TOUCHED], "-t", TOUCH))
            except Failed as failure:
                self.answers[TOUCHED] = str(failure)

    def stop(self):
        for server in self.servers.values():
            server.stop()

    def column(self, encoding, name, key):
        return [result[key] for result in self.results.get((encoding, name), []) if key in result]

    def rows(self):
        for encoding in ENCODINGS:
            for name, answer in self.answers.items():
                p50, p99, cpu = (self.column(encoding, name, key) for key in ("p50", "p99", "cpu"))
                versus = [ratios(p50, self.column(encoding, mine, "p50")) for mine in (OURS, TOUCHED)]
                if name in (OURS, TOUCHED):
                    versus = ["", ""]
                yield [f"{self.series:,}", encoding, name, spread(p50), spread(p99), ratios(p99, p50),
                       sum(self.column(encoding, name, "scrapes")), spread(cpu),
                       f"{self.peaks.get(name, 0):.0f}", *versus, answer]

    def touch_rows(self):
        times = [t for encoding in ENCODINGS for t in self.column(encoding, TOUCHED, "touch")]
        changed = f"{self.changed:,} of {len(self.truth.counters):,}" if self.changed else "–"
        yield [f"{self.series:,}", spread(times), changed]
