use crate::rules::rule::rule;

rule! {
    /// A design that is larger or deeper than any design needs to be.
    ///
    /// ## Why
    /// Each limit is far above what people write. It is there so that a file from a stranger cannot keep the program
    /// busy for hours: 16 MiB and 2,000,000 values in a file, 64 maps and lists inside each other, 100,000 values that
    /// are repeated by aliases, 1,000 files included 64 deep, keys of 1,024 characters.
    ///
    /// ## Example
    /// ```yaml
    /// x-deep: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
    /// #                                                                      ^ limit-exceeded
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// x-flat: [[1, 2, 3], [4, 5, 6]]
    /// ```
    "limit-exceeded": Error, Language, Minimal, since "0.1.0"
}
