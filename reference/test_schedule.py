"""Tests of the schedule (docs/spec/schedule.md): days by the letter of the page, and V30 on small whole draws."""

import random
import unittest
from datetime import date
from pathlib import Path

import verify as v
from test_verify import Built


class ByTheLetter:
    """The rule of the page, sentence by sentence, and as slow as that is."""

    def __init__(self, seed, visits, room, n):
        self.visits, self.room, self.n, self.day = visits, room, n, {}
        key = {u: seed.text("yaohao/day/v1", u) for u in visits}
        self.stream = {u: v.Stream(bytes.fromhex(key[u])) for u in visits}
        order = sorted(visits, key=lambda u: (-max(visits[u][0].values()), int(key[u], 16), u))
        for u in order:
            best = self.best(u, range(n))
            if best is not None:
                self.day[u] = best
            else:
                self.make_room(u, order)

    def taken(self, i, d):
        return sum(self.visits[u][0].get(i, 0) for u, on in self.day.items() if on == d)

    def is_open(self, u, d):
        return all(self.taken(i, d) + m <= self.room[i][d] for i, m in self.visits[u][0].items())

    def best(self, u, days):
        team, town = self.visits[u]

        def rank(d):
            there = [w for w, on in self.day.items() if on == d]
            near = sum(any(self.visits[w][1] == town and i in self.visits[w][0] for w in there) for i in team)
            return -near, max(self.taken(i, d) for i in team), len(there), self.stream[u].word(d), d
        return min((d for d in days if self.is_open(u, d)), key=rank, default=None)

    def make_room(self, u, order):
        for d in sorted(range(self.n), key=lambda d: (self.stream[u].word(d), d)):
            sharing = [w for w in order if self.day.get(w) == d and set(self.visits[w][0]) & set(self.visits[u][0])]
            for w in sharing:
                del self.day[w]
                if self.is_open(u, d):
                    self.day[u] = d
                    other = self.best(w, [e for e in range(self.n) if e != d])
                    if other is not None:
                        self.day[w] = other
                        return
                    del self.day[u]
                self.day[w] = d


def vectors():
    """(name, seed, n, room, visits, days) of every case that all implementations answer."""
    cases = []
    for line in (Path(__file__).parent.parent / "tests/scheduling/vectors.txt").read_text().splitlines():
        match line.partition("#")[0].split():
            case ["case", name, seed, n]:
                cases.append((name, v.Seed(seed, v.SHA256), int(n), [], {}, {}))
            case ["person", minutes]:
                cases[-1][3].append(v.listed(minutes))
            case ["visit", unit, town, *needs, day]:
                cases[-1][4][unit] = {int(i): int(m) for i, m in (need.split("=") for need in needs)}, town
                cases[-1][5][unit] = None if day == "-" else int(day)
    return cases


class Days(unittest.TestCase):

    def test_the_vectors(self):
        cases = vectors()
        self.assertGreater(len(cases), 5)
        for name, seed, n, room, visits, days in cases:
            stays = [v.Stay(seed, u, needs, town) for u, (needs, town) in visits.items()]
            v.Schedule(room, n).place_all(stays)
            self.assertEqual({s.unit: s.day for s in stays}, days, name)
            slow = ByTheLetter(seed, visits, room, n).day
            self.assertEqual({u: slow.get(u) for u in visits}, days, name)

    def test_random_questions(self):
        chance, without, moved = random.Random(1), 0, 0
        for _ in range(400):
            people, n, most = chance.randint(2, 8), chance.randint(1, 10), chance.choice([2, 5, 60, 400])
            seed = v.Seed(f"{chance.getrandbits(256):064x}", chance.choice([v.SHA256, v.SM3]))
            room = [[chance.choice([0, most, chance.randrange(most, 3 * most)]) for _ in range(n)] for _ in range(people)]
            visits = {}
            for i in range(chance.randint(1, 25)):
                team = chance.sample(range(people), chance.randint(2, min(4, people)))
                visits[f"U{i}"] = {p: chance.randrange(most) for p in team}, f"T{chance.randrange(4)}"
            stays = [v.Stay(seed, u, needs, town) for u, (needs, town) in visits.items()]
            plan = v.Schedule(room, n)
            make_room = plan.make_room

            def counted(stay):
                nonlocal moved
                make_room(stay)
                moved += stay.day is not None
            plan.make_room = counted
            plan.place_all(stays)
            slow = ByTheLetter(seed, visits, room, n)
            self.assertEqual({s.unit: s.day for s in stays}, {u: slow.day.get(u) for u in visits})
            without += sum(s.day is None for s in stays)
        self.assertGreater(without, 500)
        self.assertGreater(moved, 100)


