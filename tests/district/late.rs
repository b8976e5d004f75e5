//! Late changes made in a published folder, by the specification and with none
//! of the program's own search: the test knows tickets, prices and loads itself.

use super::{Chance, moment};
use std::collections::{BTreeMap, BTreeSet};
use yaohao::digest::Digest;
use yaohao::pairing::stand_in::key;
use yaohao::record::{
    self, Commit, DocketLine, Envelope, InspectorLine, Link, Mode, Opening, PriceLine, Record, ReplaceFile,
    ReplaceReason, Replacement, Request, Table, TeamLine, id_of, room_of_change, sums,
};
use yaohao::seed::Seed;
use yaohao::stream::Stream;
use yaohao::verify::Folder;

/// A folder in which people are replaced one after the other.
pub struct Office<'a> {
    pub folder: Folder,
    chance: &'a Chance,
    seed: Seed,
    commit: Commit,
    /// Members as they stand, by unit.
    pub teams: BTreeMap<String, TeamLine>,
    loads: BTreeMap<String, u32>,
    gone: BTreeSet<String>,
    number: u32,
}

impl<'a> Office<'a> {
    pub fn new(folder: Folder, chance: &'a Chance, seed: Seed) -> Office<'a> {
        let commit = Commit::read(&folder.0[record::COMMIT]).expect("a commitment");
        let teams: Table<TeamLine> = Table::read(&folder.0[record::TEAMS]).expect("teams");
        let prices: Table<PriceLine> = Table::read(&folder.0[record::PRICES]).expect("prices");
        let teams = teams.lines.into_iter().map(|line| (line.unit.clone(), line)).collect();
        let loads = prices.lines.into_iter().map(|line| (line.name, line.load)).collect();
        Office { folder, chance, seed, commit, teams, loads, gone: BTreeSet::new(), number: 0 }
    }

    /// Whoever may take `slot` of `unit`, with rank and ticket + price under `link`, cheapest first.
    pub fn offers(&self, unit: &str, slot: usize, link: Digest) -> Vec<(i128, usize, String)> {
        let inspectors: Table<InspectorLine> =
            Table::read(&self.folder.0[record::INSPECTORS]).expect("inspectors");
        let prices: Table<PriceLine> = Table::read(&self.folder.0[record::PRICES]).expect("prices");
        let dockets: Table<DocketLine> = Table::read(&self.folder.0[record::DOCKETS]).expect("dockets");
        let docket = dockets.lines.iter().find(|line| line.unit == unit).expect("a drawn unit");
        let team = &self.teams[unit].members;
        let eligible = &docket.people.slots[slot].1;
        let mut stream = Stream::new(key(&self.seed, &[link], unit));
        let words: Vec<u64> = (0..inspectors.lines.len() * team.len()).map(|_| stream.word()).collect();
        let mut offers = Vec::new();
        for (rank, (line, price)) in inspectors.lines.iter().zip(&prices.lines).enumerate() {
            let busy = team.iter().any(|(_, name)| *name == line.name) || self.gone.contains(&line.name);
            if eligible.contains(&line.name) && !busy && self.loads[&line.name] < line.capacity {
                let ticket = words[slot * inspectors.lines.len() + rank] >> 16;
                offers.push((price.prices[docket.people.band] + i128::from(ticket), rank, line.name.clone()));
            }
        }
        offers.sort();
        offers
    }

    /// Publishes a request that nobody has answered yet.
    pub fn ask(&mut self, unit: &str, absent: &str) -> Request {
        self.number += 1;
        let request = Request {
            link: self.link(),
            unit: unit.to_owned(),
            absent: absent.to_owned(),
            reason: ReplaceReason::Absent,
            salt: format!("{:032x}", self.number),
        };
        self.put(ReplaceFile::Request, &request.text());
        request
    }

    /// Answers it with the witness's next link; who stands in.
    pub fn answer(&mut self, request: &Request) -> String {
        let link = self.chance.link(self.commit.suite, &self.commit.draw, self.number);
        let slot = self.slot(&request.unit, &request.absent);
        let offers = self.offers(&request.unit, slot, link);
        let stand_in = offers.first().expect("somebody may stand in").2.clone();
        let mut team = self.teams[&request.unit].clone();
        team.members[slot].1.clone_from(&stand_in);
        team.salt = format!("{:032x}", 1000 + self.number);
        let links = vec![("discipline".to_owned(), link)];
        let answer = Replacement { link: self.link(), links, stand_in: stand_in.clone(), team: team.clone() };
        self.put(ReplaceFile::Result, &answer.text());
        self.teams.insert(request.unit.clone(), team);
        *self.loads.get_mut(&request.absent).expect("an inspector") -= 1;
        *self.loads.get_mut(&stand_in).expect("an inspector") += 1;
        self.gone.insert(request.absent.clone());
        stand_in
    }

    /// Request and answer.
    pub fn replace(&mut self, unit: &str, absent: &str) -> String {
        let request = self.ask(unit, absent);
        self.answer(&request)
    }

    /// The slot of `unit` that `name` holds.
    pub fn slot(&self, unit: &str, name: &str) -> usize {
        self.teams[unit].members.iter().position(|(_, member)| member == name).expect("in the team")
    }

    fn put(&mut self, file: ReplaceFile, text: &str) {
        let list =
            if file == ReplaceFile::Request { ReplaceFile::RequestSums } else { ReplaceFile::ResultSums };
        let (name, list) = (file.name(self.number), list.name(self.number));
        self.folder.0.insert(list, sums([(name.as_str(), text.as_bytes())]).into_bytes());
        self.folder.0.insert(name, text.as_bytes().to_vec());
        relink(&mut self.folder);
    }

    fn link(&self) -> Link {
        Link { draw: self.commit.draw.clone(), after: Digest([0; 32]), at: moment("2026-12-02T01:00:00Z") }
    }
}

/// Makes every late change, and the opening after them, name the document before.
pub fn relink(folder: &mut Folder) {
    let Commit { suite, mode, .. } = Commit::read(&folder.0[record::COMMIT]).expect("a commitment");
    let record = Record::read(&folder.0[record::RECORD]).expect("a record");
    let mut before = id_of(suite, &record.text());
    for number in 1.. {
        let (ask, answer) = (ReplaceFile::Request.name(number), ReplaceFile::Result.name(number));
        let Some(bytes) = folder.get(&ask) else { break };
        let mut request = Request::read(bytes).expect("a request");
        request.link.after = before;
        before = id_of(suite, &request.text());
        put(folder, &ask, request.text());
        let Some(bytes) = folder.get(&answer) else { break };
        let mut result = Replacement::read(bytes).expect("an answer");
        result.link.after = before;
        before = id_of(suite, &result.text());
        put(folder, &answer, result.text());
    }
    let sealed = mode == Mode::Sealed;
    if let Some(bytes) = folder.get(record::OPEN).filter(|_| sealed) {
        let mut opening = Opening::read(bytes).expect("an opening");
        opening.link.after = before;
        let text = opening.text();
        folder.0.insert(record::OPEN.to_owned(), text.into_bytes());
        let result = Commit::read(&folder.0[record::COMMIT]).expect("a commitment").result();
        let names = [record::OPEN].iter().chain(result);
        let list = sums(names.map(|name| (*name, folder.0[*name].as_slice())));
        folder.0.insert(record::OPEN_SUMS.to_owned(), list.into_bytes());
    }
    seal(folder);
}

/// Shuts up every late change of a draw whose office's nonce is in escrow.
fn seal(folder: &mut Folder) {
    let commit = Commit::read(&folder.0[record::COMMIT]).expect("a commitment");
    if commit.escrow.is_none() {
        return;
    }
    let nonce = Opening::read(&folder.0[record::OPEN]).expect("an opening").nonces[0].1.clone();
    for number in 1.. {
        for [text, list, sealed] in ReplaceFile::DOCUMENTS.map(|files| files.map(|file| file.name(number))) {
            let Some(bytes) = folder.get(&text) else { return };
            let envelope = Envelope::new(commit.suite, &commit.id(), &sealed, &nonce);
            let shut = envelope.seal(room_of_change(commit.chains.len()), &[(&text, bytes)]).expect("room");
            let listed = sums([(text.as_str(), bytes), (sealed.as_str(), &shut)]);
            folder.0.insert(list, listed.into_bytes());
            folder.0.insert(sealed, shut);
        }
    }
}

/// Writes a text of a late change and its list.
pub fn put(folder: &mut Folder, name: &str, text: String) {
    let list = name.replace(".txt", ".sha256");
    folder.0.insert(list, sums([(name, text.as_bytes())]).into_bytes());
    folder.0.insert(name.to_owned(), text.into_bytes());
}
