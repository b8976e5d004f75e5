//! `yaohao import`.

use super::args::{Import, TableName};
use super::console::Console;
use crate::clock;
use crate::lang::{Lang, counted};
use crate::policy::Policy;
use crate::problem::{Kind, Outcome, Problem};
use crate::register::import::{
    self, Context, Entry, Finding, ImportReport, Rule, Severity, TableMapping, rejects_csv,
};
use crate::register::{Gazetteer, Recusal, Register, Town, Zone};
use crate::said;
use crate::store::{Audience, Office, REJECTS, read, replace};
use serde_json::{Value, json};

/// Findings printed for one table; the rest is in the rejects file or `--json`.
const SHOWN: usize = 20;

pub fn run(office: &Office, args: &Import, console: &Console) -> Outcome<()> {
    let _lock = office.lock()?;
    let (policy, _) = office.policy()?;
    let importer = Importer { office, args, console, gazetteer: gazetteer(&policy) };
    let wants = |table: TableName| args.tables.is_empty() || args.tables.contains(&table);
    let settings = &office.settings;
    let mut register = Register {
        units: office.table()?,
        inspectors: office.table()?,
        items: office.table()?,
        recusals: office.table()?,
    };
    // Later tables are held against earlier ones, so the order is fixed.
    let mut done = Vec::new();
    if wants(TableName::Units) {
        register.units = importer.table(&settings.units, &register, &mut done)?;
    }
    if wants(TableName::Items) {
        register.items = importer.table(&settings.items, &register, &mut done)?;
    }
    if wants(TableName::Inspectors) {
        register.inspectors = importer.table(&settings.inspectors, &register, &mut done)?;
    }
    if wants(TableName::Recusals) {
        register.recusals = importer.table(&settings.recusals, &register, &mut done)?;
    }
    console.data(|| json!({ "tables": done }));
    Ok(())
}

/// The towns and zones of the policy, as tables name them.
pub fn gazetteer(policy: &Policy) -> Gazetteer {
    let mut towns: Vec<Town> = Vec::new();
    for town in &policy.towns {
        match towns.iter_mut().find(|known| known.code == town.code) {
            Some(known) if known.names.contains(&town.name) => {}
            Some(known) => known.names.push(town.name.clone()),
            None => towns.push(Town { code: town.code.clone(), names: vec![town.name.clone()] }),
        }
    }
    let zone = |(key, name): (&String, &String)| Zone { key: key.clone(), name: name.clone() };
    Gazetteer { towns, zones: policy.zones.iter().map(zone).collect() }
}

struct Importer<'a> {
    office: &'a Office,
    args: &'a Import,
    console: &'a Console,
    gazetteer: Gazetteer,
}

