"""Publishing where it cannot go on: foreign folders, full disks, missing rights, other builds."""

import errno
import os
import pickle
import pwd
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from noroshi.publishing import publication as module
from noroshi.publishing.exchange import exchange_folders, put_in_place, restore
from noroshi.publishing.inplace import publishing_order
from noroshi.publishing.lock import locked
from noroshi.publishing.publication import PublicationError, publishing, write_file
from noroshi.publishing.target import is_mount
from noroshi.publishing.tree import write_file as write_in_tree
from published_site import folders_of, publish, read_site

SITE = {"index.html": b"home", "incidents/a/index.html": b"a", "feed.xml": b"<rss/>"}
NEXT = {"index.html": b"home 2", "incidents/b/index.html": b"b", "feed.xml": b"<rss></rss>"}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 KiB mounted at a folder named `site`."""
    place = tmp_path / "site"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount command")
    if done.returncode:
        pytest.skip("mounting is not allowed here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_foreign_folder_is_refused(target: Path) -> None:
    """A folder that holds anything of someone else's is not touched, and the message says what to do."""
    target.mkdir()
    (target / "thesis.txt").write_bytes(b"precious")
    with pytest.raises(PublicationError) as caught:
        publish(target, SITE)
    assert str(caught.value) == (
        f"{target}: cannot be published to: it is not empty and was not made by a build (it has no .noroshi "
        "file of ours); choose another output folder, or empty this one"
    )
    assert read_site(target) == {"thesis.txt": b"precious"}
    assert not (target.parent / ".site.noroshi").exists()


def test_a_foreign_file_named_like_our_mark_does_not_open_the_door(target: Path) -> None:
    """The mark counts only with its text."""
    target.mkdir()
    (target / ".noroshi").write_bytes(b"something else")
    with pytest.raises(PublicationError, match="not made by a build"):
        publish(target, SITE)


def test_a_folder_that_turns_foreign_during_the_build_is_not_replaced(target: Path) -> None:
    """The target is judged again at the moment of publication."""
    publish(target, SITE)
    with publishing(target) as publication:
        publication.write("index.html", b"new")
        target.rename(target.with_name("moved"))
        target.mkdir()
        (target / "thesis.txt").write_bytes(b"precious")
        with pytest.raises(PublicationError, match="not made by a build"):
            publication.commit()
    assert read_site(target) == {"thesis.txt": b"precious"}


def test_a_file_is_refused(target: Path) -> None:
    """A file at the target stays."""
    target.write_bytes(b"precious")
    with pytest.raises(PublicationError, match="is a file"):
        publish(target, SITE)
    assert target.read_bytes() == b"precious"


def test_a_link_to_nothing_is_refused(target: Path) -> None:
    """A dangling link says that something is not mounted or misspelt."""
    target.symlink_to(target.parent / "nowhere")
    with pytest.raises(PublicationError, match="symbolic link to nothing"):
        publish(target, SITE)


@pytest.mark.parametrize("place", ["/", "home", "above home", "sources", "above sources", "link to sources"])
def test_precious_folders_are_refused(tmp_path: Path, place: str) -> None:
    """The root, the home folder and the sources are never replaced, nor what holds them, also not by a link."""
    home = Path(pwd.getpwuid(os.geteuid()).pw_dir)
    sources = tmp_path / "project" / "content"
    link = tmp_path / "link"
    link.symlink_to(sources)
    target = {
        "/": Path("/"),
        "home": home,
        "above home": home.parent,
        "sources": sources,
        "above sources": sources.parent,
        "link to sources": link,
    }[place]
    sources.mkdir(parents=True)
    with pytest.raises(PublicationError, match="cannot be published to"), publishing(target, protected=[sources]):
        pass
    assert not list(sources.parent.glob(".*"))


def test_a_target_inside_the_project_is_well(tmp_path: Path) -> None:
    """A site may lie within the folder that holds its sources."""
    with publishing(tmp_path / "site", protected=[tmp_path, tmp_path / "content"]) as publication:
        publication.write("a", b"x")
        publication.commit()
    assert read_site(tmp_path / "site") == {"a": b"x"}


def test_a_private_folder_that_others_can_write_to_is_refused(target: Path) -> None:
    """In a folder open to all, someone else could have laid it out."""
    work = target.parent / ".site.noroshi"
    work.mkdir()
    work.chmod(0o777)
    with pytest.raises(PublicationError, match="not a folder that you alone can write to"):
        publish(target, SITE)


