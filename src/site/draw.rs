//! The page of one draw.

use super::facts::{Case, Facts};
use super::frame::{At, Site, Spot, page as framed};
use super::part::{self, Section};
use super::{ceremony, link, next, picture, result, tables, visits};
use crate::audit::State;
use crate::lang::Said;
use crate::markup::Markup;
use crate::said;
use crate::verify::Folder;

/// The page of a draw that can be read.
pub fn page(site: &Site<'_>, case: &Case<'_>) -> String {
    let at = At { site, spot: Spot::Draw(&case.stem) };
    let (draw, known) = (case.commit.draw.to_string(), case.known);
    let title = site.t(said!("抽取 {draw}", "Draw {draw}"));
    framed(&at, &title, |m| {
        trail(&at, m);
        m.leaf("h1", &[], &title);
        m.element("p", &[("class", "standing")], |m| {
            part::tags(&at, m, known);
            m.leaf("span", &[], site.t(part::standing(known)));
        });
        commitment(&at, m, case);
        if known.life == State::Open {
            at.section(m, "plan", said!("将怎样抽取", "How it will be drawn"), |m| {
                m.element("dl", &[], |m| next::plan(&at, m, known));
            });
        }
        summary(&at, m, case);
        let sections = [
            ceremony::section(&at, case),
            ceremony::changes(&at, case),
            verify(&at, case),
            picture::section(&at, case),
            tables::strata(&at, case),
            tables::excluded(&at, case),
            result::section(&at, case),
            visits::section(&at, case),
            tables::files(&at, case),
            tables::logged(&at, case),
        ];
        part::sections(&at, m, sections.into_iter().flatten().collect());
    })
}

/// The page of a folder that cannot be read.
pub fn damaged(site: &Site<'_>, facts: &Facts, folder: &Folder) -> String {
    let at = At { site, spot: Spot::Draw(&facts.stem) };
    let name = facts.number.as_ref().map_or_else(|| facts.folder.clone(), ToString::to_string);
    let title = site
        .t(said!("抽取 {name}：文件已损坏或被改动", "Draw {name}: its files are damaged or were changed"));
    framed(&at, &title, |m| {
        trail(&at, m);
        m.leaf("h1", &[], &title);
        if let Err(Said { zh, en }) = &facts.known {
            m.leaf("p", &[("class", "warning")], site.t(said!("{zh}。", "{en}.")));
        }
        at.paragraph(
            m,
            said!(
                "本页因此不显示这次抽取的任何内容。用 yaohao audit 核查整个公开文件夹，看还有什么不对；请向抽查机关要原来的文件。",
                "So this page shows nothing of this draw. Audit the whole public folder with yaohao audit, and ask the office for the original files."
            ),
        );
        if folder.0.is_empty() {
            return;
        }
        m.leaf("h2", &[], site.t(said!("文件", "Files")));
        m.element("ul", &[], |m| {
            for name in folder.0.keys().filter(|name| !name.ends_with('/')) {
                let to = at.to(&link::file(&facts.folder, name));
                m.element("li", &[], |m| {
                    m.leaf("a", &[("href", &to)], name);
                });
            }
        });
    })
}

fn trail(at: &At<'_>, m: &mut Markup) {
    let label = at.t(said!("所在位置", "Where you are"));
    m.element("nav", &[("class", "trail"), ("aria-label", &label)], |m| {
        let draws = format!("{}#draws", at.page(Spot::Home));
        at.link(m, &draws, said!("历次抽取", "All draws"));
    });
}

fn commitment(at: &At<'_>, m: &mut Markup, case: &Case<'_>) {
    at.section(m, "commitment", said!("承诺值", "Commitment"), |m| {
        at.paragraph(
            m,
            said!(
                "抽取之前公布的这个值锁定了名录、方案、名额和人员。和当时公布、您记下的逐字对一遍：",
                "Announced before the draw, it fixes the register, the policy, the quotas and the inspectors. Compare it with what you wrote down then:"
            ),
        );
        part::value(m, "commitment", &case.known.commitment.to_string());
    });
}

fn summary(at: &At<'_>, m: &mut Markup, case: &Case<'_>) {
    let (known, commit) = (case.known, case.commit);
    at.section(m, "summary", said!("概要", "In short"), |m| {
        m.element("dl", &[("class", "figures")], |m| {
            let number = |m: &mut Markup, term: Said, number: u64| {
                part::pair(at, m, term, |m| {
                    m.leaf("b", &[], number.to_string());
                });
            };
            number(m, said!("名录", "Register"), known.register);
            number(m, said!("参加抽取", "Pool"), known.pool);
            number(m, said!("不参加", "Excluded"), known.register - known.pool);
            number(m, said!("名额", "Places"), next::quota(known));
            if let Some(drawn) = known.drawn {
                let term = match known.void {
                    Some(_) => said!("带入下一次", "Handed on"),
                    None => said!("抽中", "Drawn"),
                };
                number(m, term, drawn);
            }
        });
        m.element("dl", &[], |m| {
            let (first, last) = (commit.window.first, commit.window.last);
            part::pair(at, m, said!("检查期", "Visits"), |m| {
                at.say(m, said!("{first} 至 {last}", "{first} to {last}"))
            });
            part::pair(at, m, said!("抽查机关", "Office"), |m| {
                m.text(&case.names.office);
            });
            part::pair(at, m, said!("期限", "Deadlines"), |m| {
                let (close, open) = (commit.close_by.by_clocks_of_china(), commit.open_by);
                at.say(
                    m,
                    said!(
                        "北京时间 {close} 之前抽取或作废，{open} 之前全部公开",
                        "drawn or voided by {close} (UTC+8), everything public by {open}"
                    ),
                );
            });
            part::pair(at, m, said!("杂凑算法", "Hash"), |m| {
                let suite = commit.suite.hash_name();
                m.text(suite);
            });
        });
    });
}

fn verify<'a>(at: &'a At<'_>, case: &'a Case<'_>) -> Option<Section<'a>> {
    part::section("verify", said!("核验这次抽取", "Verify this draw"), move |m| {
        if let Some(page) = &case.known.verifier {
            m.element("p", &[], |m| {
                let to = at.to(&format!("{page}{}", link::question(case.name, None)));
                m.leaf(
                    "a",
                    &[("class", "button"), ("href", &to)],
                    at.t(said!("在浏览器里核验", "Verify in your browser")),
                );
            });
        }
        at.paragraph(
            m,
            said!(
                "在公开文件夹（各次抽取的文件夹所在的那一层）里用程序核验，或用系统自带的命令核对文件：",
                "In the public folder, with the program, or the files by a command of your system:"
            ),
        );
        let (folder, value) = (link::shell(case.name), case.known.commitment);
        let mut lines = vec![format!("yaohao verify {folder} --commitment {value}")];
        if at.site.ground.verifier.contains_key("verify.py") {
            lines.push(format!("python3 verifier/verify.py {folder} --commitment {value}"));
        }
        // What is still sealed is listed and not there.
        let missing = if case.known.life == State::Sealed { " --ignore-missing" } else { "" };
        lines.push(format!("cd {folder} && sha256sum{missing} -c *.sha256"));
        part::command(m, &lines.join("\n"));
    })
}
