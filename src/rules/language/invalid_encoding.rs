use crate::rules::rule::rule;

rule! {
    /// A file that is not text in UTF-8.
    ///
    /// ## Why
    /// In another encoding the same bytes are other letters, and guessing would put wrong names into the design. The
    /// message names the encoding, if it can be told, and the command that converts the file.
    ///
    /// ## Example
    /// In this example, `�` stands for the byte 0xFC: the letter `ü` as older programs save it.
    /// ```yaml
    /// components:
    ///   app: { kind: service, description: Liefert Seiten f�r alle }
    /// #                                                    ^ invalid-encoding
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service, description: Liefert Seiten für alle }
    /// ```
    "invalid-encoding": Error, Language, Minimal, since "0.1.0"
}
