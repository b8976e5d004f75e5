#!/usr/bin/env bash
# Other solvers on our questions, in the same run as ours. Needs python3 with
# venv, and the package index for the first run.
#
#   benches/peers/run.sh [--limit SECONDS] [NAME…]     sizes as in benches/pairing_growth.rs
set -euo pipefail
cd "$(dirname "$0")/../.."
limit=120
if [ "${1:-}" = --limit ]; then limit=$2; shift 2; fi
names=("$@")
if [ ${#names[@]} = 0 ]; then names=(district-300x60 city-1000x100 city-3000x300-overlap city-10000x1000-overlap); fi
here=target/peers
if [ ! -x $here/venv/bin/python ]; then python3 -m venv $here/venv; fi
$here/venv/bin/python -c 'import numpy, scipy, networkx, ortools' 2>/dev/null ||
    $here/venv/bin/pip install -q numpy scipy networkx ortools
cargo bench -q --bench pairing_growth -- --export "$here/questions" "${names[@]}"
for name in "${names[@]}"; do
    for solver in ours simplemincostflow cpsat scipy networkx; do
        $here/venv/bin/python benches/peers/pairing.py "$solver" "$here/questions/$name" "$limit"
    done
done
