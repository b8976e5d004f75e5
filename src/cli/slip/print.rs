//! `yaohao slip`: the slips of drawn units, as text for programs and as pages to
//! print. They say who is behind a public name, so they never go where the public looks.

use super::args::SlipArgs;
use super::ledger::Log;
use crate::cli::console::Console;
use crate::cli::steps::current;
use crate::clock;
use crate::draw::{Committed, Plan, cards};
use crate::explain::find;
use crate::lang::{Said, counted};
use crate::note::LogPolicy;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{Commit, id_of};
use crate::register::Inspector;
use crate::said;
use crate::slip::{Asked, Maker, Notice, Office as Letterhead, Slip, check, codes, html, made};
use crate::store::Case;
use crate::store::opened;
use crate::store::{Audience, Office, Secrets, replace};
use crate::time::Date;
use crate::verify::{Status, Verdict};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

pub fn run(office: &Office, args: &SlipArgs, console: &Console) -> Outcome<()> {
    let folder = match &args.draw {
        Some(id) => office.draw(id.clone()),
        None => current(office)?.0,
    };
    let commit = folder.commit()?;
    if let Some(day) = args.on {
        within(day, &commit)?;
    }
    let out = args.out.clone().unwrap_or_else(|| folder.private.join("slips"));
    not_public(office, &out)?;
    let typeface = super::pdf::typeface(args)?;
    let secrets = Secrets::load(&folder)?;
    let case = Case::committed(&folder, &commit)?;
    let plan = Plan::new(case.question());
    let committed = case.recommit(&plan, &commit, &secrets, &folder)?;
    let cards = cards(&plan, &committed, &secrets.salt_key(commit.suite));
    let maker = Maker::new(commit.suite, &opened(&folder, &commit)?, &cards)?;
    let printer = Printer { office, args, plan: &plan, committed: &committed, out, typeface };
    let units = wanted(&plan, &maker, args)?;
    let (printed, refused) = match Log::of(office, &commit)? {
        Some(log) => log.read(|prove| printer.print_all(&maker, &units, Some(prove), console))??,
        None => printer.print_all(&maker, &units, None, console)?,
    };
    show(&printed, &printer.out, id_of(commit.suite, &maker.record().text()).to_string(), console);
    if refused.is_empty() { Ok(()) } else { Err(some_wait(refused)) }
}

/// The ids of the units that slips are asked for.
fn wanted(plan: &Plan<'_>, maker: &Maker<'_>, args: &SlipArgs) -> Outcome<Vec<String>> {
    let Some(query) = &args.unit else { return Ok(maker.units().map(str::to_owned).collect()) };
    let units = plan.eligibility.candidates.iter().map(|candidate| candidate.unit);
    let at = find(units.map(|unit| (unit.id.as_str(), Some(unit.name.as_str()))), query)?;
    Ok(vec![plan.eligibility.candidates[at].unit.id.clone()])
}

/// What is the same for all slips of a run.
struct Printer<'a> {
    office: &'a Office,
    args: &'a SlipArgs,
    plan: &'a Plan<'a>,
    committed: &'a Committed,
    out: PathBuf,
    typeface: Option<super::pdf::Typeface>,
}

/// One slip that was written.
struct Printed {
    unit: String,
    stem: PathBuf,
    bytes: usize,
    codes: usize,
    version: u8,
}

/// What proves a slip by the log, with the policy under which it then holds.
type Prove<'a> = &'a dyn Fn(Slip) -> Outcome<(Slip, LogPolicy)>;

