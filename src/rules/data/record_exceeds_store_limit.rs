use crate::catalog::Owner;
use crate::diagnostic::Diagnostic;
use crate::model::assumptions::Scope;
use crate::model::names::Space;
use crate::quantity::{self, Currency, Dimension};
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::security::support::role;

rule! {
    /// Records that are larger than the largest one that their store takes.
    ///
    /// ## Why
    /// It is not slow, it is refused: the limit is in the documentation of the technology, and the source of the number is
    /// shown by `sysdesign kinds`. Amazon DynamoDB takes items up to 400 KB, MongoDB documents up to 16 MB, and
    /// Memcached values up to 1 MB unless it is told otherwise.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: notes }
    ///   notes: { kind: key_value_store, tech: dynamodb }
    /// data:
    ///   note: { size: 1 MB, stored_in: notes }
    /// #               ^^^^ record-exceeds-store-limit
    /// #                                ^^^^^ media-without-object-store
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: notes }
    ///   notes: { kind: key_value_store, tech: dynamodb }
    /// data:
    ///   note: { size: 100 KB, stored_in: notes }
    /// ```
    "record-exceeds-store-limit": Error, Data, Recommended, on Scalability, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let scope = Scope::new(&case.names, &case.assumed);
    for entry in &case.design.data {
        let Some(size) = &entry.value.size else { continue };
        let Some(bytes) = case.central(&size.written) else { continue };
        for place in entry.value.stored_in.iter().chain(entry.value.cached_in.iter()) {
            let Some(index) = case.names.find(Space::Component, place.text) else { continue };
            let role = role(case, index);
            let Some(technology) = role.technology else { continue };
            // Brokers carry messages, everything else keeps items.
            let name = if role.has("buffers") { "message_size" } else { "item_size" };
            let Some(number) = case.catalog.number(Owner::Technology(technology), name) else { continue };
            let Some(most) = number.value.central(&scope).ok() else { continue };
            // Just above it may be a question of rounding, or of KB and KiB.
            if bytes <= most * 1.05 {
                continue;
            }
            let shown = quantity::format(bytes, Dimension::DATA, Currency::Usd);
            let data = entry.name.text;
            let mut finding = RULE
                .finding(
                    size.span(),
                    format!("one `{data}` is {shown}, and {} takes at most {}", technology.name, number.text),
                )
                .related(place.span, "kept here")
                .help("keep the large part in a store for files, and its address in the record");
            if let Some(source) = number.source {
                finding = finding.label(format!("more than {}: {}", number.text, source.title));
            }
            out.push(finding);
            break;
        }
    }
}
