use crate::rules::rule::rule;

rule! {
    /// A field of data whose type cannot be read.
    ///
    /// ## Why
    /// From types and lengths follows how large a record is, and from that how much has to be stored and sent. A field
    /// is written as its type, in parentheses its length, and then what holds for it: `code: string(8), key`.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   links: { kind: database }
    /// data:
    ///   link:
    ///     stored_in: links
    ///     fields:
    ///       code: strng(8), key
    /// #           ^^^^^ invalid-field
    ///       url: string(2048), uniq
    /// #                        ^^^^ invalid-field
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   links: { kind: database }
    /// data:
    ///   link:
    ///     stored_in: links
    ///     fields:
    ///       code: string(8), key
    ///       url: string(2048), unique
    /// ```
    "invalid-field": Error, Language, Minimal, since "0.1.0"
}
