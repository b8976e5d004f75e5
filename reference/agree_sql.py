#!/usr/bin/env python3
"""Holds databases against the program: what `yaohao sql` prints, run by real engines, gives
the rows of drawn.txt to the last one.

Usage: agree_sql.py PROGRAM EXPORT FOLDER…   (each FOLDER is a draw or holds draws)

EXPORT is what tests/sql.rs leaves: a large table with ids and labels of every kind, with
reserves and units carried over. Here it is drawn whole, and again on three machines with a
third of the units each, whose results are merged. DuckDB, DataFusion and ClickHouse (chdb)
are Python packages, PostgreSQL is Debian's: these four have to run. MariaDB and Spark run if
they are there, and a line says so if not. Servers sort as Danes do (aa behind z), and DuckDB
without capitals: no query minds.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

Row = tuple[str, int, str, str]


class Absent(Exception):
    """An engine is not installed."""


def statements(text: str) -> list[str]:
    lines = [line for line in text.splitlines() if not line.startswith("--")]
    return [part for part in "\n".join(lines).split(";\n") if part.strip().rstrip(";")]


def rows(text: str) -> list[Row]:
    """Rows of a client that separates columns by tabs."""
    split = [line.split("\t") for line in text.splitlines() if line]
    return [(stratum, int(rank), unit, ticket) for stratum, rank, unit, ticket in split]


class DuckDb:
    key = "duckdb"

    def __init__(self, _: Path):
        import duckdb
        self.module, self.version = duckdb, duckdb.__version__

    def run(self, text: str) -> list[Row]:
        with self.module.connect() as database:
            database.execute("SET default_collation = 'NOCASE'")
            return database.execute(text).fetchall()


class DataFusion:
    key = "datafusion"

    def __init__(self, _: Path):
        import datafusion
        self.module, self.version = datafusion, datafusion.__version__

    def run(self, text: str) -> list[Row]:
        context, found = self.module.SessionContext(), []
        for statement in statements(text):
            found = context.sql(statement).to_pylist()
        return [tuple(row.values()) for row in found]


class ClickHouse:
    key = "clickhouse"

    def __init__(self, _: Path):
        from chdb import session
        self.module, self.version = session, session.Session().query("SELECT version()", "TSV").bytes().decode().strip()

    def run(self, text: str) -> list[Row]:
        server, found = self.module.Session(), b""
        for statement in statements(text):
            found = server.query(statement, "TSVRaw").bytes()
        server.close()
        return rows(found.decode())


class Spark:
    key = "spark"

    def __init__(self, _: Path):
        if not shutil.which("java"):
            raise Absent("no Java")
        from pyspark.sql import SparkSession
        builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        self.session = builder.config("spark.sql.shuffle.partitions", "2").getOrCreate()
        self.session.sparkContext.setLogLevel("ERROR")
        self.version = self.session.version

    def run(self, text: str) -> list[Row]:
        for name in ("units", "carried", "parts"):
            self.session.sql(f"DROP VIEW IF EXISTS {name}")
        found = []
        for statement in statements(text):
            found = self.session.sql(statement).collect()
        return [tuple(row) for row in found]


class Server:
    """A server of one's own: no port, in a folder that goes when it does."""

    def __init__(self, folder: Path, owner: str):
        self.folder = folder / self.key
        self.folder.mkdir()
        # Servers refuse to run as root.
        self.owner = {"user": owner, "group": owner} if os.geteuid() == 0 else {}
        if self.owner:
            shutil.chown(self.folder, owner, owner)

    def call(self, *command: str, **more) -> str:
        run = subprocess.run(command, capture_output=True, text=True, **more)
        if run.returncode:
            raise SystemExit(f"{command[0]}: {run.stderr}{run.stdout}")
        return run.stdout


class Postgres(Server):
    key = "postgres"

    def __init__(self, folder: Path):
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
        if not found:
            raise Absent("no Debian postgresql")
        self.bin = found[-1].parent
        super().__init__(folder, "postgres")
        self.data = f"{self.folder}/data"
        icu = ["--locale-provider=icu", "--icu-locale=da"] if int(self.bin.parts[4]) >= 15 else []
        self.call(f"{self.bin}/initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync",
                  "--locale=C.UTF-8", *icu, cwd=self.folder, **self.owner)
        options = f"-c listen_addresses='' -c fsync=off -c unix_socket_directories='{self.folder}'"
        subprocess.run([f"{self.bin}/pg_ctl", "-D", self.data, "-w", "-l", f"{self.folder}/log", "-o", options, "start"],
                       stdout=subprocess.DEVNULL, check=True, cwd=self.folder, **self.owner)
        self.version = self.psql("SHOW server_version;").strip()

    def psql(self, text: str) -> str:
        return self.call(f"{self.bin}/psql", "-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-h",
                         str(self.folder), "-U", "postgres", input=text)

    def run(self, text: str) -> list[Row]:
        return rows(self.psql("DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n" + text))

    def stop(self):
        self.call(f"{self.bin}/pg_ctl", "-D", self.data, "-m", "immediate", "stop", cwd=self.folder, **self.owner)


