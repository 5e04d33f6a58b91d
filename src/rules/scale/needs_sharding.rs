use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;

use super::support::{Disks, keeps_for_ever};

rule! {
    /// A store that keeps more at the horizon than the disks of its instances hold.
    ///
    /// ## Why
    /// Data does not stop at the edge of a disk. Copies do not help, as each holds everything: beyond what one machine holds,
    /// the data has to be partitioned, and a key for that is far easier to choose before there is data than after
    /// (Kleppmann, Designing Data-Intensive Applications, chapter 6).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   events: { kind: document_store, storage: 8 TB }
    /// #                                          ^^^^ needs-sharding
    /// data:
    ///   event: { size: 1 KB, retention: 1 year, stored_in: events }
    /// flows:
    ///   note:
    ///     rate: 1000 / s
    ///     steps:
    ///       - browser -> app: POST /events
    ///       - app -> events: insert
    ///         writes: [event]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   events: { kind: document_store, storage: 8 TB, shards: 4, shard_key: id }
    /// data:
    ///   event: { size: 1 KB, retention: 1 year, stored_in: events }
    /// flows:
    ///   note:
    ///     rate: 1000 / s
    ///     steps:
    ///       - browser -> app: POST /events
    ///       - app -> events: insert
    ///         writes: [event]
    /// ```
    "needs-sharding": Error, Scale, Minimal, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if case.is_moment {
        return;
    }
    let Some(numbers) = case.computed() else { return };
    let for_ever = keeps_for_ever(case);
    for (index, entry) in (0..).zip(&case.design.components) {
        let Some(disks) = Disks::of(case, numbers, index) else { continue };
        let kept = numbers.component(index, "storage");
        // What fills up for ever has its own rule.
        if !kept.is_finite() || kept <= disks.room * 1.001 || for_ever.contains_key(&index) {
            continue;
        }
        let name = entry.name.text;
        let copies = if disks.copies > 1.0 {
            format!(", in {} copies,", numbers.count(disks.copies))
        } else {
            String::new()
        };
        let message = format!(
            "`{name}` is to keep {}{copies} and its {} have room for {}",
            numbers.size(kept),
            disks.shown(numbers),
            numbers.size(disks.room)
        );
        let mut finding = RULE.finding(disks.span, message);
        let stored =
            case.design.data.iter().filter(|data| data.value.stored_in.iter().any(|to| to.text == name));
        let size = |data: &str| {
            let index = case.names.find(Space::Data, data)?;
            Some(numbers.of(crate::estimate::Subject::Data(index), "storage")).filter(|size| size.is_finite())
        };
        let largest =
            stored.filter_map(|data| Some((data, size(data.name.text)?))).max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((data, size)) = largest {
            let text = format!("`{}` alone comes to {}", data.name.text, numbers.size(size));
            finding = finding.related(data.name.span, text);
        }
        let needed = (kept / disks.each).ceil();
        let help = match disks.spreads {
            true => {
                format!("write `replicas: {needed}` on `components.{name}`, over which the data is spread")
            }
            false => {
                let shards = (kept / (disks.each * disks.copies)).ceil();
                format!(
                    "write `shards: {shards}` and a `shard_key` on `components.{name}`, or keep less with a shorter `retention`"
                )
            }
        };
        out.push(finding.help(help));
    }
}
