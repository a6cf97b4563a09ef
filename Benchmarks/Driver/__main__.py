"""The one command's driver: makes the fixtures, runs the sections, prints the report. Started by `Benchmarks/run`."""

import argparse
import datetime
import signal
import sys
from pathlib import Path

import batch
import machine
import serve
from bench import Bench
from plan import PLANS

SECTIONS = {"serve": serve.run, "ingest": batch.ingest, "json": batch.pages}


def main():
    parser = argparse.ArgumentParser(prog="Benchmarks/run")
    parser.add_argument("sections", nargs="*", metavar="serve|ingest|json")
    for form in PLANS:
        parser.add_argument(f"--{form}", dest="form", action="store_const", const=form, default="short")
    parser.add_argument("--ours", type=Path, required=True)
    parser.add_argument("--scratch", type=Path, required=True)
    options = parser.parse_args()
    chosen = options.sections or list(SECTIONS)
    if unknown := set(chosen) - set(SECTIONS):
        parser.error(f"no such section: {', '.join(unknown)}")
    if not options.ours.is_file():
        parser.error(f"not a program: {options.ours}")

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers are ended on the way out
    bench = Bench(options.scratch, options.ours.resolve(), PLANS[options.form])
    started, idle = datetime.datetime.now(), machine.busy() - machine.own()
    report = [f"# Benchmarks, {options.form} form, {started:%Y-%m-%d}", machine.describe(bench)]
    exact = True
    for section in chosen:
        tables, right = SECTIONS[section](bench)
        report += tables
        exact = exact and right
    seconds = (datetime.datetime.now() - started).total_seconds()
    others = max(0, machine.busy() - machine.own() - idle) / seconds
    report.append(f"{seconds / 60:.1f} minutes; other programs used {others:.2f} cores meanwhile. " + (
        "Every answer was exact." if exact else "**Not every answer was exact: see the last column.**"))
    text = "\n\n".join(report) + "\n"
    (options.scratch / "report.md").write_text(text)
    print(text)
    sys.exit(0 if exact else 1)


main()
