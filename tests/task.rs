//! What may be entered: every rule of acts, refused in words and let pass where it holds;
//! and the lines of the journal, which read back what was written, and nothing else.

#[path = "task/mod.rs"]
mod paper;

use paper::{COMPLAINT, DRAWN, PENALTY, Paper, date, matter, moment, opened, penalty, team, visit};
use proptest::prelude::*;
use yaohao::digest::Digest;
use yaohao::lang::Lang;
use yaohao::policy::Role;
use yaohao::said;
use yaohao::task::{
    Act, Applicant, Entry, Kind, Matter, Measure, Opened, Ordered, Outcome, Penalty, Procedure, State, Task,
    Visit, optional_wording, refused, wording,
};
use yaohao::time::{Date, Moment};

fn submitted(of: &str) -> Act {
    Act::Submitted { matter: matter(of) }
}

fn approved(of: &str) -> Act {
    Act::Approved { matter: matter(of) }
}

fn returned(of: &str) -> Act {
    Act::Returned { matter: matter(of), reason: "漏填".to_owned() }
}

fn published(of: &str, list: u32) -> Act {
    Act::Published { matter: matter(of), list }
}

fn moved(of: &str, day: &str) -> Act {
    Act::Moved { matter: matter(of), day: date(day), reason: "单位停电".to_owned() }
}

fn visited(change: impl FnOnce(&mut Visit)) -> Act {
    let mut visit = visit();
    change(&mut visit);
    Act::Visited(visit)
}

/// Of the complaint.
fn looked_into(change: impl FnOnce(&mut Visit)) -> Act {
    visited(|visit| {
        visit.matter = matter(COMPLAINT);
        visit.items = vec![("XF03".to_owned(), Outcome::NoProblem)];
        change(visit);
    })
}

/// One item put right, one left open with a notice.
fn faulty(visit: &mut Visit) {
    visit.items[0].1 = Outcome::Corrected;
    visit.items[1].1 = Outcome::Open;
    (visit.hazards, visit.rectified) = (3, 1);
    let (number, by) = (Some("示消限字〔2026〕第0007号".to_owned()), Some(date("2026-09-25")));
    visit.measures = vec![Ordered { measure: Measure::ByDate, number, by }];
}

// ---- the course of a result --------------------------------------------------------------

#[test]
fn a_result_goes_from_the_visit_to_publication() {
    let mut paper = Paper::new();
    assert_eq!(paper.state(DRAWN), State::Pending);
    paper.bad("N1", submitted(DRAWN), "待检查");
    paper.good("N1", visited(|_| ()));
    // Until it is laid before the reviewer a better result takes its place.
    paper.good("SL1", visited(faulty));
    paper.bad("R1", approved(DRAWN), "已检查");
    paper.good("N1", submitted(DRAWN));
    paper.bad("SL1", visited(|_| ()), "待审核");
    paper.bad("N1", moved(DRAWN, "2026-09-16"), "待审核");
    paper.good("R1", returned(DRAWN));
    paper.bad("N1", submitted(DRAWN), "退回");
    paper.good("N1", visited(faulty));
    paper.good("N1", submitted(DRAWN));
    paper.bad("N1", published(DRAWN, 1), "待审核");
    paper.good("R1", approved(DRAWN));
    paper.good("N1", published(DRAWN, 1));
    assert_eq!(paper.state(DRAWN), State::Published);
    // What turns out wrong later is mended, reviewed and published again.
    paper.good("R1", returned(DRAWN));
    paper.good("N1", visited(|_| ()));
    paper.good("N1", submitted(DRAWN));
    paper.good("R1", approved(DRAWN));
    paper.bad("N1", published(DRAWN, 1), "清单的号");
    paper.good("N1", published(DRAWN, 2));
    assert_eq!((paper.task(DRAWN).visits.len(), paper.task(DRAWN).trail.len()), (4, 13));
}

