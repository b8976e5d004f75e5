//! `yaohao key`: secret keys, and changes of keys.

pub mod args;
mod change;
mod install;
mod passphrase;

use super::console::Console;
use crate::clock;
use crate::digest::Suite;
use crate::ids::is_token;
use crate::note::{Algorithm, KeyFile, Locked, SigningKey, VerifierKey, Work};
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::store::{Office, are_keys_exposed, load_key, load_public, public_file, store_key};
use args::{KeyArgs, KeyCommand, NewArgs, SecretArgs, ShowArgs};
use serde_json::json;
use std::path::Path;

/// Runs one of the commands; `office` opens the office's folder where one is needed.
pub fn run(args: &KeyArgs, office: impl FnOnce() -> Outcome<Office>, console: &Console) -> Outcome<()> {
    match &args.command {
        KeyCommand::New(args) => new(args, console),
        KeyCommand::Show(args) => show(args, console),
        KeyCommand::Change(args) => change::write(&office()?, args, console),
        KeyCommand::Sign(args) => change::sign(args, console),
        KeyCommand::Install(args) => install::run(&office()?, args, console),
    }
}

fn new(args: &NewArgs, console: &Console) -> Outcome<()> {
    if !is_token(&args.name) {
        return Err(Problem::new(
            Kind::Usage,
            said!(
                "密钥的名称最多 64 个字符，只用字母、数字和 - _ . /，字母或数字开头",
                "the name of a key has up to 64 letters, digits and - _ . /, a letter or digit first"
            ),
            said!(
                "写自己掌握的网址，不写 https://，例如 fire.example.gov.cn/yaohao",
                "write an address that is yours, without https://, such as fire.example.gov.cn/yaohao"
            ),
        )
        .at("--name"));
    }
    let algorithm = match (args.suite, args.witness) {
        (Suite::Sha256, false) => Algorithm::Ed25519,
        (Suite::Sha256, true) => Algorithm::Ed25519Cosignature,
        (Suite::Sm3, false) => Algorithm::Sm2,
        (Suite::Sm3, true) => Algorithm::Sm2Cosignature,
    };
    // Once in 2^32 the bytes are no key of SM2; then others are drawn.
    let key = std::iter::repeat_with(|| SigningKey::new(&args.name, algorithm, &clock::entropy()))
        .take(8)
        .find_map(Result::ok)
        .ok_or_else(broken_entropy)?;
    let file = if args.no_passphrase {
        KeyFile::plain(&key)
    } else {
        let passphrase = passphrase::chosen(args.passphrase_file.as_deref(), console)?;
        let mut salt = [0; 16];
        salt.copy_from_slice(&clock::entropy()[..16]);
        let sealed = KeyFile::sealed(&key, passphrase.text(), salt, Work::RECOMMENDED);
        sealed.map_err(|locked| problem(locked, &args.out))?
    };
    store_key(&args.out, &file)?;
    let (secret, public) = (args.out.display(), public_file(&args.out));
    let public = public.display();
    console.say(said!("私钥：{secret}（不给任何人）", "Secret key: {secret} (for nobody else)"));
    console
        .say(said!("公钥：{public}（公布或交给对方）", "Public key: {public} (publish it or hand it over)"));
    describe(key.verifier(), Some(file.is_sealed()), console);
    if !file.is_sealed() {
        console.say(said!(
            "注意：私钥没有口令保护，谁能读这个文件，谁就能冒名签名；文件权限已设为仅本账户可读",
            "Note: no passphrase protects the secret key: whoever reads the file can sign in its name; only this account may read it"
        ));
    }
    console.data(|| data(key.verifier(), Some(file.is_sealed())));
    Ok(())
}

fn broken_entropy() -> Problem {
    Problem::new(
        Kind::Internal,
        said!("系统给出的随机数不能用", "the system's random numbers cannot be used"),
        said!("换一台电脑再做", "do it on another machine"),
    )
}

fn show(args: &ShowArgs, console: &Console) -> Outcome<()> {
    let is_secret = crate::store::read(&args.file)?.starts_with(KeyFile::TAG.as_bytes());
    let (verifier, sealed) = if is_secret {
        let file = load_key(&args.file)?;
        warn_if_exposed(&args.file, console);
        (file.verifier().clone(), Some(file.is_sealed()))
    } else {
        (load_public(&args.file)?, None)
    };
    describe(&verifier, sealed, console);
    console.data(|| data(&verifier, sealed));
    Ok(())
}

/// What a key is, in lines.
fn describe(key: &VerifierKey, sealed: Option<bool>, console: &Console) {
    let (name, algorithm) = (key.name(), key.algorithm().key());
    let role = if key.algorithm().is_cosignature() {
        said!("见证方", "a witness")
    } else {
        said!("日志", "a log")
    };
    let (zh, en) = (role.zh, role.en);
    console.say(said!("名称：{name}", "Name: {name}"));
    console.say(said!("用于：{zh}（{algorithm}）", "For: {en} ({algorithm})"));
    console.say(match sealed {
        None => said!("文件：公钥", "File: public key"),
        Some(true) => said!("文件：私钥，有口令", "File: secret key, under a passphrase"),
        Some(false) => said!("文件：私钥，没有口令", "File: secret key, without a passphrase"),
    });
    console.line(&key.to_string());
}

fn data(key: &VerifierKey, sealed: Option<bool>) -> serde_json::Value {
    json!({
        "name": key.name(), "algorithm": key.algorithm().key(), "id": format!("{:08x}", key.id()),
        "witness": key.algorithm().is_cosignature(), "key": key.to_string(),
        "secret": sealed.is_some(), "passphrase": sealed,
    })
}

/// The key to sign with, its passphrase asked for if it has one.
pub fn signing_key(args: &SecretArgs, console: &Console) -> Outcome<SigningKey> {
    let file = load_key(&args.key)?;
    warn_if_exposed(&args.key, console);
    let passphrase = if file.is_sealed() {
        Some(passphrase::given(args.passphrase_file.as_deref(), console)?)
    } else {
        None
    };
    let opened = file.open(passphrase.as_ref().map(passphrase::Passphrase::text));
    opened.map_err(|locked| problem(locked, &args.key))
}

fn warn_if_exposed(path: &Path, console: &Console) {
    if are_keys_exposed(path) {
        let path = path.display();
        console.say(said!(
            "注意：{path} 本机别的账户也能读；运行 chmod 600 {path}",
            "Note: other accounts of this machine may read {path}; run chmod 600 {path}"
        ));
    }
}

fn problem(locked: Locked, path: &Path) -> Problem {
    let (kind, what, remedy) = match locked {
        Locked::NoPassphrase | Locked::WrongPassphrase => (
            Kind::Passphrase,
            said!("口令不对，或私钥文件被改动过", "the passphrase is wrong, or the file was changed"),
            said!(
                "再试一次；确知口令没错，就从备份恢复私钥文件。口令忘了只能按“丢失”办（docs/keys.md）",
                "try again; if it is surely right, restore the file from a backup. A forgotten passphrase is a lost key (docs/keys.md)"
            ),
        ),
        Locked::Changed => (
            Kind::Unreadable,
            said!(
                "私钥与文件里的公钥对不上，文件被改动过",
                "the secret does not fit the public key in the file"
            ),
            said!("从备份恢复私钥文件", "restore the file from a backup"),
        ),
        Locked::NoMemory => (
            Kind::Unreadable,
            said!("内存不足，不能由口令算出密钥", "there is not enough memory to work on the passphrase"),
            said!("关掉别的程序再试", "close other programs and try again"),
        ),
    };
    Problem::new(kind, what, remedy).at(path.display().to_string())
}
