//! How the draw was made: every document in its order, with what it shows.

use super::facts::{Case, Event};
use super::frame::At;
use super::part::{self, Section};
use super::words;
use crate::lang::Said;
use crate::markup::Markup;
use crate::record::{self, ReplaceFile};
use crate::said;
use crate::seed::{Outcome, Seed, Shown};

/// The timeline.
pub fn section<'a>(at: &'a At<'_>, case: &'a Case<'_>) -> Option<Section<'a>> {
    part::section("ceremony", said!("抽取过程", "How it was drawn"), move |m| {
        at.paragraph(
            m,
            said!(
                "每份文件都写明前一份的杂凑值，先后次序改不了。时间是本机关的时钟，按北京时间显示。",
                "Every document names the one before it by its hash, so that their order cannot be changed. Times are by the office's clock, shown in UTC+8."
            ),
        );
        let late = |event: &&Event| ReplaceFile::of(&event.file).is_none();
        let mut seed = case.seed;
        m.element("ol", &[("class", "timeline")], |m| {
            for event in case.known.events.iter().filter(late) {
                // It follows from what comes before the record, or is known with the opening.
                let before = event.file == record::RECORD && case.commit.mode == record::Mode::Open;
                let after = [record::OPEN, record::VOID].contains(&event.file.as_str());
                if let Some(seed) = seed.take_if(|_| before) {
                    seeded(at, m, &seed);
                }
                step(at, m, case, event);
                if let Some(seed) = seed.take_if(|_| after) {
                    seeded(at, m, &seed);
                }
            }
        });
    })
}

fn seeded(at: &At<'_>, m: &mut Markup, seed: &Seed) {
    m.element("li", &[], |m| {
        m.leaf("h3", &[], at.t(said!("种子", "Seed")));
        at.paragraph(
            m,
            said!(
                "由承诺、公开随机事件和各方随机数合成，决定抽签号和配对：",
                "Made of the commitment, the public events and all nonces; it decides tickets and pairing:"
            ),
        );
        part::value(m, "hash", &seed.to_string());
    });
}

fn step(at: &At<'_>, m: &mut Markup, case: &Case<'_>, event: &Event) {
    let heading = match event.file.as_str() {
        record::COMMIT => said!("公布承诺", "Commitment published"),
        record::CEREMONY => said!("当众掷骰、摇球", "Dice or balls, in public"),
        record::REVEAL => said!("公开随机数", "Nonces opened"),
        record::BEACON => said!("彩票或公开随机数揭晓", "Lottery or public pulse"),
        record::RECORD => said!("抽取记录", "Record"),
        record::OPEN => said!("公开密封的结果", "Result opened"),
        _ => said!("作废", "Void"),
    };
    m.element("li", &[], |m| {
        m.leaf("h3", &[], at.t(heading));
        m.element("p", &[("class", "when")], |m| {
            at.moment(m, event.at);
            m.text(" · ");
            m.leaf("a", &[("href", &at.to(&case.file(&event.file)))], &event.file);
        });
        shown(at, m, case, &event.file);
    });
}

/// What a document shows.
fn shown(at: &At<'_>, m: &mut Markup, case: &Case<'_>, file: &str) {
    let loaded = case.loaded;
    match file {
        record::COMMIT => part::value(m, "hash", &case.known.commitment.to_string()),
        record::CEREMONY => loaded.ceremony().iter().for_each(|d| outcomes(at, m, &d.outcomes)),
        record::BEACON => loaded.beacon().iter().for_each(|d| outcomes(at, m, &d.outcomes)),
        record::REVEAL => loaded.reveal().iter().for_each(|d| nonces(m, d.nonces.iter().map(told))),
        record::OPEN => loaded.opening().iter().for_each(|d| nonces(m, d.nonces.iter().map(told))),
        record::RECORD => {
            if let Ok(record) = loaded.record() {
                at.paragraph(m, said!("记录值（锁定结果）：", "Its hash, which fixes the result:"));
                part::value(m, "hash", &record::id_of(case.commit.suite, &record.text()).to_string());
            }
        }
        _ => {
            if let Some(void) = &case.known.void {
                let Said { zh, en } = words::void(void.reason);
                at.paragraph(m, said!("原因：{zh}", "Reason: {en}"));
                nonces(m, void.nonce.iter().map(told));
            }
        }
    }
}

fn told((party, nonce): &(String, crate::seed::Nonce)) -> (&str, String) {
    (party, nonce.reveal())
}

fn nonces<'a>(m: &mut Markup, nonces: impl Iterator<Item = (&'a str, String)>) {
    for (party, nonce) in nonces {
        m.element("p", &[("class", "outcome")], |m| {
            m.text(party).text(" ");
            part::value(m, "hash", &nonce);
        });
    }
}

fn outcomes(at: &At<'_>, m: &mut Markup, outcomes: &[Outcome]) {
    for Outcome { beacon, shown } in outcomes {
        m.element("p", &[("class", "outcome")], |m| {
            let Said { zh, en } = beacon.said();
            at.say(m, said!("{zh}：", "{en}: "));
            match shown {
                Shown::Numbers(numbers) => {
                    let numbers: Vec<String> = numbers.iter().map(u32::to_string).collect();
                    part::value(m, "numbers", &numbers.join(" "));
                }
                Shown::Pulse(pulse) => part::value(m, "hash", &crate::digest::hex(&pulse.signature)),
            }
        });
    }
}

/// Late changes, if there are any.
pub fn changes<'a>(at: &'a At<'_>, case: &'a Case<'_>) -> Option<Section<'a>> {
    if case.changes.is_empty() {
        return None;
    }
    part::section("late", said!("抽取之后换人", "Late changes"), move |m| {
        at.paragraph(
            m,
            said!(
                "先公布申请，监督方再公布事先封存的一串值里的下一个（链节），由此定出接替人；谁也不能挑。只换这一个岗位，新旧检查组都留在记录里。",
                "The request is published first; then the witness releases a link, and the stand-in follows from both: nobody can choose. Only that one slot changes, and both teams stay on record."
            ),
        );
        m.element("ol", &[], |m| {
            for (number, change) in &case.changes {
                m.element("li", &[("value", &number.to_string())], |m| one(at, m, case, change));
            }
        });
    })
}

fn one(at: &At<'_>, m: &mut Markup, case: &Case<'_>, change: &super::facts::Change) {
    let Some(request) = &change.request else {
        at.say(m, said!("内容密封，随结果一起公开。", "Sealed; it is opened together with the result."));
        return;
    };
    let (unit, absent, Said { zh, en }) = (&request.unit, &request.absent, words::absence(request.reason));
    let name = case.units.iter().find(|line| line.id == *unit);
    let name = name.and_then(|line| line.field(crate::policy::PublicField::Name)).unwrap_or(unit);
    at.moment(m, request.link.at);
    match &change.result {
        Some(result) => {
            let stand_in = &result.stand_in;
            at.say(
                m,
                said!(
                    " {name}：{absent}（{zh}）由 {stand_in} 接替。",
                    " {name}: {stand_in} stands in for {absent} ({en})."
                ),
            );
        }
        None => at.say(
            m,
            said!(
                " {name}：{absent}（{zh}），接替人待监督方放出链节后定出。",
                " {name}: {absent} ({en}); the stand-in follows from the witness's next link."
            ),
        ),
    }
}
