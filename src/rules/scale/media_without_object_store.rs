use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::quantity::{Currency, Dimension, format};
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// Records of a megabyte and more in a store that is not made for files.
    ///
    /// ## Why
    /// Databases copy what they store: into the log, to the followers, into backups, through the memory that other queries need.
    /// Pictures, videos and archives cost a multiple there of what an object store takes, which also hands them out without
    /// any server in between (Sears, van Ingen and Gray, "To BLOB or Not To BLOB", Microsoft Research, 2006: from one megabyte on
    /// files win clearly).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   store: { kind: database }
    /// data:
    ///   video: { size: 50 MB, stored_in: store }
    /// #                                  ^^^^^ media-without-object-store
    /// flows:
    ///   upload:
    ///     steps:
    ///       - browser -> app: POST /videos
    ///       - app -> store: insert
    ///         writes: [video]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   store: { kind: object_store }
    /// data:
    ///   video: { size: 50 MB, stored_in: store }
    /// flows:
    ///   upload:
    ///     steps:
    ///       - browser -> app: POST /videos
    ///       - app -> store: put
    ///         writes: [video]
    /// ```
    "media-without-object-store": Warning, Scale, Recommended, since "0.2.0", check
}

const LARGE: f64 = 1e6;

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for entry in &case.design.data {
        let size = entry.value.size.as_ref().and_then(|size| case.central(&size.written));
        let Some(size) = size.filter(|size| *size >= LARGE) else { continue };
        for store in &entry.value.stored_in {
            let Some(index) = case.names.find(Space::Component, store.text) else { continue };
            let is_query = case.has(index, "answers_queries") && case.has(index, "durable");
            if !is_query || case.has(index, "stores_blobs") {
                continue;
            }
            let shown = format(size, Dimension::DATA, Currency::Usd);
            let message =
                format!("each `{}` is {shown}, and `{}` is not made for files", entry.name.text, store.text);
            let kinds: Vec<&str> = case.catalog.kinds_with("stores_blobs").map(|kind| kind.id).collect();
            let help = format!(
                "keep the content in a component that is made for it (`kind: {}`), and its address in `{}`",
                kinds
                    .iter()
                    .find(|kind| kind.contains("object"))
                    .or(kinds.first())
                    .copied()
                    .unwrap_or_default(),
                store.text
            );
            out.push(RULE.finding(store.span, message).help(help));
        }
    }
}
