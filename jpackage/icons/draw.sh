#!/bin/sh
# Draws the icons again after keyless-pull.svg was changed; they are kept, so that packaging needs no drawing programs.
# Needs: apt-get install librsvg2-bin icoutils icnsutils
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for size in 16 32 48 64 128 256 512; do
  rsvg-convert --width "$size" --height "$size" --output "$work/$size.png" keyless-pull.svg
done
cp "$work/256.png" keyless-pull.png
icotool --create --output keyless-pull.ico "$work/16.png" "$work/32.png" "$work/48.png" "$work/64.png" \
  --raw "$work/256.png"
png2icns keyless-pull.icns "$work/16.png" "$work/32.png" "$work/48.png" "$work/128.png" "$work/256.png" "$work/512.png"
