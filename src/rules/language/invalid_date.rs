use crate::rules::rule::rule;

rule! {
    /// A date that is not in the calendar, or is written in another way than `2027-06-01`.
    ///
    /// ## Why
    /// `01/06/2027` is a day in June to some and in January to others. Year, month and day, in this order, are the
    /// same for everybody.
    ///
    /// ## Example
    /// ```yaml
    /// open_questions:
    ///   regions: { text: Do we need a second region?, due: 01/06/2027 }
    /// #                                                    ^^^^^^^^^^ invalid-date
    ///   backups: { text: Who restores a backup?, due: 2027-02-30 }
    /// #                                               ^^^^^^^^^^ invalid-date
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// open_questions:
    ///   regions: { text: Do we need a second region?, due: 2027-06-01 }
    ///   backups: { text: Who restores a backup?, due: 2027-02-28 }
    /// ```
    "invalid-date": Error, Language, Minimal, since "0.1.0"
}