def test_a_second_build_is_refused_at_once(target: Path) -> None:
    """While one build publishes, another one ends with a message, and the first is not disturbed."""
    with publishing(target) as publication:
        publication.write("a", b"x")
        with pytest.raises(PublicationError, match=f"^{target}: another build is publishing here"):
            publish(target, SITE)
        code = "import sys; from pathlib import Path; from noroshi.publishing.publication import publishing\n"
        code += "with publishing(Path(sys.argv[1])): pass"
        search = os.pathsep.join(sys.path)
        other = subprocess.run(
            [sys.executable, "-c", code, str(target)],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": search},
        )
        assert "another build is publishing here" in other.stderr
        publication.commit()
    assert read_site(target) == {"a": b"x"}
    publish(target, SITE)


def test_a_worker_that_outlives_its_build_does_not_hold_the_lock(tmp_path: Path) -> None:
    """The lock is the build's own; a forked child does not keep it."""
    forked, in_child = os.pipe()
    waiting, go = os.pipe()
    with locked(tmp_path / "lock", tmp_path):
        child = os.fork()
        if child == 0:
            os.close(go)
            os.write(in_child, b"x")
            os.read(waiting, 1)
            os._exit(0)
        os.read(forked, 1)
    try:
        with locked(tmp_path / "lock", tmp_path):
            pass
    finally:
        os.close(go)
        os.waitpid(child, 0)
        for handle in (forked, in_child, waiting):
            os.close(handle)


def test_a_child_that_leaves_the_context_cleans_nothing_up(target: Path) -> None:
    """A forked worker that ends by an exception passes the end of the context, too."""
    parent = os.getpid()
    try:
        with publishing(target) as publication:
            publication.write("a", b"x")
            child = os.fork()
            if child == 0:
                raise ZeroDivisionError
            os.waitpid(child, 0)
            publication.commit()
    finally:
        if os.getpid() != parent:
            os._exit(0)
    assert read_site(target) == {"a": b"x"}


@pytest.mark.slow
def test_a_full_disk_leaves_the_old_site(mounted: Path) -> None:
    """Beside the site the disk fills up: a message that says so, the old site whole, the next build fine."""
    target = mounted / "site"
    publish(target, SITE)
    with pytest.raises(PublicationError, match="the disk is full: free some space"):
        publish(target, {**NEXT, "big": bytes(1 << 20)})
    assert read_site(target) == SITE
    publish(target, NEXT)
    assert read_site(target) == NEXT
    (mounted / "filler").write_bytes(bytes(120_000))
    with pytest.raises(PublicationError, match="the disk is full"):
        publish(target, {f"p/{n}/index.html": bytes(4000) for n in range(100)})
    assert read_site(target) == NEXT


@pytest.mark.slow
def test_a_read_only_disk_leaves_the_old_site(mounted: Path) -> None:
    """A read-only file system is named as such."""
    target = mounted / "site"
    publish(target, SITE)
    subprocess.run(["mount", "-o", "remount,ro", str(mounted)], check=True)
    with pytest.raises(PublicationError, match="read-only"):
        publish(target, NEXT)
    assert read_site(target) == SITE
    with pytest.raises(PublicationError, match="read-only"):
        publish(mounted / "another", NEXT)


@pytest.mark.slow
def test_a_mount_point_is_published_file_by_file(mounted: Path) -> None:
    """A mount point cannot be exchanged: every file of it comes right all the same, foreign ones vanish."""
    assert is_mount(mounted)
    for wanted in (SITE, NEXT, SITE, {"index.html/x": b"now a folder"}, SITE):
        publish(mounted, wanted)
        assert read_site(mounted) == wanted
        (mounted / "extra.txt").write_bytes(b"x")
        if wanted == SITE:
            (mounted / "index.html").write_bytes(b"edited by hand")
            (mounted / "incidents/a/index.html").unlink()
    (mounted / "lost+found").mkdir()
    publish(mounted, SITE)
    assert (mounted / "lost+found").is_dir()
    (mounted / "lost+found").rmdir()
    assert read_site(mounted) == SITE
    assert folders_of(mounted) == {"incidents", "incidents/a"}
    assert not (mounted.parent / ".site.noroshi").exists()
    with publishing(mounted) as publication:
        assert [publication.keep(path) for path in SITE] == [True] * 3


