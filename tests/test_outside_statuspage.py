"""The API in Statuspage's shapes, read by the programs that people point at Statuspage."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from outside_programs import chromium, npm_package, python_client, run_node
from served_site import SITES, build_site, serve
from statuspage_schema import DOCUMENTS, faults

pytestmark = pytest.mark.slow

EVENING = "2026-06-18T20:30+09:00"
NIGHT = "2026-06-18T22:10+09:00"
BACK = "2026-06-18T23:55+09:00"
NOON = "2026-06-19T12:00+09:00"
"""The story of the example: work is ahead; it overran and caused an incident; all is back; all is told."""

DOWN, WORK = "2026-06-18-staging-down", "2026-06-18-staging-db-upgrade"


class Served:
    """A site on localhost that is built anew for one time after the other."""

    def __init__(self, site: Path, out: Path, address: str) -> None:
        self._site = site
        self._out = out
        self.address = address

    def at(self, as_of: str | None) -> Path:
        """Publish the site as it stood at a time.

        :return: the folder of the API
        """
        build_site(self._site, self._out, self.address, as_of=as_of)
        return self._out / "api/v2"


@contextmanager
def served(name: str, folder: Path) -> Iterator[Served]:
    """One of the sites that outside programs are tried on."""
    site, out = SITES[name](folder / name), folder / "out" / name
    with serve(out) as address:
        yield Served(site, out, address)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The example, its theme rendered once for all tests."""
    with served("example", tmp_path_factory.mktemp("statuspage")) as site:
        yield site


@pytest.mark.parametrize("name", list(SITES))
def test_every_document_of_every_site_is_valid(name: str, tmp_path: Path) -> None:
    """The built files of the example, the Jenkins history, an empty site and the naughty one fit the schema."""
    with served(name, tmp_path) as site:
        folder = site.at(None)
        found = {each.relative_to(folder).as_posix(): json.loads(each.read_bytes()) for each in folder.rglob("*.json")}
    assert set(found) == set(DOCUMENTS)
    assert [fault for path, document in found.items() for fault in faults(path, document)] == []


# The exporter ------------------------------------------------------------------------------------------------------


Metrics = dict[str, list[tuple[dict[str, str], float]]]
"""The samples of each metric: labels and value."""


