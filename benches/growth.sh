#!/usr/bin/env bash
# How time and memory grow, from a thousand units in memory to a hundred million on disk: writes
# target/growth/*.csv, and from them docs/growth-time.svg and docs/growth-memory.svg.
#
#   benches/growth.sh [N…]      sizes of registers; 10,000 to 10,000,000 if left out
#
# Needs python3 with venv and GNU time. A hundred million units are about 700 MB of Parquet.
set -euo pipefail
cd "$(dirname "$0")/.."
sizes=("$@")
if [ ${#sizes[@]} = 0 ]; then sizes=(10000 100000 1000000 10000000); fi

here=target/growth
mkdir -p $here
python=target/peers/venv/bin/python
if [ ! -x $python ]; then python3 -m venv target/peers/venv; fi
$python -c 'import duckdb, chdb' 2>/dev/null || target/peers/venv/bin/pip install -q duckdb chdb
cargo build --release -q --features parquet
yaohao=${CARGO_TARGET_DIR:-target}/release/yaohao

# One command, one point: `point SERIES N COMMAND…` appends its seconds and its most resident bytes.
point() {
    local series=$1 units=$2
    shift 2
    /usr/bin/time -f '%e %M' -o $here/time "$@" >$here/output || { cat $here/output; exit 1; }
    read -r seconds kilobytes <$here/time
    echo "$series,$units,$seconds,$((kilobytes * 1024))" | tee -a $here/disk.csv
}

echo series,n,seconds,bytes >$here/disk.csv
for units in "${sizes[@]}"; do
    register=$here/$units.parquet
    if [ ! -e $register ]; then $python benches/peers/register.py "$units" $register; fi
    # A thousandth, and ten at least, as benches/growth.rs has it.
    k=$((units / 1000 > 10 ? units / 1000 : 10))
    # An office for each size, with quotas that draw a few ten thousand of a hundred million.
    rm -rf $here/office $here/witness
    "$yaohao" init $here/office --example >/dev/null
    "$yaohao" -C $here/office import items >/dev/null
    sed -i 's|^quota = "1/\([0-9]*\)"|quota = "1/\100"|' $here/office/policy.toml
    "$yaohao" nonce --draw "example-roll/$(date +%Y)/001" --party discipline --out $here/witness >/dev/null
    point "roll commit" "$units" "$yaohao" -C $here/office roll commit $register --month 2026-12 \
        --commitment $here/witness/*.commitment --no-tiles
    dice="3 1 4 1 5 9 2 6 5 3 5 8 9 7 9 3 2 3 8 4"
    point "roll draw" "$units" "$yaohao" -C $here/office roll draw \
        --result "$dice" --witness-result "$dice" --nonce $here/witness/*.nonce
    for engine in DuckDB ClickHouse; do
        point "$engine on Parquet" "$units" $python benches/peers/engines.py $engine $register $k
    done
done

cargo bench -q --bench growth >$here/memory.csv
# From tiles on disk; what is resident there says nothing.
cargo bench -q --bench proof |
    sed -n 's/^proof,\(.*\),.*/proof of one unit, from tiles,\1,0/p; s/^proof-check,\(.*\),.*/check of a proof,\1,0/p' >$here/proof.csv
cargo bench -q --bench growth -- --plot $here/memory.csv $here/proof.csv $here/disk.csv
