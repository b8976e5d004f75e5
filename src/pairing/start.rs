//! Where the solver starts: prices at which the cheapest teams already come
//! close to the loads wished for.

use super::instance::MAX_TEAM;
use super::ledger::Ledger;
use super::rows::Rows;

/// Rounds of correcting the prices.
const ROUNDS: usize = 8;

/// Chooses prices that fit the wishes, and for every visit a cheapest team at
/// these prices; `None` if some visit has no lawful team.
///
/// In each round those with too many visits become dearer and the others
/// cheaper, by about three quarters of what moves the excess: among m people
/// with tickets spread over 2⁴⁸, a surcharge of s loses a share of m·s / 2⁴⁸.
/// However bad the guess, only the number of paths that follow depends on it.
pub(super) fn start(rows: &Rows, ledger: &mut Ledger) -> Option<Vec<[u32; MAX_TEAM]>> {
    let (lawful, slots) = rows.counts();
    let mut surcharges = vec![0; rows.people()];
    let mut round = 0;
    loop {
        let teams: Vec<_> =
            (0..rows.visits()).map(|visit| rows.cheapest_team(visit, &surcharges)).collect::<Option<_>>()?;
        if round == ROUNDS {
            (0..rows.people()).for_each(|p| ledger.reprice(p, i128::from(surcharges[p])));
            return Some(teams);
        }
        let mut loads = vec![0; rows.people()];
        for (visit, team) in teams.iter().enumerate() {
            team[..rows.size(visit)].iter().for_each(|person| loads[*person as usize] += 1);
        }
        for (person, surcharge) in surcharges.iter_mut().enumerate() {
            let wish = ledger.wish(person) as i128;
            let step = (1 << 48) / (lawful / slots) * (loads[person] - wish) / (wish + 1);
            *surcharge = ledger.fitting(person, i128::from(*surcharge) + step / 4 * 3);
        }
        round += 1;
    }
}
