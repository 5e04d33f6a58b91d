use crate::rules::rule::rule;

rule! {
    /// A feature of YAML that a design may not use.
    ///
    /// ## Why
    /// Tags, directives, merge keys (`<<`), several documents in one file and keys that are no plain names mean
    /// different things to different programs, and a reader has to look elsewhere to know what stands here. A design
    /// says everything where it belongs.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service, description: !!str 404 }
    /// #                                    ^^^^^ yaml-not-supported
    /// ```
    /// ```yaml
    /// x-usual: &usual { replicas: 2 }
    /// components:
    ///   app: { <<: *usual, kind: service }
    /// #        ^^ yaml-not-supported
    /// ```
    /// ```yaml
    /// components:
    ///   app: { kind: service }
    /// ---
    /// ^^^ yaml-not-supported
    /// sysdesign: 1
    /// name: Another system
    /// ```
    ///
    /// ## Instead
    /// Quotes make a text of anything. An alias may repeat a whole value. A second design is written into a second
    /// file; a part of the same design is named under `include:`.
    /// ```yaml
    /// x-usual: &usual 2
    /// components:
    ///   app: { kind: service, description: "404", replicas: *usual }
    /// ```
    "yaml-not-supported": Error, Language, Minimal, since "0.1.0"
}
