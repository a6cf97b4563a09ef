"""Programs that are started here, and are ended here. Everything listens on the loopback interface only."""

import ctypes
import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path

PEERS = Path(__file__).resolve().parent.parent / "Peers"
libc = ctypes.CDLL(None)


class Failed(Exception):
    """A program did not do what it should; the text says what happened."""


def settle():
    """In a child: it ends with the driver, and gets ahead of other programs where the system allows that. The kernel
    shares cores among sessions first, so it is the session whose priority counts, not the process's."""
    libc.prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
    try:
        Path("/proc/self/autogroup").write_text("-10")
    except OSError:
        pass


def output(command, limit):
    """Runs a program, and returns what it printed."""
    process = subprocess.Popen([str(c) for c in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                               start_new_session=True, preexec_fn=settle)
    try:
        out, err = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        raise Failed(f"took longer than {limit} s") from None
    finally:
        end(process)
    if process.returncode:
        raise Failed(f"status {process.returncode}: {last_line(err)}")
    return out


def end(process):
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Server:
    def __init__(self, command, port, log, limit=180):
        self.port = port
        with open(log, "wb") as out:
            self.process = subprocess.Popen([str(c) for c in command], stdout=out, stderr=out, start_new_session=True,
                                            preexec_fn=settle)
        deadline = time.monotonic() + limit
        while not listens(port):
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise Failed(f"does not serve: {last_line(log.read_text(errors='replace'))}")
            time.sleep(0.02)

    def pids(self):
        """Its own and its children's: nginx has workers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [self.process.pid, *map(int, children.split())]

    def peak_mib(self):
        statuses = (Path(f"/proc/{pid}/status").read_text() for pid in self.pids())
        return sum(int(re.search(r"VmHWM:\s+(\d+)", status)[1]) for status in statuses) / 1024

    def stop(self):
        end(self.process)


def nginx(bench, metrics="none"):
    """nginx over the folder of fixtures; /metrics is the fixture named."""
    port, run = free_port(), bench.work / "nginx"
    run.mkdir(exist_ok=True)
    values = {"USER": "user root;" if os.geteuid() == 0 else "", "PORT": str(port), "RUN": str(run),
              "FIXTURES": str(bench.fixtures), "METRICS": metrics}
    text = (PEERS / "nginx.conf").read_text()
    body = re.sub(r"\b(USER|PORT|RUN|FIXTURES|METRICS)\b", lambda m: values[m[1]], text.partition("\n\n")[2])
    (run / "nginx.conf").write_text(body)
    command = ["nginx", "-p", run, "-c", run / "nginx.conf", "-e", run / "error.log"]
    return Server(command, port, run / "output.log")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def listens(port):
    with socket.socket() as s:
        return s.connect_ex(("127.0.0.1", port)) == 0


def last_line(text):
    lines = text.strip().splitlines()
    return lines[-1][:120] if lines else "without a word"
