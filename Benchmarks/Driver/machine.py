"""What is known about the machine: its load, its parts, the versions of what is compared."""

import os
import platform
import re
import resource
import subprocess
from importlib.metadata import version
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent.parent


def busy():
    """CPU seconds that all programs on the machine have used."""
    user, nice, system, _, _, irq, softirq = map(int, Path("/proc/stat").read_text().split()[1:8])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


def own():
    """CPU seconds that this driver and every program that it started and ended have used."""
    uses = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(u.ru_utime + u.ru_stime for u in uses)


def describe(bench):
    """Two paragraphs of Markdown."""
    cpu = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(), re.M)
    memory = re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())
    system = platform.freedesktop_os_release()["PRETTY_NAME"]
    packages = dict(re.findall(r"^(\S+)\t(\S+)$", (bench.scratch / "debian/versions").read_text(), re.M))
    versions = [
        f"ours at {first_line('git', '-C', PACKAGE, 'describe', '--always', '--dirty') or 'no commit'}",
        first_line("swift", "--version"), first_line(bench.scratch / "venv/bin/go", "version"),
        f"nginx {packages.get('nginx')}", f"client_golang {packages.get('golang-github-prometheus-client-golang-dev')}",
        *(f"{name} {version(name)}" for name in ("duckdb", "polars", "orjson")),
    ]
    return (f"{cpu[1] if cpu else platform.machine()}, {os.cpu_count()} cores, {round(int(memory[1]) / 2**20)} GiB; "
            f"{system}, Linux {platform.release()}.\n\n{'; '.join(versions)}.")


def first_line(*command):
    try:
        run = subprocess.run([str(c) for c in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        return run.stdout.partition("\n")[0]
    except FileNotFoundError:
        return f"{command[0]}: not found"
