//! What is typed at the ceremony, and the nonces the parties bring.

use crate::lang::{Lang, Said, counted};
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{Demand, Mode};
use crate::said;
use crate::seed::{self, Beacon, Nonce};
use crate::store::{NonceFile, system_error};
use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::path::PathBuf;

/// What the operator and, independently, the witness give of the public events.
#[derive(Debug, Clone, Copy)]
pub struct Typed<'a> {
    /// One entry an event, but for pulses that come from elsewhere.
    pub operator: &'a [String],
    /// The same again, but for pulses: their signature proves them.
    pub witness: &'a [String],
    /// Pulses from files or the network, each with where it came from.
    pub pulses: &'a [(String, String)],
    /// In which language they are asked for.
    pub lang: Lang,
}

impl Typed<'_> {
    /// The outcomes of `beacons`, from the entries or, on a terminal, by asking.
    ///
    /// # Errors
    /// [`Kind::Ceremony`] if the two entries differ or are no outcome.
    pub fn outcomes(&self, beacons: &[&Beacon]) -> Outcome<Vec<seed::Outcome>> {
        let given = !self.operator.is_empty() || !self.witness.is_empty();
        let ask_for = !given && std::io::stdin().is_terminal();
        let brought = |beacon: &Beacon| beacon.proves_itself() && !self.pulses.is_empty();
        let entries = beacons.iter().filter(|beacon| !brought(beacon)).count();
        let twice = beacons.iter().filter(|beacon| !beacon.proves_itself()).count();
        if !ask_for && (entries, twice) != (self.operator.len(), self.witness.len()) {
            return Err(self.miscounted(beacons));
        }
        let (mut operator, mut witness) = (self.operator.iter(), self.witness.iter());
        let outcome = |beacon: &&Beacon| {
            if brought(beacon) {
                return self.pulse(beacon);
            }
            if ask_for {
                return ask(beacon, self.lang);
            }
            let first = read(beacon, "--result", operator.next().map_or("", String::as_str))?;
            match beacon.proves_itself() {
                true => Ok(first),
                false => agreed(beacon, first, witness.next().map_or("", String::as_str)),
            }
        };
        beacons.iter().map(outcome).collect()
    }

    /// The first of the pulses brought that is the one demanded; else what is wrong with the first.
    fn pulse(&self, beacon: &Beacon) -> Outcome<seed::Outcome> {
        let mut read = self.pulses.iter().map(|(place, text)| read(beacon, place, text));
        let first = read.next().unwrap_or_else(|| Err(self.miscounted(&[beacon])));
        first.or_else(|refused| read.find_map(Outcome::ok).ok_or(refused))
    }

    fn miscounted(&self, beacons: &[&Beacon]) -> Problem {
        let (n, operator, witness) = (beacons.len(), self.operator.len(), self.witness.len());
        let (zh, en): (Vec<String>, Vec<String>) =
            beacons.iter().map(|beacon| beacon.said()).map(|said| (said.zh, said.en)).unzip();
        let (zh, en, events) = (zh.join("；"), en.join("; "), counted(n, "event"));
        Problem::new(
            Kind::Ceremony,
            said!(
                "需要 {n} 个事件的结果（{zh}），操作员给了 {operator} 个，监督人给了 {witness} 个",
                "results of {events} are needed ({en}); the operator gave {operator}, the witness {witness}"
            ),
            match beacons.iter().any(|beacon| beacon.proves_itself()) {
                false => said!(
                    "每个事件写一次 --result 和一次 --witness-result，按方案里的次序",
                    "give --result and --witness-result once for each event, in the order of the policy"
                ),
                true => said!(
                    "每个事件写一次 --result 和一次 --witness-result，按方案里的次序；drand 的脉冲只用 --result 粘贴，或用 --pulse 指明文件",
                    "give --result and --witness-result once for each event, in the order of the policy; a drand pulse only once, with --result or in a file with --pulse"
                ),
            },
        )
    }
}

