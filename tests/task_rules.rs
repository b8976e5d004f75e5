//! Rules of what is entered after a draw that look beyond one act: recusals of groups, the
//! day that counts, matters that are the same, and what is over without being published.

#[path = "task/mod.rs"]
mod paper;

use paper::{COMPLAINT, DRAWN, Paper, date, matter, moment, opened, team};
use yaohao::register::{Recusal, Subject};
use yaohao::task::{Act, Opened, State, Task, Visit};
use yaohao::time::Period;

const UNIT: &str = "91500112450533912J";

fn complaint(change: impl FnOnce(&mut Opened)) -> Act {
    let mut opened = Opened { unit: Some(UNIT.to_owned()), ..opened(COMPLAINT) };
    change(&mut opened);
    Act::Opened(opened)
}

fn assigned(lead: &str, assistant: &str) -> Act {
    Act::Assigned { matter: matter(COMPLAINT), seats: team(lead, assistant) }
}

fn moved(day: &str) -> Act {
    Act::Moved { matter: matter(COMPLAINT), day: date(day), reason: "单位停业".to_owned() }
}

#[test]
fn whoever_keeps_away_from_a_group_is_not_sent_to_its_units() {
    let mut paper = Paper::new();
    let recusal = |who: &str, subject| Recusal {
        certificate: who.to_owned(),
        subject,
        period: Period { from: Some(date("2026-09-01")), until: Some(date("2026-09-30")) },
        reason: "亲属任职".to_owned(),
    };
    paper.standing.recusals.push(recusal("SL3", Subject::Group("示例集团".to_owned())));
    paper.standing.recusals.push(recusal("SL1", Subject::Inspector("SL2".to_owned())));
    paper.good("N1", complaint(|_| {}));
    // Nobody knows its group yet.
    paper.good("N1", assigned("SL3", "SL2"));
    paper.standing.groups.insert(UNIT.to_owned(), "示例集团".to_owned());
    paper.bad("N1", assigned("SL3", "SL2"), "SL3 对这个事项须回避");
    paper.bad("N1", assigned("SL1", "SL2"), "不能编在一起");
    // From the unit itself.
    paper.bad("N1", assigned("SL2", "SL4"), "SL4 对这个事项须回避");
    // Of another day the recusal says nothing.
    paper.good("N1", moved("2026-10-01"));
    paper.good("N1", assigned("SL3", "SL2"));
}

#[test]
fn a_certificate_counts_on_the_day_of_the_visit() {
    let mut paper = Paper::new();
    // Of SL7 the certificate ended with August; today is in September.
    paper.good("N1", complaint(|opened| opened.received = moment("2026-08-20T01:00:00Z")));
    paper.bad("N1", assigned("SL1", "SL7"), "无效");
    let visit = Visit { matter: matter(COMPLAINT), day: date("2026-08-24"), ..paper::visit() };
    let visit = Visit { present: team("SL1", "SL7"), ..visit };
    let both = vec![assigned("SL1", "SL7"), Act::Visited(visit)];
    paper.enter("N1", both).expect("of a day on which it was valid");
    paper.bad("N1", assigned("SL2", "SL8"), "没有执法证号 SL8");
}

#[test]
fn the_same_kind_name_and_time_is_the_same_matter() {
    let mut paper = Paper::new();
    let second = |change: fn(&mut Opened)| {
        complaint(|opened| {
            opened.matter = matter("2026/complaint/0002");
            change(opened);
        })
    };
    paper.good("N1", complaint(|_| {}));
    paper.bad("N1", second(|_| {}), "已登记为 2026/complaint/0001");
    paper.bad("N1", second(|opened| opened.remark = Some("另一件".to_owned())), "已登记为");
    paper.good("N1", second(|opened| opened.received = moment("2026-09-14T01:01:00Z")));
    let referral = Opened { matter: matter("2026/referral/0001"), ..opened("2026/referral/0001") };
    paper.good("N1", Act::Opened(referral));
}

#[test]
fn characters_that_nobody_sees_are_refused() {
    let mut paper = Paper::new();
    for hidden in ["示例\u{200b}餐馆", "\u{feff}示例", "示例\u{202e}", "示\u{ad}例"] {
        paper.bad("N1", complaint(|opened| opened.name = hidden.to_owned()), "看不见的字符");
        let field = yaohao::lang::Said { zh: "名称".to_owned(), en: "the name".to_owned() };
        let problem = yaohao::task::wording(&field, hidden).expect_err("hidden");
        assert!(problem.what.zh.contains("看不见的字符"), "{problem:?}");
    }
}

#[test]
fn what_is_not_published_is_over_once_it_passed_the_review() {
    let mut paper = Paper::new();
    paper.good("N1", complaint(|_| {}));
    let visit = Visit { matter: matter(COMPLAINT), day: date("2026-09-15"), ..paper::visit() };
    paper.good("SL1", Act::Visited(visit));
    for (of, state) in [(COMPLAINT, "已办结，无须公示"), (DRAWN, "审核通过，待公示")] {
        if of == DRAWN {
            paper.good("SL1", Act::Visited(paper::visit()));
        }
        paper.good("N1", Act::Submitted { matter: matter(of) });
        paper.good("R1", Act::Approved { matter: matter(of) });
        let task: &Task = paper.task(of);
        assert_eq!((task.state, task.standing().zh.as_str()), (State::Approved, state));
        assert_eq!((task.is_settled(), task.is_public), (of == COMPLAINT, of == DRAWN));
    }
    let published = |of: &str| Act::Published { matter: matter(of), list: 1 };
    paper.bad("N1", published(COMPLAINT), "不公示");
    paper.good("N1", published(DRAWN));
    // What turns out wrong is sent back all the same.
    let returned = Act::Returned { matter: matter(COMPLAINT), reason: "缺照片".to_owned() };
    paper.good("R1", returned);
    assert_eq!(paper.state(COMPLAINT), State::Returned);
}
