//! `yaohao explain --pairing`: the row of one unit, as people and programs read it.

use super::console::Console;
use crate::explain::{Candidate, Exchange, LateChange, Lineup, Proof, Row, Slot, Strike, Team};
use crate::pairing::ticket::{BIG, SURCHARGE};
use crate::policy::Role;
use crate::said;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Real names by public name; empty where the office does not look.
pub type Names = BTreeMap<String, String>;

/// Shows the row.
pub fn show(row: &Row, names: &Names, console: &Console) {
    let unit = &row.unit;
    console.heading(said!("{unit} 的检查组怎样定出", "How the team of {unit} was chosen"));
    show_lineup(&row.lineup, names, console);
    console.say(said!(
        "这家单位的密钥由种子和单位编号得出：",
        "The key of this unit comes from the seed and its id:"
    ));
    proof(&row.key, console);
    let (slot, rank, n) = row.word.place;
    let (name, number) = (&row.word.name, row.word.number);
    console.say(said!(
        "签号从这个密钥的 ChaCha20 密钥流（RFC 8439，随机数全零，计数从 0 起）读出：岗位 q（从 0 起）、inspectors.txt 第 i 行（从 0 起）、共 n 行，取第 q·n+i 个 64 位小端整数的高 48 位。例如 {name}：q={slot}，i={rank}，n={n}，第 {number} 个：",
        "Tickets are read from the ChaCha20 key stream of this key (RFC 8439, zero nonce, counter from 0): for slot q (from 0) and line i (from 0) of the n lines of inspectors.txt, the top 48 bits of 64-bit little-endian word q·n+i. {name}, say: q={slot}, i={rank}, n={n}, word {number}:"
    ));
    console.line(&format!("   $ {}", row.word.command));
    console.line(&format!("   {}", row.word.prints));
    for (number, slot) in (1..).zip(&row.slots) {
        let (zh, en, count) = (slot.role.zh(), slot.role.key(), slot.candidates.len());
        console.say(said!(
            "\n岗位 {number}（{zh}）：{count} 人可选，按签号加价格从小到大",
            "\nSlot {number} ({en}): {count} people eligible, by ticket + price"
        ));
        table(slot, names, console);
    }
    let (chosen, total) = (joined(&row.chosen, names), row.chosen.total);
    console.say(said!(
        "\n各岗位不是同一人的组合里，合计最小的一组到这家单位：{chosen}，合计 {total}",
        "\nOf all teams of different people the one with the least sum goes: {chosen}, {total}"
    ));
    if let Some(team) = &row.runner_up {
        let (other, sum) = (joined(team, names), team.total);
        let more = sum.saturating_sub(total);
        console
            .say(said!("其次：{other}，合计 {sum}，多 {more}", "Next: {other}, {sum}, which is {more} more"));
        if more == 0 {
            console.say(said!(
                "两组一样便宜：价格取最小值时常有这样的并列，取哪一组由全部单位和每人的次数一起定出（核验 V19、V20）",
                "Both cost the same: least prices make such ties. All units and everybody's load together decide (checks V19, V20)"
            ));
        }
    }
    console.say(said!(
        "\n这组人里谁主办，由第二道题定：主办次数尽量均衡，签号加主办价格最小的主办（核验 V24）。第二道题的密钥：",
        "\nWho of them leads is the second question: leads as even as can be, the least ticket + lead price leads (check V24). Its key:"
    ));
    proof(&row.lead_key, console);
    table(&row.leads, names, console);
    console.say(said!(
        "其余的人按第一道题的签号之和最小入座；箭头是最后的岗位",
        "The others sit where the sum of their tickets of the first question is least; arrows show the seats as they came out"
    ));
    row.changes.iter().for_each(|change| show_change(change, names, console));
}

/// Whom exchange and strikes let come.
fn show_lineup(lineup: &Lineup, names: &Names, console: &Console) {
    if let Some(Exchange { places, able, place }) = &lineup.exchange {
        console.say(said!(
            "跨片区互查：{able} 家中签单位能由别的片区去查，互查签号最小的 {places} 家互查。",
            "Exchange: {able} drawn units could be visited from other zones; the {places} with the smallest exchange tickets are."
        ));
        match place {
            None => console.say(said!(
                "这家单位别的片区派不出一组人，不互查。",
                "No team from elsewhere could come to this unit, so it is not one of them."
            )),
            Some((at, ticket)) => {
                let away = *at as u64 <= *places;
                let (zh, en) = if away {
                    ("由别的片区去查", "visited from elsewhere")
                } else {
                    ("不互查", "visited from home")
                };
                console.say(said!(
                    "这家单位第 {at} 位，{zh}。互查签号：",
                    "This unit is no. {at}: {en}. Its exchange ticket:"
                ));
                proof(ticket, console);
            }
        }
    }
    for Strike { pair, struck } in &lineup.strikes {
        let [one, other] = [&pair[0].0, &pair[1].0].map(|name| named(name, names));
        let gone = named(&pair[*struck].0, names);
        let forced = pair[*struck].1.prints < pair[1 - *struck].1.prints;
        let (zh, en) = match forced {
            true => ("否则组不成一组", "else there would be no team"),
            false => ("回避签号较大", "the larger strike ticket"),
        };
        console.say(said!(
            "{one} 与 {other} 不得同组，{gone} 不去这家单位（{zh}）。两人的回避签号：",
            "{one} and {other} must not meet: {gone} stays away ({en}). Their strike tickets:"
        ));
        pair.iter().for_each(|(_, ticket)| proof(ticket, console));
    }
}

