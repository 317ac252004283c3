"""The name of a rendered theme: a hash of all that went into it, found without importing MkDocs."""

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from noroshi.cache import distributions
from noroshi.theme.request import ThemeRequest
from noroshi.theme.site_config import read_config_inputs

_READ_WHOLE = 256 * 1024
# Bytes; of a larger file (a video, say) size and time of change stand for the content, to keep the key cheap.


def theme_key(request: ThemeRequest) -> str:
    """Return 32 hexadecimal digits that change whenever a byte of the rendered theme may change.

    Counted are: the request; mkdocs.yml and what it inherits; docs_dir; the files and folders that the
    configuration names (custom_dir, hooks and the modules beside them, snippets, `watch`); the frame's templates;
    variables read through `!ENV`; the installed distributions with their versions; Python; and this package's
    own source.
    Raises ThemeError where mkdocs.yml cannot be read.
    """
    digest = hashlib.blake2b(digest_size=16)
    inputs = read_config_inputs(request.mkdocs_yml)
    plain = [
        request.to_json(),
        sys.version,
        distributions(),
        [[name, os.environ.get(name)] for name in inputs.variables],
    ]
    digest.update(json.dumps(plain, ensure_ascii=True).encode())
    roots = [*inputs.config_files, inputs.docs_dir, *inputs.named, *request.templates, Path(__file__).parent]
    roots += [path.parent for path in inputs.named if path.suffix == ".py"]
    for number, root in enumerate(dict.fromkeys(roots)):
        for path in _files(root):
            # Named by where it lies under its root, so that a moved site keeps its key.
            label = f"\0{number}\0{path.relative_to(root).as_posix()}\0{path.name}\0"
            digest.update(label.encode("utf-8", "surrogateescape"))
            digest.update(_fingerprint(path))
    return digest.hexdigest()


def _files(root: Path) -> Iterator[Path]:
    """Yield the files at or below a path in one order; links are followed, as MkDocs follows them."""
    if root.is_file():
        yield root
        return
    for parent, folders, names in os.walk(root, followlinks=True):
        folders[:] = sorted(name for name in folders if name not in {"__pycache__", ".git"})
        for name in sorted(names):
            yield Path(parent, name)


def _fingerprint(path: Path) -> bytes:
    try:
        status = path.stat()
        if status.st_size > _READ_WHOLE:
            return f"{status.st_size} {status.st_mtime_ns}".encode()
        return hashlib.blake2b(path.read_bytes(), digest_size=16).digest()
    except OSError as error:
        # A dangling link or an unreadable file: MkDocs will say so; here it only has to count.
        return f"{error.errno}".encode()
