//! Pulses as people bring them: JSON of drand's API, the plain text of a QR
//! code, or the bare signature. Nothing they say of themselves is believed: a
//! round or chain named is compared with the committed one, and the signature
//! decides.

use super::Refusal;
use super::bls::is_signed;
use super::drand::{DrandChain, Pulse};
use crate::digest::unhex_any;
use crate::said;
use serde::Deserialize;

/// What drand's HTTP API answers, as far as it is compared.
#[derive(Deserialize)]
struct Answer {
    round: Option<u64>,
    randomness: Option<String>,
    signature: String,
    previous_signature: Option<String>,
}

/// Reads a pulse of round `round` of `chain`.
///
/// # Errors
/// Which part is not that of the committed round.
pub fn read(chain: DrandChain, round: u32, brought: &str) -> Result<Pulse, Refusal> {
    let brought = brought.trim().trim_start_matches('\u{feff}');
    let pulse = match brought.starts_with('{') {
        true => answer(chain, round, brought)?,
        false => plain(chain, round, brought)?,
    };
    match is_signed(chain, round, &pulse) {
        true => Ok(pulse),
        false => Err(unsigned(chain, round)),
    }
}

/// What is said of a pulse whose signature is not that of the round.
pub fn unsigned(chain: DrandChain, round: u32) -> Refusal {
    let key = chain.key();
    Refusal(said!(
        "签名不是 {key} 链第 {round} 轮的签名",
        "the signature is not that of round {round} of chain {key}"
    ))
}

fn answer(chain: DrandChain, round: u32, json: &str) -> Result<Pulse, Refusal> {
    let answer: Answer = serde_json::from_str(json).map_err(|_| {
        Refusal(said!("不是 drand 接口给出的 JSON", "this is not the JSON that drand's API gives"))
    })?;
    if let Some(found) = answer.round {
        same_round(round, &found.to_string())?;
    }
    let signature = answer.signature.to_lowercase();
    let previous = answer.previous_signature.unwrap_or_default().to_lowercase();
    // The quick chain has none; some mirrors write an empty one all the same.
    let previous = if chain == DrandChain::Quicknet { String::new() } else { previous };
    let pulse = hexadecimal(chain, &format!("{previous}{signature}"))?;
    let claimed = answer.randomness.map(|text| text.to_lowercase());
    match claimed.is_none_or(|text| text == pulse.randomness().to_string()) {
        true => Ok(pulse),
        false => Err(Refusal(said!(
            "randomness 不是签名的 SHA-256，数据有损坏",
            "`randomness` is not the SHA-256 of the signature: the data is damaged"
        ))),
    }
}

/// `drand quicknet 31799517 : <hex>`, or the hex alone, in either case and
/// broken into lines wherever that happened.
fn plain(chain: DrandChain, round: u32, text: &str) -> Result<Pulse, Refusal> {
    let text = text.to_lowercase();
    let mut words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c == ':').collect();
    words.retain(|word| !word.is_empty() && *word != "outcome");
    if let [first, named, number, ..] = words[..]
        && first == "drand"
    {
        if named != chain.key() {
            let key = chain.key();
            return Err(Refusal(said!(
                "这是 {named} 链的脉冲，承诺的是 {key} 链",
                "this is a pulse of chain {named}, committed is chain {key}"
            )));
        }
        same_round(round, number)?;
        words.drain(..3);
    }
    hexadecimal(chain, &words.concat())
}

fn same_round(round: u32, found: &str) -> Result<(), Refusal> {
    match found == round.to_string() {
        true => Ok(()),
        false => Err(Refusal(said!(
            "这是第 {found} 轮的脉冲，承诺的是第 {round} 轮",
            "this is the pulse of round {found}, committed is round {round}"
        ))),
    }
}

/// All signatures of a pulse in one run of hex digits.
fn hexadecimal(chain: DrandChain, digits: &str) -> Result<Pulse, Refusal> {
    let length = chain.facts().signature;
    let parts = if chain == DrandChain::Default { 2 } else { 1 };
    let (wanted, found) = (2 * length * parts, digits.chars().count());
    let key = chain.key();
    if found != wanted {
        return Err(match parts {
            1 => Refusal(said!(
                "{key} 链的签名是 {wanted} 位十六进制，给了 {found} 位",
                "a signature of chain {key} has {wanted} hex digits, {found} were given"
            )),
            _ => Refusal(said!(
                "{key} 链的脉冲是上一轮签名和本轮签名，共 {wanted} 位十六进制，给了 {found} 位",
                "a pulse of chain {key} is the signature before and its own, {wanted} hex digits in all; {found} were given"
            )),
        });
    }
    let bytes = unhex_any(digits).map_err(|_| Refusal(said!("不是十六进制", "not hex digits")))?;
    let (previous, signature) = bytes.split_at(bytes.len() - length);
    Ok(Pulse { previous: (parts == 2).then(|| previous.to_vec()), signature: signature.to_vec() })
}
