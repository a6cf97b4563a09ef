"""Sections ingest and json: whole programs that read the same files and have to write the same totals."""

import filecmp
import json
import os
from dataclasses import dataclass
from pathlib import Path

import fixtures.pages
import fixtures.usage
from bench import progress, ratios, spread, table, turns
from processes import PEERS, Failed, nginx, output

LIMIT = 300  # seconds for one program


@dataclass
class Input:
    name: str
    source: object  # a path, or the URL of the same
    size: int  # bytes
    truth: Path


def ingest(bench):
    rows = bench.plan.rows
    usual = bench.fixture(f"usage_{rows}.csv", fixtures.usage.write, rows, rows // 200, rows // 20)
    hard = bench.fixture(f"usage_hard_{rows}.csv", fixtures.usage.write, rows, rows // 10, rows // 2, quote_all=True,
                         seed=7)
    server = nginx(bench)
    try:
        url = f"http://127.0.0.1:{server.port}/{usual.name}"
        truths = [Path(f"{path}.truth.tsv") for path in (usual, hard)]
        inputs = [
            Input("file", usual, usual.stat().st_size, truths[0]),
            Input("HTTP", url, usual.stat().st_size, truths[0]),
            Input("hard file", hard, hard.stat().st_size, truths[1]),
        ]
        python = [bench.scratch / "venv/bin/python", PEERS / "ingest.py"]
        programs = {
            "Go encoding/csv": [bench.bin / "encoding_csv"],
            "DuckDB": [*python, "duckdb"],
            "Polars": [*python, "polars"],
            "ours": [bench.ours, "ingest"],
        }
        return compare(bench, f"CSV, {rows:,} rows", inputs, programs)
    finally:
        server.stop()


def pages(bench):
    count = bench.plan.pages
    folder = bench.fixture(f"pages_{count}", fixtures.pages.write, count)
    size = sum(path.stat().st_size for path in folder.glob("*/*.json"))
    server = nginx(bench)
    try:
        url = f"http://127.0.0.1:{server.port}/{folder.name}"
        truth = folder / "truth.tsv"
        inputs = [Input("files", folder, size, truth), Input("HTTP", url, size, truth)]
        programs = {
            "Go encoding/json": [bench.bin / "encoding_json"],
            "orjson": [bench.scratch / "venv/bin/python", PEERS / "pages.py"],
            "ours": [bench.ours, "pages"],
        }
        return compare(bench, f"JSON, {count:,} pages of 100 items", inputs, programs, count)
    finally:
        server.stop()


def compare(bench, title, inputs, programs, *arguments):
    """Runs every program on every input, in turns, each round."""
    results = {(i.name, p): [] for i in inputs for p in programs}
    answers = dict.fromkeys(results, "exact")
    warm(inputs)
    for number in range(bench.plan.batch_rounds):
        for source in inputs:
            for name in turns(programs, number):
                key = source.name, name
                if answers[key] != "exact":
                    continue
                bench.wait_for_quiet()
                try:
                    result = run([*programs[name], source.source, *arguments], bench, source.truth)
                except Failed as failure:
                    answers[key] = str(failure)
                    continue
                results[key].append(result)
                progress(f"{title}, {source.name}, {name}: {result['work']:.3f} s")
    rows = []
    for source in inputs:
        mine = [r["work"] for r in results[source.name, "ours"]]
        for name in programs:
            key = source.name, name
            work, wall, cpu, peak = ([r[k] for r in results[key]] for k in ("work", "wall", "cpu", "peak_kib"))
            rows.append([
                source.name, name, spread(work), spread([source.size / 1e6 / w for w in work]), spread(wall),
                spread(cpu), f"{max(peak, default=0) / 1024:.0f}", "" if name == "ours" else ratios(work, mine),
                answers[key]])
    columns = ["Source", "Program", "Work s", "MB/s", "Wall s", "CPU s", "Peak MiB", "Work ÷ ours", "Answer"]
    size = ", ".join(f"{s.name} {s.size / 1e6:,.0f} MB" for s in inputs)
    return [table(f"{title} ({size})", columns, rows)], set(answers.values()) == {"exact"}


def run(command, bench, truth):
    """Runs one program and compares its totals with the truth, byte by byte."""
    out, result = bench.work / "totals.tsv", bench.work / "result.json"
    out.unlink(missing_ok=True)
    printed = output([bench.bin / "process", result, LIMIT, *command, out], LIMIT + 10)
    if not out.exists() or not filecmp.cmp(out, truth, shallow=False):
        raise Failed("WRONG: the totals differ")
    measured = json.loads(result.read_text())
    return measured | {"work": told(printed) or measured["wall"]}


def told(printed):
    """The seconds that a program says its work took, if its last line says so."""
    lines = printed.strip().splitlines()
    if lines and lines[-1].startswith("{"):
        return json.loads(lines[-1]).get("inner_s")


def warm(inputs):
    """Has the system hold the files in memory, so that no disk is measured."""
    for source in inputs:
        if isinstance(source.source, os.PathLike):
            root = Path(source.source)
            for path in [root] if root.is_file() else root.glob("*/*.json"):
                with open(path, "rb") as f:
                    while f.read(1 << 20):
                        pass
