use crate::rules::rule::rule;

rule! {
    /// A character in the text that is not for reading but for steering a terminal or printer.
    ///
    /// ## Why
    /// Editors do not show such characters and terminals obey them: they can hide text, or make it look different from
    /// what it says. They come in with copied text.
    ///
    /// ## Example
    /// In this example, `␛` stands for the character ESC.
    /// ```yaml
    /// components:
    ///   app: { kind: service, description: "Serves ␛[31mpages" }
    /// #                                            ^ control-character
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service, description: "Serves pages" }
    /// ```
    "control-character": Error, Language, Minimal, since "0.1.0"
}
