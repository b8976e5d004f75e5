#!/usr/bin/env bash
# Others beside us on the same work in the same run: tables of ratios for docs/performance.md.
# Needs python3 with venv, node with npm, and the package index for the first run.
#
#   benches/peers/run.sh [--all] [PART…]     parts: sampling merkle pairing verification simulation
#
# --all: ten million units and every pairing question; without it all ends in about ten minutes.
set -euo pipefail
cd "$(dirname "$0")/../.."
all=
if [ "${1:-}" = --all ]; then all=1; shift; fi
parts=("$@")
if [ ${#parts[@]} = 0 ]; then parts=(sampling merkle pairing verification simulation); fi
wanted() { [[ " ${parts[*]} " = *" $1 "* ]]; }

here=target/peers
python=$here/venv/bin/python
if [ ! -x $python ]; then python3 -m venv $here/venv; fi
$python -c 'import numpy, scipy, networkx, ortools, duckdb, chdb, consistent_sampler, pymerkle' 2>/dev/null ||
    $here/venv/bin/pip install -q numpy scipy networkx ortools duckdb chdb pyarrow consistent_sampler pymerkle
# A copy: benches build the program anew, without Parquet.
yaohao=$here/yaohao
cargo build --release -q --features parquet
cp "${CARGO_TARGET_DIR:-target}/release/yaohao" $yaohao

if wanted sampling; then
    $python benches/peers/sampling.py 1000000 1000
    if [ -n "$all" ]; then $python benches/peers/sampling.py 10000000 1000; fi
fi

if wanted merkle; then $python benches/peers/merkle.py 1000000; fi

if wanted pairing; then
    names=(district-300x60 city-1000x100) limit=30
    if [ -n "$all" ]; then
        names+=(city-3000x300-overlap city-3000x300-unequal city-10000x1000-overlap) limit=100
    fi
    cargo bench -q --bench pairing_growth -- --export "$here/questions" "${names[@]}"
    printf '\n### Pairing\n\n| question | solver | time | ratio to ours | answer |\n|---|---|---|---|---|\n'
    for name in "${names[@]}"; do
        for solver in ours simplemincostflow cpsat scipy networkx; do
            $python benches/peers/pairing.py "$solver" "$here/questions/$name" "$limit"
        done
    done
fi

if wanted verification || wanted simulation; then
    rm -rf "$here/office"
    $yaohao demo "$here/office" >/dev/null
    draw=$(echo "$here"/office/public/2*)
    if wanted verification; then
        if [ ! -e web/dist/verify.mjs ]; then
            npm --prefix web ci --silent --no-audit --no-fund
            npm --prefix web run --silent build -- --check
        fi
        $python benches/peers/verification.py "$yaohao" "$draw"
    fi
    if wanted simulation; then $python benches/peers/simulation.py "$yaohao" "$here/office" "$draw" 36; fi
fi