impl Printer<'_> {
    /// Prints the slips of `units`; what kept those back that there is none for.
    fn print_all(
        &self,
        maker: &Maker<'_>,
        units: &[String],
        prove: Option<Prove<'_>>,
        console: &Console,
    ) -> Outcome<(Vec<Printed>, Vec<Said>)> {
        let progress = console.progress(units.len() as u64);
        let (mut printed, mut refused) = (Vec::new(), Vec::new());
        for unit in units {
            progress.step(said!("{unit}", "{unit}"));
            let slip = match maker.slip(unit) {
                Ok(slip) => slip,
                // One of many whose team is not settled keeps nobody else waiting.
                Err(problem) if self.args.all && problem.kind == Kind::State => {
                    refused.push(problem.what);
                    continue;
                }
                Err(problem) => return Err(problem),
            };
            let (slip, policy) = match prove {
                Some(prove) => prove(slip).map(|(slip, policy)| (slip, Some(policy)))?,
                None => (slip, None),
            };
            printed.push(self.print(&slip, policy.as_ref())?);
        }
        Ok((printed, refused))
    }

    fn print(&self, slip: &Slip, policy: Option<&LogPolicy>) -> Outcome<Printed> {
        self.is_true(slip, policy)?;
        let text = slip.text();
        let (parts, codes) = codes(&text)?;
        let version = codes.first().map_or(0, |code| code.version);
        let made = made(&parts, version);
        let notice = self.notice(slip, &made);
        let unit = slip.drawn.unit.clone();
        // An id may hold a slash; it never holds a plus.
        let stem = self.out.join(format!("slip-{}", unit.replace('/', "+")));
        let write = |ending: &str, bytes: &[u8]| {
            let name = format!("{}.{ending}", stem.display());
            replace(Path::new(&name), bytes, Audience::Office)
        };
        let pdf = self.typeface.as_ref().map(|typeface| super::pdf::page(&notice, &codes, typeface));
        let pdf = pdf.transpose()?;
        write("txt", text.as_bytes())?;
        write("html", html(&notice, &codes).as_bytes())?;
        if let Some(bytes) = pdf {
            write("pdf", &bytes)?;
        }
        Ok(Printed { unit, stem, bytes: text.len(), codes: codes.len(), version })
    }

    /// Nothing leaves the office that the unit's own check would refuse.
    fn is_true(&self, slip: &Slip, policy: Option<&LogPolicy>) -> Outcome<()> {
        let numbers: Vec<String> = slip.members.iter().map(|m| m.card.certificate.clone()).collect();
        let asked = Asked {
            unit: Some(&slip.drawn.unit),
            on: self.args.on.unwrap_or(slip.record.window.first),
            certificates: &numbers,
            record: Some(slip.record_id()),
            change: slip.change(),
            policy,
        };
        let report = check(slip, &asked);
        if report.verdict == Verdict::Verified {
            return Ok(());
        }
        let failed = report.checks.iter().find(|check| check.status == Status::Fail);
        let why = failed.map_or_else(|| said!("不完整", "it is incomplete"), |check| check.evidence.clone());
        let Said { zh, en } = why;
        Err(Problem::new(
            Kind::State,
            said!("告知单与已公布的记录不符：{zh}", "the slip does not agree with what was published: {en}"),
            said!(
                "先运行 yaohao verify；从备份恢复这次抽取的文件夹",
                "run yaohao verify; restore the draw's folders from a backup"
            ),
        )
        .at(slip.drawn.unit.clone()))
    }

    fn notice(&self, slip: &Slip, made: &str) -> Notice {
        let (policy, candidates) = (self.plan.question.policy, &self.plan.eligibility.candidates);
        let at = candidates.binary_search_by(|candidate| candidate.unit.id.cmp(&slip.drawn.unit));
        let unit = candidates[at.expect("a drawn unit is a candidate")].unit;
        let people = slip.members.iter().map(|member| self.person(&member.line.name).name.clone());
        let roles = slip.team.line().members.iter().map(|(role, _)| policy.team.called(role).zh);
        let letterhead = Letterhead {
            name: &policy.office_name,
            unit: &unit.name,
            items: self.plan.question.items_for(unit).map(|item| item.name.as_str()).collect(),
            roles: roles.collect(),
            names: if self.args.names { people.collect() } else { Vec::new() },
            phone: self.office.settings.slip.phone.as_deref(),
            site: self.office.settings.site.url.as_deref(),
            visit: self.args.on,
            dated: clock::now().date_in_china(),
        };
        Notice::new(slip, &letterhead, made)
    }

    /// Who is behind a public name.
    fn person(&self, name: &str) -> &Inspector {
        let rank = self.committed.roster.names.iter().position(|known| known == name);
        let position = self.committed.roster.positions[rank.expect("the slip agrees with the list")];
        self.plan.eligibility.seats[position].inspector
    }
}

fn show(printed: &[Printed], out: &Path, record: String, console: &Console) {
    for Printed { unit, stem, bytes, codes, version } in printed {
        let stem = stem.display();
        let many = counted(*codes as u64, "code");
        console.say(said!(
            "{unit}：{stem}.html 打印，{stem}.txt 供程序核验（{bytes} 字节，{codes} 个二维码，版本 {version}）",
            "{unit}: print {stem}.html; {stem}.txt is for programs ({bytes} bytes, {many} of version {version})"
        ));
    }
    let (count, out) = (printed.len(), out.display().to_string());
    let slips = counted(count as u64, "slip");
    console.say(said!(
        "共 {count} 张，在 {out}。只交给本单位，不要公开：上面有代号背后的执法证号。记录值：{record}",
        "{slips} in {out}. For the units themselves only: they tell the numbers behind the public names. Record: {record}"
    ));
    console.data(|| {
        let slip = |p: &Printed| {
            json!({
                "unit": p.unit, "file": format!("{}.txt", p.stem.display()), "page": format!("{}.html", p.stem.display()),
                "bytes": p.bytes, "codes": p.codes, "version": p.version,
            })
        };
        json!({ "record": record, "folder": out, "slips": printed.iter().map(slip).collect::<Vec<Value>>() })
    });
}

fn within(day: Date, commit: &Commit) -> Outcome<()> {
    let (first, last) = (commit.window.first, commit.window.last);
    if first <= day && day <= last {
        return Ok(());
    }
    Err(Problem::new(
        Kind::Usage,
        said!("{day} 不在检查期 {first} 至 {last} 内", "{day} is not within {first} to {last}"),
        said!("写检查期内的一天", "name a day of the window"),
    )
    .at("--on"))
}

/// Refuses a folder that everybody sees.
fn not_public(office: &Office, out: &Path) -> Outcome<()> {
    let public = office.path("public").canonicalize();
    // The folder may not exist yet: what of it does, tells where it will be.
    let there = out.ancestors().find_map(|part| {
        let part = if part.as_os_str().is_empty() { Path::new(".") } else { part };
        part.canonicalize().ok()
    });
    match (public, there) {
        (Ok(public), Some(there)) if there.starts_with(&public) => Err(Problem::new(
            Kind::Usage,
            said!(
                "告知单不能放进 public：人人都看得到",
                "slips must not lie in public, where everybody looks"
            ),
            said!("换一个文件夹，或不写 --out", "name another folder, or leave --out out"),
        )
        .at("--out")),
        _ => Ok(()),
    }
}

fn some_wait(refused: Vec<Said>) -> Problem {
    let count = refused.len();
    let Said { zh, en } = Said::join(refused);
    Problem::new(
        Kind::Incomplete,
        said!("{count} 家没有出告知单：{zh}", "no slip for {count} of them: {en}"),
        said!("换人完成后再对这几家运行 yaohao slip", "run yaohao slip for these once they are settled"),
    )
}
