//! Pulses of drand as they are brought: from files, or over the network.

use crate::cli::args::SeedArgs;
use crate::problem::Outcome;
use crate::seed::Beacon;
#[cfg(feature = "fetch")]
use crate::store::fetch_pulse;
use crate::store::{Office, read_text};

/// Whether the results of events outside the room are given.
pub fn is_given(args: &SeedArgs) -> bool {
    #[cfg(feature = "fetch")]
    if args.fetch {
        return true;
    }
    !args.result.is_empty() || !args.pulse.is_empty()
}

/// The pulses, each with where it came from; none if they are typed.
#[cfg_attr(not(feature = "fetch"), expect(unused_variables, reason = "only files are read"))]
pub fn brought(office: &Office, args: &SeedArgs, beacons: &[&Beacon]) -> Outcome<Vec<(String, String)>> {
    #[cfg(feature = "fetch")]
    if args.fetch {
        let pulses = beacons.iter().filter(|beacon| beacon.proves_itself());
        return pulses.map(|beacon| fetch_pulse(&office.settings.drand.urls, beacon)).collect();
    }
    args.pulse.iter().map(|path| Ok((path.display().to_string(), read_text(path)?))).collect()
}