def test_a_parent_that_may_not_be_written_makes_the_site_publish_in_place(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Someone who owns the site's folder but not its parent can publish."""
    target.mkdir()
    # root may write everywhere: let the question be answered as it is for others
    monkeypatch.setattr(os, "access", lambda place, mode: Path(place) != target.parent)
    for wanted in (SITE, NEXT, SITE):
        publish(target, wanted)
        assert read_site(target) == wanted
    assert (target / ".noroshi.work/manifest").is_file()


def test_in_place_nothing_is_pointed_to_before_it_is_there() -> None:
    """Assets come before pages, pages before the pages that list them, feeds and data last, our mark first."""
    paths = ["feed.xml", "index.html", "api/x.json", "incidents/a/index.html", "incidents/index.html", "a/x.css"]
    assert sorted([*paths, ".noroshi"], key=publishing_order) == [
        ".noroshi",
        "a/x.css",
        "incidents/a/index.html",
        "incidents/index.html",
        "index.html",
        "api/x.json",
        "feed.xml",
    ]


def test_a_size_limit_is_told(target: Path) -> None:
    """A write that fails halfway names the file; the old site stands."""
    publish(target, SITE)
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
        try:
            publish(target, {"index.html": bytes(10_000)})
        except PublicationError as error:
            os._exit(0 if "index.html: cannot write: File too large; the file is larger" in str(error) else 2)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert read_site(target) == SITE


def test_a_name_too_long_is_told(target: Path) -> None:
    """The file system's limit on names becomes a message with the path."""
    publish(target, SITE)
    with pytest.raises(PublicationError, match=r"x/index.html: cannot write: File name too long; the name is too"):
        publish(target, {"x" * 300 + "/index.html": b""})
    assert read_site(target) == SITE


def test_errors_of_workers_travel_back(tmp_path: Path) -> None:
    """A PublicationError survives the way between processes, message and all."""
    with pytest.raises(PublicationError) as caught:
        write_in_tree(tmp_path / "missing", "a/b", b"")
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
    assert write_file is write_in_tree


def test_trouble_after_the_exchange_is_a_warning(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the new site is out, a disk that fills up makes the next build slower and no more."""

    def full(*_: object) -> bytes:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    publish(target, SITE)
    with monkeypatch.context() as patch:
        patch.setattr(module, "save_manifest", full)
        patch.setattr(module, "catch_up", full)
        summary = publish(target, NEXT)
    assert read_site(target) == NEXT
    assert summary.generation == b""
    assert [warning.split(":")[0] for warning in summary.warnings] == [
        "the site is published, but the next build will take longer",
        "the site is published, but the next build will start afresh",
    ]
    with publishing(target) as publication:
        assert not publication.keep("index.html")
    publish(target, SITE)
    assert read_site(target) == SITE


def cannot_exchange(one: Path, other: Path) -> None:
    raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))


@pytest.mark.parametrize("exchange", [exchange_folders, cannot_exchange])
def test_two_folders_change_places(tmp_path: Path, exchange: object) -> None:
    """With the system's exchange and without it, stage and target have changed places afterwards."""
    stage, target, aside = tmp_path / "stage", tmp_path / "target", tmp_path / "old"
    for folder in (stage, target):
        folder.mkdir()
        (folder / "name").write_text(folder.name)
    put_in_place(stage, target, aside, exchange)  # type: ignore[arg-type]
    assert ((target / "name").read_text(), (stage / "name").read_text()) == ("stage", "target")
    assert not aside.exists()


def test_without_an_exchange_a_failed_rename_is_rolled_back(tmp_path: Path) -> None:
    """The old folder stands again when the new one cannot be put in its place."""
    target = tmp_path / "target"
    target.mkdir()
    with pytest.raises(FileNotFoundError):
        put_in_place(tmp_path / "missing", target, tmp_path / "old", cannot_exchange)
    assert target.is_dir()


def test_an_exchange_that_is_forbidden_is_not_tried_otherwise(tmp_path: Path) -> None:
    """Only a missing exchange is replaced by two renames; a refused one is an error."""

    def refused(one: Path, other: Path) -> None:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    stage, target = tmp_path / "stage", tmp_path / "target"
    stage.mkdir()
    target.mkdir()
    with pytest.raises(OSError, match="busy"):
        put_in_place(stage, target, tmp_path / "old", refused)
    assert stage.is_dir()


def test_a_run_killed_between_two_renames_is_mended(target: Path) -> None:
    """The folder that stepped aside stands again when the next build begins, before it ends."""
    publish(target, SITE)
    aside = target.parent / ".site.noroshi" / "old"
    target.rename(aside)
    with publishing(target):
        assert read_site(target) == SITE
    aside.mkdir()
    restore(target, aside)
    assert not aside.exists()
    assert read_site(target) == SITE
