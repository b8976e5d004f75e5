//! The start page: is my unit drawn? Then all draws, the next one, and how to verify.

use super::facts::{Facts, Known};
use super::frame::{At, Site, Spot, page as framed};
use super::part::{self, Cell, cell, fixed, linked, numbers, words};
use super::{FEED, link, next, search, sums};
use crate::audit::State;
use crate::markup::Markup;
use crate::said;

/// The page; `facts` come latest first.
pub fn page(site: &Site<'_>, facts: &[Facts]) -> String {
    let at = At { site, spot: Spot::Home };
    let title = site.t(said!("双随机抽查公示", "Random inspections, in public"));
    framed(&at, &title, |m| {
        m.leaf("h1", &[], &title);
        m.leaf(
            "p",
            &[("class", "lead")],
            at.t(said!(
                "查哪些单位、由谁去查，都由公开的随机过程决定，事先锁定，事后人人可以核验。",
                "Which units are inspected, and by whom, is decided by a public random draw: fixed beforehand, and open for anybody to verify."
            )),
        );
        search::panel(&at, m, facts);
        next::draws(&at, m, facts);
        draws(&at, m, facts);
        verify(&at, m, facts);
        about(&at, m);
        more(&at, m, facts);
    })
}

fn draws(at: &At<'_>, m: &mut Markup, facts: &[Facts]) {
    at.section(m, "draws", said!("历次抽取", "All draws"), |m| {
        if facts.is_empty() {
            at.paragraph(m, said!("还没有抽取。", "There is no draw yet."));
            return;
        }
        let day = at.site.ground.now.date_in_china();
        let columns = [
            fixed(said!("抽取", "Draw")),
            words(said!("状态", "State")),
            fixed(said!("检查期", "Visits")),
            numbers(said!("参加抽取", "Pool")),
            numbers(said!("抽中", "Drawn")),
        ];
        let caption = said!("最近的在前；是否逾期按 {day} 计算", "Latest first; overdue as of {day}");
        part::table(at, m, caption, &columns, facts.iter().map(|facts| row(*at, facts)), None);
    });
}

fn row<'a>(at: At<'a>, facts: &'a Facts) -> Vec<Cell<'a>> {
    let number = facts.number.as_ref().map_or_else(|| facts.folder.clone(), ToString::to_string);
    let named = linked(at.draw(&facts.stem, ""), number);
    let Ok(known) = &facts.known else {
        let broken = at.t(said!(
            "这次抽取的文件已损坏或被改动，见其页面",
            "its files are damaged or were changed, see its page"
        ));
        return vec![named, cell(broken), cell("–"), cell("–"), cell("–")];
    };
    let (first, last) = (known.commit.window.first, known.commit.window.last);
    let visits = at.t(said!("{first} 至 {last}", "{first} to {last}"));
    let drawn =
        known.drawn.filter(|_| known.void.is_none()).map_or("–".to_owned(), |drawn| drawn.to_string());
    vec![named, state(at, known), cell(visits), cell(known.pool.to_string()), cell(drawn)]
}

fn state<'a>(at: At<'a>, known: &'a Known) -> Cell<'a> {
    Box::new(move |m| {
        part::tags(&at, m, known);
        m.leaf("span", &[("class", "meaning")], at.t(part::standing(known)));
    })
}

fn verify(at: &At<'_>, m: &mut Markup, facts: &[Facts]) {
    let mut told = facts.iter().filter_map(|facts| Some((facts, facts.known.as_ref().ok()?)));
    let first = told.clone().next();
    // One that is closed is worth verifying; before it, the commitment alone is there.
    let latest = told.find(|(_, known)| known.life != State::Open).or(first);
    at.section(m, "verify", said!("一分钟核验", "Verify in a minute"), |m| {
        at.paragraph(
            m,
            said!(
                "核验无须以信任本机关为前提，也不需要账号和网络：把公开文件夹整个拿走（或在下面的核验页里打开），用事先公布的承诺值核对。",
                "You need not trust the office, and need no account and no network: take the public folder (or open the verifying page below) and hold it against the commitment that was announced before the draw."
            ),
        );
        m.element("ul", &[("class", "ways")], |m| {
            if let Some((facts, page)) = latest.and_then(|(facts, known)| Some((facts, known.verifier.as_ref()?))) {
                m.element("li", &[], |m| {
                    let to = at.to(&format!("{page}{}", link::question(&facts.folder, None)));
                    at.link(m, &to, said!("在浏览器里核验最近一次抽取", "Verify the latest draw in your browser"));
                    at.say(m, said!("（页面是一个独立文件，可以存下来断网使用）", " (one file; save it and use it without a network)"));
                });
                m.element("li", &[], |m| slip(at, m, page));
                newer(at, m, page);
            }
            let folder = latest.map_or_else(|| "2026-001".to_owned(), |(facts, _)| link::shell(&facts.folder));
            m.element("li", &[], |m| {
                at.say(m, said!("用程序：", "With the program: "));
                let value = latest.map_or_else(|| at.t(said!("承诺值", "COMMITMENT")), |(_, k)| k.commitment.to_string());
                part::command(m, &format!("yaohao verify {folder} --commitment {value}\nyaohao audit ."));
            });
            m.element("li", &[], |m| {
                at.say(m, said!("不用我们的任何程序：", "With no program of ours: "));
                sums::told(at, m);
                at.say(
                    m,
                    said!(
                        "这只核对文件与随文件公布的清单是否一致，不能代替上面的核验。",
                        "This only compares the files with their own lists; it does not replace verifying."
                    ),
                );
            });
        });
    });
}

