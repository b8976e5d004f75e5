//! The rules an import checks. Codes are permanent: clerks look them up and
//! offices count them year over year.

/// What a finding means for its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The row is not imported.
    Reject,
    /// The row is imported; somebody should look at it.
    Warn,
}

macro_rules! rules {
    ($($(#[$doc:meta])* $severity:ident $name:ident = $code:literal;)+) => {
        /// A rule of the import.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Rule { $($(#[$doc])* $name),+ }

        impl Rule {
            /// All rules.
            pub const ALL: &[Rule] = &[$(Rule::$name),+];

            /// The permanent code.
            pub fn code(self) -> &'static str {
                match self { $(Rule::$name => $code),+ }
            }

            /// What breaking the rule means for the row.
            pub fn severity(self) -> Severity {
                match self { $(Rule::$name => Severity::$severity),+ }
            }
        }
    };
}

rules! {
    /// A CSV row whose quotes do not close, or with more or fewer cells than headings.
    Reject BrokenRow = "broken-row";
    /// U+FFFD, or bytes that are no text in the file's encoding.
    Reject ReplacementCharacter = "replacement-character";
    /// A control character, a line break, or an invisible one.
    Reject ControlCharacter = "control-character";
    /// A cell that shows an Excel error such as `#N/A`.
    Reject ErrorCell = "error-cell";
    /// A date or a truth value where a text belongs; Excel turns `3-5` into a date.
    Reject WrongCellKind = "wrong-cell-kind";
    /// A required value is missing.
    Reject MissingValue = "missing-value";
    /// A number cell where an id belongs; Excel keeps only 15 digits of it.
    Reject NumericId = "numeric-id";
    /// `9.15E+17` where an id belongs.
    Reject ScientificNotation = "scientific-notation";
    /// Full-width letters or digits in an id, number, date or keyword.
    Reject FullWidth = "full-width";
    /// The number of an identity card where another number belongs.
    Reject IdentityCard = "identity-card";
    /// An id with other characters than ASCII letters, digits and `-` `_` `.` `/`.
    Reject BadId = "bad-id";
    /// 18 characters, one outside the alphabet of 统一社会信用代码.
    Reject BadCreditCode = "bad-credit-code";
    /// Not a date of the calendar in an accepted form.
    Reject BadDate = "bad-date";
    /// Not a number of the kind wanted.
    Reject BadNumber = "bad-number";
    /// The end lies before the beginning.
    Reject PeriodReversed = "period-reversed";
    /// A word outside the list of the field.
    Reject UnknownWord = "unknown-word";
    /// A zone the policy does not list.
    Reject UnknownZone = "unknown-zone";
    /// A tag or skill with a space or `=`.
    Reject BadTag = "bad-tag";
    /// An item without a legal basis (行政处罚法: no basis, no check).
    Reject NoLegalBasis = "no-legal-basis";
    /// An item for fewer than two inspectors.
    Reject TooFewStaff = "too-few-staff";
    /// The same as an earlier row in every field.
    Reject DuplicateRow = "duplicate-row";
    /// Rows of one id that say different things.
    Reject DuplicateId = "duplicate-id";
    /// Versions of one id that are in effect on the same day.
    Reject OverlappingDates = "overlapping-dates";
    /// A recusal of somebody who is not in the register of inspectors.
    Reject UnknownCertificate = "unknown-certificate";
    /// A recusal that gives the name of a unit or an inspector where the id belongs.
    Reject SubjectIsAName = "subject-is-a-name";
    /// A recusal of somebody from themselves.
    Reject SubjectIsSelf = "subject-is-self";
    /// No roles with certificate numbers.
    Reject BadSeats = "bad-seats";
    /// The number of a matter that the office does not have.
    Reject UnknownMatter = "unknown-matter";
    /// A cell that says otherwise than what is known of the matter.
    Reject OtherThanKnown = "other-than-known";
    /// What must not be entered as the matter stands.
    Reject NotNow = "not-now";
    /// The last character of a 统一社会信用代码 is not the one the others call for.
    Warn CheckCharacter = "check-character";
    /// A character too many or too few for a 统一社会信用代码.
    Warn UnusualLength = "unusual-length";
    /// Two ids that differ only in case, `-`, or letters that look alike.
    Warn LookAlike = "look-alike";
    /// No town, or one the policy does not list.
    Warn TownUnknown = "town-unknown";
    /// The address names no town.
    Warn TownNotRecognised = "town-not-recognised";
    /// The address names two towns.
    Warn TownAmbiguous = "town-ambiguous";
    /// The certificate had expired on the day of the import.
    Warn CertificateExpired = "certificate-expired";
    /// A past event dated after the day of the import.
    Warn FutureDate = "future-date";
    /// A recusal from a unit outside the register.
    Warn UnknownUnit = "unknown-unit";
    /// A recusal from a group that no unit belongs to.
    Warn UnknownGroup = "unknown-group";
    /// A certificate's scope names an item outside the list.
    Warn UnknownItem = "unknown-item";
}
