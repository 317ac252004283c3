"""The writing commands as somebody meets them: before a terminal, with answers typed, an editor, and Ctrl-C."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from real_program import ROOT, environment

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")]

ID = "2026-06-18-staging-down"
PATIENCE = 30


class Typist:
    """Somebody before a pseudo-terminal."""

    def __init__(self, site: Path, now: str, *words: str, **more: str) -> None:
        self.screen = ""
        self._seen = 0
        ours, theirs = pty.openpty()
        env = environment(
            site.parent, {"TERM": "dumb", "NO_COLOR": "1", "LC_ALL": "C.UTF-8", "TMPDIR": str(site.parent)}
        )
        command = [sys.executable, "-m", "noroshi", words[0], "--site", str(site), "--now", now, *words[1:]]
        self.process = subprocess.Popen(
            command,
            cwd=site,
            env=env | more,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=_own_terminal,
        )
        os.close(theirs)
        self._terminal = ours

    def expect(self, words: str) -> None:
        """Wait until these words have come behind those that were waited for before."""
        deadline = time.monotonic() + PATIENCE
        while (found := self.screen.find(words, self._seen)) < 0:
            assert time.monotonic() < deadline, f"{words!r} does not come:\n{self.screen}"
            assert self._read(deadline), f"it ended before {words!r} came:\n{self.screen}"
        self._seen = found + len(words)

    def answer(self, question: str, words: str = "") -> None:
        """Wait for a question and for the place to answer it, type the words and press Enter."""
        self.expect(question)
        self.expect("> " if "[Y/n" not in question else " ")
        os.write(self._terminal, words.encode() + b"\n")

    def tell(self, question: str, words: str = "") -> None:
        """Answer with a text, which an empty line ends."""
        self.answer(question, words)
        if words:
            self.expect("> ")
            os.write(self._terminal, b"\n")

    def end_of_input(self) -> None:
        """Press Ctrl-D."""
        os.write(self._terminal, b"\x04")

    def interrupt(self) -> None:
        """Press Ctrl-C, and again where nothing comes: Python loses one between its prompt and its waiting."""
        for _ in range(5):
            os.write(self._terminal, b"\x03")
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=2)
                return

    def end(self) -> int:
        """Wait for the end of the command."""
        deadline = time.monotonic() + PATIENCE
        while self._read(deadline):
            pass
        os.close(self._terminal)
        return self.process.wait(timeout=PATIENCE)

    def _read(self, deadline: float) -> bool:
        ready, _, _ = select.select([self._terminal], [], [], max(0, deadline - time.monotonic()))
        if not ready:
            self.process.send_signal(signal.SIGKILL)
            return False
        try:
            data = os.read(self._terminal, 65536)
        except OSError:  # the other side is closed
            return False
        self._data = getattr(self, "_data", b"") + data
        self.screen = re.sub("\x1b\\[[0-9;?]*[a-zA-Z]", "", self._data.decode("utf-8", "replace")).replace("\r", "")
        return bool(data)


def _own_terminal() -> None:
    """Make standard input the terminal that Ctrl-C comes from."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The example's settings and templates, and no record."""
    folder = tmp_path / "status"
    shutil.copytree(ROOT / "content", folder / "content", ignore=shutil.ignore_patterns("2026", ".schema"))
    return folder


def opened(site: Path) -> Path:
    """An incident that stands there already."""
    place = site / f"content/incidents/2026/{ID}.yaml"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(
        "title: 検証サーバーの停止   # by hand\nseverity: major\ncomponents: {staging-web: major_outage}\nreports:\n"
        "  - {kind: start, at: 2026-06-18T21:52+09:00, text: 調査中です。}\n",
        "utf-8",
    )
    return place