def export(folder: Path, address: str) -> tuple[Metrics, list[tuple[str, str]]]:
    """Run the exporter once, with what it remembers of earlier runs.

    :return: its metrics, and what it would tell a chat: that an incident opened or was resolved, and which
    """
    folder.mkdir(exist_ok=True)
    services = {"ours": {"url": f"{address}api/v2/summary.json", "name": "Ours"}}
    (folder / "services.json").write_text(json.dumps(services), "utf-8")
    inherited = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    ran = subprocess.run(
        [python_client("statuspage-prometheus-exporter")],
        cwd=folder,
        env=inherited
        | {
            "HOME": str(folder),
            "RUN_MODE": "once",
            "SERVICES_JSON_PATH": str(folder / "services.json"),
            "METRICS_TEXTFILE_PATH": str(folder / "out.prom"),
            # Nobody listens there. It posts from a thread that may not live to the end of the run: its log tells all.
            "SLACK_WEBHOOK_URL": "http://127.0.0.1:9/",
        },
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    told = re.findall(r"queued incident (\w+) notification for Ours \(([^)]*)\)", ran.stderr)
    found: Metrics = {}
    for line in (folder / "out.prom").read_text("utf-8").splitlines():
        if line.startswith("statuspage_") and "{" in line:
            name, labels, value = re.fullmatch(r"(\w+)\{(.*)\} (\S+)", line).groups()  # type: ignore[union-attr]
            words = {key: json.loads(f'"{said}"') for key, said in re.findall(r'(\w+)="((?:[^"\\]|\\.)*)"', labels)}
            found.setdefault(name, []).append((words, float(value)))
    return found, told


def shown(metrics: Metrics, kind: str) -> dict[str, float]:
    """Incidents or maintenance by their ids, 1 while they last."""
    return {labels[f"{kind}_id"]: value for labels, value in metrics[f"statuspage_{kind}_info"]}


def test_the_exporter_follows_the_story(example: Served, tmp_path: Path) -> None:
    """Before, during and after the incident: metrics of the page, its components, the incident and the work.

    The exporter takes any address; its chat is told once that an incident opened and once that it was resolved, which
    is not when service came back, but when the completion report had told everything.
    """
    seen, said = {}, []
    for time in (EVENING, NIGHT, BACK, NOON):
        example.at(time)
        seen[time], told = export(tmp_path / "exporter", example.address)
        said.append(told)
    probes = [metrics["statuspage_probe_check"][0][1] for metrics in seen.values()]
    assert probes == [1, 1, 1, 1]
    # An incident that is back and not yet resolved still counts as one.
    assert [metrics["statuspage_service_status"][0][1] for metrics in seen.values()] == [1, 0, 0, 1]
    assert shown(seen[EVENING], "incident") == {"none": 0}
    assert shown(seen[EVENING], "maintenance") == {WORK: 1}
    assert shown(seen[NIGHT], "incident") == {DOWN: 1}
    assert shown(seen[NIGHT], "maintenance") == {WORK: 1}
    assert shown(seen[BACK], "incident") == {DOWN: 1}
    assert shown(seen[BACK], "maintenance") == {WORK: 0, "none": 0}
    assert shown(seen[NOON], "incident") == {DOWN: 0, "none": 0}
    (incident,) = [labels for labels, _ in seen[NIGHT]["statuspage_incident_info"]]
    assert incident == {
        "service_name": "Ours",
        "incident_id": DOWN,
        "incident_name": "Staging server down",
        "impact": "major",
        "shortlink": f"{example.address}en/incidents/{DOWN}/",
        "started_at": "2026-06-18T21:40:00+09:00",
        "affected_components": "Staging server, Staging database",
    }
    components = {labels["component_name"]: value for labels, value in seen[NIGHT]["statuspage_component_status"]}
    assert (components["Staging server"], components["Staging"], components["DNS"]) == (0, 0, 1)
    components = {labels["component_name"]: value for labels, value in seen[BACK]["statuspage_component_status"]}
    assert set(components.values()) == {1}
    assert said == [[], [("opened", DOWN)], [], [("resolved", DOWN)]]


@pytest.mark.parametrize("name", ["empty", "naughty", "jenkins"])
def test_the_exporter_reads_every_site(name: str, tmp_path: Path) -> None:
    """Nothing to tell, naughty texts, and an imported history: each read live, with the incidents that are open."""
    with served(name, tmp_path) as site:
        summary = json.loads((site.at(None) / "summary.json").read_bytes())
        metrics, _ = export(tmp_path / "exporter", site.address)
    assert metrics["statuspage_probe_check"][0][1] == 1
    told = {part["id"]: 1.0 for part in summary["incidents"]}
    assert shown(metrics, "incident") == (told or {"none": 0})
    assert len(metrics.get("statuspage_component_status", [])) == len({each["name"] for each in summary["components"]})


# The client from npm -----------------------------------------------------------------------------------------------

ASK = """
import statuspage from 'statuspage.io';
const client = new statuspage.Statuspage('ours');
client.setApiUrl(process.argv[2]);
const { api } = client;
const [summary, status, components, all, unresolved, upcoming] = await Promise.all([
  api.getSummary(), api.getStatus(), api.getComponents(),
  api.incidents.getAll(), api.incidents.getUnresolved(), api.scheduledMaintenances.getUpcoming(),
]);
console.log(JSON.stringify({ summary, status, components, all, unresolved, upcoming }));
"""


def ask(address: str) -> dict[str, Any]:
    """What the client from npm answers to each of its questions.

    It asks ``https://<page>.statuspage.io`` unless ``setApiUrl`` names another address, which needs no path: it adds
    ``/api/v2`` itself, and so reads no site below a path. Its questions for active and for all maintenance go to the
    document of upcoming work, whatever the server; they are not asked.
    """
    answered: dict[str, Any] = json.loads(run_node(ASK, address.rstrip("/")))
    return answered


def test_the_npm_client_reads_every_document_it_asks_for(example: Served) -> None:
    """During the incident and after it, each question is answered with the matters and words that it is about."""
    example.at(NIGHT)
    night = ask(example.address)
    example.at(NOON)
    noon = ask(example.address)
    assert night["status"]["status"] == {"indicator": "major", "description": "Partial System Outage"}
    assert noon["status"]["status"] == {"indicator": "none", "description": "All Systems Operational"}
    (incident,) = night["unresolved"]["incidents"]
    assert (incident["id"], incident["status"], incident["impact"]) == (DOWN, "investigating", "major")
    assert [each["id"] for each in incident["incident_updates"]] == [f"{DOWN}.1"]
    assert night["summary"]["incidents"] == [incident]
    assert [(each["id"], each["status"]) for each in night["summary"]["scheduled_maintenances"]] == [
        (WORK, "in_progress")
    ]
    assert noon["unresolved"]["incidents"] == noon["summary"]["scheduled_maintenances"] == []
    after = {each["id"]: each for each in noon["all"]["incidents"]}[DOWN]
    assert (after["status"], after["resolved_at"]) == ("resolved", "2026-06-19T09:30:00.000+09:00")
    assert after["incident_updates"][-1]["id"] == f"{DOWN}.1"
    assert noon["components"]["components"] == noon["summary"]["components"]
    example.at(EVENING)
    (ahead,) = ask(example.address)["upcoming"]["scheduled_maintenances"]
    assert (ahead["id"], ahead["status"], ahead["scheduled_for"]) == (
        WORK,
        "scheduled",
        "2026-06-18T21:00:00.000+09:00",
    )


# Atlassian's widget ------------------------------------------------------------------------------------------------

# Its bundle ends with an assignment to a variable that it never declares, which strict mode takes for an error.
PAGE = """<!doctype html><title>Another site</title><script>var parcelRequire</script>
<statuspage-widget src="{address}"></statuspage-widget>
<statuspage-widget src="{address}" appearance="badge" title="Ours"></statuspage-widget>"""

LOOK = """async () => {
  const found = [];
  for (const widget of document.querySelectorAll('statuspage-widget')) {
    const shadow = widget.shadowRoot;
    const light = shadow.querySelector('.status-indicator');
    const words = shadow.querySelector('.basic .status-text') || light;
    found.push([
      light.className.replace('status-indicator', '').trim(), words.textContent.trim(),
      getComputedStyle(light).backgroundColor, shadow.querySelector('a').href,
    ]);
  }
  return found;
}"""


def test_the_widget_of_atlassian_shows_the_page(example: Served) -> None:
    """On another site's page: the words and the colour of the incident, of work alone, and of a page that is well.

    It is a plain script that defines ``<statuspage-widget src="https://status.example.com">``; it asks that host for
    ``/api/v2/summary.json``, whatever path ``src`` has, and needs the permission to read across origins (CORS).
    """
    seen = {}
    with chromium() as browser:
        for time in (NIGHT, "2026-06-18T21:10+09:00", NOON):
            example.at(time)
            page, wrong = browser.new_page(), []
            page.on("pageerror", lambda error, wrong=wrong: wrong.append(str(error)))
            page.on("console", lambda message, wrong=wrong: wrong.append(message.text))
            asked: list[str] = []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.set_content(PAGE.format(address=example.address))
            page.add_script_tag(path=str(npm_package("@statuspage/status-widget") / "dist/index.js"))
            page.wait_for_function(
                "[...document.querySelectorAll('statuspage-widget')]"
                ".every(each => each.shadowRoot && each.shadowRoot.querySelector('.status-indicator'))"
            )
            seen[time] = page.evaluate(LOOK)
            assert wrong == []
            assert set(asked) == {f"{example.address}api/v2/summary.json"}
            page.close()
    night, working, noon = seen.values()
    link = example.address
    orange, blue, green = "rgb(230, 126, 34)", "rgb(52, 152, 219)", "rgb(46, 204, 113)"
    assert night == [["major", "Partial System Outage", orange, link]] * 2
    assert working == [["maintenance", "Service Under Maintenance", blue, link]] * 2
    assert noon == [["none", "All Systems Operational", green, link]] * 2