class MySql(Server):
    key = "mysql"

    def __init__(self, folder: Path):
        if not shutil.which("mariadb-install-db"):
            raise Absent("no Debian mariadb-server")
        super().__init__(folder, "mysql")
        self.call("mariadb-install-db", "--no-defaults", f"--datadir={self.folder}/data", "--auth-root-authentication-method=normal",
                  "--skip-test-db", cwd=self.folder, **self.owner)
        self.process = subprocess.Popen(
            ["mariadbd", "--no-defaults", f"--datadir={self.folder}/data", f"--socket={self.folder}/socket", "--skip-networking",
             "--character-set-server=utf8mb4", "--collation-server=utf8mb4_danish_ci", "--innodb-flush-log-at-trx-commit=0"],
            stderr=subprocess.DEVNULL, cwd=self.folder, **self.owner)
        self.client = ["mariadb", "--no-defaults", f"--socket={self.folder}/socket", "-u", "root", "--local-infile=1", "--batch",
                       "--raw", "--skip-column-names", "--default-character-set=utf8mb4"]
        self.call("mariadb-admin", "--no-defaults", f"--socket={self.folder}/socket", "-u", "root", "--wait=20", "ping")
        self.version = self.call(*self.client, input="SELECT version();").strip()

    def run(self, text: str) -> list[Row]:
        fresh = "DROP DATABASE IF EXISTS draw; CREATE DATABASE draw; USE draw;\n"
        return rows(self.call(*self.client, input=fresh + text))

    def stop(self):
        self.process.terminate()
        self.process.wait()


ALWAYS = (DuckDb, DataFusion, ClickHouse, Postgres)
IF_THERE = (MySql, Spark)


def printed(program: str, draw: Path, dialect: str, *options: str) -> str:
    run = subprocess.run([program, "sql", str(draw), "--dialect", dialect, *options, "--json"], capture_output=True, text=True)
    if run.returncode:
        raise SystemExit(f"{draw}: exit code {run.returncode}\n{run.stderr}")
    return json.loads(run.stdout)["sql"]


def drawn(draw: Path) -> list[Row]:
    lines = (line.split(" ")[:4] for line in (draw / "drawn.txt").read_text().splitlines()[1:])
    return [(stratum, int(rank), unit, ticket) for unit, stratum, rank, ticket in lines]


def shared(export: Path, folder: Path, machines: int) -> list[Path]:
    """The exported units on several machines: each unit on one, in no order."""
    head, *lines = (export / "units.txt").read_text().splitlines(True)
    shares = []
    for number in range(machines):
        share = folder / f"share-{number}"
        share.mkdir(exist_ok=True)
        (share / "units.txt").write_text(head + "".join(lines[number::machines][::-1]))
        shutil.copy(export / "carried.txt", share)
        shares.append(share)
    return shares


def merged(engine, export: Path, shares: list[Path], folder: Path) -> tuple[list[Row], int]:
    """The rows that the machines find together, and how many each found."""
    text = lambda name, where: (export / f"{engine.key}.{name}.sql").read_text().replace("@/", f"{where}/")
    found = [engine.run(text("load", share) + text("query", share)) for share in shares]
    lines = [f"{unit} {stratum} {rank} {ticket}\n" for part in found for stratum, rank, unit, ticket in part]
    (folder / "parts.txt").write_text("".join(lines))
    shutil.copy(export / "carried.txt", folder)
    return engine.run(text("load-parts", folder) + text("merge", folder)), len(lines)


def compare(engine, program: str, export: Path, draws: list[Path], shares: list[Path], folder: Path) -> int:
    differ = 0

    def same(what: str, found: list[Row], expected: list[Row]):
        nonlocal differ
        at = next((n for n, pair in enumerate(zip(found, expected)) if tuple(pair[0]) != pair[1]), min(len(found), len(expected)))
        if at < max(len(found), len(expected)):
            differ += 1
            print(f"{engine.key}: {what}, row {at + 1}: {found[at:at + 1]}, expected {expected[at:at + 1]}")

    for draw in draws:
        text = printed(program, draw, engine.key, "--load") + printed(program, draw, engine.key)
        if (draw / "tile").is_dir():
            # A roll: its lines are printed into the file that is loaded.
            with (folder / "roll.txt").open("wb") as lines:
                subprocess.run([program, "roll", "lines", str(draw)], stdout=lines, check=True)
            text = text.replace("'roll.txt'", f"'{folder / 'roll.txt'}'")
        same(str(draw), engine.run(text), drawn(draw))
    expected = rows((export / "expected.tsv").read_text())
    texts = [(export / f"{engine.key}.{name}.sql").read_text().replace("@/", f"{export}/") for name in ("load", "query")]
    same(str(export), engine.run("".join(texts)), expected)
    found, partial = merged(engine, export, shares, folder)
    same(f"{export} on {len(shares)} machines", found, expected)
    print(f"{engine.key} {engine.version}: {len(draws)} draws, {len(expected)} rows of the large table, "
          f"again from {partial} partial ones; {differ} differ")
    return differ


def main() -> int:
    program, export = sys.argv[1], Path(sys.argv[2]).resolve()
    named = [path for name in map(Path, sys.argv[3:]) for path in (name, *sorted(name.iterdir()))]
    draws = [path.resolve() for path in named if (path / "drawn.txt").exists()]
    differ = missing = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        shares = shared(export, folder, 3)
        for kind in (*ALWAYS, *IF_THERE):
            try:
                engine = kind(folder)
            except (Absent, ImportError) as why:
                print(f"{kind.key}: not run, {why}")
                missing += kind in ALWAYS
                continue
            try:
                differ += compare(engine, program, export, draws, shares, folder)
            finally:
                getattr(engine, "stop", lambda: None)()
    print(f"{len(draws)} draws, {differ} differ, {missing} databases missing")
    return 1 if differ or missing or not draws else 0


if __name__ == "__main__":
    sys.exit(main())