#[test]
fn nobody_lets_their_own_work_pass() {
    for (entered, reviewer, why) in
        [("N1", "SL1", "不是审核人"), ("SL3", "SL3", "不能自己审核"), ("N1", "F1", "不是审核人")]
    {
        let mut paper = Paper::new();
        paper.good(entered, visited(|_| ()));
        paper.good("N1", submitted(DRAWN));
        paper.bad(reviewer, approved(DRAWN), why);
        paper.good("R1", approved(DRAWN));
    }
    // SL3 reviews, but not where SL3 was.
    let mut paper = Paper::new();
    paper.task(DRAWN).seats = team("SL1", "SL3");
    paper.good("N1", visited(|visit| visit.present = team("SL1", "SL3")));
    paper.good("N1", submitted(DRAWN));
    paper.bad("SL3", approved(DRAWN), "不能自己审核");
}

#[test]
fn a_matter_ends_without_a_visit_only_by_somebody_who_may() {
    let closed = |of: &str| Act::Closed { matter: matter(of), reason: "移交别处".to_owned() };
    let mut paper = Paper::new();
    paper.good("N1", Act::Opened(opened(COMPLAINT)));
    paper.bad("N1", closed(COMPLAINT), "不能终结");
    paper.good("R1", closed(COMPLAINT));
    paper.bad("R1", closed(DRAWN), "不能终结");
    paper.good("H1", closed(DRAWN));
    paper.bad("N1", visited(|_| ()), "已终结");
}

// ---- when --------------------------------------------------------------------------------

#[test]
fn a_visit_is_made_on_a_day_that_has_come_and_in_its_window() {
    let mut paper = Paper::new();
    let on = |day: &str| {
        let day = date(day);
        visited(|visit| visit.day = day)
    };
    paper.bad("N1", on("2026-09-21"), "还没有到");
    paper.bad("N1", on("2026-08-24"), "早于事项产生");
    paper.bad("N1", on("2026-08-31"), "检查日应为");
    paper.good("N1", on("2026-09-20"));
    // On another day only if the move, with its reason, was entered first.
    paper.bad("N1", moved(DRAWN, "2026-08-20"), "早于事项产生");
    let both = vec![moved(DRAWN, "2026-08-31"), on("2026-08-31")];
    paper.enter("N1", both).expect("moved first, in the same entry");
    paper.bad("N1", on("2026-09-15"), "检查日应为 2026-08-31");
}

#[test]
fn a_scheduled_visit_is_made_on_its_day() {
    let mut paper = Paper::new();
    let task = paper.task(DRAWN);
    (task.scheduled, task.planned) = (Some(date("2026-09-08")), Some(date("2026-09-08")));
    paper.bad("N1", visited(|_| ()), "检查日应为 2026-09-08");
    paper.good("N1", moved(DRAWN, "2026-09-15"));
    paper.good("N1", visited(|_| ()));
    assert_eq!(paper.task(DRAWN).scheduled, Some(date("2026-09-08")), "what was drawn stays");
}

// ---- who ---------------------------------------------------------------------------------

#[test]
fn exactly_the_drawn_team_goes() {
    let mut paper = Paper::new();
    for present in [
        team("SL2", "SL1"),
        team("SL1", "SL3"),
        vec![(Role::Lead, "SL1".to_owned())],
        [team("SL1", "SL2"), vec![(Role::Assistant, "SL3".to_owned())]].concat(),
    ] {
        paper.bad("N1", visited(|visit| visit.present = present.clone()), "恰好是抽出的检查组");
        let refused = paper.enter("N1", vec![visited(|visit| visit.present = present)]).expect_err("again");
        assert!(refused[0].remedy.zh.contains("yaohao replace"));
    }
    paper.good("N1", visited(|visit| visit.helpers = vec!["SL6".to_owned()]));
}

#[test]
fn two_officers_at_least_who_count() {
    let mut paper = Paper::new();
    paper.good("N1", Act::Opened(opened(COMPLAINT)));
    let assigned = |seats: Vec<(Role, String)>| Act::Assigned { matter: matter(COMPLAINT), seats };
    let one = |who: &str| vec![(Role::Lead, who.to_owned())];
    paper.bad("N1", assigned(one("SL1")), "不足两名");
    paper.bad("N1", assigned(team("SL1", "SL1")), "两次");
    paper.bad("N1", assigned([one("SL1"), one("SL2")].concat()), "主办应恰好一人");
    paper.bad("N1", assigned(team("SL1", "SL9")), "没有执法证号 SL9");
    paper.bad("N1", assigned(team("SL1", "SL5")), "合同制");
    paper.bad("N1", assigned(team("SL1", "SL6")), "镇街协助");
    paper.bad("N1", assigned(team("SL1", "SL7")), "无效");
    paper.good("N1", assigned(team("SL1", "SL3")));
    paper.bad("N1", looked_into(|visit| visit.present = team("SL1", "SL7")), "无效");
    paper.good("N1", looked_into(|visit| visit.present = team("SL1", "SL3")));
    let drawn = Act::Assigned { matter: matter(DRAWN), seats: team("SL1", "SL3") };
    paper.bad("N1", drawn, "不能指派");
}

