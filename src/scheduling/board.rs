//! The visits that have a day, and what they leave of everybody's minutes.

use super::{Question, tickets};
use crate::digest::Digest;
use std::cmp::Reverse;

/// The state between two placements.
#[derive(Debug)]
pub(super) struct Board<'a> {
    question: &'a Question,
    /// By visit: its tickets, one a day.
    tickets: Vec<Vec<u64>>,
    /// By visit: its place in the order of placing.
    places: Vec<usize>,
    /// By visit: its day.
    days: Vec<Option<usize>>,
    /// By rank and day: the visits held there, and the minutes that they take.
    held: Vec<Held>,
    /// By day: how many visits are there.
    crowd: Vec<usize>,
}

#[derive(Debug, Clone, Default)]
struct Held {
    visits: Vec<usize>,
    minutes: u64,
}

impl<'a> Board<'a> {
    /// Nothing placed yet; `order` is that of placing.
    pub fn new(question: &'a Question, keys: &[Digest], order: &[usize]) -> Self {
        let mut places = vec![0; order.len()];
        order.iter().enumerate().for_each(|(place, visit)| places[*visit] = place);
        Board {
            question,
            tickets: keys.iter().map(|key| tickets(*key, question.days)).collect(),
            places,
            days: vec![None; order.len()],
            held: vec![Held::default(); question.availability.len() * question.days],
            crowd: vec![0; question.days],
        }
    }

    /// The day of every visit.
    pub fn finish(self) -> Vec<Option<usize>> {
        self.days
    }

    /// Gives `visit` the best of its open days, but not `except`; whether it has any.
    pub fn settle(&mut self, visit: usize, except: Option<usize>) -> bool {
        let open = (0..self.question.days).filter(|day| Some(*day) != except && self.is_open(visit, *day));
        let best = open.min_by_key(|day| {
            let (companions, load) = (self.companions(visit, *day), self.load(visit, *day));
            (Reverse(companions), load, self.crowd[*day], self.tickets[visit][*day], *day)
        });
        best.into_iter().for_each(|day| self.place(visit, day));
        best.is_some()
    }

    /// Moves the first other visit whose moving opens a day to `visit`, if there is one.
    pub fn make_room(&mut self, visit: usize) {
        let mut days: Vec<usize> = (0..self.question.days).collect();
        days.sort_by_key(|day| (self.tickets[visit][*day], *day));
        for day in days {
            for other in self.rivals(visit, day) {
                self.lift(other, day);
                // What is placed on this day tells nothing of the other days.
                if self.settle(other, Some(day)) {
                    self.place(visit, day);
                    return;
                }
                self.place(other, day);
            }
        }
    }

    /// The visits on `day` without any one of which it would be open to `visit`, in the
    /// order of placing. Whoever shares nobody that lacks minutes cannot help.
    fn rivals(&self, visit: usize, day: usize) -> Vec<usize> {
        let lacks: Vec<(u32, u64)> =
            self.team(visit).map(|(rank, minutes)| (rank, self.lack(rank, minutes, day))).collect();
        let lacks: Vec<(u32, u64)> = lacks.into_iter().filter(|(_, missing)| *missing > 0).collect();
        let first = lacks.first().map(|(rank, _)| &self.held[self.cell(*rank, day)].visits);
        let gives = |other: usize, rank: u32| {
            self.team(other).find(|(own, _)| *own == rank).map_or(0, |(_, minutes)| u64::from(minutes))
        };
        let helps = |other: &usize| lacks.iter().all(|(rank, missing)| gives(*other, *rank) >= *missing);
        let mut rivals: Vec<usize> = first.into_iter().flatten().copied().filter(helps).collect();
        rivals.sort_unstable_by_key(|other| self.places[*other]);
        rivals
    }

    /// Minutes that somebody lacks for a visit on `day`.
    fn lack(&self, rank: u32, minutes: u32, day: usize) -> u64 {
        let available = u64::from(self.question.availability[rank as usize][day]);
        (self.held[self.cell(rank, day)].minutes + u64::from(minutes)).saturating_sub(available)
    }

    /// Whether everybody in the team has the minutes left.
    fn is_open(&self, visit: usize, day: usize) -> bool {
        self.team(visit).all(|(rank, minutes)| self.lack(rank, minutes, day) == 0)
    }

    /// How many of the team visit the same town on `day`.
    fn companions(&self, visit: usize, day: usize) -> usize {
        let visits = &self.question.visits;
        let there = |held: &Held| held.visits.iter().any(|other| visits[*other].town == visits[visit].town);
        self.team(visit).filter(|(rank, _)| there(&self.held[self.cell(*rank, day)])).count()
    }

    /// The most minutes that anybody of the team has been given on `day`.
    fn load(&self, visit: usize, day: usize) -> u64 {
        self.team(visit).map(|(rank, _)| self.held[self.cell(rank, day)].minutes).max().unwrap_or(0)
    }

    fn place(&mut self, visit: usize, day: usize) {
        for (rank, minutes) in self.question.visits[visit].team.iter() {
            let cell = self.cell(*rank, day);
            self.held[cell].visits.push(visit);
            self.held[cell].minutes += u64::from(*minutes);
        }
        self.crowd[day] += 1;
        self.days[visit] = Some(day);
    }

    fn lift(&mut self, visit: usize, day: usize) {
        for (rank, minutes) in self.question.visits[visit].team.iter() {
            let cell = self.cell(*rank, day);
            self.held[cell].visits.retain(|held| *held != visit);
            self.held[cell].minutes -= u64::from(*minutes);
        }
        self.crowd[day] -= 1;
        self.days[visit] = None;
    }

    fn team(&self, visit: usize) -> impl Iterator<Item = (u32, u32)> {
        self.question.visits[visit].team.iter().copied()
    }

    fn cell(&self, rank: u32, day: usize) -> usize {
        rank as usize * self.question.days + day
    }
}
