"""Append only: what a revision of the content said, held against what stands now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from noroshi.decode import decode
from noroshi.log.statement import MATTER_WORDS, policy_said, said_in
from noroshi.pipeline.append_only.baseline import Baseline, OldRecord, find_baseline
from noroshi.pipeline.append_only.former_settings import POLICY, SITE, former_document, former_list, unread
from noroshi.pipeline.append_only.promising import moved_promises
from noroshi.pipeline.reading.content import SiteFolder, SourceFile, find_records, read_bytes
from noroshi.pipeline.reading.settings import read_settings
from noroshi.problems import CannotVerify, Place, Problem
from noroshi.records.content import RECORD_TYPES, Entry, MatterKind, Settings
from noroshi.records.settings import Policy
from noroshi.rules.append_only.record_said import RecordSaid
from noroshi.rules.append_only.records import policy_changes, record_changes, vanished_record
from noroshi.rules.append_only.reports import Elsewhere
from noroshi.yamlsource import Document, read_document

# Of these none is judged by another one's words, but for what check_site reads beside them.
_RECORDS = tuple(f"content/{kind.value}/" for kind in MatterKind)


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What a comparison with a revision found."""

    problems: tuple[Problem, ...]
    published: int
    """How many records the revision has."""
    differing: frozenset[str] | None
    """The paths that the ordinary rules have to look at, relative to the site's folder; None for all, where something
    differs that other records are judged by."""


def compare_with(folder: SiteFolder, revision: str, environment: Mapping[str, str], now: datetime) -> Compared:
    """Hold what stands against a revision. Only records whose files differ from it are read.

    :param revision: a commit, branch or tag
    :param environment: the variables that surround the run, which git needs
    :raises CannotVerify: what was published cannot be told, and so not whether it stands
    """
    sources, _ = find_records(folder)
    baseline = find_baseline(folder, revision, environment, sources)
    reading = read_settings(folder)
    if not reading.usable:  # of which the ordinary rules tell
        return Compared(problems=(), published=len(baseline.records), differing=None)
    comparison = _Comparison(folder=folder, baseline=baseline, sources=sources, settings=reading.settings)
    comparison.check_site()
    problems = [_submodule(path) for path in baseline.submodules]
    problems += comparison.record_problems()
    problems += comparison.policy_problems(now)
    problems += moved_promises(baseline, reading.settings, comparison.documents, now)
    alone = all(path.startswith(_RECORDS) for path in baseline.differing)
    return Compared(
        problems=tuple(problems),
        published=len(baseline.records),
        differing=baseline.differing if alone else None,
    )


