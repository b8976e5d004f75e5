//! The figures of the yearly report: what each is called, in what it is counted, and
//! exactly what it counts. docs/report.md has the same for readers of the project.

use crate::lang::Said;
use crate::said;
use crate::vocabulary;

vocabulary! {
    /// A figure of the yearly report (年度行政执法总体情况). The order is that of the tables.
    Figure {
        /// People of the office at its inspections.
        PersonTimes = "person-times", "监督检查人次";
        /// Inspections made by the office.
        Inspections = "inspections", "监督检查";
        /// Of these, decided by a draw.
        Drawn = "drawn", "双随机抽查";
        /// Of these, complaints looked into.
        Complaints = "complaints", "举报投诉核查";
        /// Of these, checks before a licence.
        Licences = "licences", "行政许可检查";
        /// Of these, second looks.
        Reinspections = "reinspections", "复查";
        /// Of these, clues handed over by others.
        Referrals = "referrals", "线索核查";
        /// Of these, checks on the spot.
        Immediate = "immediate", "即时检查";
        /// Inspections together with other departments.
        Joint = "joint", "联合检查";
        /// Hazards found.
        Hazards = "hazards", "发现火灾隐患";
        /// Of these, put right by the end of the year.
        Rectified = "rectified", "督促整改火灾隐患";
        /// Of these, put right at the visit that found them.
        RectifiedOnSpot = "rectified-on-spot", "当场整改";
        /// Of these, put right as seen at a second look.
        RectifiedLater = "rectified-later", "复查时已整改";
        /// Of the hazards found, those still open at the end of the year.
        Open = "open", "尚未整改";
        /// Hazards found before the year (or before the journal) and put right in it.
        RectifiedEarlier = "rectified-earlier", "整改往年隐患";
        /// Notices to put something right.
        Notices = "notices", "责令改正通知书";
        /// Of these, at once.
        NoticesAtOnce = "notices-at-once", "责令立即改正";
        /// Of these, by a day.
        NoticesByDate = "notices-by-date", "责令限期改正";
        /// Orders to stop work, use or business.
        Stops = "stops", "责令三停";
        /// Provisional seals.
        Seals = "seals", "临时查封";
        /// Handed over to another authority.
        Transfers = "transfers", "移送案件";
        /// Penalties decided by the office.
        Penalties = "penalties", "行政处罚";
        /// Of these, in a published list.
        PenaltiesPublished = "penalties-published", "已公示的行政处罚";
        /// Fines of these penalties.
        Fines = "fines", "罚款金额";
        /// Penalties contested before the authority above.
        Reconsiderations = "reconsiderations", "行政复议";
        /// Fire investigations.
        Fires = "fires", "火灾事故调查";
        /// Of these, by the general procedure.
        FiresGeneral = "fires-general", "一般程序调查";
        /// Of these, by the simplified procedure.
        FiresSimplified = "fires-simplified", "简易程序调查";
        /// Of these, minor fires that are recorded only.
        FiresMinor = "fires-minor", "轻微火灾登记";
        /// Complaints that came in.
        ComplaintsReceived = "complaints-received", "受理举报投诉";
        /// Inspections published in a list of results.
        InspectionsPublished = "inspections-published", "已公示的检查结果";
        /// Checks that towns made by delegated enforcement.
        DelegatedChecks = "delegated-checks", "赋权镇街检查";
        /// Penalties that towns decided by delegated enforcement.
        DelegatedPenalties = "delegated-penalties", "赋权镇街处罚";
        /// Fines of these penalties of towns.
        DelegatedFines = "delegated-fines", "赋权镇街罚款金额";
    }
}