#[test]
fn who_must_stand_back_does_not_go() {
    let mut paper = Paper::new();
    let applied = |about: &str| Act::Applied {
        matter: matter(DRAWN),
        about: about.to_owned(),
        applicant: Applicant::Party,
        reason: "亲属任职".to_owned(),
    };
    let decided = |about: &str, granted: bool| Act::Decided {
        matter: matter(DRAWN),
        about: about.to_owned(),
        granted,
        reason: "属实".to_owned(),
    };
    paper.bad("N1", applied("SL3"), "不在这个事项里");
    paper.bad("H1", decided("SL2", true), "没有等决定");
    paper.good("N1", applied("SL2"));
    paper.bad("N1", applied("SL2"), "正等决定");
    // Work goes on until the head has decided.
    paper.good("N1", visited(|_| ()));
    paper.bad("R1", decided("SL2", true), "不能决定");
    paper.good("H1", decided("SL2", true));
    paper.bad("N1", visited(|_| ()), "须回避");
    // The register's recusals hold for work that nobody draws.
    let mut known = opened(COMPLAINT);
    known.unit = Some("91500112450533912J".to_owned());
    paper.good("N1", Act::Opened(known));
    let assigned = Act::Assigned { matter: matter(COMPLAINT), seats: team("SL1", "SL4") };
    paper.bad("N1", assigned.clone(), "须回避");
    let said = refused(&paper.enter("N1", vec![assigned]).expect_err("refused"));
    assert!(!said.to(Lang::Zh).contains("原工作单位"), "the reason stays in the office's register");
}

#[test]
fn only_people_whom_the_office_knows_enter_anything() {
    let mut paper = Paper::new();
    paper.standing.staff.clerks.insert("N 2".to_owned());
    ["X9", "N 2"].iter().for_each(|by| paper.bad(by, visited(|_| ()), "不认识录入人"));
    for by in ["SL5", "N1", "R1", "F1", "H1"] {
        paper.good(by, visited(|_| ()));
    }
}

#[test]
fn a_town_enforces_by_itself_only_from_its_day() {
    let mut paper = Paper::new();
    let town = |day: &str, town: &str| {
        let (day, town) = (date(day), Some(town.to_owned()));
        looked_into(|visit| (visit.day, visit.delegated) = (day, town))
    };
    let mut early = opened(COMPLAINT);
    early.received = moment("2026-09-01T01:00:00Z");
    paper.good("N1", Act::Opened(early));
    paper.bad("N1", town("2026-09-09", "500112011"), "没有赋权执法");
    paper.bad("N1", town("2026-09-15", "500112133"), "没有赋权执法");
    paper.good("N1", town("2026-09-10", "500112011"));
    paper.bad("N1", visited(|visit| visit.delegated = Some("500112011".to_owned())), "抽出的检查组做");
    let penalty = |day: &str| {
        Act::Penalised(Penalty {
            day: date(day),
            delegated: Some("500112011".to_owned()),
            ..penalty(PENALTY)
        })
    };
    paper.bad("N1", penalty("2026-09-09"), "没有赋权执法");
    paper.good("N1", penalty("2026-09-10"));
}

// ---- what was found ----------------------------------------------------------------------