def test_an_incident_is_asked_for_fact_by_fact(site: Path) -> None:
    """In the site's first language, with choices by number, Enter for none, and a wrong answer asked for again."""
    typist = Typist(site, "2026-06-18T21:52+09:00", "incident")
    typist.answer("件名を短く", "")
    typist.expect("これは必要です。")
    typist.answer("", "検証サーバーの停止")
    typist.answer("[en]", "Staging server down")
    typist.tell("読者に何を伝えますか", "DB 更新作業中に停止しました。")
    typist.tell("[en]", "")
    typist.expect("staging-web")
    typist.answer("どのコンポーネントに", "staging-web=major_outage 8")
    typist.answer("検証 DBの状態はどれですか", "3")
    typist.answer("深刻さはどれですか", "重大な")
    typist.expect("is not among the choices")
    typist.answer("深刻さはどれですか", "major")
    typist.answer("いつ始まりましたか", "さっき")
    typist.expect("is no time")
    typist.answer("いつ始まりましたか", "21:40")
    typist.answer("最初に気づいたのは", "1")
    typist.answer("いつ気づきましたか", "21:45")
    typist.tell("影響がないのは", "本番環境には影響ありません。")
    typist.tell("当面どうすれば", "")
    typist.answer("復旧はいつの見込みですか", "？")
    typist.tell("なぜまだ分からないのですか", "範囲を調査中")
    typist.answer("いつまでに分かりますか", "+38m")
    typist.answer("次の報告はいつですか", "")
    typist.answer("ID", "")
    typist.expect("+title:")
    typist.answer("書きますか [Y/n/e]", "")
    assert typist.end() == 0, typist.screen
    assert "2026-06-18-staging-server-down.yaml" in typist.screen
    assert "22:52" in typist.screen
    text = (site / "content/incidents/2026/2026-06-18-staging-server-down.yaml").read_text("utf-8")
    assert text.split("\n", 1)[1] == (
        "title:\n  ja: 検証サーバーの停止\n  en: Staging server down\nseverity: major\ncomponents:\n"
        "  staging-web: major_outage\n  staging-db: degraded_performance\n"
        "started_at: 2026-06-18T21:40+09:00\ndetected:\n  at: 2026-06-18T21:45+09:00\n  by: monitoring\n"
        "not_affected: 本番環境には影響ありません。\nreports:\n  - kind: start\n    at: 2026-06-18T21:52+09:00\n"
        "    text: DB 更新作業中に停止しました。\n    recovery:\n      unknown: 範囲を調査中\n"
        "      answer_by: 2026-06-18T22:30+09:00\n"
    )


def test_a_report_asks_for_little(site: Path) -> None:
    """The text, whether it is back, and when the next one comes; the rest of the file stays byte for byte."""
    place = opened(site)
    before = place.read_text("utf-8")
    typist = Typist(site, "2026-06-18T22:20+09:00", "report")
    typist.tell("読者に何を伝えますか", "復元を始めました。")
    typist.tell("[en]", "We have begun to restore.")
    typist.answer("いつ復旧しましたか", "")
    typist.answer("復旧はいつの見込みですか", "23:30")
    typist.answer("次の報告はいつですか", "22:50")
    typist.answer("書きますか [Y/n/e]", "y")
    assert typist.end() == 0, typist.screen
    assert place.read_text("utf-8").startswith(before)
    assert "next_report: 2026-06-18T22:50+09:00" in place.read_text("utf-8").removeprefix(before)


def test_completion_is_asked_for_piece_by_piece(site: Path) -> None:
    """The end, its confirmation, the cause and each action; a needed one cannot be passed over."""
    place = opened(site)
    typist = Typist(site, "2026-06-18T23:50+09:00", "complete", "staging")
    typist.tell("読者に何を伝えますか", "対応を完了しました。")
    typist.tell("[en]")
    typist.answer("いつ終わりましたか", "23:20")
    typist.tell("どのように確認", "")
    typist.expect("これは必要です。")
    typist.tell("", "監視の正常化")
    typist.tell("残る影響は", "なし")
    typist.answer("原因はどこまで", "confirmed")
    typist.tell("原因は何でしたか", "ディスクが溢れた")
    typist.tell("なぜもっと早く", "")
    typist.tell("是正処置として", "最初に容量を確認する")
    typist.answer("この処置の短い ID", "容量")
    typist.answer("この処置の短い ID", "disk-check")
    typist.answer("応急処置ですか", "")
    typist.answer("どの役割が", "infra")
    typist.answer("いつまでに行いますか", "2026-06-26")
    typist.answer("効果はいつまでに", "2026-07-31")
    typist.tell("是正処置として", "")
    typist.answer("書きますか [Y/n/e]")
    assert typist.end() == 0, typist.screen
    text = place.read_text("utf-8")
    assert "type: permanent\n        owner: infra\n        due: 2026-06-26\n        check_effect_by: 2026-07-31" in text


