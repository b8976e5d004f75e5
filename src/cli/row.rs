//! `yaohao explain --pairing`: the row of one unit, as people and programs read it.

use super::console::Console;
use crate::explain::{Candidate, LateChange, Proof, Row, Slot, Team};
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
        "同一组人里谁主办，由第二道题定：主办次数尽量均衡（docs/spec/pairing.md“Who leads”，核验 V24）。箭头是最后的岗位",
        "Who of these people leads is the second question: leads as even as can be (docs/spec/pairing.md, \"Who leads\", check V24). Arrows show the seats as they came out"
    ));
    row.changes.iter().for_each(|change| show_change(change, names, console));
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
    console.line(&format!("   {}  -", proof.prints));
}

fn table(slot: &Slot, names: &Names, console: &Console) {
    let headings = [
        said!("", ""),
        said!("人员", "name"),
        said!("字", "word"),
        said!("签号", "ticket"),
        said!("价格", "price"),
        said!("合计", "total"),
        said!("其中 2^96 的倍数", "multiple of 2^96"),
        said!("余数", "rest"),
    ];
    let row = |c: &Candidate| {
        let (steps, rest) = (c.total >> 96, c.total & ((1 << 96) - 1));
        let mark = if c.chosen { "→" } else { "" };
        vec![
            mark.to_owned(),
            named(&c.name, names),
            c.word.to_string(),
            c.ticket.to_string(),
            c.price.to_string(),
            c.total.to_string(),
            steps.to_string(),
            rest.to_string(),
        ]
    };
    console.table(&headings, &[2, 3, 4, 5, 6, 7], slot.candidates.iter().map(row).collect());
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
    json!({
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
            "price": c.price.to_string(), "total": c.total.to_string(), "chosen": c.chosen,
        })
    };
    json!({ "role": role.key(), "candidates": slot.candidates.iter().map(candidate).collect::<Vec<_>>() })
}

fn proof_view(proof: &Proof) -> Value {
    json!({ "command": proof.command, "prints": proof.prints })
}