impl Figure {
    /// In what it is counted.
    pub fn unit(self) -> Said {
        match self {
            Figure::PersonTimes => said!("人次", "person-times"),
            Figure::Inspections
            | Figure::Drawn
            | Figure::Complaints
            | Figure::Licences
            | Figure::Reinspections
            | Figure::Referrals
            | Figure::Immediate
            | Figure::Joint
            | Figure::InspectionsPublished
            | Figure::DelegatedChecks => said!("家次", "visits"),
            Figure::Hazards
            | Figure::Rectified
            | Figure::RectifiedOnSpot
            | Figure::RectifiedLater
            | Figure::Open
            | Figure::RectifiedEarlier => said!("处", "hazards"),
            Figure::Notices | Figure::NoticesAtOnce | Figure::NoticesByDate => said!("份", "notices"),
            Figure::Stops => said!("家", "orders"),
            Figure::Seals => said!("处", "seals"),
            Figure::Transfers => said!("件", "cases"),
            Figure::Penalties | Figure::PenaltiesPublished | Figure::DelegatedPenalties => {
                said!("件", "penalties")
            }
            Figure::Fines | Figure::DelegatedFines => said!("元", "yuan"),
            Figure::Reconsiderations => said!("件", "cases"),
            Figure::Fires | Figure::FiresGeneral | Figure::FiresSimplified | Figure::FiresMinor => {
                said!("起", "fires")
            }
            Figure::ComplaintsReceived => said!("件", "complaints"),
        }
    }

    /// Which day decides about the year and month that a matter belongs to.
    pub fn dated_by(self) -> Said {
        match self {
            Figure::Penalties
            | Figure::PenaltiesPublished
            | Figure::Fines
            | Figure::DelegatedPenalties
            | Figure::DelegatedFines => said!("处罚决定之日", "day of the decision"),
            Figure::Fires
            | Figure::FiresGeneral
            | Figure::FiresSimplified
            | Figure::FiresMinor
            | Figure::ComplaintsReceived => said!("受理之日（北京时间）", "day received (UTC+8)"),
            Figure::Reconsiderations => said!("申请复议之日", "day of the application"),
            Figure::RectifiedLater | Figure::RectifiedEarlier => {
                said!("复查之日", "day of the second look")
            }
            Figure::Rectified => said!(
                "当场整改的为检查之日，复查时整改的为复查之日",
                "day of the visit, or of the second look that saw it"
            ),
            _ => said!("检查之日", "day of the visit"),
        }
    }

    /// What exactly is counted (统计口径).
    pub fn definition(self) -> Said {
        self.of_visits().or_else(|| self.of_hazards()).unwrap_or_else(|| self.of_the_rest())
    }

    fn of_visits(self) -> Option<Said> {
        Some(match self {
            Figure::PersonTimes => said!(
                "本机关到场的主办、协办和专家，每家次每人计一次；同一人不重计。合作部门的人、合同制和镇街协助人员、赋权镇街自行检查的都不计。",
                "Leads, assistants and experts of the office who were there, once a person and visit. People of partner departments, contract clerks and town helpers do not count, nor do checks that towns made themselves."
            ),
            Figure::Inspections => said!(
                "本机关到场并有结果的事项，除火灾事故调查和行政处罚外都计；退回后补正的结果只计一次，以最后一次为准。赋权镇街自行检查的另计。",
                "Matters at which the office was and that have a result, all but fire investigations and penalties; a mended result counts once, as it was last. Checks made by delegated towns are counted apart."
            ),
            Figure::Drawn => said!("监督检查中由抽取产生的。", "Inspections that a draw decided."),
            Figure::Complaints => {
                said!("监督检查中核查举报投诉的。", "Inspections that looked into a complaint.")
            }
            Figure::Licences => said!(
                "监督检查中公众聚集场所投入使用、营业前的消防安全检查。",
                "Inspections before a licence to use or open a public place."
            ),
            Figure::Reinspections => said!(
                "监督检查中对责令改正的复查。",
                "Inspections that looked again at what had to be put right."
            ),
            Figure::Referrals => {
                said!("监督检查中核查移交线索的。", "Inspections that followed a clue handed over by others.")
            }
            Figure::Immediate => {
                said!("监督检查中对现场所见危险的即时检查。", "Inspections of a danger just seen.")
            }
            Figure::Joint => said!(
                "监督检查中有合作部门参加的：派出或到场的人里有合作部门的，或受理时写明参加部门的。",
                "Inspections with a partner department: among those sent or there, or named when the matter came in."
            ),
            Figure::InspectionsPublished => said!(
                "监督检查中结果已编入公示清单的。",
                "Inspections whose result stands in a published list."
            ),
            Figure::DelegatedChecks => said!(
                "赋权镇街自行检查并报送结果的，不计入监督检查。",
                "Checks that a town with delegated enforcement made itself; not part of the inspections."
            ),
            _ => return None,
        })
    }

