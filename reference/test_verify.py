"""Tests of verify.py: the worked examples of docs/spec, strictness, and small whole draws.

    python3 -m unittest discover -s reference
"""

import itertools
import json
import re
import tempfile
import unittest
from collections import Counter
from pathlib import Path

import sm3
import verify as v

SEED = v.Seed("13550350a8681c84c861aac2e5b440161c2b33a3e4f302ac680ca5b686de48de", v.SHA256)
BIG, MID = 1 << 111, 1 << 86


def listed(prices):
    return ",".join(map(str, prices))


class Policies(unittest.TestCase):
    """What parsers of TOML read in different ways is in no policy (docs/spec/policy.md)."""

    FORMS = json.loads((Path(__file__).parent.parent / "tests/toml-forms.json").read_text())

    def reads(self, text):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "policy.toml").write_bytes(text.encode())
            try:
                return bool(v.Draw(Path(folder), None, None).policy()) or not text.strip()
            except v.Malformed:
                return False

    def test_forms(self):
        for text in self.FORMS["read"]:
            self.assertTrue(self.reads(text), text)
        for text in [*self.FORMS["refused"], "\ufeffa = 1"]:
            self.assertFalse(self.reads(text), text)

    def test_newer_forms_are_known_whatever_the_parser(self):
        newer = ["a={b=1,}", "a={b=1 , # c\n}", "a={\nb=1}", "a=[{b=1,}]", 'a="\\e"', 'a="""\\x41"""', 'a="\\\\\\e"']
        for text in newer:
            self.assertTrue(v.is_newer_toml(text), text)


class WorkedExamples(unittest.TestCase):
    """What docs/spec prints with its numbers."""

    def test_ticket_line(self):
        seed = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
        self.assertEqual(v.SHA256.text("yaohao/ticket/v1", seed, "key/z1", "91500112450533912J"),
                         "4ef7fc035e5db51d5ed8689d41640ab55b73025ab6242ab8e64df914bfa45739")

    def test_stream_zero_key(self):
        self.assertEqual(v.Stream(bytes(32)).word(0), 0x903DF1A0ADE0B876)

    def test_stream_second_block(self):
        # RFC 8439 appendix A.1, test vector 2: zero key, counter 1.
        self.assertEqual(v.chacha_block(bytes(32), 1)[:8].hex(), "9f07e7be5551387a")

    def test_empty_and_uneven_trees(self):
        a, b, c = (bytes.fromhex(v.sha(f"\0yaohao/unit/v1\n{x}\n".encode())) for x in "abc")
        ab = bytes.fromhex(v.sha(b"\1" + a + b))
        self.assertEqual(v.SHA256.root("unit", []), v.sha(b""))
        self.assertEqual(v.SHA256.root("unit", ["a"]), a.hex())
        self.assertEqual(v.SHA256.root("unit", ["a", "b", "c"]), v.sha(b"\1" + ab + c))

    def test_quota_remainders_and_bounds(self):
        pools = {"a/z1": 10, "a/z2": 10, "a/z3": 11}
        self.assertEqual(v.quota_shares("1/10", "up", "0", "-", pools), {"a/z1": 1, "a/z2": 1, "a/z3": 2})
        self.assertEqual(v.quota_shares("1/10", "down", "0", "-", pools), {"a/z1": 1, "a/z2": 1, "a/z3": 1})
        self.assertEqual(sum(v.quota_shares("99", "-", "0", "-", pools).values()), 31)
        self.assertEqual(sum(v.quota_shares("1", "-", "9", "7", pools).values()), 7)
        self.assertEqual(v.quota_shares("1", "-", "0", "-", {"a/z2": 5, "a/z1": 5}), {"a/z1": 1, "a/z2": 0})

    def test_entropy(self):
        self.assertEqual([v.entropy("dice", 10, 20), v.entropy("dice", 6, 1), v.entropy("balls", 35, 5)], [66, 2, 25])
        self.assertEqual([v.entropy("drand", 0, 0), v.entropy("kl8", 0, 0)], [117, 61])
        self.assertEqual(v.entropy("dice", 10, 40), 120)        # beyond 128 bits factor by factor


