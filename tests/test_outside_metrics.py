"""The metrics as Prometheus' own programs read them: promtool, its Python parser, and a server that scrapes."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

import pytest

from outside_programs import debian_program, python_client
from real_program import ROOT
from served_site import SITES, build_site, serve

pytestmark = pytest.mark.slow
NIGHT = "2026-06-18T22:55+09:00"
MANUAL = (ROOT / "docs" / "metrics.md").read_text("utf-8")

PARSE = """
import json, sys, urllib.request
from prometheus_client.parser import text_string_to_metric_families
answer = urllib.request.urlopen(sys.argv[1])
families = list(text_string_to_metric_families(answer.read().decode()))
samples = [(s.name, s.labels, s.value) for family in families for s in family.samples]
print(json.dumps([answer.headers["Content-Type"], [[f.name, f.type, f.documentation] for f in families], samples]))
"""


def promtool(*arguments: object, text: str = "") -> str:
    """What promtool says, which has to find nothing wrong."""
    program = debian_program("promtool", "prometheus")
    ran = subprocess.run(
        [program, *map(str, arguments)], input=text, capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert ran.returncode == 0, f"{ran.stdout}\n{ran.stderr}"
    return ran.stdout + ran.stderr


def parsed(address: str) -> Any:
    """What Prometheus' Python client reads at an address: the type that was said, the metrics, their samples."""
    command = [python_client("python"), "-c", PARSE, address]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=True)
    return json.loads(ran.stdout)


@pytest.fixture(scope="module", params=SITES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path, str]]:
    """A site's name, the folder that it is published in, and its address."""
    folder = tmp_path_factory.mktemp(request.param)
    site, out = SITES[request.param](folder / "site"), folder / "out"
    with serve(out) as address:
        build_site(site, out, address, as_of=NIGHT if request.param in ("example", "naughty") else None)
        yield request.param, out, address


def test_promtool_finds_nothing_wrong(built: tuple[str, Path, str]) -> None:
    """Neither in the format nor in how the metrics are named."""
    _, out, _ = built
    assert promtool("check", "metrics", text=(out / "metrics.txt").read_text("utf-8")) == ""


def test_the_client_reads_every_sample(built: tuple[str, Path, str]) -> None:
    """Served as hosts serve it, each line is a sample of a gauge that says what it is; labels come back as written."""
    name, out, address = built
    media_type, families, samples = parsed(f"{address}metrics.txt")
    assert media_type == "text/plain; charset=utf-8"
    lines = [line for line in (out / "metrics.txt").read_text("utf-8").split("\n") if line and not line.startswith("#")]
    assert len(samples) == len(lines) > 20
    assert {kind for _, kind, _ in families} == {"gauge"}
    assert all(what for _, _, what in families)
    (site,) = [labels for metric, labels, _ in samples if metric == "noroshi_site_info"]
    assert site["url"] == address
    if name == "naughty":
        assert site["name"].startswith("site_name-ja <script>window.pwned=1</script>")
        assert "\"'>" in site["name"]