fn show_change(change: &LateChange, names: &Names, console: &Console) {
    let (number, absent, stand_in) =
        (change.number, named(&change.absent, names), named(&change.stand_in, names));
    let (zh, key) = (change.reason.zh(), change.reason.key());
    console.say(said!(
        "\n第 {number} 次换人：{absent}（{zh}）由 {stand_in} 接替。新签号的密钥由种子、监督方放出的链节和单位编号得出，岗位和读法同上：",
        "\nReplacement {number}: {stand_in} stands in for {absent} ({key}). The key of the fresh tickets comes from the seed, the released link and the unit; they are read as above:"
    ));
    proof(&change.key, console);
    table(&change.slot, names, console);
}

fn proof(proof: &Proof, console: &Console) {
    console.line(&format!("   $ {}", proof.command));
    console.line(&format!("   {}", proof.output()));
}

fn table(slot: &Slot, names: &Names, console: &Console) {
    let headings = [
        said!("", ""),
        said!("人员", "name"),
        said!("字", "word"),
        said!("签号", "ticket"),
        said!("价格", "price"),
        said!("合计", "total"),
        said!("其中 2^111 的倍数", "multiple of 2^111"),
        said!("余数", "rest"),
    ];
    let row = |c: &Candidate| {
        let (steps, rest) = (c.total / BIG.unsigned_abs(), c.total % BIG.unsigned_abs());
        let mark = if c.chosen { "→" } else { "" };
        let ticket = if c.again { format!("{} + 2^48", c.ticket - SURCHARGE) } else { c.ticket.to_string() };
        vec![
            mark.to_owned(),
            named(&c.name, names),
            c.word.to_string(),
            ticket,
            c.price.to_string(),
            c.total.to_string(),
            steps.to_string(),
            rest.to_string(),
        ]
    };
    console.table(&headings, &[2, 3, 4, 5, 6, 7], slot.candidates.iter().map(row).collect());
    if slot.candidates.iter().any(|candidate| candidate.again) {
        console.say(said!(
            "加 2^48 的是上次检查这家单位的人（尽量换人）",
            "2^48 is added for those who made the last visit (rotation where possible)"
        ));
    }
}

fn named(public: &str, names: &Names) -> String {
    names.get(public).map_or_else(|| public.to_owned(), |name| format!("{public} {name}"))
}

fn joined(team: &Team, names: &Names) -> String {
    team.names.iter().map(|name| named(name, names)).collect::<Vec<_>>().join(" + ")
}

/// The row for programs; numbers are texts, because they exceed 2⁵³.
pub fn view(row: &Row, names: &Names) -> Value {
    let team = |team: &Team| json!({ "names": team.names, "total": team.total.to_string() });
    let change = |change: &LateChange| {
        json!({
            "number": change.number, "absent": change.absent, "reason": change.reason.key(),
            "stand_in": change.stand_in, "key": proof_view(&change.key), "slot": slot_view(&change.slot, names),
        })
    };
    let strike = |strike: &Strike| {
        let tickets = strike.pair.iter().map(|(_, ticket)| proof_view(ticket)).collect::<Vec<_>>();
        json!({
            "pair": [strike.pair[0].0, strike.pair[1].0], "tickets": tickets,
            "struck": strike.pair[strike.struck].0,
        })
    };
    let exchange = |exchange: &Exchange| {
        json!({
            "places": exchange.places, "able": exchange.able, "away": exchange.is_away(),
            "place": exchange.place.as_ref().map(|(place, _)| place),
            "ticket": exchange.place.as_ref().map(|(_, ticket)| proof_view(ticket)),
        })
    };
    json!({
        "exchange": row.lineup.exchange.as_ref().map(exchange),
        "strikes": row.lineup.strikes.iter().map(strike).collect::<Vec<_>>(),
        "lead_key": proof_view(&row.lead_key), "leads": slot_view(&row.leads, names),
        "key": proof_view(&row.key),
        "word": {
            "name": row.word.name, "slot": row.word.place.0, "rank": row.word.place.1,
            "inspectors": row.word.place.2, "number": row.word.number,
            "command": row.word.command, "prints": row.word.prints,
        },
        "slots": row.slots.iter().map(|slot| slot_view(slot, names)).collect::<Vec<_>>(),
        "chosen": team(&row.chosen),
        "runner_up": row.runner_up.as_ref().map(team),
        "changes": row.changes.iter().map(change).collect::<Vec<_>>(),
    })
}

fn slot_view(slot: &Slot, names: &Names) -> Value {
    let role: &Role = &slot.role;
    let candidate = |c: &Candidate| {
        json!({
            "name": c.name, "person": names.get(&c.name), "word": c.word, "ticket": c.ticket.to_string(),
            "again": c.again, "price": c.price.to_string(), "total": c.total.to_string(), "chosen": c.chosen,
        })
    };
    json!({ "role": role.key(), "candidates": slot.candidates.iter().map(candidate).collect::<Vec<_>>() })
}

fn proof_view(proof: &Proof) -> Value {
    json!({ "command": proof.command, "prints": proof.prints.to_string() })
}
