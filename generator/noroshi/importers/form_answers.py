"""The answers of a form, one by one, as the format spells them; what is wrong with them is gathered."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from noroshi.importers.issue_form import Submission
from noroshi.records.choices import ActionType, CauseStatus
from noroshi.records.refusal import half_width, shown
from noroshi.records.words import NAME_ALLOWED, check_name
from noroshi.text.fact_times import DEADLINE_LEANS, MOMENT_LEANS, deadline_spelled, end_said
from noroshi.text.said_times import Lean, UnsaidError, moment_said, spelled
from noroshi.writers.forms.question import LEVEL_PREFIX
from noroshi.yamlsource.emit import Emittable

PROGRESS = ("action.done", "action.effect_checked", "action.due", "action.dropped")
"""The questions of which one at least is answered where the progress of an action is told."""
_CHECK = re.compile(r"(?:check|確認)[ \u3000]+(.+)", re.IGNORECASE)
_LEANS = {**MOMENT_LEANS, **DEADLINE_LEANS}


class Answers:
    """One form's answers, and what is wrong with them."""

    def __init__(self, submission: Submission, sent: datetime, zone: ZoneInfo, faults: list[str]) -> None:
        """:param faults: what is wrong is added there, a line for each"""
        self.answers = submission.answers
        self.at = sent
        self._submission = submission
        self._zone = zone
        self._faults = faults
        said = self._said("at")
        if said is not None:
            self.at = said

    def moment(self, key: str) -> str:
        """A time as the content spells it, or nothing."""
        said = self._said(key)
        return "" if said is None else spelled(said)

    def components(self) -> dict[str, Emittable]:
        """How each component is."""
        levels: dict[str, Emittable] = {}
        for key in self.answers:
            if key.startswith(LEVEL_PREFIX):
                for name in self._submission.chosen(key):
                    if name in levels:
                        self._faults.append(f"components: {name} is chosen twice, as {levels[name]} and as {key[6:]}")
                    levels[name] = key.removeprefix(LEVEL_PREFIX)
        return levels

    def recovery(self) -> Emittable:
        """When it will be back, or why nobody knows."""
        estimate, unknown = self.moment("recovery"), self.answers.get("recovery.unknown", "")
        answer_by = self.moment("recovery.answer_by")
        if not unknown and not answer_by:
            return estimate
        if estimate:
            self._faults.append("recovery: a time and why it is unknown; one of them only")
        elif not unknown or "recovery.answer_by" not in self.answers:
            self._faults.append("recovery: why it is unknown and by when it will be known go together; write both")
        return {"unknown": unknown, "answer_by": answer_by}

    def detected(self) -> dict[str, Emittable]:
        """Who noticed first."""
        at, by = self.moment("detected.at"), self.answers.get("detected.by", "")
        if at and not by:
            self._faults.append("detected: say who noticed it too, or leave the time empty")
        return {"at": at, "by": by} if at else {"by": by} if by else {}

    def window(self) -> dict[str, Emittable]:
        """The planned time; a length may stand for its end."""
        begins, until = self._said("window.from"), self.answers.get("window.until", "")
        if begins is None or not until:
            if until or "window.from" in self.answers:
                self._faults.append("window: when it begins and when it ends go together; write both")
            return {}
        try:
            ends = end_said(until, begins, self._zone)
        except UnsaidError as error:
            self._faults.append(f"window.until: {error}")
            return {}
        return {"from": spelled(begins), "until": spelled(ends)}

    def cause(self) -> dict[str, Emittable]:
        """Why it happened."""
        status, text = self.answers.get("cause.status", ""), self.answers.get("cause.text", "")
        by = self._deadline("cause.answer_by", self.answers.get("cause.answer_by", ""))
        if not status and (text or by):
            if text and by:
                self._faults.append("cause: it tells what it was, and by when that will be known; say how sure it is")
            status = (CauseStatus.CONFIRMED if text else CauseStatus.PENDING).value
        told = {"status": status, "text": text, "answer_by": by}
        return {key: value for key, value in told.items() if value}

    def corrects(self) -> list[Emittable]:
        """The numbers of reports."""
        return [half_width(word) for word in re.split(r"[\s,、,]+", self.answers.get("corrects", "")) if word]

    def actions(self, taken: Collection[str]) -> list[Emittable]:
        """New actions, one a line."""
        return list(self._actions(set(taken)))

    def _actions(self, taken: set[str]) -> Iterator[Emittable]:
        number = 0
        for line in filter(None, (each.strip() for each in self.answers.get("actions", "").split("\n"))):
            what, *more = (part.strip() for part in re.split("[|｜]", re.sub(r"^[-*] +", "", line)))
            owner, due, *rest = (*more, "", "")[: max(len(more), 2)]
            kinds = [half_width(each).lower() for each in rest if half_width(each).lower() in list(ActionType)]
            checks = [found[1] for each in rest if (found := _CHECK.fullmatch(each))]
            if not (what and owner and due) or len(kinds) > 1 or len(checks) > 1 or len(rest) > len(kinds + checks):
                self._faults.append(
                    f"actions: {shown(line)} is no action; write WHAT | ROLE | BY WHEN [| interim] [| check DAY]"
                )
                continue
            number += 1
            while f"action-{number}" in taken:
                number += 1
            kind = kinds[0] if kinds else ActionType.PERMANENT.value
            action: dict[str, Emittable] = {"id": f"action-{number}", "what": what, "type": kind, "owner": owner}
            action["due"] = self._deadline("actions", due)
            yield action | ({"check_effect_by": self._deadline("actions", checks[0])} if checks else {})

    def progress(self) -> dict[str, Emittable]:
        """How far an action has come; of this form alone."""
        told: dict[str, Emittable] = {
            "done": self._day("action.done"),
            "evidence": self.answers.get("action.evidence", ""),
            "effect_checked": self._day("action.effect_checked"),
            "due": self._deadline("action.due", self.answers.get("action.due", "")),
            "dropped": self.answers.get("action.dropped", ""),
        }
        if told["evidence"] and "action.done" not in self.answers:
            self._faults.append("action.evidence: it shows that the action was done; say on which day, too")
        if not any(key in self.answers for key in PROGRESS):
            self._faults.append(
                "action: say what became of it: the day on which it was done, or on which its effect was checked, its "
                "new day, or why it will not be done"
            )
        return {key: value for key, value in told.items() if value}

    def action(self) -> tuple[str | None, str | None]:
        """The record and the action that an answer names: an id, a number, or the address of an action on a page."""
        said = half_width(self.answers.get("action.id", ""))
        if not re.match("https?://", said):
            return None, said or None
        page, _, anchor = said.partition("#")
        record, dot, name = anchor.partition(".")
        if not dot:
            record = page.partition("?")[0].rstrip("/").rpartition("/")[2]
            name = anchor.removeprefix("action-") if anchor.startswith("action-") else ""
        if check_name(record) is not None or check_name(name) is not None:
            self._faults.append(f"action: {shown(said)} is the address of no action; write its id")
            return None, None
        return record, name

    def id(self, key: str) -> str | None:
        """An id, or the address of a page that ends in one."""
        said = half_width(self.answers.get(key, ""))
        if not said:
            return None
        page = re.split("[?#]", said, maxsplit=1)[0]
        name = page.rstrip("/").rpartition("/")[2] if re.match("https?://", said) else said
        reason = check_name(name)
        if reason is not None:
            self._faults.append(f"{key}: {reason[0]}; {NAME_ALLOWED}; {reason[1]}")
        return name

    def _said(self, key: str) -> datetime | None:
        word = self.answers.get(key, "")
        if not word:
            return None
        try:
            return moment_said(word, self.at, self._zone, _LEANS[key.rpartition(".")[2]])
        except UnsaidError as error:
            self._faults.append(f"{key}: {error}")
            return None

    def _deadline(self, key: str, word: str, lean: Lean = Lean.FUTURE) -> str:
        if not word:
            return ""
        try:
            return deadline_spelled(word, self.at, self._zone, lean)
        except UnsaidError as error:
            self._faults.append(f"{key}: {error}")
            return ""

    def _day(self, key: str) -> str:
        """A day that has come."""
        said = self._deadline(key, self.answers.get(key, ""), _LEANS[key.rpartition(".")[2]])
        if "T" in said:
            self._faults.append(f"{key}: {shown(self.answers[key])} has a time of day; write a day")
            return ""
        if said > self.at.date().isoformat():
            self._faults.append(f"{key}: {said} lies ahead; write a day that has come")
        return said
