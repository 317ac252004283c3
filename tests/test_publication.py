"""What a publication leaves at the target, from one build to the next."""

import multiprocessing
import os
import shutil
import stat
from pathlib import Path

import pytest

from noroshi.publishing.publication import PublicationError, publishing, write_file
from published_site import folders_of, publish, read_site

FIRST = {
    "index.html": b"home 1",
    "incidents/a/index.html": b"a",
    "incidents/b/index.html": b"b",
    "feed.xml": b"<rss/>",
}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "site"


def test_a_first_publication_makes_the_folder(target: Path) -> None:
    """A missing target, and missing parents, come into being with exactly the files given."""
    deep = target / "of" / "mine"
    summary = publish(deep, FIRST)
    assert read_site(deep) == FIRST
    assert (summary.written, summary.kept, summary.removed, summary.warnings) == (4, 0, 0, ())


def test_an_empty_folder_is_taken(target: Path) -> None:
    """An empty folder may be published to; it is not foreign."""
    target.mkdir()
    publish(target, FIRST)
    assert read_site(target) == FIRST


def test_unchanged_files_are_not_written_again(target: Path) -> None:
    """Writing the bytes that stand there keeps the file itself, however many builds come after."""
    publish(target, FIRST)
    before = (target / "feed.xml").stat()
    for home in (b"home 2", b"home 3", b"home 4"):
        summary = publish(target, {**FIRST, "index.html": home})
        assert (summary.written, summary.kept) == (1, 3)
        assert (target / "index.html").read_bytes() == home
    after = (target / "feed.xml").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_keep_publishes_what_stood_there(target: Path) -> None:
    """A kept file stays without its bytes being given; a file nobody kept is gone, with its folder."""
    publish(target, FIRST)
    with publishing(target) as publication:
        assert publication.keep("index.html")
        assert publication.keep("incidents/a/index.html")
        assert not publication.keep("never/there.html")
        summary = publication.commit()
    assert read_site(target) == {"index.html": b"home 1", "incidents/a/index.html": b"a"}
    assert folders_of(target) == {"incidents", "incidents/a"}
    assert (summary.written, summary.kept, summary.removed) == (0, 2, 2)


def test_keep_compares_the_digest_it_is_given(target: Path) -> None:
    """A cache that means another content than the published one is not believed."""
    publish(target, FIRST)
    with publishing(target) as publication:
        assert not publication.keep("index.html", b"0" * 16)


def test_the_generation_ties_a_cache_to_a_publication(target: Path) -> None:
    """A publication's generation is met by the next build, and by no build after another publication."""
    first = publish(target, FIRST).generation
    with publishing(target) as publication:
        assert publication.generation == first
    publish(target, {**FIRST, "index.html": b"home 2"})
    with publishing(target) as publication:
        assert publication.generation not in (first, b"")


@pytest.mark.parametrize("same_length", [b"HOME 1", b"other length"])
def test_a_file_edited_by_hand_in_place_is_healed(target: Path, same_length: bytes) -> None:
    """A file that was changed in the site by hand cannot be kept; written again, the site is right."""
    publish(target, FIRST)
    publish(target, FIRST)
    (target / "index.html").write_bytes(same_length)
    with publishing(target) as publication:
        assert not publication.keep("index.html")
    for _ in range(3):
        publish(target, FIRST)
        assert read_site(target) == FIRST


def test_files_deleted_or_replaced_by_hand_come_back(target: Path) -> None:
    """Hand edits that leave the other generation's files intact are undone without writing anything again;
    where both generations are hurt, what is written again heals them."""
    publish(target, FIRST)
    for hurt_both in (False, True):
        (target / "index.html").unlink()
        (target / "feed.xml").unlink()
        (target / "feed.xml").mkdir()
        (target / "feed.xml/inner").write_bytes(b"x")
        shutil.rmtree(target / "incidents")
        (target / "incidents").write_bytes(b"a file now")
        with publishing(target) as publication:
            assert [publication.keep(path) for path in FIRST] == [not hurt_both] * 4
            for path, data in FIRST.items():
                publication.write(path, data)
            publication.commit()
        assert read_site(target) == FIRST


def test_foreign_files_in_the_site_vanish_for_good(target: Path) -> None:
    """What a hand put into the site is gone after the next build and after all later ones."""
    publish(target, FIRST)
    (target / "extra.txt").write_bytes(b"x")
    (target / "incidents/a/extra.txt").write_bytes(b"x")
    (target / "more/deep").mkdir(parents=True)
    (target / "more/deep/extra.txt").write_bytes(b"x")
    for count in range(4):
        publish(target, {**FIRST, "index.html": b"home %d" % count})
        assert read_site(target) == {**FIRST, "index.html": b"home %d" % count}
        assert folders_of(target) == {"incidents", "incidents/a", "incidents/b"}