#[test]
fn every_item_has_an_outcome_and_only_these() {
    let mut paper = Paper::new();
    paper.bad("N1", visited(|visit| drop(visit.items.pop())), "XF02 没有结果");
    paper.bad("N1", visited(|visit| visit.items[1].0 = "XF01".to_owned()), "两次");
    paper.bad(
        "N1",
        visited(|visit| visit.items.push(("XF03".to_owned(), Outcome::NoProblem))),
        "不在这次检查里",
    );
    paper.good("N1", Act::Opened(opened(COMPLAINT)));
    paper.bad("N1", looked_into(|visit| visit.items.clear()), "至少有一个事项");
    paper.bad("N1", looked_into(|visit| visit.items[0].0 = "XF09".to_owned()), "清单里没有 XF09");
    paper.good("N1", Act::Opened(opened("2026/fire/0001")));
    let fire = |visit: &mut Visit| visit.matter = matter("2026/fire/0001");
    paper.bad("N1", looked_into(fire), "火灾事故调查没有");
    paper.good(
        "N1",
        looked_into(|visit| {
            fire(visit);
            visit.items.clear()
        }),
    );
}

/// A result that does not hang together, and what is said of it.
type Wrong = (fn(&mut Visit), &'static str);

const WRONG: [Wrong; 12] = [
    (|visit| visit.hazards = 1, "却没有“待后续处理”"),
    (|visit| (visit.hazards, visit.rectified) = (1, 1), "没有发现问题的事项"),
    (
        |visit| {
            faulty(visit);
            visit.items = nothing_wrong()
        },
        "却没有“待后续处理”",
    ),
    (
        |visit| {
            faulty(visit);
            visit.rectified = 4
        },
        "多于隐患",
    ),
    (
        |visit| {
            faulty(visit);
            visit.rectified = 0
        },
        "整改的隐患却是 0",
    ),
    (
        |visit| {
            faulty(visit);
            visit.rectified = 3;
            visit.measures.clear()
        },
        "也没有处置措施",
    ),
    (
        |visit| {
            faulty(visit);
            visit.items[1].1 = Outcome::NoProblem
        },
        "却没有“待后续处理”",
    ),
    (
        |visit| {
            faulty(visit);
            visit.measures[0].by = None
        },
        "要有期限",
    ),
    (
        |visit| {
            faulty(visit);
            visit.measures[0].measure = Measure::AtOnce
        },
        "要有期限",
    ),
    (
        |visit| {
            faulty(visit);
            visit.measures[0].by = Some(date("2026-09-14"))
        },
        "早于检查日",
    ),
    (
        |visit| {
            faulty(visit);
            visit.measures[0].number = Some("-".to_owned())
        },
        "文号",
    ),
    (
        |visit| visit.measures = vec![Ordered { measure: Measure::Seal, number: None, by: None }],
        "却有处置措施",
    ),
];

#[test]
fn outcomes_hazards_and_measures_hang_together() {
    for (change, why) in WRONG {
        Paper::new().bad("N1", visited(change), why);
    }
    Paper::new().good("N1", visited(faulty));
    Paper::new().good("N1", visited(|visit| visit.items[0].1 = Outcome::Unreachable));
    // Who refuses a check can be fined although nothing was seen.
    Paper::new().good(
        "N1",
        visited(|visit| {
            visit.items.iter_mut().for_each(|(_, outcome)| *outcome = Outcome::Uncooperative);
            visit.measures = vec![Ordered { measure: Measure::Fine, number: None, by: None }];
        }),
    );
}

fn nothing_wrong() -> Vec<(String, Outcome)> {
    visit().items
}

// ---- other work --------------------------------------------------------------------------

#[test]
fn other_work_is_numbered_without_gaps_and_says_what_its_kind_needs() {
    let mut paper = Paper::new();
    let with = |number: &str, change: fn(&mut Opened)| {
        let mut opened = opened(number);
        change(&mut opened);
        Act::Opened(opened)
    };
    paper.bad("N1", with("2026/complaint/0002", |_| ()), "下一个");
    paper.bad("N1", with("2025/complaint/0001", |_| ()), "下一个");
    paper.bad("N1", with("2027/complaint/0001", |_| ()), "下一个");
    paper.bad("N1", with(PENALTY, |_| ()), "不这样立项");
    paper.bad("N1", with(COMPLAINT, |o| o.received = moment("2026-09-20T08:00:01Z")), "还没有到");
    paper.bad("N1", with(COMPLAINT, |o| o.procedure = Some(Procedure::Minor)), "写调查程序");
    paper.bad("N1", with("2026/fire/0001", |o| o.procedure = None), "写调查程序");
    paper.bad("N1", with("2026/fire/0001", |o| o.urgent = true), "举报投诉");
    paper.bad("N1", with(COMPLAINT, |o| o.due = Some(date("2026-09-01"))), "期限早于");
    paper.bad("N1", with(COMPLAINT, |o| o.name = "两 行\n".to_owned()), "名称");
    paper.good("N1", with(COMPLAINT, |o| o.urgent = true));
    paper.bad("N1", with(COMPLAINT, |_| ()), "下一个");
    paper.good("N1", with("2026/complaint/0002", |o| o.name = "另一处".to_owned()));
}

#[test]
fn a_second_look_goes_back_to_a_notice() {
    let mut paper = Paper::new();
    let again = |of: Option<&str>| {
        let mut opened = opened("2026/reinspection/0001");
        (opened.of, opened.unit) = (of.map(matter), Some("91500112450533912J".to_owned()));
        Act::Opened(opened)
    };
    paper.bad("N1", again(None), "复查哪一次");
    paper.bad("N1", again(Some(COMPLAINT)), "没有这个事项");
    paper.bad("N1", again(Some(DRAWN)), "没有责令改正");
    paper.good("N1", visited(faulty));
    paper.good("N1", again(Some(DRAWN)));
    let looked = |outcome: Outcome, rectified: u32| {
        visited(|visit| {
            visit.matter = matter("2026/reinspection/0001");
            visit.items = vec![("XF02".to_owned(), outcome)];
            (visit.hazards, visit.rectified) = (0, rectified);
        })
    };
    // Two of three were still open.
    paper.bad("N1", looked(Outcome::Corrected, 3), "多于隐患");
    paper.bad("N1", looked(Outcome::Corrected, 1), "却没有“待后续处理”");
    paper.good("N1", looked(Outcome::Open, 1));
    paper.good("N1", looked(Outcome::Corrected, 2));
}

#[test]
fn a_penalty_passes_the_legal_reviewer_only_and_is_entered_once() {
    let mut paper = Paper::new();
    let of = |change: fn(&mut Penalty)| {
        let mut penalty = penalty(PENALTY);
        change(&mut penalty);
        Act::Penalised(penalty)
    };
    paper.bad("N1", of(|p| p.day = date("2026-09-21")), "还没有到");
    paper.bad("N1", of(|p| p.matter = matter(COMPLAINT)), "不是处罚");
    paper.bad("N1", of(|p| p.of = Some(matter(DRAWN))), "还没有检查结果");
    paper.bad("N1", Act::Contested { matter: matter(PENALTY), day: date("2026-09-19") }, "没有这个事项");
    paper.good("SL3", visited(faulty));
    paper.good("N1", of(|p| p.of = Some(matter(DRAWN))));
    paper.bad("N1", Act::Penalised(penalty("2026/penalty/0002")), "这个文号已录入");
    paper.good("N1", submitted(PENALTY));
    paper.bad("N1", of(|_| ()), "待审核");
    paper.bad("R1", approved(PENALTY), "法制员");
    paper.standing.staff.legal_reviewers.extend(["SL1".to_owned(), "N1".to_owned()]);
    paper.bad("SL1", approved(PENALTY), "不能自己审核");
    paper.bad("N1", approved(PENALTY), "不能自己审核");
    paper.good("F1", approved(PENALTY));
    paper.good("N1", published(PENALTY, 1));
    let contested = |day: &str| Act::Contested { matter: matter(PENALTY), day: date(day) };
    paper.bad("N1", contested("2026-09-17"), "不是那天以前");
    paper.good("N1", contested("2026-09-19"));
    paper.bad("N1", contested("2026-09-20"), "登记过复议");
}

#[test]
fn one_refused_act_refuses_the_entry_and_all_of_them_are_named() {
    let mut paper = Paper::new();
    let acts = vec![
        Act::Opened(opened(COMPLAINT)),
        visited(|visit| visit.hazards = 1),
        // Follows from the one before and is not complained of by itself.
        submitted(DRAWN),
        Act::Opened(opened("2026/licence/0002")),
    ];
    let refusals = paper.enter("N1", acts).expect_err("two are wrong");
    let matters: Vec<String> = refusals.iter().map(|refusal| refusal.matter.to_string()).collect();
    assert_eq!(matters, [DRAWN, "2026/licence/0002"]);
    assert!(!paper.ledger.tasks.contains_key(&matter(COMPLAINT)), "nothing was entered");
    let problem = refused(&refusals);
    for lang in [Lang::Zh, Lang::En] {
        let text = problem.to(lang);
        assert!(text.contains(DRAWN) && text.contains("2026/licence/0002"), "{text}");
    }
}

// ---- words -------------------------------------------------------------------------------

#[test]
fn what_people_type_is_made_fit_or_refused() {
    let field = said!("备注", "the remark");
    assert_eq!(wording(&field, " \u{3000}两行\r\n  的备注\t。\n").expect("fit"), "两行 的备注 。");
    assert_eq!(optional_wording(&field, " \n\u{3000}").expect("nothing"), None);
    for raw in ["", " \n ", "a\u{7}b", "\u{feff}a", "a\u{fffd}", &"长".repeat(2001)] {
        let problem = wording(&field, raw).expect_err("unfit");
        assert!(problem.to(Lang::Zh).contains("备注"), "{raw:?}");
    }
}

// ---- lines -------------------------------------------------------------------------------

fn words() -> impl Strategy<Value = String> {
    let chars: Vec<char> = "消防检查 aZ09-—：；〔〕\"'\\/<>&𠮷".chars().collect();
    let text = prop::collection::vec(prop::sample::select(chars), 1..12);
    text.prop_map(|chars| chars.into_iter().collect::<String>().trim().to_owned())
        .prop_filter("a text", |text| !text.is_empty() && text != "-")
}

fn days() -> impl Strategy<Value = Date> {
    (0..700_i64).prop_map(|n| date("2026-01-01").plus_days(n))
}

fn moments() -> impl Strategy<Value = Moment> {
    (1_760_000_000..1_860_000_000_u64).prop_map(|s| Moment::from_unix(s).expect("a moment"))
}

fn ids() -> impl Strategy<Value = String> {
    (0..99_999_u32).prop_map(|n| format!("SL{n}"))
}

fn matters() -> impl Strategy<Value = Matter> {
    let kinds = Kind::ALL.iter().filter(|kind| **kind != Kind::Drawn).copied().collect::<Vec<_>>();
    let drawn = (1..999_u16, ids()).prop_map(|(n, unit)| matter(&format!("example/2026/{n:03}/{unit}")));
    let numbered = (2023..2030_u16, prop::sample::select(kinds), 1..99_999_u32)
        .prop_map(|(year, kind, number)| Matter::Numbered { year, kind, number });
    prop_oneof![drawn, numbered]
}

fn seats() -> impl Strategy<Value = Vec<(Role, String)>> {
    let roles = ["lead", "assistant", "expert", "police"].map(|key| Role::from_key(key).expect("a role"));
    prop::collection::vec((prop::sample::select(roles.to_vec()), ids()), 0..4)
}

fn openings() -> impl Strategy<Value = Act> {
    let some = (
        prop::option::of(ids()),
        words(),
        prop::option::of(ids()),
        moments(),
        any::<bool>(),
        prop::option::of(days()),
    );
    let departments = prop::collection::vec(prop::sample::select(vec!["police", "market"]), 0..3);
    let more = (
        prop::option::of(prop::sample::select(Procedure::ALL.to_vec())),
        prop::option::of(matters()),
        prop::option::of(0..9999_u32),
        departments,
        prop::option::of(words()),
    );
    (matters(), some, more).prop_map(|(matter, some, more)| {
        let (unit, name, town, received, urgent, due) = some;
        let (procedure, of, minutes, departments, remark) = more;
        let departments = departments.into_iter().map(str::to_owned).collect();
        Act::Opened(Opened {
            matter,
            unit,
            name,
            town,
            received,
            urgent,
            due,
            procedure,
            of,
            minutes,
            departments,
            remark,
        })
    })
}

fn visits() -> impl Strategy<Value = Act> {
    let items = prop::collection::vec((ids(), prop::sample::select(Outcome::ALL.to_vec())), 0..4);
    let ordered =
        (prop::sample::select(Measure::ALL.to_vec()), prop::option::of(words()), prop::option::of(days()));
    let ordered = ordered.prop_map(|(measure, number, by)| Ordered { measure, number, by });
    let some = (
        days(),
        prop::option::of(words()),
        seats(),
        prop::collection::vec(words(), 0..3),
        prop::option::of(ids()),
        items,
    );
    let more = (
        any::<(u32, u32)>(),
        prop::collection::vec(ordered, 0..3),
        prop::collection::vec(words(), 0..3),
        prop::option::of(words()),
    );
    (matters(), some, more).prop_map(|(matter, some, more)| {
        let (day, code, present, helpers, delegated, items) = some;
        let ((hazards, rectified), measures, evidence, remark) = more;
        Act::Visited(Visit {
            matter,
            day,
            code,
            present,
            helpers,
            delegated,
            items,
            hazards,
            rectified,
            measures,
            evidence,
            remark,
        })
    })
}

fn penalties() -> impl Strategy<Value = Act> {
    let option = (prop::option::of(matters()), prop::option::of(ids()), prop::option::of(ids()));
    (matters(), option, words(), words(), days(), any::<u64>()).prop_map(
        |(matter, (of, unit, delegated), name, number, day, yuan)| {
            Act::Penalised(Penalty { matter, of, unit, name, number, day, yuan, delegated })
        },
    )
}

/// Every kind of act.
fn acts() -> impl Strategy<Value = Act> {
    let applicants = prop::sample::select(Applicant::ALL.to_vec());
    prop_oneof![
        openings(),
        visits(),
        penalties(),
        (matters(), seats()).prop_map(|(matter, seats)| Act::Assigned { matter, seats }),
        (matters(), days(), words()).prop_map(|(matter, day, reason)| Act::Moved { matter, day, reason }),
        matters().prop_map(|matter| Act::Submitted { matter }),
        matters().prop_map(|matter| Act::Approved { matter }),
        (matters(), words()).prop_map(|(matter, reason)| Act::Returned { matter, reason }),
        (matters(), any::<u32>()).prop_map(|(matter, list)| Act::Published { matter, list }),
        (matters(), words()).prop_map(|(matter, reason)| Act::Closed { matter, reason }),
        (matters(), ids(), applicants, words()).prop_map(|(matter, about, applicant, reason)| {
            Act::Applied { matter, about, applicant, reason }
        }),
        (matters(), ids(), any::<bool>(), words())
            .prop_map(|(matter, about, granted, reason)| { Act::Decided { matter, about, granted, reason } }),
        (matters(), days()).prop_map(|(matter, day)| Act::Contested { matter, day }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn an_entry_reads_back_as_it_was_written(
        number in 1..u32::MAX,
        after in prop::option::of(any::<[u8; 32]>()),
        at in moments(),
        by in ids(),
        acts in prop::collection::vec(acts(), 1..5),
    ) {
        let entry = Entry { number, after: after.map(Digest), at, by, acts };
        let text = entry.text();
        prop_assert_eq!(Entry::read(text.as_bytes()), Ok(entry.clone()));
        for act in &entry.acts {
            prop_assert_eq!(&Act::of_text(&act.text()), &Ok(act.clone()));
        }
        // Nothing that differs in a byte reads as the same.
        for at in (0..text.len()).step_by(1 + text.len() / 16) {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            prop_assert_ne!(Entry::read(&bytes), Ok(entry.clone()));
        }
    }

    #[test]
    fn a_matter_has_one_form(of in matters()) {
        let text = of.to_string();
        prop_assert_eq!(text.parse(), Ok(of));
        prop_assert!(text.to_uppercase().parse::<Matter>().is_err());
    }
}

#[test]
fn an_entry_without_acts_is_none() {
    let entry = Entry {
        number: 1,
        after: None,
        at: moment("2026-09-20T08:00:00Z"),
        by: "N1".to_owned(),
        acts: Vec::new(),
    };
    assert!(Entry::read(entry.text().as_bytes()).is_err());
    assert_eq!(Task::new(matter(COMPLAINT)).state, State::Pending);
}
