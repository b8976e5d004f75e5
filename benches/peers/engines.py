"""The draw of K units by tickets in SQL engines, on a Parquet register as register.py makes it.

    engines.py DuckDB|ClickHouse FILE K      a process of its own, for benches/growth.sh
"""

import sys
from pathlib import Path

ID = "统一社会信用代码"


def in_duckdb(register, start, k, threads):
    """`start`: the lines of a ticket before the id. chr(10) is the end of a line."""
    import duckdb

    database = duckdb.connect()
    database.execute(f"SET threads = {threads}")
    prefix = " || chr(10) || ".join(f"'{line}'" for line in start)
    query = f"SELECT \"{ID}\" AS id FROM '{register}' ORDER BY sha256({prefix} || chr(10) || id || chr(10)), id LIMIT {k}"
    return [row[0] for row in database.execute(query).fetchall()]


def in_clickhouse(register, start, k, threads):
    import chdb

    prefix = "\\n".join(start)
    query = f"SELECT \"{ID}\" AS id FROM file('{Path(register).resolve()}', Parquet) ORDER BY SHA256(concat('{prefix}\\n', id, '\\n')), id LIMIT {k} SETTINGS max_threads = {threads}"
    return chdb.query(query, "TSV").data().split()


ENGINES = {"DuckDB": in_duckdb, "ClickHouse": in_clickhouse}


def main():
    engine, register, k = sys.argv[1:]
    start = ["yaohao/ticket/v1", "0" * 64, "key-crowd/z1"]
    assert len(ENGINES[engine](register, start, int(k), 2)) == int(k)


if __name__ == "__main__":
    main()
