"""How much each form measures."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    series: dict  # number of series: seconds of scraping for each measurement
    serve_rounds: int
    rows: int  # of CSV, in each of the two files
    pages: int  # of JSON
    batch_rounds: int
    patience: float  # seconds in all to wait for other programs on the machine to be quiet


PLANS = {
    "smoke": Plan(
        series={1_000: 0.1, 10_000: 0.1}, serve_rounds=2, rows=5_000, pages=50, batch_rounds=2, patience=0),
    "short": Plan(
        series={1_000: 0.5, 10_000: 0.8, 100_000: 1.5}, serve_rounds=3, rows=200_000, pages=2_000, batch_rounds=5,
        patience=40),
    "full": Plan(
        series={1_000: 1, 10_000: 2, 100_000: 5, 1_000_000: 15}, serve_rounds=5, rows=1_000_000, pages=10_000,
        batch_rounds=7, patience=600),
}
