use crate::rules::rule::rule;

rule! {
    /// A version of the language that this program does not know.
    ///
    /// ## Why
    /// `sysdesign: 1` says in which version of the language the file is written. A later version may give the same
    /// words another meaning.
    ///
    /// ## Example
    /// ```yaml
    /// sysdesign: 2
    /// #          ^ unsupported-version
    /// name: Shop
    /// summary: People buy things.
    /// ```
    ///
    /// ## Instead
    /// Write the version that this program knows, or install a newer program.
    /// ```yaml
    /// sysdesign: 1
    /// name: Shop
    /// summary: People buy things.
    /// ```
    "unsupported-version": Error, Language, Minimal, since "0.1.0"
}