/// The way to a visit's slip, and what proves it to the end.
fn slip(at: &At<'_>, m: &mut Markup, page: &str) {
    let to = at.to(&format!("{page}#view=slip"));
    at.link(m, &to, said!("核实上门检查的告知单", "Check the slip of a visit at your door"));
    at.say(
        m,
        said!(
            "：不少于两人、证号相符、日期在检查期内",
            ": two people or more, the certificate numbers and the day"
        ),
    );
    if at.site.ground.log.as_ref().is_some_and(|log| log.has_policy) {
        at.say(m, said!("。核验页要日志规则时，给它", ". When the page asks for the log policy, give it "));
        part::log_policy(at, m);
    }
}

/// The page that this program brings, where commitments name an older one.
fn newer(at: &At<'_>, m: &mut Markup, page: &str) {
    let own = link::verifier(None, at.site.ground).filter(|own| own != page);
    if let Some(own) = own {
        m.element("li", &[], |m| {
            at.link(m, &at.to(&own), said!("新版核验页", "A newer verifying page"));
            at.say(
                m,
                said!(
                    "（上面的一份由承诺指明，两份都可以用）",
                    " (the one above is named by the commitment; either will do)"
                ),
            );
        });
    }
}

fn about(at: &At<'_>, m: &mut Markup) {
    at.section(m, "about", said!("什么是双随机抽取", "What such a draw is"), |m| {
        let steps = [
            said!(
                "先锁定：抽取之前公布一个承诺值，名录、方案、各层名额和检查人员此后一改就会被发现。",
                "First everything is fixed: one commitment is published, and whatever is changed afterwards in the register, the policy, the quotas or the inspectors is found out."
            ),
            said!(
                "再抽取：当众掷骰（或用彩票、公开随机数），和几方事先封存的秘密随机数合成种子，任何一方都无法单独左右。",
                "Then it is drawn: public dice (or a lottery, or a public random pulse) and the sealed nonces of several parties make the seed; no party decides it alone."
            ),
            said!(
                "种子决定一切：每家单位算出一个抽签号，各层号最小的几家抽中；检查组也由种子随机配对，依法回避。",
                "The seed decides everything: each unit has a ticket, and the smallest of each stratum are drawn; the teams are paired at random too, without conflicts of interest."
            ),
            said!(
                "全部公开：人人可以重算，每一家都能知道自己为什么抽中、为什么没有抽中。",
                "All of it is public: anybody can compute it again, and every unit can see why it was drawn, or why not."
            ),
        ];
        m.element("ol", &[], |m| {
            for step in steps {
                m.leaf("li", &[], at.t(step));
            }
        });
    });
}

fn more(at: &At<'_>, m: &mut Markup, facts: &[Facts]) {
    at.section(m, "more", said!("更多", "More"), |m| {
        m.element("ul", &[], |m| {
            m.element("li", &[], |m| {
                at.link(m, &at.page(Spot::Figures), said!("历年数据", "Figures by year"));
                at.say(
                    m,
                    said!(
                        "：抽取、抽中、不参加的原因、片区、作废、换人",
                        ": draws, units, reasons, zones, voids, late changes"
                    ),
                );
            });
            if at.site.ground.lists.is_begun() {
                m.element("li", &[], |m| {
                    at.link(m, &at.page(Spot::Results), said!("检查结果和行政处罚", "Results and penalties"));
                    at.say(m, said!("：检查之后一批一批公示", ": published list by list after the visits"));
                });
            }
            m.element("li", &[], |m| {
                at.link(
                    m,
                    &at.to(FEED),
                    said!("订阅每一次公布（Atom）", "A feed of everything that is published (Atom)"),
                );
            });
            if let Some(log) = at.site.ground.log.as_ref().filter(|_| !facts.is_empty()) {
                m.element("li", &[], |m| {
                    let (origin, size) = (&log.head.origin, log.head.size);
                    at.link(
                        m,
                        &at.to("log/checkpoint"),
                        said!("公开日志的检查点", "The checkpoint of the public log"),
                    );
                    at.say(
                        m,
                        said!("：{origin}，{size} 条，只增不改", ": {origin}, {size} entries, append-only"),
                    );
                });
            }
        });
    });
}
