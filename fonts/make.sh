#!/usr/bin/env bash
# Makes the four faces of this folder anew from Debian's fonts-noto-cjk, into the folder given (default: target/fonts).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../target/fonts}
debian=/usr/share/fonts/opentype/noto
hong_kong=4 # the face index of HK in each collection

missing=()
for package in fonts-noto-cjk unicode-data locales; do
  dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
done
if ((${#missing[@]})); then
  echo "missing Debian packages: ${missing[*]} (apt-get install ${missing[*]})" >&2
  exit 2
fi

different=0
mkdir -p "$out"
[ -x "$out/venv/bin/python" ] || /usr/bin/python3 -m venv "$out/venv"
"$out/venv/bin/pip" install -q --no-deps -r "$here/requirements.txt"
python=$out/venv/bin/python

for style in Serif-Regular Serif-Bold Sans-Regular Sans-Bold; do
  name=Noto${style%-*}CJKhk-${style#*-}
  "$python" "$here/subset.py" "$debian/Noto${style%-*}CJK-${style#*-}.ttc" $hong_kong "$out/$name.otf"
  "$python" "$here/otf2ttf.py" "$out/$name.otf" "$out/$name.ttf"
  rm "$out/$name.otf"
  "$python" "$here/compare.py" "$here/$name.ttf" "$out/$name.ttf" || different=1
done
exit $different
