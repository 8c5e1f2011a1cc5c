#!/bin/sh
# Makes this checkout ready to run: Python environment, locked packages, the system libraries Qt needs.
#   sh setup.sh run     what the program needs
#   sh setup.sh test    the same and what the test suite needs
# Safe to repeat: a stamp keyed by the lock files skips everything when nothing changed.
# pip's own settings (mirror, proxy, wheel folder) stay in force: no index is named here or in the locks.
set -eu
LC_ALL=C
export LC_ALL
cd "$(dirname "$0")"
here=$(pwd -P)

say() { printf 'set-up: %s\n' "$*" >&2; }
stop() { say "$@"; exit 1; }

mode=${1:-run}
locks_of() {
  case "$1" in
    run) echo requirements.lock ;;
    test) echo requirements.lock requirements-test.lock ;;
    *) stop "unknown word '$1'; say 'run' or 'test'." ;;
  esac
}
locks=$(locks_of "$mode")

key() { # what the environment of a mode was made from: this script, the locks, the interpreter, the place
  # shellcheck disable=SC2046
  cat setup.sh $(locks_of "$1") | cksum
  readlink -f .venv/bin/python
  printf '%s\n' "$here"
}
stamp=.venv/.ready-$mode
if [ -x .venv/bin/python ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(key "$mode")" ]; then exit 0; fi

# --- system packages (Debian, Ubuntu and kin) ---------------------------------------------------------------------------

first_known() { # the first of these names the system knows, else the last (libraries were renamed ...t64 in 2024)
  for name; do
    if apt-cache show "$name" >/dev/null 2>&1; then break; fi
  done
  echo "$name"
}

packages() {
  echo "$(first_known "python$version-venv" python3-venv)" \
    libgl1 libegl1 libfontconfig1 libxkbcommon0 libdbus-1-3 libbrotli1 libx11-6 \
    libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0 \
    "$(first_known libglib2.0-0t64 libglib2.0-0)" "$(first_known libcups2t64 libcups2)"
  if [ "$mode" = test ]; then echo xvfb xauth; fi
}

as_root=''
may_install() {
  command -v apt-get >/dev/null 2>&1 || return 1
  if [ "$(id -u)" -eq 0 ]; then return 0; fi
  if sudo -n true 2>/dev/null; then as_root='sudo -n'; return 0; fi
  return 1
}

apt() { # dpkg looks for its helpers in sbin, which a bare PATH may lack
  $as_root env PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin" DEBIAN_FRONTEND=noninteractive \
    apt-get -q -o DPkg::Lock::Timeout=600 "$@" >&2
}

refresh() { # the package lists have a lock of their own, which apt does not wait for
  tries=60
  until problem=$( { apt update; } 2>&1 ); do
    case "$problem" in *lists/lock*) ;; *) say "package lists not refreshed; going on with the old ones."; return ;; esac
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || return
    sleep 5
  done
}

installed=no
install_packages() { # $1: what is missing, in words
  if [ "$installed" = yes ]; then return 1; fi
  if may_install; then
    say "$1: installing system packages."
    refresh
    # shellcheck disable=SC2046
    apt install -y --no-install-recommends $(packages) || return 1
    installed=yes
    return 0
  fi
  say "$1."
  if command -v apt-get >/dev/null 2>&1; then
    say "Run this once as administrator, then repeat the command:"
    # shellcheck disable=SC2046
    printf '  sudo apt-get install -y --no-install-recommends %s\n' "$(echo $(packages))" >&2
  else
    say "Install it with this system's package manager, then repeat the command."
  fi
  return 1
}

# --- Python -------------------------------------------------------------------------------------------------------------

fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }

if [ -x .venv/bin/python ] && fits .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; then
  python=.venv/bin/python
else
  python=''
  seen=''
  for name in python3 python3.13 python3.12 python3.11 python; do
    path=$(command -v "$name" 2>/dev/null) || continue
    if fits "$path"; then python=$path; break; fi
    seen="$seen $("$path" --version 2>&1 | head -n 1)"
  done
  [ -n "$python" ] || stop "needs Python 3.11, 3.12 or 3.13 on the PATH; found:${seen:- none}."
fi
version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')

if [ "$python" != .venv/bin/python ]; then
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    install_packages "Python $version cannot make environments (venv is missing)" || exit 1
  fi
  say "making .venv with Python $version."
  "$python" -m venv --clear .venv
fi

# --- packages -----------------------------------------------------------------------------------------------------------

say "installing the locked packages; the first time this takes a few minutes."
set --
for lock in $locks; do set -- "$@" -r "$lock"; done
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes "$@" ||
  stop "the packages could not be installed; see pip's message above. Behind a proxy or with a wheel folder, set pip's own settings and repeat."

# The rooms are imported from this folder, from wherever the command is called.
site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
printf '%s\n' "$here" >"$site/ilp_desk_checkout.pth"
quoted=$(printf '%s' "$here" | sed "s/'/'\\\\''/g")
printf '#!/bin/sh\nexec '\''%s'\''/.venv/bin/python -P -m ilp_desk "$@"\n' "$quoted" >.venv/bin/ilp-desk
chmod +x .venv/bin/ilp-desk

# --- Qt's system libraries ----------------------------------------------------------------------------------------------

missing_libraries() { # what the parts of Qt this program loads cannot find; a message of Qt itself names the wrong one
  qt=$site/PySide6/Qt
  for file in "$qt"/lib/libQt6Core.so.6 "$qt"/lib/libQt6Gui.so.6 "$qt"/lib/libQt6Widgets.so.6 \
    "$qt"/lib/libQt6Svg.so.6 "$qt"/lib/libQt6PrintSupport.so.6 "$qt"/lib/libQt6Network.so.6 \
    "$qt"/plugins/platforms/libqxcb.so "$qt"/plugins/platforms/libqoffscreen.so \
    "$qt"/plugins/iconengines/libqsvgicon.so "$qt"/plugins/printsupport/libcupsprintersupport.so; do
    ldd "$file"
  done | sed -n 's/^[[:space:]]*\([^ ]*\) => not found.*/\1/p' | sort -u
}

if [ "$(uname -s)" = Linux ] && command -v ldd >/dev/null 2>&1; then
  missing=$(missing_libraries)
  if [ -n "$missing" ]; then
    # shellcheck disable=SC2086
    install_packages "Qt lacks these system libraries: $(echo $missing)" || exit 1
    missing=$(missing_libraries)
    # shellcheck disable=SC2086
    [ -z "$missing" ] || stop "Qt still lacks these system libraries: $(echo $missing)"
  fi
  if [ "$mode" = test ] && ! command -v Xvfb >/dev/null 2>&1; then
    { may_install && install_packages "Xvfb is missing"; } ||
      say "Xvfb is not here: the tests will draw offscreen."
  fi
fi

key run >.venv/.ready-run # what the tests need holds what the program needs
if [ "$mode" = test ]; then key test >.venv/.ready-test; fi
say "ready."
