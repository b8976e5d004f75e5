//! The second suite: SM3 against its standard and against OpenSSL, the hashes of the
//! texts in both suites, and a whole office in SM3 through the real command.

#[path = "suites/month.rs"]
mod month;
mod terminal;

use std::path::Path;
use std::process::Command;
use yaohao::digest::{Digest, SaltKey, Suite, hex};
use yaohao::ids::DrawId;
use yaohao::merkle;
use yaohao::sampling::Ticketer;
use yaohao::seed::{Nonce, Seed, link_before};
use yaohao::stream::Stream;

fn digest(text: &str) -> Digest {
    text.parse().expect("64 hex digits")
}

/// GB/T 32905-2016, appendix A.
#[test]
fn sm3_gives_the_answers_of_its_standard() {
    let abc = digest("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    let sixty_four = digest("debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
    assert_eq!(Suite::Sm3.digest(&[b"abc"]), abc);
    assert_eq!(Suite::Sm3.digest(&[b"a", b"", b"bc"]), abc, "parts are one text");
    assert_eq!(Suite::Sm3.digest(&[&b"abcd".repeat(16)]), sixty_four);
}

// ---- OpenSSL -------------------------------------------------------------------------

/// What `openssl` prints. It is not optional: without it nothing here would be compared.
fn openssl(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("openssl").args(arguments).current_dir(folder).output();
    let output = output.unwrap_or_else(|error| panic!("this test needs the command openssl: {error}"));
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "openssl {}: {err}", arguments.join(" "));
    out.trim_end().to_owned()
}

/// Texts of every length around the blocks of both hashes, and long ones.
fn texts() -> Vec<Vec<u8>> {
    let mut stream = Stream::new(Digest::of(&[b"suites"]));
    let lengths = (0..=260).chain([511, 512, 513, 1_000, 4_095, 65_536, 1_000_003]);
    lengths.map(|length| (0..length).map(|_| stream.below(256) as u8).collect()).collect()
}

#[test]
fn both_hashes_agree_with_openssl() {
    let folder = tempfile::tempdir().expect("a folder");
    let texts = texts();
    let names: Vec<String> = (0..texts.len()).map(|number| format!("{number}")).collect();
    for (name, text) in names.iter().zip(&texts) {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    for (suite, option) in [(Suite::Sha256, "-sha256"), (Suite::Sm3, "-sm3")] {
        let mut arguments = vec!["dgst", option, "-r"];
        arguments.extend(names.iter().map(String::as_str));
        let printed = openssl(folder.path(), &arguments);
        let printed: Vec<&str> = printed.lines().map(|line| &line[..64]).collect();
        let ours: Vec<String> = texts.iter().map(|text| suite.digest(&[text]).to_string()).collect();
        assert_eq!(ours, printed, "{option}");
        // However a text is cut into parts.
        for text in &texts {
            let (a, b) = text.split_at(text.len() / 3);
            assert_eq!(suite.digest(&[a, b]), suite.digest(&[text]));
        }
    }
}

/// U is HMAC of the id, a salt the first half of H(U ‖ field): redone by OpenSSL alone.
#[test]
fn salts_agree_with_openssl() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("a file");
    for (suite, option) in [(Suite::Sha256, "-sha256"), (Suite::Sm3, "-sm3")] {
        for (secret, id) in [([7; 32], "91500112450533912J"), ([0; 32], "SL0001"), ([255; 32], "x")] {
            write("id", id.as_bytes());
            let key = format!("hexkey:{}", hex(&secret));
            let printed =
                openssl(folder.path(), &["dgst", option, "-mac", "HMAC", "-macopt", &key, "-r", "id"]);
            let u = digest(&printed[..64]);
            let salts = SaltKey::new(suite, &secret).of(id);
            assert_eq!(salts.suite(), suite);
            for field in ["docket", "team", "request 001"] {
                write("field", &[&u.0, field.as_bytes()].concat());
                let printed = openssl(folder.path(), &["dgst", option, "-r", "field"]);
                assert_eq!(salts.salt(field), printed[..32], "{option} {id} {field}");
                assert_eq!(salts.tag(field), digest(&printed[..64]));
            }
        }
    }
}

// ---- what is hashed ------------------------------------------------------------------

const SEED: &str = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";

/// The same in both suites but for the hash; docs/spec/suites.md shows the first line of each.
#[test]
fn texts_have_these_hashes_in_both_suites() {
    let draw: DrawId = "example/2026/001".parse().expect("a draw number");
    let (nonce, zero) = (Nonce::new([1; 32]), Digest([0; 32]));
    let hashes = |suite: Suite| -> Vec<String> {
        let seed = Seed { suite, value: digest(SEED) };
        let leaves =
            ["a", "b", "c"].map(|line| merkle::leaf(suite, format!("yaohao/unit/v1\n{line}\n").as_bytes()));
        let sample = std::fs::read("tests/texts/reveal.txt").expect("a sample");
        let hashes = [
            Ticketer::new(&seed, "key/z1").ticket("91500112450533912J"),
            nonce.commitment(suite, &draw, "discipline"),
            link_before(suite, &draw, "discipline", &zero),
            merkle::root(suite, &leaves),
            merkle::root(suite, &[]),
            suite.digest(&[&sample]),
        ];
        hashes.map(|hash| hash.to_string()).to_vec()
    };
    let page = std::fs::read_to_string("docs/spec/suites.md").expect("the page");
    for (suite, known) in KNOWN {
        assert_eq!(hashes(suite), known, "{}", suite.key());
        assert!(page.contains(&format!("\n{} ", known[0])), "the page shows {}", known[0]);
    }
}

const KNOWN: [(Suite, [&str; 6]); 2] = [
    (
        Suite::Sha256,
        [
            "4ef7fc035e5db51d5ed8689d41640ab55b73025ab6242ab8e64df914bfa45739",
            "5d20f3764ef643ccdb867fcc7002bf6d89e9c697935cd7fe11d214501b3a7a15",
            "7230cb089369e2bfb05d8ef771208ae7772a3b5528a9a0103599de408ed1e9e7",
            "4f8603caabbad8b6aeadeee8a7fa3fc3309c9764d2e2e9da31a83a8fb7961a2b",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "85a51ef035b1e6be153066e7857d9e95e780222bc74f4c448b228e52a0b7c321",
        ],
    ),
    (
        Suite::Sm3,
        [
            "03ebd3bd9ea22768d49d21350a804990d0a06218cda501397f06d60a406743a7",
            "9549070859ea22b441ba3ffa9a0600389c240c94a062ae38f64dc402fbb22cb5",
            "9085732542bf115dbebaf55effd8df4ed921a9c411d7bae5d46a05a47f3825fe",
            "3a8b9784a9e79210019b95a8533e6ab3c581c668c98e0b22d6c5e5cb9fa2bb9f",
            "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b",
            "341fdeaf086e7bb0ede444a338cca33eea28cc1d631794b7e281cb0a0b33b7d2",
        ],
    ),
];

#[test]
fn a_proof_in_a_tree_of_sm3_climbs_to_its_root() {
    let suite = Suite::Sm3;
    for count in 1..40_u32 {
        let leaves: Vec<Digest> = (0..count).map(|n| merkle::leaf(suite, &n.to_be_bytes())).collect();
        let root = merkle::root(suite, &leaves);
        for (at, leaf) in leaves.iter().enumerate() {
            let path = merkle::path(suite, &leaves, at);
            assert_eq!(merkle::climb(suite, *leaf, &path), root);
            assert!(path.is_empty() || merkle::climb(Suite::Sha256, *leaf, &path) != root);
        }
    }
}