/// Reads one entry.
fn read(beacon: &Beacon, who: &str, typed: &str) -> Outcome<seed::Outcome> {
    beacon.read(typed).map_err(|refusal| {
        let (Said { zh, en }, name) = (refusal.0, beacon.said());
        let (zh_name, en_name) = (name.zh, name.en);
        let remedy = match beacon.proves_itself() {
            false => said!(
                "照现场结果重新录入；什么都没有写下",
                "type the result as it was seen; nothing has been written"
            ),
            true => said!(
                "取承诺的那一轮脉冲，换一个来源再试；什么都没有写下",
                "get the pulse of the committed round, from another source if need be; nothing has been written"
            ),
        };
        Problem::new(Kind::Ceremony, said!("{zh_name}：{zh}", "{en_name}: {en}"), remedy).at(who)
    })
}

/// The witness's entry is read too and has to be the same.
fn agreed(beacon: &Beacon, first: seed::Outcome, witness: &str) -> Outcome<seed::Outcome> {
    let second = read(beacon, "--witness-result", witness)?;
    if first == second {
        return Ok(first);
    }
    let place = first.numbers().iter().zip(second.numbers()).position(|(a, b)| a != b).unwrap_or(0) + 1;
    let Said { zh, en } = beacon.said();
    Err(Problem::new(
        Kind::Ceremony,
        said!("{zh}：两人录入不一致，第 {place} 个数不同", "{en}: the two entries differ at number {place}"),
        said!(
            "对照现场录像或记录，两人都重新录入；什么都没有写下",
            "compare with what was recorded on the spot and type it again, both; nothing has been written"
        ),
    ))
}

fn ask(beacon: &Beacon, lang: Lang) -> Outcome<seed::Outcome> {
    let Said { zh, en } = beacon.said();
    if beacon.proves_itself() {
        let pasted = prompt(said!("粘贴 {zh} 的脉冲：", "Paste the pulse of {en}: ").to(lang))?;
        return read(beacon, "--result", &pasted);
    }
    let operator = prompt(said!("操作员录入 {zh}：", "Operator, type {en}: ").to(lang))?;
    let first = read(beacon, "--result", &operator)?;
    let witness = prompt(said!("监督人录入 {zh}：", "Witness, type {en}: ").to(lang))?;
    agreed(beacon, first, &witness)
}

fn prompt(question: &str) -> Outcome<String> {
    let mut line = String::new();
    let asked = write!(std::io::stderr(), "{question}").and_then(|()| std::io::stderr().flush());
    match asked.and_then(|()| std::io::stdin().lock().read_line(&mut line)) {
        Ok(_) => Ok(line.trim().to_owned()),
        Err(error) => {
            let Said { zh, en } = system_error(&error);
            Err(Problem::new(
                Kind::Unreadable,
                said!("读不到键盘输入：{zh}", "the keyboard cannot be read: {en}"),
                said!("用 --result 和 --witness-result 给出", "use --result and --witness-result"),
            ))
        }
    }
}

/// The nonces to be revealed: the office's (unless the draw is sealed) and those
/// of all other parties, each held against its commitment.
pub fn revealed(demand: &Demand<'_>, own: &Nonce, files: &[PathBuf]) -> Outcome<Vec<(String, Nonce)>> {
    let brought = files.iter().map(|path| NonceFile::load(path)).collect::<Outcome<Vec<_>>>()?;
    let mut nonces = Vec::new();
    for (place, (party, commitment)) in demand.parties.iter().enumerate() {
        let nonce = match (place, demand.mode) {
            (0, Mode::Sealed) => continue,
            (0, Mode::Open) => own.clone(),
            _ => {
                let file = brought.iter().find(|file| file.party == *party && file.draw == *demand.draw);
                file.map(|file| file.nonce.clone()).ok_or_else(|| missing(demand, party))?
            }
        };
        if demand.commitment_to(place, &nonce) != Some(*commitment) {
            return Err(Problem::new(
                Kind::Ceremony,
                said!("{party} 的随机数与其承诺不符", "the nonce of {party} does not open its commitment"),
                said!(
                    "请 {party} 带来与承诺一同生成的 .nonce 文件",
                    "ask {party} for the .nonce file made together with the commitment"
                ),
            ));
        }
        nonces.push((party.clone(), nonce));
    }
    Ok(nonces)
}

fn missing(demand: &Demand<'_>, party: &str) -> Problem {
    let draw = demand.draw;
    Problem::new(
        Kind::Ceremony,
        said!("缺少 {party} 给 {draw} 的随机数", "the nonce of {party} for {draw} is missing"),
        said!("用 --nonce 指明 {party} 带来的 .nonce 文件", "name the .nonce file of {party} with --nonce"),
    )
}
