"""Sums a CSV by agent with a data frame engine: ingest.py duckdb|polars SRC OUT, SRC being a path or a URL.

Both get the types of the columns, so that neither has to guess, and all cores. The time printed leaves out the
interpreter's start and the import.
"""

import subprocess
import sys
import time

COLUMNS = ["message_id", "created_at", "agent_id", "agent_name", "user_id", "user_email", "source", "model",
           "prompt_tokens", "completion_tokens", "cached_tokens", "credits"]


def duckdb_rows(source):
    import duckdb

    yield  # imported; the clock starts here
    types = {c: "BIGINT" if c.endswith("_tokens") else "DOUBLE" if c == "credits" else "VARCHAR" for c in COLUMNS}
    curl = None
    if source.startswith("http://"):  # the wheel has no HTTP reader of its own
        curl = subprocess.Popen(["curl", "--silent", "--fail", source], stdout=subprocess.PIPE)
        source = f"/dev/fd/{curl.stdout.fileno()}"
    table = f"""read_csv('{source}', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
        new_line = '\\n', columns = {types})"""
    yield duckdb.sql(f"""
        select agent_id, count(*), coalesce(sum(prompt_tokens), 0)::BIGINT, coalesce(sum(completion_tokens), 0)::BIGINT,
            coalesce(sum(cached_tokens), 0)::BIGINT, sum(credits), count(distinct user_id)
        from {table} group by agent_id order by agent_id""").fetchall()
    if curl:
        curl.wait()


def polars_rows(source):
    import polars as pl

    yield
    tokens = [c for c in COLUMNS if c.endswith("_tokens")]
    scan = pl.scan_csv(source, schema_overrides={c: pl.Int64 for c in tokens} | {"credits": pl.Float64})
    totals = scan.group_by("agent_id").agg(
        pl.len(), *(pl.col(c).sum() for c in tokens), pl.col("credits").sum(), pl.col("user_id").n_unique())
    yield totals.sort("agent_id").collect(engine="streaming").iter_rows()


def main():
    engine, source, out = sys.argv[1:]
    rows = {"duckdb": duckdb_rows, "polars": polars_rows}[engine](source)
    next(rows)
    start = time.perf_counter()
    with open(out, "w") as f:
        f.writelines("%s\t%d\t%d\t%d\t%d\t%.4f\t%d\n" % row for row in next(rows))
    print('{"inner_s": %f}' % (time.perf_counter() - start), flush=True)
    next(rows, None)


main()
