"""A random sequence of publications, compared with a plain dict."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from noroshi.publishing.publication import publishing
from published_site import folders_of, publish, read_site

PATHS = st.sampled_from(["index.html", "a", "a/b", "a/c/index.html", "b/c", "b/c/d.html", "x/y/z/w.html"])
SITES = st.dictionaries(PATHS, st.binary(max_size=3), max_size=6).filter(
    lambda site: not any(other.startswith(f"{path}/") for path in site for other in site)
)
EDITS = st.lists(st.tuples(st.sampled_from(["edit", "delete", "extra"]), PATHS), max_size=3)
STEPS = st.lists(st.tuples(SITES, st.sampled_from(["write", "keep", "abandon", "forget"]), EDITS), max_size=8)


def edit_by_hand(site: Path, edits: list[tuple[str, str]]) -> None:
    for kind, path in edits:
        place = site / path
        if kind == "edit" and place.is_file():
            place.write_bytes(b"EDITED BY HAND"[: place.stat().st_size + 1])
        elif kind == "delete" and place.is_file():
            place.unlink()
        elif kind == "extra" and place.is_dir():
            (place / "extra").write_bytes(b"extra")


@given(steps=STEPS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
def test_the_site_is_what_was_given_last(steps: list[tuple[dict[str, bytes], str, list[tuple[str, str]]]]) -> None:
    """After any history of builds, abandoned builds, lost manifests and hand edits the site is what the
    last finished build was given, folders included."""
    with tempfile.TemporaryDirectory() as scratch:
        target = Path(scratch) / "site"
        known: dict[str, bytes] = {}
        for wanted, how, edits in steps:
            if how == "abandon":
                with publishing(target) as publication:
                    for path, data in wanted.items():
                        publication.write(path, data)
                continue
            if how == "forget":
                (Path(scratch) / ".site.noroshi/manifest").unlink(missing_ok=True)
            if how == "keep":
                with publishing(target) as publication:
                    for path, data in wanted.items():
                        if known.get(path) != data or not publication.keep(path):
                            publication.write(path, data)
                    publication.commit()
            else:
                publish(target, wanted)
            assert read_site(target) == wanted
            assert folders_of(target) == {
                str(above) for path in wanted for above in Path(path).parents if str(above) != "."
            }
            known = wanted
            edit_by_hand(target, edits)