impl Importer<'_> {
    fn table<T: Entry>(
        &self,
        mapping: &TableMapping<T>,
        register: &Register,
        done: &mut Vec<Value>,
    ) -> Outcome<Vec<T>> {
        let (progress, name, key) = (self.console.progress(1), T::NAME, T::TABLE);
        progress.step(said!("读入{name}", "reading {key}"));
        let path = self.office.path(&mapping.file);
        let bytes = read(&path)?;
        let context =
            Context { gazetteer: &self.gazetteer, reference: clock::now().date_in_china(), register };
        let (entries, report) = import::read(&bytes, &mapping.file, mapping, &context)?;
        drop(progress);
        self.show::<T>(&report);
        done.push(self.view::<T>(&report));
        if (self.args.strict && report.rejected > 0) || loses_recusals::<T>(&report) {
            self.console.data(|| json!({ "tables": done }));
            return Err(refused(&report));
        }
        self.store_rejects::<T>(&report)?;
        self.office.store_table(&entries)?;
        Ok(entries)
    }

    /// Writes the refused rows, or clears an older list.
    fn store_rejects<T: Entry>(&self, report: &ImportReport) -> Outcome<()> {
        let file = format!("{REJECTS}/{}.csv", T::TABLE);
        let path = self.office.path(&file);
        if report.rejected > 0 || path.exists() {
            replace(&path, &rejects_csv(report), Audience::Office)?;
        }
        if report.rejected > 0 {
            self.console.say(said!(
                "  被拒的行在 {file}：在原表格里改好，再导入整张表",
                "  the refused rows are in {file}: mend them in the original table and import it again"
            ));
        }
        Ok(())
    }

    fn show<T: Entry>(&self, report: &ImportReport) {
        let (table, file, encoding) = (T::NAME, &report.file, report.encoding);
        let key = T::TABLE;
        self.console.heading(said!("{table}：{file}（{encoding}）", "{key}: {file} ({encoding})"));
        let (read, good, bad, blank) = (report.read, report.accepted, report.rejected, report.blank);
        let rows = counted(read, "row");
        let warned = report.findings.iter().filter(|finding| !finding.rejects()).count();
        let warnings = counted(warned, "warning");
        self.console.say(said!(
            "  共 {read} 行 = 收 {good} + 拒 {bad} + 空 {blank}；提醒 {warned} 条",
            "  {rows} = {good} accepted + {bad} refused + {blank} blank; {warnings}"
        ));
        // Refusals first: they need work; warnings are for the eye.
        let refusals = report.findings.iter().filter(|finding| finding.rejects());
        let warnings = report.findings.iter().filter(|finding| !finding.rejects());
        for finding in refusals.chain(warnings).take(SHOWN) {
            self.console.line(&line(finding, self.console.lang));
        }
        let rest = report.findings.len().saturating_sub(SHOWN);
        if rest > 0 {
            self.console
                .say(said!("  …另有 {rest} 条，用 --json 看全部", "  … and {rest} more; --json lists all"));
        }
    }

    fn view<T: Entry>(&self, report: &ImportReport) -> Value {
        let finding = |f: &Finding| {
            json!({
                "file": &*f.file,
                "row": f.row,
                "column": f.column,
                "value": f.value,
                "rule": f.rule.code(),
                "severity": if f.rejects() { "reject" } else { "warn" },
                "what": self.console.text(&f.what),
                "remedy": self.console.text(&f.remedy),
            })
        };
        json!({
            "table": T::TABLE,
            "file": &*report.file,
            "encoding": report.encoding,
            "read": report.read,
            "accepted": report.accepted,
            "rejected": report.rejected,
            "blank": report.blank,
            "unused_headings": report.unused,
            "findings": report.findings.iter().map(finding).collect::<Vec<_>>(),
        })
    }
}

fn line(finding: &Finding, lang: Lang) -> String {
    let severity = match (finding.rule.severity(), lang) {
        (Severity::Reject, Lang::Zh) => "拒",
        (Severity::Warn, Lang::Zh) => "提醒",
        (Severity::Reject, Lang::En) => "refused",
        (Severity::Warn, Lang::En) => "warning",
    };
    let (row, column, value) = (finding.row, &finding.column, &finding.value);
    let column = if column.is_empty() { String::new() } else { format!(" {column}") };
    let shown = |open: char, close: char| {
        if value.is_empty() { String::new() } else { format!(" {open}{value}{close}") }
    };
    let (code, what, remedy) = (finding.rule.code(), finding.what.to(lang), finding.remedy.to(lang));
    let (zh, en) = (shown('“', '”'), shown('"', '"'));
    let said = said!(
        "  {severity} 第 {row} 行{column}{zh}：{what} [{code}] → {remedy}",
        "  {severity} row {row}{column}{en}: {what} [{code}] → {remedy}"
    );
    said.to(lang).to_owned()
}

/// Whether a recusal would be lost: it would let somebody inspect whom they
/// must not, so such a table is never taken in part. Repeated rows lose nothing.
fn loses_recusals<T: Entry>(report: &ImportReport) -> bool {
    let loses = |finding: &Finding| finding.rejects() && finding.rule != Rule::DuplicateRow;
    T::TABLE == Recusal::TABLE && report.findings.iter().any(loses)
}

fn refused(report: &ImportReport) -> Problem {
    let rejected = report.rejected;
    let rows = counted(rejected, "bad row");
    Problem::new(
        Kind::Register,
        said!(
            "有 {rejected} 行不合规，整份拒收，名录未改动（回避表不能缺行；其他表因 --strict）",
            "{rows}, so the file is refused; the register is unchanged (recusals must not be lost; other tables because of --strict)"
        ),
        said!("按上面的提示改正表格后重试", "mend the table as said above and try again"),
    )
    .at(report.file.to_string())
}