    fn of_hazards(self) -> Option<Said> {
        Some(match self {
            Figure::Hazards => said!(
                "监督检查发现的火灾隐患；复查时新发现的也计。",
                "Hazards found at inspections, also those newly found at a second look."
            ),
            Figure::Rectified => said!(
                "本年发现的火灾隐患中，截至本年最后一天已整改的：当场整改的加复查时已整改的。",
                "Of the hazards found in the year, those put right by its last day: on the spot, or as a second look saw."
            ),
            Figure::RectifiedOnSpot => said!(
                "监督检查（复查除外）当场整改的。",
                "Put right at the inspection that found them, second looks apart."
            ),
            Figure::RectifiedLater => said!(
                "本年发现、本年复查时已整改的。",
                "Found in the year, and put right as a second look in the year saw."
            ),
            Figure::Open => said!(
                "本年发现的火灾隐患减去其中已整改的，按每次检查连同它的复查分别计算。",
                "Hazards found in the year less those put right, reckoned for each inspection together with its second looks."
            ),
            Figure::RectifiedEarlier => said!(
                "本年复查时已整改、但发现于往年或台账之前的；不计入督促整改火灾隐患。",
                "Put right as a second look in the year saw, but found in an earlier year or before the journal; not part of the hazards put right."
            ),
            Figure::Notices => said!(
                "监督检查中下发的责令立即改正和责令限期改正通知书。",
                "Notices to put things right, at once or by a day, given at inspections."
            ),
            Figure::NoticesAtOnce => said!("其中责令立即改正的。", "Of these, at once."),
            Figure::NoticesByDate => said!("其中责令限期改正的。", "Of these, by a day."),
            _ => return None,
        })
    }

    fn of_the_rest(self) -> Said {
        match self {
            Figure::Stops => said!(
                "检查或火灾调查中责令停止施工、停止使用、停产停业的。",
                "Orders to stop work, use or business, given at inspections or fire investigations."
            ),
            Figure::Seals => said!(
                "检查或火灾调查中临时查封的。",
                "Provisional seals, at inspections or fire investigations."
            ),
            Figure::Transfers => said!(
                "检查或火灾调查中移送其他机关的。",
                "Cases handed over to another authority, at inspections or fire investigations."
            ),
            Figure::Penalties => said!(
                "本机关作出的行政处罚决定；赋权镇街作出的另计。",
                "Penalties decided by the office; those of delegated towns are counted apart."
            ),
            Figure::PenaltiesPublished => said!(
                "其中已编入公示清单的，不论何时公示。",
                "Of these, in a published list, whenever it was published."
            ),
            Figure::Fines => said!("其中罚款合计，警告为零。", "The fines of these; a warning has none."),
            Figure::Reconsiderations => said!(
                "对本机关或赋权镇街的处罚申请行政复议的。",
                "Penalties, also of delegated towns, that were contested before the authority above."
            ),
            Figure::FiresGeneral => said!("其中适用一般程序的。", "Of these, by the general procedure."),
            Figure::FiresSimplified => {
                said!("其中适用简易程序的。", "Of these, by the simplified procedure.")
            }
            Figure::FiresMinor => {
                said!("其中作轻微火灾登记的。", "Of these, minor fires that are recorded only.")
            }
            Figure::ComplaintsReceived => said!(
                "受理的举报投诉，包括尚未核查和未经核查终结的。",
                "Complaints that came in, also those not looked into yet or closed without a visit."
            ),
            Figure::DelegatedPenalties => said!(
                "赋权镇街作出的行政处罚决定，不计入本机关的行政处罚。",
                "Penalties that towns with delegated enforcement decided; not part of the office's penalties."
            ),
            Figure::DelegatedFines => said!(
                "赋权镇街处罚的罚款合计，不计入罚款金额。",
                "The fines of penalties of delegated towns; not part of the office's fines."
            ),
            _ => said!(
                "受理的火灾事故调查，不论是否到场、是否办结。",
                "Fire investigations that came in, visited or not, closed or not."
            ),
        }
    }
}
