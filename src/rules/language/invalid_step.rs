use crate::rules::rule::rule;

rule! {
    /// A step in which nothing happens, or that cannot be read.
    ///
    /// ## Why
    /// A step says who calls whom: `app -> links: insert link` when the caller waits for the answer, `app ~> mailer:
    /// welcome` when it does not. Between the arrows stand ids of components, after the colon what is said.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// flows:
    ///   open:
    ///     steps:
    ///       - browser => app: GET /
    /// #               ^^ invalid-step
    /// ```
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// flows:
    ///   open:
    ///     steps:
    ///       - browser -> app -> : GET /
    /// #                      ^^ invalid-step
    ///       - timeout: 300 ms
    /// #       ^^^^^^^^^^^^^^^ invalid-step
    ///       - browser -> the app: GET /
    /// #                  ^^^^^^^ invalid-step
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// flows:
    ///   open:
    ///     steps:
    ///       - browser -> app: GET /
    /// ```
    "invalid-step": Error, Language, Minimal, since "0.1.0"
}