@pytest.mark.parametrize(
    ("words", "talk", "said"),
    [
        (
            ("maintenance", "検証 DB の更新"),
            (
                ("いつ始まりますか", "明日 21:00"),
                ("いつ終わりますか", "30m"),
                ("どのコンポーネントに", "staging-db"),
                ("読者に何を伝えますか", "更新します。"),
                ("[en]", ""),
                ("なぜその作業を", "定期の更新"),
                ("失敗したら", ""),
                ("影響がないのは", ""),
                ("ID", "db-update"),
            ),
            "until: 2026-06-19T21:30+09:00\nreason: 定期の更新",
        ),
        (
            ("commitment", "サイト公開"),
            (
                ("どのお客様", "1"),
                ("いつ始まりますか", "明日 10:00"),
                ("いつ終わりますか", "12:00"),
                ("どのコンポーネントが必要", "staging-web"),
                ("前後どれだけ", "24h,2h"),
                ("誰が読めますか", ""),
                ("ID", ""),
            ),
            "keep_clear:\n  before: 24h\n  after: 2h\nvisibility: client",
        ),
        (
            ("correct", "staging", "1"),
            (("読者に何を伝えますか", "範囲が違いました。"), ("[en]", "")),
            "corrects:\n      - 1",
        ),
    ],
    ids=lambda value: value[0] if isinstance(value[0], str) else None,
)
def test_each_command_asks_for_its_own(
    site: Path, words: tuple[str, ...], talk: tuple[tuple[str, str], ...], said: str
) -> None:
    """Work, commitments and corrections, each with the questions that are theirs."""
    opened(site)
    typist = Typist(site, "2026-06-18T22:00+09:00", *words)
    for question, answer in talk:
        one_line = question.startswith(("いつ", "どのコン", "どのお客", "ID", "前後", "誰が"))
        (typist.answer if one_line else typist.tell)(question, answer)
    typist.answer("書きますか [Y/n/e]")
    assert typist.end() == 0, typist.screen
    written = "".join(place.read_text("utf-8") for place in (site / "content").rglob("2026/*.yaml"))
    assert said in written


def test_an_action_asks_where_it_can_be_seen(site: Path) -> None:
    """--done asks for the words and the evidence."""
    place = opened(site)
    place.write_text(
        place.read_text("utf-8")
        + "  - kind: completion\n    at: 2026-06-18T23:50+09:00\n    text: x\n    ended_at: 2026-06-18T23:20+09:00\n"
        "    confirmed_by: x\n    cause: {status: confirmed, text: x}\n"
        "    actions: [{id: disk-check, what: x, type: permanent, owner: infra, due: 2026-06-26}]\n",
        "utf-8",
    )
    typist = Typist(site, "2026-06-25T17:00+09:00", "action", "staging", "disk-check", "--done")
    typist.tell("読者に何を伝えますか", "実施しました。")
    typist.tell("[en]")
    typist.tell("どこで確認できますか", "手順書 第 3 版")
    typist.answer("書きますか [Y/n/e]")
    assert typist.end() == 0, typist.screen
    assert "      disk-check:\n        done: 2026-06-25\n        evidence: 手順書 第 3 版\n" in place.read_text("utf-8")


@pytest.mark.parametrize("late", [False, True], ids=["half-way", "at the last question"])
def test_ctrl_c_writes_nothing_and_says_so(site: Path, late: bool) -> None:
    """At any question: nothing is written, and that is said."""
    place = opened(site)
    before = place.read_bytes()
    typist = Typist(site, "2026-06-18T22:20+09:00", "report", *(["--text", "x", "--recovery", "23:30"] if late else []))
    if late:
        typist.answer("いつ復旧しましたか", "")
        typist.answer("次の報告はいつですか", "")
        typist.expect("[Y/n/e]")
    else:
        typist.tell("読者に何を伝えますか", "復元を始めました。")
        typist.expect("[en]")
    typist.interrupt()
    assert typist.end() == 130, typist.screen
    assert "nothing was written" in typist.screen
    assert "Traceback" not in typist.screen
    assert place.read_bytes() == before


