# Sourced by scripts/demo and scripts/test: the virtual environment, and what Debian has to give.
# shellcheck shell=bash

LOCK=requirements-test.lock
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 NO_MKDOCS_2_WARNING=1

say() { printf '== %s\n' "$*" >&2; }

fail() {
    printf 'error: %s\n' "$*" >&2
    exit 3
}

# run WHAT COMMAND...: run it, or stop and name what failed.
run() {
    local what=$1 code=0
    shift
    say "$what"
    "$@" || code=$?
    if ((code)); then
        printf 'error: %s failed (exit code %d): %s\n' "$what" "$code" "$*" >&2
        exit "$code"
    fi
}

# need_packages PACKAGE...: install Debian packages, where that is possible.
need_packages() {
    if ((EUID)) || ! command -v apt-get >/dev/null; then
        fail "these Debian packages are missing: $*; install them as root (apt-get install $*) and run this again"
    fi
    export DEBIAN_FRONTEND=noninteractive
    run "looking for Debian packages" apt-get update -qq
    run "installing Debian packages: $*" apt-get install -y -qq --no-install-recommends "$@" >&2
}

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

# Which Python the virtual environment is made with: PYTHON, else the first that is new enough.
find_python() {
    local python
    for python in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if new_enough "$python"; then
            command -v "$python"
            return
        fi
    done
    return 1
}

# The virtual environment, whole: one that cannot run or has no pip is made again.
make_venv() {
    if [[ -x .venv/bin/python ]] && new_enough .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; then
        return
    fi
    local python
    if ! python=$(find_python); then
        fail "Python 3.11 or newer is needed; install it (Debian 12 or newer: apt-get install python3) or name it: PYTHON=…"
    fi
    if ! "$python" -c 'import ensurepip' 2>/dev/null; then
        need_packages python3-venv
    fi
    run "making .venv with $("$python" --version)" "$python" -m venv --clear .venv
}

# install WHAT PIP-ARGUMENTS...: install into .venv, unless exactly this was done here before.
install() {
    local what=$1 stamp=".venv/.installed-$1" now
    shift
    now=$({ .venv/bin/python --version; pwd; echo "$@"; cat "$LOCK" pyproject.toml; } | sha256sum)
    if [[ -f $stamp && $(<"$stamp") == "$now" ]]; then
        return
    fi
    # The lock also pins what builds packages; which of the two names pip heeds depends on its age.
    run "installing noroshi and what it needs ($what)" env PIP_USE_PEP517=1 PIP_CONSTRAINT="$PWD/$LOCK" \
        PIP_BUILD_CONSTRAINT="$PWD/$LOCK" .venv/bin/python -m pip install -q "$@"
    printf '%s\n' "$now" >"$stamp"
}
