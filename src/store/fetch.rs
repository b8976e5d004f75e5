//! A committed pulse of drand over HTTP. What comes back is read like any other
//! pulse: its signature decides, so that no server and no proxy need be trusted.

use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::seed::Beacon;
use std::time::Duration;

/// An answer is a few hundred bytes.
const LARGEST: u64 = 16 * 1024;
/// For one address, name lookup and connection included.
const PATIENCE: Duration = Duration::from_secs(15);

/// The pulse that `beacon` names from the first of `urls` that gives it, with the
/// address it came from.
///
/// # Errors
/// [`Kind::Unreadable`] if none does, with what was wrong at each.
pub fn fetch_pulse(urls: &[String], beacon: &Beacon) -> Outcome<(String, String)> {
    let mut refused = Vec::new();
    let Beacon::Drand { chain, round } = beacon else { return Err(nowhere(beacon, refused)) };
    let config = ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).max_redirects(3).build();
    let agent = config.new_agent();
    for url in urls {
        let address = format!("{}/{}/public/{round}", url.trim_end_matches('/'), chain.facts().hash);
        let answer = get(&agent, &address);
        match answer.and_then(|text| beacon.read(&text).map(|_| text).map_err(|refusal| refusal.0)) {
            Ok(text) => return Ok((address, text)),
            Err(Said { zh, en }) => refused.push(said!("{url}：{zh}", "{url}: {en}")),
        }
    }
    Err(nowhere(beacon, refused))
}

fn get(agent: &ureq::Agent, address: &str) -> Result<String, Said> {
    let answer = agent.get(address).call();
    let text = answer.and_then(|mut answer| answer.body_mut().with_config().limit(LARGEST).read_to_string());
    text.map_err(|error| match error {
        ureq::Error::StatusCode(code) => said!("服务器回答 {code}", "the server answers {code}"),
        ureq::Error::Timeout(_) => said!("没有及时回答", "no answer in time"),
        ureq::Error::BadUri(_) => said!("网址写得不对", "this is no address"),
        ureq::Error::BodyExceedsLimit(_) => said!("回答太长", "the answer is too long"),
        _ => said!("连不上", "it cannot be reached"),
    })
}

fn nowhere(beacon: &Beacon, refused: Vec<Said>) -> Problem {
    let Said { zh, en } = Said::join(refused);
    Problem::new(
        Kind::Unreadable,
        said!("没有取到 {beacon} 的脉冲：{zh}", "the pulse of {beacon} could not be fetched: {en}"),
        said!(
            "稍后再试，在 office.toml 的 [drand] urls 里换网址，或用别的设备取来后用 --pulse 指明文件",
            "try again later, name other addresses under [drand] urls in office.toml, or bring the pulse in a file with --pulse"
        ),
    )
}