def test_no_is_no(site: Path) -> None:
    """Whoever declines at the end has written nothing."""
    place = opened(site)
    before = place.read_bytes()
    typist = Typist(site, "2026-06-18T22:20+09:00", "report", "--text", "x", "--recovered", "22:10")
    typist.answer("書きますか [Y/n/e]", "n")
    typist.end()
    assert "nothing was written" in typist.screen
    assert place.read_bytes() == before


EDITOR = """\
import pathlib, sys
place = pathlib.Path(sys.argv[1])
tries = pathlib.Path(sys.argv[0]).with_suffix(".tries")
number = len(tries.read_text()) if tries.exists() else 0
tries.write_text("x" * (number + 1))
text = place.read_text("utf-8")
pathlib.Path(sys.argv[0]).with_suffix(f".seen{number}").write_text(text, "utf-8")
if number == 0:
    text = text.replace("text: |\\n  ", "text: |\\n  復元を始めました。\\n  欠損はありません。")
    text = text.replace("# recovery: 23:30", "recovery: 20:00\\nrecovered_at: soon")
elif number == 1:
    text = text.replace("recovered_at: soon", "recovered_at: [")
else:
    text = text.replace("recovered_at: [", "").replace("recovery: 20:00", "recovery: +70m")
place.write_text(text, "utf-8")
"""


def editor(folder: Path, script: str) -> str:
    """What EDITOR is set to: a script in place of an editor."""
    place = folder / "an editor.py"
    place.write_text(script, "utf-8")
    return f"{sys.executable} '{place}'"


def test_an_editor_opens_a_prepared_block_until_it_is_right(site: Path) -> None:
    """The block has a comment on each fact, what is wrong stands above it the next time, and the end is a report."""
    place = opened(site)
    before = place.read_text("utf-8")
    command = editor(site.parent, EDITOR)
    typist = Typist(site, "2026-06-18T22:20+09:00", "report", "staging", "--edit", EDITOR=command, VISUAL="")
    typist.answer("書きますか [Y/n/e]")
    assert typist.end() == 0, typist.screen
    assert place.read_text("utf-8").removeprefix(before) == (
        "  - kind: interim\n    at: 2026-06-18T22:20+09:00\n    text: |\n"
        "      復元を始めました。\n      欠損はありません。\n"
        "    recovery: 2026-06-18T23:30+09:00\n"
    )
    seen = [(site.parent / f"an editor.seen{number}").read_text("utf-8") for number in range(3)]
    assert "# 復旧はいつの見込みですか" in seen[0]
    assert "#! " not in seen[0]
    assert "recovered_at" in seen[1].split("\n\n")[0]
    assert "復元を始めました。" in seen[1]
    assert "yaml-syntax" in seen[2].split("\n\n")[0]
    assert list(site.parent.glob("noroshi-*.yaml")) == []


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("import sys; sys.exit(1)", "the editor ended with 1"),
        (
            "import pathlib, sys; place = pathlib.Path(sys.argv[1]); text = place.read_text('utf-8')\n"
            "place.write_text(text.replace('text: |\\n  ', 'text: 書いたもの\\nseverty: x'), 'utf-8')",
            "nothing was changed",
        ),
    ],
    ids=["gives up", "mends nothing"],
)
def test_nothing_typed_is_lost(site: Path, script: str, said: str) -> None:
    """Where the editor gives up, the record stays as it was and the command says where the block lies."""
    place = opened(site)
    before = place.read_bytes()
    command = editor(site.parent, script)
    typist = Typist(site, "2026-06-18T22:20+09:00", "report", "staging", "--edit", EDITOR=command, VISUAL="")
    assert typist.end() == 3, typist.screen
    assert said in typist.screen
    assert place.read_bytes() == before
    kept = list(site.parent.glob("noroshi-*.yaml"))
    assert len(kept) == 1
    assert kept[0].name in typist.screen
    assert "text:" in kept[0].read_text("utf-8")
    assert kept[0].stat().st_mode & 0o077 == 0