def test_a_link_to_a_folder_elsewhere_is_not_followed(target: Path, tmp_path: Path) -> None:
    """A folder of the site replaced by a link: nothing is written or removed behind the link."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "index.html").write_bytes(b"precious")
    publish(target, FIRST)
    for count in range(4):
        shutil.rmtree(target / "incidents/a")
        (target / "incidents/a").symlink_to(elsewhere)
        wanted = {**FIRST, "incidents/a/index.html": b"a %d" % count}
        publish(target, wanted)
        assert read_site(target) == wanted
        assert read_site(elsewhere) == {"index.html": b"precious"}


def test_a_file_becomes_a_folder_and_back(target: Path) -> None:
    """The same name may be a file in one build and a folder in the next."""
    for _ in range(3):
        publish(target, {"a": b"file", "b/c": b"in a folder"})
        assert read_site(target) == {"a": b"file", "b/c": b"in a folder"}
        publish(target, {"a/x/y": b"in a folder", "b": b"file"})
        assert read_site(target) == {"a/x/y": b"in a folder", "b": b"file"}


def test_a_site_does_not_depend_on_its_private_folder(target: Path) -> None:
    """Without manifest, with a torn one or without a spare tree the same site comes out."""
    work = target.parent / ".site.noroshi"
    manifest = work / "manifest"

    def torn() -> None:
        manifest.write_bytes(manifest.read_bytes()[:-7])

    def of_another_version() -> None:
        manifest.write_bytes(manifest.read_bytes().replace(b"manifest 1", b"manifest 0"))

    def no_spare() -> None:
        for tree in work.glob("tree-*"):
            shutil.rmtree(tree)

    def nothing() -> None:
        shutil.rmtree(work)

    publish(target, FIRST)
    for count, damage in enumerate([manifest.unlink, torn, of_another_version, no_spare, nothing]):
        damage()
        wanted = {**FIRST, "index.html": b"home %d" % count}
        publish(target, wanted)
        assert read_site(target) == wanted
        assert len(list(work.glob("tree-*"))) == 1


def test_without_a_manifest_nothing_is_kept(target: Path) -> None:
    """Where it is not known what was published last, everything must be written again."""
    publish(target, FIRST)
    (target.parent / ".site.noroshi/manifest").write_bytes(b"noise")
    with publishing(target) as publication:
        assert publication.generation == b""
        assert not publication.keep("index.html")


def test_a_lost_spare_is_filled_from_the_site(target: Path) -> None:
    """Kept files need not be written again only because the spare tree is gone."""
    publish(target, FIRST)
    for tree in (target.parent / ".site.noroshi").glob("tree-*"):
        shutil.rmtree(tree)
    with publishing(target) as publication:
        assert [publication.keep(path) for path in FIRST] == [True] * 4
        publication.commit()
    assert read_site(target) == FIRST


def test_leaving_without_commit_changes_nothing(target: Path) -> None:
    """A publication that is given up leaves the old site, and the next one is not disturbed by it."""
    publish(target, FIRST)
    before = {path: (target / path).stat().st_ino for path in FIRST}
    with publishing(target) as publication:
        publication.write("index.html", b"never seen")
        publication.write("new/page.html", b"never seen")
    with pytest.raises(PublicationError):
        publish(target, {"index.html": b"never seen either", "/bad": b""})
    assert {path: (target / path).stat().st_ino for path in FIRST} == before
    assert not list((target.parent / ".site.noroshi").glob("tree-*"))
    publish(target, FIRST)
    assert read_site(target) == FIRST


def test_what_workers_write_is_published_when_it_is_entered(target: Path) -> None:
    """Worker processes write into the stage; what no one enters is not published."""
    publish(target, FIRST)
    with publishing(target) as publication:
        work = [(publication.stage, f"p/{n}/index.html", b"page %d" % n) for n in range(20)]
        with multiprocessing.get_context("fork").Pool(2) as pool:
            entries = pool.starmap(write_file, work)
        for (_, path, _), entry in list(zip(work, entries, strict=True))[:-2]:
            publication.enter(path, entry)
        write_file(publication.stage, "incidents/a/stray.html", b"stray")
        for path in FIRST:
            assert publication.keep(path)
        publication.commit()
    assert read_site(target) == {**FIRST, **{f"p/{n}/index.html": b"page %d" % n for n in range(18)}}
    assert "p/19" not in folders_of(target)


def test_strays_of_workers_vanish_even_when_nothing_is_entered(target: Path) -> None:
    """Whoever asks for the stage may write there; commit looks for it."""
    publish(target, FIRST)
    with publishing(target) as publication:
        write_file(publication.stage, "incidents/a/stray.html", b"stray")
        for path in FIRST:
            publication.keep(path)
        publication.commit()
    assert read_site(target) == FIRST


def test_entering_what_is_not_there_is_refused(target: Path) -> None:
    """An entry must describe the file that stands in the stage."""
    with publishing(target) as publication:
        entry = write_file(publication.stage, "a", b"1")
        with pytest.raises(PublicationError, match="not as it was written"):
            publication.enter("b", entry)
        write_file(publication.stage, "a", b"22")
        with pytest.raises(PublicationError, match="not as it was written"):
            publication.enter("a", entry)


def test_a_worker_of_a_killed_run_does_not_reach_the_next(target: Path) -> None:
    """The stage has a new name in each run; writing to an older one fails and makes no folder."""
    publish(target, FIRST)
    with publishing(target) as publication:
        old = publication.stage
        for path in FIRST:
            publication.keep(path)
        publication.commit()
    with publishing(target) as publication:
        assert publication.stage != old
        with pytest.raises(PublicationError):
            write_file(old, "late/page.html", b"late")
        assert not old.exists()


def test_adopted_files_are_copies(target: Path, tmp_path: Path) -> None:
    """A static file is copied, so that editing the source later does not touch the site; then it is renewed."""
    source = tmp_path / "theme.css"
    source.write_bytes(b"a{}")
    for wanted in (b"a{}", b"a{}", b"b{}"):
        source.write_bytes(wanted)
        with publishing(target) as publication:
            publication.adopt("assets/theme.css", source)
            publication.commit()
        assert read_site(target) == {"assets/theme.css": wanted}
        source.write_bytes(b"edited in place")
        assert read_site(target) == {"assets/theme.css": wanted}


def test_adopting_what_is_no_file_is_refused(target: Path, tmp_path: Path) -> None:
    """A missing source and a folder are told by name."""
    with publishing(target) as publication:
        for source in (tmp_path / "missing", tmp_path):
            with pytest.raises(PublicationError, match=str(source)):
                publication.adopt("a", source)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/a",
        "a/",
        "a//b",
        ".",
        "..",
        "a/..",
        "../a",
        "a/./b",
        "a\0b",
        "é\0",
        "e\u0301",
        "\udcff",
        ".noroshi",
        ".noroshi/x",
    ],
)
def test_unusable_paths_are_refused(target: Path, path: str) -> None:
    """Nothing outside the site and no name that two systems read differently can be written."""
    with publishing(target) as publication:
        for attempt in (publication.write, lambda path, data: write_file(publication.stage, path, data)):
            with pytest.raises(PublicationError, match="cannot be published"):
                attempt(path, b"x")


@pytest.mark.parametrize("path", ["...", "a b", "é", "障害/index.html", "a\nb", "%2e%2e/x", "-", "a\\b"])
def test_unusual_paths_are_published(target: Path, path: str) -> None:
    """Any other name is a name, and survives the manifest."""
    for _ in range(2):
        publish(target, {path: b"x"})
        assert read_site(target) == {path: b"x"}


def test_a_path_cannot_be_file_and_folder_at_once(target: Path) -> None:
    """`a` and `a/b` in one site are refused whatever their order, and the old site stands."""
    publish(target, FIRST)
    for paths in (["a", "a/b/c"], ["a/b/c", "a"], ["a/b/c", "a/b"]):
        with pytest.raises(PublicationError, match="is a folder of the site and a file as well"):
            publish(target, dict.fromkeys(paths, b"x"))
        assert read_site(target) == FIRST


def test_two_contents_for_one_path_are_refused(target: Path) -> None:
    """A page that two sources want is a mistake; the same bytes twice are none."""
    publish(target, FIRST)
    with publishing(target) as publication:
        publication.write("index.html", b"1")
        publication.write("index.html", b"1")
        with pytest.raises(PublicationError, match=r"^index.html: two contents"):
            publication.write("index.html", b"2")
        with pytest.raises(PublicationError, match=r"^index.html: two contents"):
            publication.keep("index.html")


def test_a_publication_is_committed_once(target: Path) -> None:
    """A second commit is refused and changes nothing."""
    with publishing(target) as publication:
        publication.write("a", b"x")
        publication.commit()
        with pytest.raises(PublicationError, match="already finished"):
            publication.commit()
    assert read_site(target) == {"a": b"x"}


def test_the_site_is_readable_and_what_lies_beside_it_is_not(target: Path) -> None:
    """Files and folders of the site follow the umask; lock, manifest and spare are the owner's alone."""
    old = os.umask(0o022)
    try:
        publish(target, FIRST)
        publish(target, {**FIRST, "index.html": b"2"})
    finally:
        os.umask(old)
    modes = {stat.S_IMODE(place.stat().st_mode) for place in target.rglob("*") if place.is_file()}
    assert modes == {0o644}
    folders = [target, *(place for place in target.rglob("*") if place.is_dir())]
    assert {stat.S_IMODE(place.stat().st_mode) for place in folders} == {0o755}
    work = target.parent / ".site.noroshi"
    assert stat.S_IMODE(work.stat().st_mode) == 0o700
    assert stat.S_IMODE((work / "manifest").stat().st_mode) == 0o600


def test_a_target_that_is_a_link_is_published_behind_it(target: Path, tmp_path: Path) -> None:
    """The link stays, the folder it leads to changes."""
    real = tmp_path / "disk" / "www"
    real.mkdir(parents=True)
    target.symlink_to(real)
    publish(target, FIRST)
    publish(target, {**FIRST, "index.html": b"2"})
    assert target.is_symlink()
    assert read_site(real) == {**FIRST, "index.html": b"2"}
    assert (real.parent / ".www.noroshi").is_dir()
