//! Where the solver starts: prices at which the cheapest teams already come
//! close to the loads wished for.

use super::ledger::Ledger;
use super::rows::{Rows, Team};

/// Rounds of correcting the prices.
const ROUNDS: usize = 12;

/// Chooses prices that fit the wishes, and for every visit a cheapest team at
/// these prices; `None` if some visit has no lawful team.
///
/// In each round those with too many visits become dearer and the others
/// cheaper, by about three quarters of what moves the excess: whoever is on n
/// dockets with tickets spread over 2⁴⁸ loses about n·s / 2⁴⁸ visits to a
/// surcharge of s. However bad the guess, only the number of paths that follow
/// depends on it.
pub(super) fn start(rows: &Rows, ledger: &mut Ledger) -> Option<Vec<Team>> {
    let dockets = rows.seen();
    let mut loads = vec![0_i128; rows.accounts()];
    for round in 0.. {
        let least = ledger.least_price();
        let team = |visit| rows.cheapest_team(visit, ledger.prices(), least).map(|(_, team)| team);
        let teams: Vec<Team> = (0..rows.visits()).map(team).collect::<Option<_>>()?;
        loads.fill(0);
        for (visit, team) in teams.iter().enumerate() {
            team[..rows.size(visit)].iter().for_each(|person| loads[*person as usize] += 1);
        }
        // Which of two numbers of long visits somebody has is for the tickets to say.
        loads.iter().enumerate().for_each(|(account, load)| ledger.adopt(account, *load as usize));
        if round == ROUNDS {
            return Some(teams);
        }
        for (person, load) in loads.iter().enumerate() {
            let excess = load - ledger.wish(person) as i128;
            ledger.nudge(person, (1 << 48) / (dockets[person] + 1) * excess / 4 * 3);
        }
    }
    None
}