@contextmanager
def watched(data: bytes) -> Iterator[tuple[str, threading.Event]]:
    """Serve metrics, and tell when they are asked for again: by then the first answer was taken in."""
    asked, again = [0], threading.Event()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """The metrics, as a static host serves them."""
            asked[0] += self.path == "/metrics.txt"
            if asked[0] > 1:
                again.set()
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_port}", again
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def prometheus(folder: Path, config: str) -> Iterator[str]:
    """A running Prometheus, by its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{probe.getsockname()[1]}"
    (folder / "prometheus.yml").write_text(config, "utf-8")
    command = [
        debian_program("prometheus", "prometheus"),
        f"--config.file={folder / 'prometheus.yml'}",
        f"--storage.tsdb.path={folder / 'data'}",
        f"--web.listen-address={host}",
    ]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, cwd=folder, encoding="utf-8")
    assert process.stderr is not None
    try:
        for line in process.stderr:
            if "ready to receive web requests" in line:
                break
        # It goes on to write, and would stand still before a pipe that is full.
        threading.Thread(target=process.stderr.read, daemon=True).start()
        yield f"http://{host}"
    finally:
        process.terminate()
        process.wait(30)


def snippets() -> list[str]:
    """The YAML of the manual."""
    return re.findall(r"```yaml\n(.*?)```", MANUAL, re.DOTALL)


def test_the_manual_s_rules_are_rules(tmp_path: Path) -> None:
    """promtool takes the scrape configuration and the alerts, and they fire when a promise is overdue, not before."""
    scrape, alerts = snippets()
    (tmp_path / "prometheus.yml").write_text(f"{scrape}rule_files: [alerts.yml]\n", "utf-8")
    (tmp_path / "alerts.yml").write_text(alerts, "utf-8")
    assert "3 rules" in promtool("check", "config", tmp_path / "prometheus.yml")
    series = 'noroshi_promise_due_timestamp_seconds{matter="m",kind="completion",about="",client=""}'
    labels = "{matter: m, kind: completion}"  # to Prometheus an empty label is none
    summary = "{summary: completion of m is overdue}"
    fires = f"[{{exp_labels: {labels}, exp_annotations: {summary}}}]"
    (tmp_path / "test.yml").write_text(
        f"rule_files: [alerts.yml]\nevaluation_interval: 1m\ntests:\n- interval: 1m\n  input_series:\n"
        f"  - {{series: '{series}', values: '3600x120'}}\n  alert_rule_test:\n"
        f"  - {{eval_time: 49m, alertname: PromiseOverdue, exp_alerts: []}}\n"
        f"  - {{eval_time: 61m, alertname: PromiseOverdue, exp_alerts: {fires}}}\n"
        f"  - {{eval_time: 49m, alertname: PromiseDueSoon, exp_alerts: []}}\n"
        f"  - {{eval_time: 55m, alertname: PromiseDueSoon, exp_alerts: [{{exp_labels: {labels}}}]}}\n"
        f"  - {{eval_time: 61m, alertname: PromiseDueSoon, exp_alerts: []}}\n",
        "utf-8",
    )
    assert "SUCCESS" in promtool("test", "rules", tmp_path / "test.yml")


def test_prometheus_scrapes_the_site(tmp_path: Path) -> None:
    """A real server takes the site in as the manual configures it, and answers what was down that night."""
    site, out = SITES["example"](tmp_path / "site"), tmp_path / "out"
    build_site(site, out, "https://status.example.com/", as_of=NIGHT)
    with watched((out / "metrics.txt").read_bytes()) as (target, again):
        config = snippets()[0].replace("scheme: https", "scheme: http")
        config = config.replace("scrape_interval: 1m", "scrape_interval: 1s").replace("status.example.com", target)
        with prometheus(tmp_path, config) as server:
            assert again.wait(60), "it did not scrape twice"
            assert asked(server, 'noroshi_component_level{component="staging-web",level="major_outage"}') == [1]
            due = datetime.fromisoformat("2026-06-18T22:50+09:00").timestamp()
            owed = '{matter="2026-06-18-staging-down",kind="next_report"}'
            assert asked(server, f"noroshi_promise_due_timestamp_seconds{owed}") == [due]
            assert asked(server, f"time() > noroshi_promise_due_timestamp_seconds{owed}") != []
            assert asked(server, 'up{job="status"}') == [1]


def asked(server: str, query: str) -> list[float]:
    """What Prometheus answers a query: the values of all series."""
    assert urlsplit(server).hostname == "127.0.0.1"
    with urlopen(f"{server}/api/v1/query?{urlencode({'query': query})}", timeout=30) as answer:
        found = json.load(answer)
    assert found["status"] == "success", found
    return [float(each["value"][1]) for each in found["data"]["result"]]
