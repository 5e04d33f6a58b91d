use crate::rules::rule::rule;

rule! {
    /// A file in which nothing stands, or only comments.
    ///
    /// ## Why
    /// There is nothing to check or to draw. Often the file was not saved, or another file was meant.
    ///
    /// ## Example
    /// ```yaml
    /// # file: design.yaml
    /// # We will write this down tomorrow.
    /// ^ empty-design
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// sysdesign: 1
    /// name: My system
    /// summary: It shows pages to people.
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// flows:
    ///   visit:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: open the page
    /// ```
    "empty-design": Error, Language, Minimal, since "0.1.0"
}