def test_a_text_goes_on_until_an_empty_line(site: Path) -> None:
    """Lines that are typed or pasted are one text, with its empty lines where it was pasted; the next question is asked
    of nobody's second line, and a lone `?` is no text."""
    place = opened(site)
    before = place.read_text("utf-8")
    typist = Typist(site, "2026-06-18T22:20+09:00", "report", "--recovered", "22:10")
    typist.expect("空行で終わり")
    typist.answer("", "？")
    typist.answer("", "")
    typist.expect("tells readers nothing")
    typist.answer("読者に何を伝えますか", "復元を始めました。\n欠損はありません。\n\n- 続きは 23 時に\n")
    typist.tell("[en]", "We have begun to restore.")
    typist.answer("書きますか [Y/n/e]")
    assert typist.end() == 0, typist.screen
    assert (
        place.read_text("utf-8")
        .removeprefix(before)
        .endswith(
            "    text:\n      ja: |-\n        復元を始めました。\n        欠損はありません。\n\n"
            "        - 続きは 23 時に\n"
            "      en: We have begun to restore.\n"
        )
    )


@pytest.mark.parametrize("way", ["n", "Ctrl-C", "Ctrl-D", "half-way", "at its end"])
def test_what_was_answered_is_handed_back(site: Path, way: str) -> None:
    """Whoever declines or breaks off gets the answers so far as a block, and how to go on with it."""
    place = opened(site)
    before = place.read_bytes()
    typist = Typist(site, "2026-06-18T22:20+09:00", "report")
    typist.tell("読者に何を伝えますか", "復元を始めました。")
    if way in ("n", "Ctrl-C", "Ctrl-D"):
        typist.tell("[en]", "We have begun.")
        typist.answer("いつ復旧しましたか")
        typist.answer("復旧はいつの見込みですか", "30分")
        typist.answer("次の報告はいつですか", "１時間")
        if way == "n":
            typist.answer("書きますか [Y/n/e]", "n")
        else:
            typist.expect("[Y/n/e] ")
    else:
        typist.expect("[en]")
        typist.expect("> ")
    if way in ("Ctrl-D", "at its end"):
        typist.end_of_input()
    elif way != "n":
        typist.interrupt()
    assert typist.end() == (0 if way == "n" else 130), typist.screen
    told = typist.screen.split("nothing was written", 1)[1]
    assert "run the same command with --edit" in told
    if way in ("half-way", "at its end"):
        assert "\n\ntext: 復元を始めました。\n" in told
    else:
        assert (
            "\n\ntext:\n  ja: 復元を始めました。\n  en: We have begun.\n"
            "recovery: 2026-06-18T22:50+09:00\nnext_report: 2026-06-18T23:20+09:00\n"
        ) in told
    assert place.read_bytes() == before


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_lines_of_an_unfinished_text_are_handed_back(site: Path, language: str) -> None:
    """Ctrl-C in the middle of a text gives back the lines that were typed of it."""
    opened(site)
    typist = Typist(site, "2026-06-18T22:20+09:00", "report")
    question = "読者に何を伝えますか"
    if language == "en":
        typist.tell(question, "復元を始めました。")
        question = "[en]"
    typist.answer(question, "one")
    typist.answer("", "two")
    typist.expect("> ")
    typist.interrupt()
    assert typist.end() == 130, typist.screen
    told = typist.screen.split("nothing was written", 1)[1]
    if language == "ja":
        assert "\n\ntext: |\n  one\n  two\n" in told or "\n\ntext: |-\n  one\n  two\n" in told, told
    else:
        assert "\n\ntext:\n  ja: 復元を始めました。\n  en: |-\n    one\n    two\n" in told, told


def test_the_editor_opens_on_what_was_answered(site: Path) -> None:
    """`e` at the last question opens a block with all answers, and what was left out as comments."""
    place = opened(site)
    command = editor(
        site.parent,
        "import pathlib, sys; place = pathlib.Path(sys.argv[1]); text = place.read_text('utf-8')\n"
        "pathlib.Path(sys.argv[0]).with_suffix('.seen').write_text(text, 'utf-8')\n"
        "place.write_text(text.replace('復元を始めました。', '|\\n  復元を始めました。\\n\\n  欠損はありません。')"
        ".replace('# recovered_at: 23:20', 'recovered_at: 22:15'), 'utf-8')",
    )
    typist = Typist(site, "2026-06-18T22:20+09:00", "report", EDITOR=command, VISUAL="")
    typist.tell("読者に何を伝えますか", "復元を始めました。")
    typist.tell("[en]")
    typist.answer("いつ復旧しましたか")
    typist.answer("復旧はいつの見込みですか")
    typist.answer("次の報告はいつですか")
    typist.answer("書きますか [Y/n/e]", "e")
    typist.answer("書きますか [Y/n/e]", "y")
    assert typist.end() == 0, typist.screen
    seen = (site.parent / "an editor.seen").read_text("utf-8")
    assert "\ntext: 復元を始めました。\n" in seen
    assert "\n# recovered_at: 23:20\n" in seen
    assert place.read_text("utf-8").endswith(
        "    recovered_at: 2026-06-18T22:15+09:00\n    text: |\n      復元を始めました。\n\n      欠損はありません。\n"
    )


