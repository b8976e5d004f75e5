"""Published results of an office, from docs/spec/results.md: the lists, and check A18.
Standard library only; texts and the tables of draws are those of verify.py.
"""

import hashlib
import re
from datetime import timedelta

import verify as draws

NAME = re.compile("results-([0-9]{4}|[1-9][0-9]{4,9})[.]txt")
MEASURES = ["at-once", "by-date", "fine", "seal", "stop", "transfer"]
OUTCOMES = ["no-problem", "unreachable", "closed-down", "uncooperative", "deregistered", "revoked", "withdrawn",
            "moved-out", "corrected", "open", "not-applicable"]
PUBLISHING_DAYS = 60    # after the window, before missing results are said


def file_number(name: str) -> int | None:
    """The number in the name of a list; None if it is no such name."""
    match = NAME.fullmatch(name)
    number = int(match[1]) if match else 0
    return number if 0 < number < 1 << 32 else None


def file_name(number: int) -> str:
    return f"results-{number:04}.txt"


# ---- a list ------------------------------------------------------------------

COUNT = draws.U32
MEASURE = f"(-|(?:{'|'.join(MEASURES)})={COUNT}(?:,(?:{'|'.join(MEASURES)})={COUNT})*)"
ITEM = f"{draws.ID}=(?:{'|'.join(OUTCOMES)})"
ITEMS = f"{ITEM}(?:,{ITEM})*"
NUMBER = "[0-9]{4}/%s/(?:[0-9]{4}|[1-9][0-9]{4,9})"
VISIT = f"(?P<draw>{draws.DRAW}) (?P<unit>{draws.ID})"
FOUND = f"(?P<day>{draws.DAY}) (?P<hazards>{COUNT}) (?P<rectified>{COUNT}) (?P<measures>{MEASURE})"
LINES = {word: re.compile(form) for word, form in {
    "again": f"(?P<number>{NUMBER % 'reinspection'}) {VISIT} {FOUND} (?P<items>-|{ITEMS})",
    "closed": VISIT,
    "penalty": f"(?P<number>{NUMBER % 'penalty'}) (?P<day>{draws.DAY}) (?:-|{draws.ID}) {draws.NUM} [^ ].*",
    "result": f"{VISIT} {FOUND} (?P<items>{ITEMS})",
}.items()}
HEAD = (("office", draws.KEY), ("number", draws.below(1 << 32)), ("after", f"none|{draws.HEX}"), ("at", draws.MOMENT),
        ("journal", f"{draws.below(1 << 32)} {draws.HEX}"))


def must(condition, why: str):
    if not condition:
        raise draws.Malformed(why)


def pairs(text: str) -> list[list[str]]:
    return [] if text == "-" else [word.split("=") for word in text.split(",")]


class Line:
    """A line of a list: its word, and the fields that it has."""

    def __init__(self, text: str):
        self.word, _, rest = text.partition(" ")
        match = self.word in LINES and LINES[self.word].fullmatch(rest)
        must(match, f"no line of a list: {text[:80]}")
        fields = match.groupdict()
        self.draw, self.unit, self.number = (fields.get(name) for name in ("draw", "unit", "number"))
        self.day = draws.day(fields["day"]) if "day" in fields else None
        self.items = [item for item, _ in pairs(fields.get("items", "-"))]
        measures = pairs(fields.get("measures", "-"))
        must(draws.rising(self.items), "items do not rise")
        must(draws.rising([name for name, _ in measures]), "measures do not rise")
        must(all(count != "0" for _, count in measures), "a measure that was not taken")
        must(self.word != "result" or int(fields["rectified"]) <= int(fields["hazards"]), "more rectified than found")
        if self.number:
            year, _, count = self.number.split("/")
            must(year != "0000" and 0 < int(count) < 1 << 32, f"no number: {self.number}")

    @property
    def key(self) -> tuple:
        return (self.number,) if self.number else (self.draw, self.unit)


class List:
    """A list that reads."""

    def __init__(self, data: bytes):
        lines = draws.read_text(data, "yaohao/results/v1")
        head = {}
        for (word, form), line in zip(HEAD, lines):
            must(re.fullmatch(f"{word} (?:{form})", line), f"no line '{word}': {line[:80]}")
            head[word] = line[len(word) + 1:]
        must(len(lines) > len(HEAD), "there is no line")
        self.office, self.number, self.after = head["office"], int(head["number"]), head["after"]
        self.moment, self.entries = draws.moment(head["at"]), int(head["journal"].split(" ")[0])
        must((self.number == 1) == (self.after == "none"), "exactly list 1 is after none")
        must(draws.rising(lines[len(HEAD):]), "the lines do not rise")
        self.lines = [Line(line) for line in lines[len(HEAD):]]
        must(len({line.key for line in self.lines}) == len(self.lines), "a key is there twice")
        must(all(line.draw.split("/")[0] == self.office for line in self.lines if line.draw), "a draw of another office")

    def draws(self) -> list[str]:
        """The draws whose results it tells."""
        return sorted({line.draw for line in self.lines if line.draw})


def read(data: bytes) -> List | None:
    try:
        return List(data)
    except draws.Malformed:
        return None


