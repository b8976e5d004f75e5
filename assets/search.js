// "Is my unit drawn?" Everything that is said stands in the page (data-words), everything
// that is found in one script a draw, which calls yaohaoUnits. Nothing is fetched and
// nothing is hashed, so that it works from a web server and from a disk alike. Data gets
// into the page as text only.
"use strict";

(() => {
  const form = document.getElementById("ask");
  const field = document.getElementById("q");
  const answer = document.getElementById("answer");
  if (!form || !field || !answer) return;
  const words = JSON.parse(form.dataset.words);
  const draws = JSON.parse(form.dataset.draws);
  /** How many draws are searched at once; older ones on demand. */
  const BATCH = 12;
  /** How many units are offered to choose from. */
  const OFFERED = 30;
  /** What the scripts of the draws brought: the index by the draw's stem, null if it failed. */
  const brought = new Map();
  /** Which search is the latest: an older one that is still loading is dropped. */
  let asked = 0;

  globalThis.yaohaoUnits = (stem, index) => { brought.set(stem, index); };

  const load = (draw) => brought.has(draw.stem) ? Promise.resolve() : new Promise((done) => {
    const script = document.createElement("script");
    script.src = draw.units;
    script.onload = () => done();
    script.onerror = () => { brought.set(draw.stem, null); done(); };
    document.head.append(script);
  });

  // ---- words ---------------------------------------------------------------------------

  const say = (name, values = {}) =>
    words[name].replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));

  const element = (tag, className, ...inside) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...inside);
    return made;
  };

  const link = (to, text) => {
    const made = element("a", "", text);
    made.href = to;
    return made;
  };

  const paragraph = (text) => element("p", "", text);

  // ---- finding -------------------------------------------------------------------------

  /** Full-width and half-width, large and small, with and without spaces are the same. */
  const plain = (text) => text.normalize("NFKC").replace(/\s+/gu, "").toUpperCase();

  /** What was written, cut at spaces and where digits begin or end. */
  const parts = (text) =>
    text.normalize("NFKC").toUpperCase().match(/[0-9]+|[^0-9\s]+/gu) ?? [];

  /** Units of an index by how well they fit: the id, a part of it, the name or all that was written of it. */
  const matches = (index, wanted, written) => {
    const isNamed = (name) => name.includes(wanted) || written.every((part) => name.includes(part));
    const found = { exact: [], begins: [], named: [] };
    for (const row of index.units) {
      const id = row[0].toUpperCase();
      if (id === wanted) found.exact.push(row);
      else if (wanted.length >= 4 && id.includes(wanted)) found.begins.push(row);
      else if (row[1] && isNamed(plain(row[1]))) found.named.push(row);
    }
    return found;
  };

  /** The ids that the words mean, each with its latest name; one if an id fits exactly. */
  const meant = (searched, q) => {
    const [wanted, written] = [plain(q), parts(q)];
    const kinds = { exact: new Map(), begins: new Map(), named: new Map() };
    for (const draw of searched) {
      const index = brought.get(draw.stem);
      if (!index) continue;
      const found = matches(index, wanted, written);
      for (const kind of Object.keys(kinds)) {
        for (const row of found[kind]) if (!kinds[kind].has(row[0])) kinds[kind].set(row[0], row[1]);
      }
    }
    if (kinds.exact.size > 0) return kinds.exact;
    return new Map([...kinds.begins, ...kinds.named]);
  };

  // ---- one draw's answer ----------------------------------------------------------------

  const notDrawnYet = (draw, quota, pool, held, carried) => {
    if (draw.fault) return say("openLate", draw);
    const chance = carried ? { places: 1, rest: 1 } : { places: Math.max(quota - held, 0), rest: pool - held };
    return say("open", { ...draw, ...chance });
  };

  const team = (index, members, isChanged) => {
    const named = [];
    for (let at = 0; at + 1 < members.length; at += 2) {
      named.push(`${words.roles[members[at]] ?? members[at]} ${members[at + 1]}`);
    }
    const all = { team: named.join(words.comma) };
    return isChanged ? say("teamChanged", all) : say("team", all);
  };

  /** What one visit found, in sentences. */
  const seen = ([day, hazards, rectified, outcomes, measures], name) => {
    const found = outcomes.map((key) => words.outcomes[key] ?? key).join(words.comma);
    const parts = [say(name, { day, found, rectified })];
    if (name === "visited" && hazards > 0) parts.push(say("hazards", { hazards, rectified }));
    if (measures.length > 0) {
      const named = measures.map(([key, n]) => (words.measures[key] ?? key) + (n > 1 ? ` ×${n}` : ""));
      parts.push(say("ordered", { measures: named.join(words.comma) }));
    }
    return paragraph(parts.join(words.space));
  };

  /** What became of the visit. */
  const outcome = (index, id) => {
    if (!index.results) return [];
    const told = index.results[id];
    if (!told) return [paragraph(say("awaited"))];
    if (told.length === 0) return [paragraph(say("ended"))];
    const [found, again] = told;
    const later = again.map((look) => seen(look, look[3].length > 0 ? "again" : "againBare"));
    return [seen(found, "visited"), ...later];
  };

  const proof = (index, row, stratum) => {
    const [id, , , , , ticket] = row;
    const text = say("ticket", { ticket: `${ticket}…`, cutoff: `${stratum[5] ?? "–"}…` });
    const line = `printf 'yaohao/ticket/v1\\n%s\\n%s\\n%s\\n' ${index.seed} ${stratum[0]} ${id} | ${index.hash}`;
    const command = element("pre", "", element("code", "", line));
    command.tabIndex = 0;
    return [paragraph(text), command];
  };

  /** Verdict in a word, its look, and the sentences that say why. */
  const judged = (draw, index, row) => {
    const [id, , , standing, rank] = row;
    const handed = index.handed[id];
    const past = handed ? [paragraph(say("handed", { from: handed[0], rank: handed[1] }))] : [];
    if (standing < 0) {
      const note = index.notes[id] ? `${words.colon}${index.notes[id]}` : "";
      const reason = words.reasons[index.reasons[-1 - standing]];
      return ["isOut", "", [paragraph(say("out", { reason, note })), ...past]];
    }
    const stratum = index.strata[standing];
    const [, name, pool, quota, held] = stratum;
    const carried = index.carried[id];
    const why = [paragraph(say(held > 0 ? "poolCarried" : "pool", { stratum: name, pool, quota, held }))];
    if (carried) why.push(paragraph(say("carried", { from: carried })));
    if (draw.state === "void") return ["isVoid", "", [...why, paragraph(say("void", draw)), ...past]];
    if (draw.state === "sealed") return ["isSealed", "sealed", [...why, paragraph(say(draw.fault ? "sealedLate" : "sealed", draw))]];
    if (draw.state === "open" || index.seed === null) {
      return ["isOpen", "open", [...why, paragraph(notDrawnYet(draw, quota, pool, held, carried))]];
    }
    const members = index.drawn[id];
    why.push(paragraph(say(members ? "drawn" : "notDrawn", { rank, quota })));
    if (members && members.length > 0) why.push(paragraph(team(index, members, index.changed.includes(id))));
    if (members) why.unshift(...outcome(index, id));
    why.push(...proof(index, row, stratum));
    return members ? ["isDrawn", "done", why] : ["isNot", "", why];
  };

  const verdict = (draw, id) => {
    const index = brought.get(draw.stem);
    const heading = (word) => element("h4", "", `${draw.draw}${words.colon}${word}`);
    if (!index) return element("div", "verdict", heading("–"), paragraph(say("failed", draw)));
    const row = index.units.find((unit) => unit[0] === id);
    if (!row) return element("div", "verdict", heading("–"), paragraph(words.absent));
    const [word, look, why] = judged(draw, index, row);
    const links = element("p", "hint", `${say("visits", draw)} · `, link(draw.page, words.page));
    if (draw.verify) links.append(" · ", link(`${draw.verify}&unit=${encodeURIComponent(id)}`, words.verify));
    return element("div", `verdict ${look}`, heading(words[word]), ...why, links);
  };

  // ---- the whole answer -------------------------------------------------------------------

  const choice = (units) => {
    const list = element("ul", "choice");
    for (const [id, name] of [...units].slice(0, OFFERED)) {
      const shown = name ? `${name} ` : "";
      list.append(element("li", "", link(`#q=${encodeURIComponent(id)}`, `${shown}${id}`)));
    }
    const parts = [paragraph(say("choose", { n: units.size })), list];
    if (units.size > OFFERED) parts.push(paragraph(say("tooMany", { n: OFFERED })));
    return parts;
  };

  const nothing = (count, q) => [
    paragraph(say("none", { n: count, q })),
    paragraph(words.noneWhy),
    element("ul", "", ...["noneShorter", "noneCode", "noneName", "noneRegister"].map((name) => element("li", "", words[name]))),
  ];

  const show = (units, searched, q) => {
    const failed = searched.filter((draw) => brought.get(draw.stem) === null);
    const notes = failed.map((draw) => paragraph(say("failed", draw)));
    if (units.size === 0) return [...nothing(searched.length, q), ...notes];
    if (units.size > 1) return [...choice(units), ...notes];
    const [[id, name]] = units;
    const heading = element("h3", "", name || words.unnamed, " ", element("code", "key", id));
    return [heading, ...searched.map((draw) => verdict(draw, id)), paragraph(say("all", { n: searched.length }))];
  };

  /** Shows the answer, and goes there: on a phone it may stand far above or below. */
  const reveal = (parts) => {
    answer.replaceChildren(...parts);
    parts[0].tabIndex = -1;
    parts[0].focus({ preventScroll: true });
    parts[0].scrollIntoView({ block: "start" });
  };

  const search = async (q, count) => {
    const turn = ++asked;
    const wanted = plain(q);
    if (wanted.length < 2) {
      reveal([paragraph(words.short)]);
      return;
    }
    answer.replaceChildren(paragraph(words.working));
    const searched = draws.slice(0, count);
    await Promise.all(searched.map(load));
    if (turn !== asked) return;
    const shown = show(meant(searched, q), searched, q);
    const left = Math.min(draws.length - searched.length, BATCH);
    if (left > 0) {
      const older = element("button", "", say("older", { n: left }));
      older.type = "button";
      older.addEventListener("click", () => search(q, count + BATCH));
      shown.push(older);
    }
    reveal(shown);
  };

  /** The question in the address, so that an answer can be linked. */
  const linked = () => {
    const text = location.hash.startsWith("#q=") ? location.hash.slice(1) : location.search.slice(1);
    return new URLSearchParams(text).get("q");
  };

  const fromAddress = () => {
    const q = linked();
    if (q === null) return;
    field.value = q;
    search(q, BATCH);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const fragment = `#q=${encodeURIComponent(field.value.trim())}`;
    if (location.hash === fragment) search(field.value, BATCH);
    else location.hash = fragment;
  });
  globalThis.addEventListener("hashchange", fromAddress);
  fromAddress();
})();
