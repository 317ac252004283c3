"""Which report of now is which of before: by their numbers, and where these moved by what they say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence

from noroshi.log.differing import report_differences
from noroshi.log.statement import Said


def match_reports(before: Sequence[Said], now: Sequence[Said]) -> list[int | None]:
    """For each report of before, which of now it is, counted from 0; None where it is gone.

    First those that stand as they stood, at their place or at another; then, of the others, those with the same time
    and kind, the same words, the same time; last whatever stands at the same place.
    """
    found: list[int | None] = [None] * len(before)
    free = dict.fromkeys(range(len(now)))

    def take(index: int, place: int) -> None:
        found[index] = place
        del free[place]

    for index, said in enumerate(before[: len(now)]):
        if not report_differences(said, now[index]):
            take(index, index)
    for key, whole in ((_time_and_kind, True), (_time_and_kind, False), (_words, False), (_time, False)):
        for index, place in _pairs_by(key, before, now, found, free, whole=whole):
            take(index, place)
    for index in range(len(before)):
        if found[index] is None and index in free:
            take(index, index)
    return found


def _pairs_by(
    key: Callable[[Said], Hashable],
    before: Sequence[Said],
    now: Sequence[Said],
    found: Sequence[int | None],
    free: dict[int, None],
    *,
    whole: bool,
) -> list[tuple[int, int]]:
    """Pairs of equal keys, the same place before others.

    :param whole: whether nothing else may differ either
    """
    places: dict[Hashable, list[int]] = defaultdict(list)
    for place in free:
        places[key(now[place])].append(place)
    pairs: list[tuple[int, int]] = []
    for index, known in enumerate(found):
        if known is not None:
            continue
        among = places.get(key(before[index]), [])
        fit = [each for each in among[:_LOOKED_AT] if not whole or not report_differences(before[index], now[each])]
        if fit:
            chosen = index if index in fit else fit[0]
            among.remove(chosen)
            pairs.append((index, chosen))
    return pairs


# Of so many reports with one time nobody reads each; the limit keeps a hostile file from taking hours.
_LOOKED_AT = 50


def _time_and_kind(said: Said) -> Hashable:
    return said.statement.at, said.statement.kind


def _time(said: Said) -> Hashable:
    return said.statement.at


def _words(said: Said) -> Hashable:
    return tuple(pair for pair in said.pairs if pair[0] != "at")