class Suites(unittest.TestCase):
    """SM3, by hand and by whatever Python has."""

    # GB/T 32905-2016, appendix A.
    KNOWN = {b"abc": "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
             b"abcd" * 16: "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"}

    def test_known_answers(self):
        for text, hash in self.KNOWN.items():
            self.assertEqual(sm3.by_hand(text).hex(), hash)
            self.assertEqual(v.SM3.hash(text), hash)

    def test_by_hand_as_by_openssl(self):
        openssl = sm3.of_openssl()
        if openssl is None:
            self.skipTest("the OpenSSL of this Python has no SM3")
        for length in (*range(140), 1000, 4096):
            text = bytes(length * i % 251 for i in range(length))
            self.assertEqual(sm3.by_hand(text), openssl(text), length)

    def test_ticket_line(self):
        seed = v.Seed("2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae", v.SM3)
        self.assertEqual(seed.text("yaohao/ticket/v1", "key/z1", "91500112450533912J"),
                         "03ebd3bd9ea22768d49d21350a804990d0a06218cda501397f06d60a406743a7")

    def test_uneven_tree(self):
        a, b, c = (v.SM3.digest(f"\0yaohao/unit/v1\n{x}\n".encode()) for x in "abc")
        self.assertEqual(v.SM3.root("unit", ["a", "b", "c"]), v.SM3.hash(b"\1" + v.SM3.digest(b"\1" + a + b) + c))
        self.assertEqual(v.SM3.root("unit", []), v.SM3.hash(b""))


class PairingExample(unittest.TestCase):
    """The worked instance of pairing.md: three units, two slots, four inspectors."""

    ROWS = """
U1 31eb720612328dd964c147f9f33f9b8c8ab160d1d09c98e7bd8aa24c57c55a55
U1 slot 0: 0=54377219454137 1=105451710071884
U1 slot 1: 0=78548502976652 1=136762074988581 2=157911290235313 3=24414510091859
U2 082c0a1ee89bcf52e69589357f1d76cbb594e7ffecd471203775783d35fb39dc
U2 slot 0: 0=246602270300179 1=50104784545272 2=255816331512578
U2 slot 1: 0=242168313695479 1=62128081655733 2=232759911985949 3=124668511921688
U3 9db0771739c2d4b1d11c8b4cd101d240cb5ad60fd5df2773f149eb0b7471d85e
U3 slot 0: 0=78070851768182 1=274838367248684
U3 slot 1: 0=218295207992850 1=184734564408137 2=275378154617621 3=81307140729831"""
    TEAMS = {"U1": [0, 3], "U2": [1, 2], "U3": [0, 1]}
    CARRIED = [0, 0, 1, 0]
    TURNS = [35246051455344640, 144261401313132544, 55154337091858432, 911112173093613568]
    PRICES = [[2 * BIG + r] for r in (144221923554957866, 144261401313132544, 144231331956667396, 144364828736810850)]

    def setUp(self):
        self.expected = {}
        for unit, slot, row in re.findall(r"(U\d) slot (\d): (.*)", self.ROWS):
            pairs = (pair.split("=") for pair in row.split(" "))
            self.expected.setdefault(unit, []).append({int(i): int(ticket) for i, ticket in pairs})
        self.visits = [v.Visit(unit, [list(row) for row in rows], self.TEAMS[unit])
                       for unit, rows in self.expected.items()]
        for visit in self.visits:
            visit.deal(SEED, 4)

    def floors(self):
        loads = [sum(team.count(i) for team in self.TEAMS.values()) for i in range(4)]
        return [[BIG * (c + load) + r] for c, load, r in zip(self.CARRIED, loads, self.TURNS)]

    def loads(self):
        return [[sum(team.count(i) for team in self.TEAMS.values())] for i in range(4)]

    def test_keys_tickets_turns(self):
        for unit, key in re.findall(r"(U\d) ([0-9a-f]{64})", self.ROWS):
            self.assertEqual(v.SHA256.text("yaohao/pair/v1", SEED, unit), key)
        for visit in self.visits:
            self.assertEqual(visit.tickets, self.expected[visit.unit])
        self.assertEqual(v.turns(SEED, 4), self.TURNS)

    def test_prices_are_the_least(self):
        self.assertEqual(v.least_prices(self.visits, self.floors(), self.loads()), self.PRICES)

    def test_teams_are_cheapest(self):
        for visit in self.visits:
            def cost(team):
                return sum(row[i] + self.PRICES[i][0] for i, row in zip(team, visit.tickets))
            self.assertEqual(visit.cheapest(self.PRICES), cost(visit.team))
            for team in itertools.product(*visit.pools):
                if len(set(team)) == 2:         # the least prices leave ties: that is what holds them up
                    self.assertGreaterEqual(cost(team), visit.cheapest(self.PRICES))

    def test_late_change(self):
        links = [v.sha(b"chain\n")]
        for _ in range(3):
            links.insert(0, v.SHA256.text("yaohao/link/v1", "example/2026/001", "discipline", links[0]))
        self.assertEqual(links[0], "f95915db68f8a28cc4307882e413c9f5ff06ad9fce7e58077cc61ccc18a39be5")
        key = v.SHA256.text("yaohao/replace/v1", v.sha(b"example\n"), links[1], "U1")
        self.assertEqual(key, "9b7772cf5e1ad3b89a0d3839ac8dd472b2ee378101b7123669597d8447f5bd03")
        stream = v.Stream(bytes.fromhex(key))
        self.assertEqual([stream.word(4 + i) >> 16 for i in (1, 2)], [239520384814923, 233104725496057])

    def test_a_wrong_pairing_has_no_prices(self):
        self.visits[2].team = [0, 3]            # by tickets alone
        self.visits[0].team = [1, 0]
        with self.assertRaises(v.Fail):
            prices = v.least_prices(self.visits, self.floors(), self.loads())
            v.must(all(visit.cheapest(prices) == sum(row[i] + prices[i][0] for i, row in zip(visit.team, visit.tickets))
                       for visit in self.visits), "not cheapest")


    def test_leads(self):
        leads = {"U1": {0: 82944881008087}, "U2": {1: 46002069788390, 2: 151092136510491},
                 "U3": {0: 189818406653882, 1: 276951196997458}}
        prices = [[BIG + r] for r in (922713109917975757, 922625977127632181, 922520887060910080)] + [[0]]
        for visit, team in zip(self.visits, ([0, 3], [2, 1], [1, 0])):
            visit.team = team
            question = visit.leadership()
            question.deal(SEED, 4, "lead")
            self.assertEqual(question.tickets, [leads[visit.unit]])
        self.assertEqual(v.turns(SEED, 4, "lead-turn"), [165051033714999296, 280501658504359936,
                                                         922520887060910080, 386180738967396352])
        proof = v.Proof(SEED, [(3, c) for c in self.CARRIED], self.visits, self.PRICES, 1)
        for check in (proof.check_1, proof.check_2, proof.check_3, proof.check_4):
            check()
        proof.check_5(prices)
        self.visits[0].team.reverse()           # who may not lead
        self.assertRaises(v.Fail, proof.check_1)
        self.visits[0].team.reverse()
        self.visits[2].team.reverse()           # 0 would lead twice, 1 not at all
        self.assertRaises(v.Fail, proof.check_5, prices)