class Scheduled(Built):
    """A draw with a schedule on three days."""

    DAYS = ["2026-12-01", "2026-12-02", "2026-12-04"]
    ROOM = ["420,420,420", "0,420,420", "420,0,420", "420,420,420"]

    def __init__(self, mode="open", **changes):
        self.rows = self.ROOM
        self.asked, self.words = "[schedule]\n", f"days {' '.join(self.DAYS)}"
        self.bound = True
        vars(self).update(changes)
        super().__init__(mode, bands=2)

    def timing(self, unit):
        return f" minutes=240,180 town=t{int(unit[1]) % 2}"

    def text(self, name, tag, *lines):
        if name == "items.txt":
            self.files["policy.toml"] += self.asked.encode()
        if name == "commit.txt":
            rows = [f"{p} {'e' * 32} {row}" for p, row in zip(self.people, self.rows)]
            there = self.text("availability.txt", "availability", *rows)
            at = next(i for i, line in enumerate(lines) if line.startswith("pairing "))
            lines = [*lines[:at], *[f"availability {there}", self.words] * bool(self.words), *lines[at:]]
            lines = [line for part in lines for line in ([part] if isinstance(part, str) else part)]
        if name == "record.txt" and self.bound:
            lines = [*lines, f"schedule {self.plan()}"]
        return super().text(name, tag, *lines)

    def plan(self):
        rank, visits = {p: i for i, p in enumerate(self.people)}, {}
        for line in self.files["teams.txt"].decode().splitlines()[1:]:
            unit, _, *team = line.split(" ")
            needs = dict(zip((rank[word.split("=")[1]] for word in team), (240, 180)))
            visits[unit] = needs, f"t{int(unit[1]) % 2}"
        days = ByTheLetter(self.seed, visits, [v.listed(row) for row in self.rows], 3).day
        return self.text("schedule.txt", "schedule", *(
            f"{u} {'f' * 32} {self.DAYS[days[u]] if u in days else '-'}" for u in visits))


class WholeDraws(unittest.TestCase):

    def check(self, built, verdict, *failed):
        self.assertEqual((built.verify(), built.failed), (verdict, list(failed)))

    def forge(self, name, old, new, *failed, **options):
        built = Scheduled(**options)
        text = built.files[name].decode()
        self.assertIn(old, text)
        built.files[name] = text.replace(old, new, 1).encode()
        built.sums()
        self.check(built, "failed", *failed)

    def test_sound_ones(self):
        for mode in ("open", "sealed"):
            self.check(Scheduled(mode), "verified")
        # On no day is there room for the visits: the office says so, and the draw stands.
        nothing = Scheduled(rows=["0,0,0"] * 4)
        self.assertEqual(nothing.files["schedule.txt"].count(b" -\n"), 3)
        self.check(nothing, "verified")

    def test_every_byte_counts(self):
        for mode in ("open", "sealed"):
            built = Scheduled(mode)
            for name in v.DAYS:
                data = built.files[name]
                for at in range(0, len(data), 7):
                    built.files[name] = data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]
                    self.assertEqual(built.verify(), "failed")
                del built.files[name]
                built.verify()
                self.assertIn("V01", built.failed)
                built.files[name] = data

    def test_what_is_forged(self):
        self.forge("availability.txt", "420,420,420", "420,420,421", "V30")
        self.forge("schedule.txt", "f" * 32, "e" * 32, "V30")
        self.forge("schedule.txt", "yaohao/schedule", "yaohao/days", "V02")
        self.forge("schedule.txt", " 2026", " 2025", "V30")
        self.forge("record.txt", "schedule ", "sealed ", "V25", "V30")
        self.check(Scheduled(bound=False), "failed", "V01", "V03")
        self.check(Scheduled(rows=["420,420,420,420"] * 4), "failed", "V30")
        self.check(Scheduled(asked=""), "failed", "V06")

    def test_the_form_of_days(self):
        for days in ("2026-12-01 2026-12-01 2026-12-04", "2026-12-02 2026-12-01 2026-12-04", "2026-12-01 2026-12-02 2027-01-01",
                     "2026-11-30 2026-12-02 2026-12-04", "2026-12-01 2026-12-02 2026-12-32", "2026-12-01  2026-12-02"):
            with self.assertRaises(v.Malformed, msg=days):
                v.read_commit(Scheduled(words=f"days {days}").files["commit.txt"])
        commit = Scheduled().files["commit.txt"]
        self.assertEqual(v.read_commit(commit)["days"][1], date(2026, 12, 2))
        for word in (b"availability", b"days"):
            kept = b"".join(line for line in commit.splitlines(True) if not line.startswith(word))
            with self.assertRaises(v.Malformed):
                v.read_commit(kept)

    def test_a_draw_without_days_tells_nothing_of_them(self):
        built = Scheduled(words="", asked="", bound=False)
        for name in v.DAYS:
            built.files.pop(name, None)
        built.sums()
        self.check(built, "failed", "V30")


if __name__ == "__main__":
    unittest.main()
