//! Pulses over HTTP: the committed round is asked for, and whatever comes back
//! has to be signed. Only with the feature `fetch`.
#![cfg(feature = "fetch")]

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use yaohao::problem::Kind;
use yaohao::seed::{Beacon, DrandChain};
use yaohao::store::fetch_pulse;

/// A server of its own thread that answers with `body`; its address, and the paths asked for.
fn server(status: &'static str, body: String) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let asked = Arc::new(Mutex::new(Vec::new()));
    let paths = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines();
            let first = lines.next().expect("a request").expect("a line");
            // A client gives up sending headers when the answer comes.
            lines.take_while(|line| line.as_ref().is_ok_and(|line| !line.is_empty())).for_each(drop);
            paths.lock().expect("paths").push(first.split(' ').nth(1).unwrap_or_default().to_owned());
            let head =
                format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            let _ = stream.write_all((head + &body).as_bytes());
        }
    });
    (url, asked)
}

fn beacon() -> Beacon {
    Beacon::Drand { chain: DrandChain::Quicknet, round: 31_799_517 }
}

/// The answer for `round`, as drand gives it.
fn answer(round: u32) -> String {
    let vectors: serde_json::Value = serde_json::from_str(include_str!("seed/drand.json")).expect("JSON");
    let pulses = vectors["pulses"].as_array().expect("a list");
    let found = pulses.iter().find(|pulse| pulse["round"] == round).expect("a known pulse");
    let (signature, randomness) = (&found["signature"], &found["randomness"]);
    serde_json::json!({ "round": round, "randomness": randomness, "signature": signature }).to_string()
}

#[test]
fn the_committed_round_is_fetched_by_its_number() {
    let (url, asked) = server("200 OK", answer(31_799_517));
    let (address, text) = fetch_pulse(&[format!("{url}/")], &beacon()).expect("a pulse");
    let hash = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971";
    assert_eq!(address, format!("{url}/{hash}/public/31799517"));
    assert_eq!(*asked.lock().expect("paths"), [format!("/{hash}/public/31799517")]);
    assert!(beacon().read(&text).is_ok());
}

#[test]
fn an_address_that_fails_or_lies_gives_way_to_the_next() {
    let (gone, _) = server("404 Not Found", String::new());
    let (liar, _) = server("200 OK", answer(10_000_000));
    let replay = answer(10_000_000).replace("10000000", "31799517");
    let (forger, _) = server("200 OK", replay);
    let (endless, _) = server("200 OK", " ".repeat(1_000_000));
    let (good, _) = server("200 OK", answer(31_799_517));
    let bad = [gone.clone(), liar.clone(), forger.clone(), endless.clone(), "nonsense".to_owned()];
    let all = [&bad[..], std::slice::from_ref(&good)].concat();
    assert!(fetch_pulse(&all, &beacon()).expect("a pulse").0.starts_with(&good));
    let problem = fetch_pulse(&bad, &beacon()).expect_err("nobody has it");
    assert_eq!(problem.kind, Kind::Unreadable);
    for what in [
        format!("{gone}: the server answers 404"),
        format!("{liar}: this is the pulse of round 10000000, committed is round 31799517"),
        format!("{forger}: the signature is not that of round 31799517"),
        format!("{endless}: the answer is too long"),
        "nonsense: ".to_owned(),
    ] {
        assert!(problem.what.en.contains(&what), "no {what:?} in {}", problem.what.en);
    }
    let none = fetch_pulse(&[], &beacon()).expect_err("nowhere to ask");
    assert!(none.remedy.en.contains("office.toml"));
}