@dataclass(frozen=True, kw_only=True)
class _Comparison:
    """Both sides, read as far as it takes."""

    folder: SiteFolder
    baseline: Baseline
    sources: Sequence[SourceFile]
    settings: Settings

    def check_site(self) -> None:
        """What may never change in site.yaml: the names of all reports, and the language of texts that name none."""
        if SITE not in self.baseline.files or SITE not in self.baseline.differing:
            return
        data = former_document(self.baseline, SITE).data
        former = data if isinstance(data, Mapping) else {}
        languages = former.get("languages")
        if not isinstance(languages, list) or not languages:
            raise unread([SITE])
        if languages[0] != self._first:
            raise CannotVerify(
                f"the site's first language was {languages[0]!r} and is {self._first!r}, so that every text without a "
                f"language is in another one; it never changes once published: begin languages with {languages[0]}"
            )
        identity = self.settings.site.id
        if former.get("id") != {"tag": identity.tag, "since": identity.since.isoformat()}:
            raise CannotVerify(
                "id in content/site.yaml is another one, so that every report has another name in every feed; it never "
                "changes once published: put it back"
            )

    def record_problems(self) -> list[Problem]:
        """What of the records is not as published."""
        pairs = [(old, self._heir(old.id, old.path, old.matter)) for old in self._told_before()]
        problems = [vanished_record(old, self._fresh) for old, source in pairs if source is None]
        # What cannot be read now the ordinary rules tell of.
        read = [(old, self._told(source)) for old, source in pairs if source is not None]
        stands = [(old, now) for old, now in read if now is not None]
        elsewhere: Elsewhere = {}
        if any(len(now.said) < len(old.said) for old, now in stands):
            elsewhere = _by_words([*self._fresh, *(now for _, now in stands)])
        for old, now in stands:
            problems += record_changes(old, now, self.settings.site.zone, elsewhere)
        return problems

    def policy_problems(self, now: datetime) -> list[Problem]:
        """What of the policy in force is not as published, and what was added behind everybody's back."""
        zone, policies = self.settings.site.zone, self.settings.policies
        if "policy.yaml" in self.settings.unread or SITE not in self.baseline.files:
            return []  # of which the ordinary rules tell; and a site that is new since then promised nothing
        if POLICY in self.baseline.files and POLICY not in self.baseline.differing:
            return []
        before = policy_said(former_list(self.baseline, POLICY, Policy, zone), zone, self._first, now)
        data, _ = read_bytes(POLICY, self.folder.content / "policy.yaml")
        document, _ = read_document(POLICY, data)
        places = {
            policy.since.isoformat(): document.place(index)
            for index, policy in enumerate(policies)
            if document is not None
        }
        stands = policy_said(policies, zone, self._first, now)
        return list(policy_changes(before, stands, now.astimezone(zone).date(), places, POLICY, zone))

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """site.yaml and clients.yaml as they are, by name, as far as they can be read."""
        read = {name: read_document(f"content/{name}", self._now(name)) for name in ("site.yaml", "clients.yaml")}
        return {name: document for name, (document, _) in read.items() if document is not None}

    def _now(self, name: str) -> bytes:
        place = self.folder.content / name
        return read_bytes(f"content/{name}", place)[0] if place.is_file() else b""

    @property
    def _first(self) -> str:
        return self.settings.site.languages[0]

    def _told_before(self) -> list[RecordSaid]:
        """The records whose files are not as they were, as they were.

        :raises CannotVerify: one of them cannot be read, and its bytes stand nowhere
        """
        changed = [record for record in self.baseline.records if record.path in self.baseline.differing]
        told, lost = [], []
        for record, data in zip(changed, self.baseline.contents([each.object for each in changed]), strict=True):
            found = self._decoded(record, data)
            if found is not None:
                told.append(found)
                continue
            heir = self._heir(record.id, record.path, "")
            if heir is None or read_bytes(heir.path, heir.place)[0] != data:
                lost.append(record.path)
        if lost:
            raise unread(lost)
        return told

    def _told(self, source: SourceFile) -> RecordSaid | None:
        data, problem = read_bytes(source.path, source.place)
        return self._decoded(source, data) if problem is None else None

    def _decoded(self, source: SourceFile | OldRecord, data: bytes) -> RecordSaid | None:
        document, _ = read_document(source.path, data)
        if document is None:
            return None
        record, _ = decode(document, RECORD_TYPES[source.kind], self.settings.site.zone)
        if record is None:
            return None
        entry = Entry(id=source.id, kind=source.kind, path=source.path, record=record)
        return RecordSaid(path=source.path, said=said_in(entry, self._first), locate=document.place)

    def _heir(self, name: str, path: str, matter: str) -> SourceFile | None:
        """The file that has a record's id now: of several that at the same path, else one of the same kind."""
        among = self._by_id.get(name, [])
        return max(among, key=lambda each: (each.path == path, MATTER_WORDS[each.kind] == matter), default=None)

    @cached_property
    def _by_id(self) -> Mapping[str, list[SourceFile]]:
        found: dict[str, list[SourceFile]] = {}
        for source in self.sources:
            found.setdefault(source.id, []).append(source)
        return found

    @cached_property
    def _fresh(self) -> list[RecordSaid]:
        """The records whose ids are new."""
        known = {record.id for record in self.baseline.records}
        told = (self._told(source) for source in self.sources if source.id not in known)
        return [each for each in told if each is not None]


def _submodule(path: str) -> Problem:
    name = path.rpartition("/")[2]
    return Problem(
        place=Place(path=path),
        rule="stray-file",
        found=f"'{name}' is a submodule, whose files are in another repository, and so is their history",
        allowed="content is files of the site's own repository",
        advice=f"make them plain files: git rm --cached {path}, delete {path}/.git, git add {path}",
    )


def _by_words(records: Iterable[RecordSaid]) -> Elsewhere:
    return {
        (said.statement.at, said.statement.digest): (told.id, said.statement.number)
        for told in records
        for said in told.said[1:]
    }