class Published:
    """The folder `results`: names, with the bytes of a file and None for a folder (`name/`)."""

    def __init__(self, files: dict):
        self.files = files
        self.numbers = {number: data for name, data in files.items() if (number := file_number(name))}
        self.read = {number: read(data) for number, data in self.numbers.items()}
        # In order; only what says its own number.
        self.counting = {n: self.read[n] for n in sorted(self.read) if self.read[n] and self.read[n].number == n}


def folder(path) -> Published:
    inside = [p for p in path.iterdir() if not p.name.startswith(".")] if path.is_dir() else []
    return Published({p.name + "/" * p.is_dir(): None if p.is_dir() else p.read_bytes() for p in inside})


# ---- check A18 ---------------------------------------------------------------

def in_china(moment):
    return (moment + timedelta(hours=8)).date()


class Result:
    """What a draw's folder tells of its result, as far as it is public."""

    def __init__(self, case):
        def of(file: str):
            try:
                return draws.READERS[file](case.files[file])
            except (KeyError, draws.Malformed):
                return None
        self.name, self.window, self.is_void = case.name, case.commit["window"], "void.txt" in case.files
        record, drawn, items = of("record.txt"), of("drawn.txt"), of("items.txt")
        telling = record if case.commit["mode"] == "open" else of("open.txt")
        self.is_public = bool(record and telling and drawn is not None)
        self.recorded = in_china(draws.moment(record["at"])) if record else None
        self.since = draws.moment(telling["at"]) if telling else None
        self.units = {unit for _, (unit, *_) in drawn or []}
        self.items = None if items is None else {line[len("item "):] for line in items if line.startswith("item ")}


def fault(line: Line, told: List, results: dict, visited: set) -> str | None:
    """The first of item 7 that applies."""
    if line.draw:
        result = results.get(line.draw)
        if not result:
            return "there is no such draw"
        if not result.is_public or told.moment < result.since:
            return "the draw's result was not public"
        if line.unit not in result.units:
            return "the unit was not drawn"
        if line.word == "again" and (line.draw, line.unit) not in visited:
            return "a second look at nothing"
        if line.day and line.day < result.recorded:
            return "before the draw"
    if line.day and line.day > in_china(told.moment):
        return "a day to come"
    if line.word == "result" and result.items is not None and not set(line.items) <= result.items:
        return "an item that the draw has not"
    return None


def names(published: Published, say):
    """Items 1 and 2."""
    for name, data in sorted(published.files.items()):
        if not file_number(name):
            say(f"results/{name}", "no name of a list")
        elif file_number(name) not in published.counting:
            say(f"results/{name}", "it does not read, or has another number")


def gaps(published: Published, logged: set, say):
    """Item 3: one finding for several in a row."""
    following = 1
    for number in sorted(published.numbers):
        if number > following:
            say(f"results/{file_name(following)}", f"lists {following} to {number - 1} are missing")
        following = number + 1
    last = max(logged, default=0)
    if last >= following:
        say(f"results/{file_name(following)}", f"lists {following} to {last} are missing")


def chain(published: Published, say):
    """Items 4 to 6."""
    before = first = None
    for number, told in published.counting.items():
        place = f"results/{file_name(number)}"
        earlier = published.numbers.get(number - 1)
        if earlier is not None and told.after != hashlib.sha256(earlier).hexdigest():
            say(place, "after another list than the one before")
        if before and told.moment < before.moment:
            say(place, "dated before the list before")
        if before and told.entries < before.entries:
            say(place, "the journal has become shorter")
        first = first or told
        if told.office != first.office:
            say(place, "of another office")
        before = told


def lines(published: Published, results: dict, say) -> dict:
    """Items 7 to 9; the current line of every key."""
    current, visited = {}, set()
    for number, told in published.counting.items():
        place = f"results/{file_name(number)}"
        visited |= {line.key for line in told.lines if line.word == "result"}
        for line in told.lines:
            why = fault(line, told, results, visited)
            if why:
                say(place, f"{line.word} {' '.join(line.key)}: {why}")
                continue
            if line.key in current:
                say(place, f"takes the place of what list {current[line.key][0]} says", False)
            current[line.key] = number, line.word
            window = results[line.draw].window if line.word == "result" else None
            if window and not window[0] <= line.day <= window[1]:
                say(place, "outside the window", False)
    return current


def shares(current: dict, results: dict, today, say):
    """Item 10."""
    for draw, result in results.items():
        if not result.is_public or result.is_void:
            continue
        words = [current[draw, unit][1] for unit in result.units if (draw, unit) in current]
        said = f"{words.count('result')} of {len(result.units)} have a result, {words.count('closed')} ended without"
        if len(words) < len(result.units) and today - result.window[1] > timedelta(days=PUBLISHING_DAYS):
            said += f"; {len(result.units) - len(words)} are missing"
        say(result.name, said, False)


def check(published: Published, logged: set, cases: list, now, say):
    """A18; cases in the order of draws and names, so that the first folder of a draw counts."""
    results = {}
    for case in cases:
        if case.commit and case.commit["draw"] not in results:
            results[case.commit["draw"]] = Result(case)
    names(published, say)
    gaps(published, logged, say)
    chain(published, say)
    current = lines(published, results, say)
    shares(current, results, in_china(now), say)