def test_an_editor_that_gives_back_what_was_refused_is_not_opened_again(site: Path) -> None:
    """Comments apart, the same faulty block ends the command, though the file was written anew."""
    place = opened(site)
    before = place.read_bytes()
    command = editor(
        site.parent,
        "import pathlib, sys\nplace = pathlib.Path(sys.argv[0]).with_suffix('.count')\n"
        "place.write_text((place.read_text() if place.exists() else '') + 'x')\n"
        "pathlib.Path(sys.argv[1]).write_text('# mine\\ntext: x\\nrecovered_at: soon\\n', 'utf-8')",
    )
    typist = Typist(site, "2026-06-18T22:20+09:00", "report", "--edit", EDITOR=command, VISUAL="")
    assert typist.end() == 3, typist.screen
    assert "nothing was changed" in typist.screen
    assert (site.parent / "an editor.count").read_text() == "xx"
    assert place.read_bytes() == before


def test_several_open_matters_are_listed_to_choose_from(site: Path) -> None:
    """`report` without an id asks which matter, by number, id or title."""
    opened(site)
    other = site / "content/incidents/2026/2026-06-18-mail.yaml"
    other.write_text("title: Mail late\nreports:\n  - {kind: start, at: 2026-06-18T22:00+09:00, text: x}\n", "utf-8")
    typist = Typist(site, "2026-06-18T22:20+09:00", "report", "--recovered", "22:10", "--text", "x")
    typist.expect("検証サーバーの停止")
    typist.answer("どれですか", "9")
    typist.answer("どれですか", "mail late")
    typist.answer("書きますか [Y/n/e]")
    assert typist.end() == 0, typist.screen
    assert "recovered_at" in other.read_text("utf-8")


def test_an_action_is_chosen_from_those_there_are(site: Path) -> None:
    """`action ID` lists the actions, asks what became of one, and where that can be seen."""
    place = opened(site)
    place.write_text(
        place.read_text("utf-8")
        + "  - kind: completion\n    at: 2026-06-18T23:50+09:00\n    text: x\n    ended_at: 2026-06-18T23:20+09:00\n"
        "    confirmed_by: x\n    cause: {status: confirmed, text: x}\n"
        "    actions: [{id: disk-check, what: Look at the disk, type: permanent, owner: infra, due: 2026-06-26}]\n",
        "utf-8",
    )
    typist = Typist(site, "2026-06-25T17:00+09:00", "action", "staging")
    typist.expect("Look at the disk")
    typist.answer("どの処置ですか", "1")
    typist.answer("どうなりましたか", "done")
    typist.tell("読者に何を伝えますか", "実施しました。")
    typist.tell("[en]")
    typist.tell("どこで確認できますか", "手順書")
    typist.answer("書きますか [Y/n/e]")
    assert typist.end() == 0, typist.screen
    assert "evidence: 手順書" in place.read_text("utf-8")


def test_components_are_taken_by_the_names_that_are_listed(site: Path) -> None:
    """A name of the list, of several words too, with and without a level behind it."""
    typist = Typist(site, "2026-06-18T21:52+09:00", "incident", "x", "--text", "x", "--severity", "minor")
    typist.answer("どのコンポーネントに", "検証 DB=major_outage 検証 サイト")
    typist.expect("no component has the id")
    typist.answer("どのコンポーネントに", "オンラインショップ、検証 DB=major_outage Public website=full_outage")
    typist.expect("is not among the choices")
    typist.answer("どのコンポーネントに", "検証 DB=major_outage Public website=degraded_performance 9=major_outage")
    typist.expect("いつ始まりましたか")
    typist.expect("> ")
    typist.interrupt()
    assert typist.end() == 130
    assert "staging-db: major_outage\n  www: degraded_performance\n  ci: major_outage\n" in typist.screen