class SharedVectors(unittest.TestCase):
    """Answers to small questions, which every checker accepts or refuses by the same check."""

    def verdict(self, question, answer):
        bands = question["bands"]

        def prices(name):
            flat = list(map(int, answer[name]))
            return [flat[at:at + bands] for at in range(0, len(flat), bands)]
        visits = [v.Visit(unit, pools, team, again, band)
                  for (unit, pools, again, band), team in zip(question["units"], answer["teams"])]
        proof = v.Proof(v.Seed(question["seed"], v.SHA256), question["people"], visits, prices("prices"), bands)
        checks = [proof.check_1, proof.check_2, proof.check_3, proof.check_4,
                  lambda: proof.check_5(prices("lead_prices"))]
        for number, check in enumerate(checks, 1):
            try:
                check()
            except v.Fail:
                return number
        return 0

    def test_all(self):
        seen = set()
        for question in json.loads((Path(__file__).parent / "pairing-vectors.json").read_text()):
            for answer in question["answers"]:
                with self.subTest(seed=question["seed"], answer=answer):
                    self.assertEqual(self.verdict(question, answer), answer["verdict"])
                seen.add(answer["verdict"])
        self.assertEqual(seen, {0, 1, 2, 3, 4, 5})


class Strictness(unittest.TestCase):
    """The one form of a text, and of its lines."""

    def refuse(self, read, *samples):
        for data in samples:
            with self.subTest(data=data), self.assertRaises(v.Malformed):
                read(data)

    def test_texts(self):
        def read(data):
            return v.read_text(data, "yaohao/items/v1")
        head = b"yaohao/items/v1\n"
        self.assertEqual(read(head), [])
        self.assertEqual(read(head + "item \u2028 消防\n".encode()), ["item \u2028 消防"])
        bad_lines = [b"", b"a\r", b"a\tb", b" a", b"a ", b"a\xef\xbb\xbfb", b"\xff", b"\xed\xa0\x80", b"\xc0\x80",
                     b"a\0b", b"\x7f", b"\xc2\x85", b"\xef\xbf\xbd"]
        self.refuse(read, *(head + line + b"\n" for line in bad_lines))
        self.refuse(read, b"", b"\n", head[:-1], head + b"a", b"\xef\xbb\xbf" + head, b"a\n" + head,
                    b"yaohao/items/v2\n")

    def test_documents(self):
        zero = b"0" * 64
        good = b"yaohao/void/v1\ndraw a/2026/002\nafter " + zero + b"\nat 2026-11-23T06:04:17Z\nreason beacon\n"
        read = v.READERS["void.txt"]
        self.assertEqual(read(good)["draw"], "a/2026/002")
        for old, new in [(b"a/2026/002", b"a/2026/2"), (b"a/2026/002", b"a/2026/000"), (b"a/2026/002", b"a/2026/0002"),
                         (b"a/2026/002", b"A/2026/002"), (b"11-23", b"02-29"), (b"06:04", b"24:00"), (b"17Z", b"60Z"),
                         (b"17Z", b"17z"), (b"17Z", b"17.0Z"), (b"reason beacon", b"reason whim"), (zero, zero[1:]),
                         (zero, b"A" + zero[1:]), (b"reason ", b"reason  "), (b"reason beacon\n", b""),
                         (b"reason beacon\n", b"reason beacon\n" * 2), ("2026/002".encode(), "２026/002".encode())]:
            self.refuse(read, good.replace(old, new))

    def test_tables(self):
        zero = "0" * 64
        read = v.READERS["inspectors.txt"]
        head = "yaohao/inspectors/v1\n"
        self.assertEqual(len(read(f"{head}P01 0 10 {zero}\n".encode())), 1)
        for line in [f"P01 00 1 {zero}", f"P01 +1 1 {zero}", f"P01 -1 1 {zero}", f"P01  1 1 {zero}", f"- 1 1 {zero}",
                     f"P01 1 {zero}", f"P01 1 1 {zero} x", f"P01 {'9' * 5000} 1 {zero}", f"P01 １ 1 {zero}",
                     f"{'P' * 65} 1 1 {zero}", f".P 1 1 {zero}"]:
            self.refuse(read, f"{head}{line}\n".encode())
        read = v.READERS["units.txt"]
        head = "yaohao/units/v1\n"
        self.assertEqual(len(read(f"{head}u a/z {zero} {zero}\nw excluded:listed {zero} -\n".encode())), 2)
        self.assertEqual(len(read(f"{head}u a {zero} {zero} town=- name=a  b =c\n".encode())), 1)
        for line in [f"u a {zero} -", f"u excluded:listed {zero} {zero}", f"u excluded:whim {zero} -",
                     f"u a {zero} {zero} class=x town=y", f"u a {zero} {zero} town=", f"u a {zero} {zero} fax=1",
                     f"u a {zero} {zero} town=1 town=1", f"u a/b/c {zero} {zero}", f"u A {zero} {zero}"]:
            self.refuse(read, f"{head}{line}\n".encode())


POLICY = """
[office]
id = "test"
suite = "{suite}"
parties = ["office", "witness"]
[draw]
items = ["I1"]
publish = ["town", "class", "name"]
close_within_days = 7
open_within_days = 20
margin_minutes = 1440
secrecy = {{ I1 = "{secrecy}" }}
[team]
slots = [{slots}]
[workload]
band_minutes = {ends}
[[town]]
code = "t1"
zone = "z1"
until = 2026-11-30
[[town]]
code = "t1"
zone = "z2"
from = 2026-12-01
[[stratum]]
id = "risk"
classes = ["risk"]
quota = "1/3"
[[stratum]]
id = "small"
classes = ["small"]
quota = 1
cap = 5
[[beacon]]
kind = "dice"
sides = 10
rolls = 8
[[beacon]]
kind = "lottery"
game = "kl8"
"""


class Built:
    """A small complete draw, written by the rules of docs/spec; pairing by trying everything."""

    def __init__(self, mode="open", helpers=1, issue="2026001", links=(), bands=1, suite="yaohao-1-sha256"):
        self.key, self.suite = suite, v.SUITES[suite]
        self.mode, self.files, self.number = mode, {}, "test/2026/001"
        self.slots = ["lead"] + ["assistant"] * helpers
        self.people = ["P01", "P02", "P03", "P04"]
        self.carried, self.capacity = [0, 1, 0, 0], [1 + helpers + len(links)] * 4
        self.links, self.bands = list(links), bands
        self.nonces = {"office": "11" * 32, "witness": "22" * 32}
        self.beacons = {"dice 10 8": "0 1 2 3 4 5 6 9", f"lottery kl8 {issue} 2026-11-21": " ".join(map(str, range(3, 23)))}
        self.commit(helpers)
        self.draw()
        self.result()
        self.sums()

    def text(self, name, tag, *lines):
        self.files[name] = "".join(f"{line}\n" for line in (f"yaohao/{tag}/v1", *lines)).encode()
        return self.suite.hash(self.files[name])

    def timing(self, unit):
        """What a docket says besides in a draw with a schedule."""
        return ""

    def commit(self, helpers):
        ids = [f"U{i}" for i in range(7)]
        label = dict(zip(ids, ["risk/z2"] * 4 + ["small"] * 2 + ["excluded:listed"]))
        docket = " ".join(["lead=P01,P02,P03"] + ["assistant=P01,P02,P03,P04"] * helpers)
        self.band = {u: i % self.bands for i, u in enumerate(ids)}
        self.dockets = {u: f"{u} {i:032x} {docket}" + f" band={self.band[u]}" * (self.band[u] > 0) + self.timing(u)
                        for i, u in enumerate(ids)}
        opens = {u: self.suite.text("yaohao/docket/v1", self.number, self.dockets[u]) for u in ids[:6]}
        self.label = label
        units = [f"{u} {label[u]} {'a' * 64} {opens.get(u, '-')} town=t1 class={label[u].split('/')[0]} name=家 {u}"
                 for u in ids]
        units[6] = units[6].replace("class=excluded:listed", "class=-")
        people = [f"{p} {a} {b} {'b' * 64}" for p, a, b in zip(self.people, self.capacity, self.carried)]
        slots = ", ".join(f'"{slot}"' for slot in self.slots)
        secrecy = "announced" if self.mode == "open" else "until-visit"
        self.files["policy.toml"] = POLICY.format(suite=self.key, secrecy=secrecy, slots=slots, ends=list(range(100, 100 * self.bands, 100))).encode()
        self.register = f"{self.suite.root('inspector', people)} 4"
        items = self.text("items.txt", "items", "item I1")
        self.text("units.txt", "units", *units)
        self.text("inspectors.txt", "inspectors", *people)
        self.committed = self.text(
            "commit.txt", "commit", f"draw {self.number}", "previous none", f"suite {self.key}", "software test 1",
            "committed 2026-11-20T00:00:00Z", "window 2026-12-01 2026-12-31", f"mode {self.mode}",
            "close-by 2026-11-27T00:00:00Z", "open-by 2027-01-20", "margin 1440", f"policy {self.suite.hash(self.files['policy.toml'])}",
            f"items {items}", f"units {self.suite.root('unit', units)} 7",
            f"inspectors {self.register}", f"recusals {self.suite.hash(b'')} 0",
            "pairing tickets-and-prices/v1", "team " + " ".join(self.slots), "exchange none", f"bands {self.bands}", "quota risk 1/3 up 0 -",
            "quota small 1 - 0 5", "stratum risk/z2 4 2", "stratum small 2 1", "excluded listed 1",
            *(f"beacon {b}" for b in self.beacons),
            *(f"party {p} {self.suite.text('yaohao/nonce/v1', self.number, p, n)}" for p, n in self.nonces.items()),
            *(f"chain witness {link} {len(self.links) - 1}" for link in self.links[:1]))

    def document(self, kind, after, at, *lines):
        return self.text(f"{kind}.txt", kind, f"draw {self.number}", f"after {after}", f"at {at}", *lines)

    def draw(self):
        outcomes = [f"{b} : {n}" for b, n in self.beacons.items()]
        nonces = [f"nonce {p} {n}" for p, n in self.nonces.items()]
        self.seed = v.Seed(self.suite.text("yaohao/seed/v1", self.committed, *(f"beacon {o}" for o in outcomes), *nonces),
                           self.suite)
        last = self.document("ceremony", self.committed, "2026-11-21T00:00:00Z", f"outcome {outcomes[0]}")
        last = self.document("reveal", last, "2026-11-21T00:00:01Z", *nonces[self.mode == "sealed":])
        self.last = self.document("beacon", last, "2026-11-22T00:00:00Z", f"outcome {outcomes[1]}")

    def pair(self, drawn):
        """The best teams by trying all: least (sum of costs + sum of tickets)."""
        pools = [[0, 1, 2]] + [[0, 1, 2, 3]] * (len(self.slots) - 1)
        visits = [v.Visit(u, pools, [], band=self.band[u]) for u in drawn]
        turns = v.turns(self.seed, 4)
        for visit in visits:
            visit.deal(self.seed, 4)
        teams = [t for t in itertools.product(*pools) if len(set(t)) == len(t)]
        best = None
        for plan in itertools.product(teams, repeat=len(visits)):
            loads = [sum(team.count(i) for team in plan) for i in range(4)]
            if any(load > cap for load, cap in zip(loads, self.capacity)):
                continue
            cost = sum(BIG * (self.carried[i] + j) + turns[i] for i in range(4) for j in range(1, loads[i] + 1))
            cost += self.unevenness([(i, visit.band) for visit, team in zip(visits, plan) for i in team])
            cost += sum(row[i] for visit, team in zip(visits, plan) for row, i in zip(visit.tickets, team))
            best = min(best or (cost, plan, loads), (cost, plan, loads))
        for visit, team in zip(visits, best[1]):
            visit.team = list(team)
        proof = v.Proof(self.seed, list(zip(self.capacity, self.carried)), visits, [], self.bands)
        return visits, best[2], v.least_prices(visits, proof.floors(), proof.banded), self.lead(visits)

    @staticmethod
    def unevenness(held):
        """Of (inspector, band): everybody's first visit of a band from 1 counts one, the second two, and so on."""
        return MID * sum(n * (n + 1) // 2 for (_, band), n in Counter(held).items() if band)

    def lead(self, visits):
        """Gives the slots to the people of the teams: the best leads by trying all, then the best seats."""
        questions = [visit.leadership() for visit in visits]
        turns = v.turns(self.seed, 4, "lead-turn")
        for question in questions:
            question.deal(self.seed, 4, "lead")
        best = None
        for plan in itertools.product(*(question.pools[0] for question in questions)):
            levels = sum(plan.count(i) ** 2 for i in range(4))
            chance = sum(turns[i] + question.tickets[0][i] for question, i in zip(questions, plan))
            chance += self.unevenness((i, question.band) for question, i in zip(questions, plan))
            best = min(best or (levels, chance, plan), (levels, chance, plan))
        for visit, question, lead in zip(visits, questions, best[2]):
            visit.team = [lead, *visit.seats(visit.rest(lead), 1)[1]]
            question.team = [lead]
        proof = v.Proof(self.seed, [(4, 0)] * 4, questions, [], self.bands, "lead")
        return [*zip(proof.loads, v.least_prices(questions, proof.floors(), proof.banded))]

    def result(self):
        pools = {label: [u for u in self.label if self.label[u] == label] for label in ("risk/z2", "small")}
        drawn = v.select(self.seed, pools, {"risk/z2": 2, "small": 1})
        visits, loads, prices, leads = self.pair(sorted(row[0] for row in drawn))
        held = [" ".join(f"{role}={self.people[p]}" for role, p in zip(self.slots, x.team)) for x in visits]
        teams = {x.unit: f"{x.unit} {i:032x} {slots}" for i, (x, slots) in enumerate(zip(visits, held))}
        lines = [" ".join(map(str, (*row, self.suite.text("yaohao/team/v1", self.number, teams[row[0]])))) for row in drawn]
        self.text("drawn.txt", "drawn", *lines)
        self.text("dockets.txt", "dockets", *(self.dockets[u] for u in teams))
        self.text("teams.txt", "teams", *teams.values())
        led, lead_prices = zip(*leads)
        rows = zip(self.people, loads, map(listed, prices), led, map(listed, lead_prices))
        priced = self.text("prices.txt", "prices", *(" ".join(map(str, row)) for row in rows))
        root = f"{self.suite.root('result', lines)} {len(lines)}"
        last = self.document("record", self.last, "2026-11-27T00:00:00Z", "window 2026-12-01 2026-12-31",
                             f"inspectors {self.register}", f"drawn {root}", f"prices {priced}")
        if self.links:
            last = self.change(last, visits[0], loads, prices)
        if self.mode == "sealed":
            self.document("open", last, "2027-01-20T15:59:59Z", f"nonce office {self.nonces['office']}")

    def change(self, last, visit, loads, prices):
        """Replaces the last of a team, by the rule of pairing.md."""
        slot, n = len(self.slots) - 1, len(self.people)
        head, number = [f"draw {self.number}"], "001"
        asked = self.text(f"replace-{number}-request.txt", "replace-request", *head, f"after {last}",
                          "at 2026-12-02T00:00:00Z", f"unit {visit.unit}", f"absent {self.people[visit.team[slot]]}",
                          "reason recused", f"salt {'c' * 32}")
        stream = self.seed.stream("yaohao/replace/v1", self.links[1], visit.unit)
        totals = {i: (stream.word(slot * n + i) >> 16) + prices[i][visit.band] for i in range(n)}
        free = [i for i in range(n) if i not in visit.team and loads[i] < self.capacity[i]]
        right = min(free, key=lambda i: (totals[i], i))
        self.team = [*visit.team[:slot], right]
        held = " ".join(f"{role}={self.people[i]}" for role, i in zip(self.slots, self.team))
        return self.text(f"replace-{number}.txt", "replacement", *head, f"after {asked}", "at 2026-12-02T01:00:00Z",
                         f"link witness {self.links[1]}", f"stand-in {self.people[right]}",
                         f"team {visit.unit} {'d' * 32} {held}")

    def sums(self):
        """Writes the .sha256 files anew, as somebody who forges a file would."""
        names = {"commit": [*v.COMMIT_STEP, "carried.txt"], "record": list(v.DRAW_STEP), "void": [], "open": ["open.txt"]}
        names["record" if self.mode == "open" else "open"] += v.RESULT + v.DAYS
        if "void.txt" in self.files:
            names |= {"record": [], "void": ["ceremony.txt", "reveal.txt", "beacon.txt", "void.txt", "voided.txt"]}
        for step, files in names.items():
            there = sorted(name for name in files if name in self.files)
            if there:
                lines = "".join(f"{v.sha(self.files[name])}  {name}\n" for name in there)
                self.files[f"{step}.sha256"] = lines.encode()
        for name in [name for name in self.files if name.startswith("replace-") and name.endswith(".txt")]:
            line = f"{v.sha(self.files[name])}  {name}\n"
            self.files[name.replace(".txt", ".sha256")] = line.encode()

    def verify(self, **options):
        with tempfile.TemporaryDirectory() as parent:
            folder = Path(parent) / "2026-001"
            folder.mkdir()
            for name, data in self.files.items():
                (folder / name).write_bytes(data)
            report = v.verify(folder, **options)
        self.failed = [c["id"] for c in report["checks"] if c["status"] == "fail"]
        return report["verdict"]


class WholeDraws(unittest.TestCase):

    def check(self, built, verdict, *failed):
        self.assertEqual((built.verify(), built.failed), (verdict, list(failed)))

    def test_open_and_sealed_draws_of_all_team_sizes_and_bands(self):
        for mode, helpers, bands in itertools.product(("open", "sealed"), (1, 2, 3), (1, 3)):
            with self.subTest(mode=mode, helpers=helpers, bands=bands):
                self.check(Built(mode, helpers, "2026002", bands=bands), "verified")

    def test_the_other_suite(self):
        for mode, helpers in itertools.product(("open", "sealed"), (1, 2)):
            with self.subTest(mode=mode, helpers=helpers):
                links = [v.sha(b"chain")]
                for _ in range(3):
                    links.insert(0, v.SM3.text("yaohao/link/v1", "test/2026/001", "witness", links[0]))
                built = Built(mode, helpers, "2026002", links, bands=helpers, suite="yaohao-1-sm3")
                self.check(built, "verified")
                self.assertEqual(built.verify(commitment=v.SM3.hash(built.files["commit.txt"])), "verified")
                self.assertEqual(built.verify(commitment=v.sha(built.files["commit.txt"])), "failed")

    def test_a_record_of_one_suite_is_none_of_the_other(self):
        for suite, other in itertools.permutations(v.SUITES):
            built = Built(suite=suite)
            built.files["commit.txt"] = built.files["commit.txt"].replace(suite.encode(), other.encode())
            built.sums()
            self.assertEqual(built.verify(), "failed")
            self.assertEqual(built.failed[:4], ["V06", "V07", "V08", "V09"])
            # V10 and V22 have no policy left to stand on.
            self.assertLessEqual({"V12", "V14", "V15", "V16", "V17", "V21"}, set(built.failed))
        built = Built()
        built.files["commit.txt"] = built.files["commit.txt"].replace(b"sha256", b"sha512")
        built.sums()
        self.assertEqual(built.verify(), "failed")
        self.assertEqual(built.failed, ["V02"])

    def test_late_changes(self):
        links = [v.sha(b"chain")]
        for _ in range(3):
            links.insert(0, v.SHA256.text("yaohao/link/v1", "test/2026/001", "witness", links[0]))
        for mode, helpers in itertools.product(("open", "sealed"), (1, 2)):
            with self.subTest(mode=mode, helpers=helpers):
                built = Built(mode, helpers, "2026002", links, bands=helpers)
                self.check(built, "verified")
                late = {name: data for name, data in built.files.items() if name.startswith("replace-")}
                self.assertEqual(len(late), 4)
                text = late["replace-001.txt"].decode()
                for old, new in ((links[1], links[2]), ("link witness", "link office"),
                                 (f"stand-in {built.people[built.team[-1]]}", f"stand-in {built.people[built.team[0]]}")):
                    built.files["replace-001.txt"] = text.replace(old, new).encode()
                    built.sums()
                    self.check(built, "failed", *["V12"] * (mode == "sealed"), "V23")
                built.files = {n: d for n, d in built.files.items() if not n.startswith("replace-001.")}
                self.check(built, *(("failed", "V12") if mode == "sealed" else ("incomplete",)))

    def test_steps_of_a_sealed_draw(self):
        built = Built("sealed")
        for name in ["open.txt", "open.sha256", *v.RESULT]:
            del built.files[name]
        self.check(built, "incomplete")
        for name in ["record.txt", "record.sha256"]:
            del built.files[name]
        self.check(built, "incomplete")
        for name in ["ceremony.txt", "reveal.txt", "beacon.txt"]:
            del built.files[name]
        self.check(built, "incomplete")
        built.document("void", built.committed, "2026-11-21T00:00:00Z", "reason party")
        built.sums()
        self.check(built, "verified")
        built.files["record.txt"] = b""
        self.assertEqual(built.verify(), "failed")

    def test_voids(self):
        for mode in ("open", "sealed"):
            with self.subTest(mode=mode):
                built = Built(mode)
                for name in ["record.txt", "record.sha256", "open.txt", "open.sha256", *v.RESULT]:
                    built.files.pop(name, None)
                pools = {label: [u for u in built.label if built.label[u] == label] for label in ("risk/z2", "small")}
                drawn = v.select(built.seed, pools, {"risk/z2": 2, "small": 1})
                lines = sorted(f"{u} {built.number} {label} {rank} {t}" for u, label, rank, t in drawn)
                nonce = [f"nonce office {built.nonces['office']}"] * (mode == "sealed")

                def void(reason, nonce, handed_on, bound=None):
                    built.files.pop("voided.txt", None)
                    said = [f"reason {reason}", *nonce]
                    if handed_on is not None:
                        built.text("voided.txt", "carried", *handed_on)
                        said.append(f"drawn {built.suite.root('carry', bound or handed_on)} {len(handed_on)}")
                    built.document("void", built.last, "2026-11-23T00:00:00Z", *said)
                    built.sums()

                void("staffing", nonce, lines)
                self.check(built, "verified")
                void("register", nonce, None)
                self.check(built, "failed", "V12")
                void("staffing", nonce, lines[1:])
                self.check(built, "failed", "V15")
                void("staffing", nonce, lines, lines[1:])
                self.check(built, "failed", "V15")
                void("staffing", nonce or [f"nonce office {built.nonces['office']}"], lines)
                self.check(built, *(("verified",) if nonce else ("failed", "V12")))
                if nonce:
                    void("staffing", [], lines)
                    self.check(built, "failed", "V12")
                    void("staffing", [f"nonce office {'0' * 64}"], lines)
                    self.check(built, "failed", "V14", "V15")

    def test_selection_behind_a_void(self):
        pools, seed = {"a": ["u1", "u2", "u3", "u4"]}, SEED
        plain = [row[0] for row in v.select(seed, pools, {"a": 4})]
        for carried, k in (({plain[3]}, 2), (set(plain[2:]), 1), ({plain[1], "elsewhere"}, 3)):
            held = [u for u in plain if u in carried]
            rest = [u for u in plain if u not in carried][:max(0, k - len(held))]
            chosen = v.select(seed, pools, {"a": k}, carried)
            self.assertEqual([row[0] for row in chosen], held + rest)
            self.assertEqual([row[2] for row in chosen], list(range(1, len(held + rest) + 1)))

    def test_commitment(self):
        built = Built()
        self.assertEqual(built.verify(commitment=built.committed), "verified")
        built.verify(commitment="0" * 64)
        self.assertEqual(built.failed, ["V04"])

    def test_every_byte_counts(self):
        for mode in ("open", "sealed"):
            base = Built(mode)
            for name, data in list(base.files.items()):
                for at in range(0, len(data), max(1, len(data) // 15)):
                    base.files[name] = data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]
                    with self.subTest(name=name, at=at):
                        self.assertEqual(base.verify(), "failed")
                base.files[name] = data

    def test_every_file_counts(self):
        for mode in ("open", "sealed"):
            base = Built(mode)
            for name, data in list(base.files.items()):
                del base.files[name]
                with self.subTest(missing=name):
                    self.assertEqual(base.verify(), "failed")
                    self.assertIn("V01", base.failed)
                base.files[name] = data
            base.files["notes.txt"] = b""
            self.check(base, "failed", "V01")

    def test_a_whole_forged_result(self):
        built = Built()
        lines = built.files["prices.txt"].decode().splitlines()
        for column, failing in ((2, "V20"), (3, "V24"), (4, "V24")):
            raised = [[str(int(x) + (i == column)) if i else x for i, x in enumerate(line.split(" "))]
                      for line in lines[1:]]
            built.files["prices.txt"] = "".join(f"{line}\n" for line in lines[:1] + list(map(" ".join, raised))).encode()
            record = built.files["record.txt"].decode().splitlines()[:-1]
            record.append(f"prices {v.sha(built.files['prices.txt'])}")
            built.files["record.txt"] = "".join(f"{line}\n" for line in record).encode()
            built.sums()
            self.check(built, "failed", failing)

    def test_margins(self):
        for name, old, new in (("ceremony.txt", "21T00:00:00Z", "20T23:59:59Z"), ("reveal.txt", "21T00:00:01Z", "21T13:30:00Z"),
                               ("beacon.txt", "22T00:00:00Z", "21T13:29:59Z")):
            with self.subTest(name=name):
                built = Built()
                text = built.files[name].decode()
                self.assertIn(old, text)
                built.files[name] = text.replace(old, new).encode()
                built.sums()
                self.assertEqual((built.verify(), built.failed), ("failed", ["V12", "V27"]))
                # Also while the rest is still to come.
                later = ["ceremony.txt", "reveal.txt", "beacon.txt"]
                for file in [*later[later.index(name) + 1:], "record.txt", "record.sha256", *v.RESULT]:
                    del built.files[file]
                built.verify()
                self.assertIn("V27", built.failed)

    def test_the_record_repeats_the_commitment(self):
        for old, new in ((b"window 2026-12-01", b"window 2026-11-01"), (b" 4\ndrawn", b" 5\ndrawn")):
            for mode in ("open", "sealed"):
                built = Built(mode)
                built.files["record.txt"] = built.files["record.txt"].replace(old, new)
                for name in list(built.files):
                    if mode == "sealed" and name in ("open.txt", "open.sha256", *v.RESULT):
                        del built.files[name]
                built.sums()
                self.check(built, "failed", "V21")

    def test_the_opening_is_due_on_a_chinese_date(self):
        built = Built("sealed")
        built.files["open.txt"] = built.files["open.txt"].replace(b"T15:59:59Z", b"T16:00:00Z")
        built.sums()
        self.check(built, "failed", "V12")


if __name__ == "__main__":
    unittest.main()
