use super::support::{self, Walk};
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::hops;
use crate::rules::rule::rule;
use crate::spec::component_parts::{Acknowledge, Consistency, ReplicationMode};
use std::collections::BTreeSet;

rule! {
    /// Somebody who writes and reads it back at once, and may get what was there before.
    ///
    /// ## Why
    /// People forgive old data of others, but not that what they have just saved is gone again. A read after a write must go where the write
    /// went, or the copy has to be renewed or dropped in between (Terry et al., *Session Guarantees for Weakly Consistent Replicated Data*,
    /// PDIS 1994; Kleppmann, *Designing Data-Intensive Applications*, 2017, chapter 5, "Reading your own writes").
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, read-your-writes-broken: warning }
    /// data:
    ///   profile: { size: 1 KB, stored_in: profiles, cached_in: hot }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   hot: { kind: cache, ttl: 1 minute }
    ///   profiles: { kind: database }
    /// flows:
    ///   save:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: PUT /profile
    ///       - app -> profiles: update
    ///         writes: [profile]
    ///       - app -> hot: show what was saved
    /// #              ^^^ read-your-writes-broken
    ///         reads: [profile]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, read-your-writes-broken: warning }
    /// data:
    ///   profile: { size: 1 KB, stored_in: profiles, cached_in: hot }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   hot: { kind: cache, ttl: 1 minute }
    ///   profiles: { kind: database }
    /// flows:
    ///   save:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: PUT /profile
    ///       - app -> profiles: update
    ///         writes: [profile]
    ///       - app -> profiles: show what was saved
    ///         reads: [profile]
    /// ```
    "read-your-writes-broken": Warning, Consistency, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound || case.design.data.entries.is_empty() {
        return;
    }
    let walk = Walk::new(case);
    let mut told = BTreeSet::new();
    for ((data, reads), entry) in walk.reads.iter().enumerate().zip(&case.design.data) {
        let Some(writes) = walk.writes.get(data) else { continue };
        for read in reads {
            let wanted = read.call.step.consistency;
            let is_asked = wanted.filter(|wanted| wanted.value == Consistency::ReadYourWrites);
            let span = is_asked.map_or_else(|| hops::span(case, read.call), |wanted| wanted.span);
            // Writes are in the order of the flows.
            let own =
                writes.get(writes.partition_point(|write| write.flow < read.flow)..).unwrap_or_default();
            let before = own.iter().take_while(|write| write.flow == read.flow).find(|write| {
                // What tells the cache in the same flow has seen to it.
                let is_told = write.call.to != read.call.to && walk.tells(read.flow, read.call.to);
                write.order < read.order && write.call.waits && !is_told
            });
            let hop = walk.weakest(case, data, read);
            let lag = before
                .filter(|_| wanted.is_none())
                .and_then(|write| follows(case, write.call.to, read.call.to));
            let text = match (&hop, lag) {
                (Some(hop), _)
                    if (is_asked.is_some() || before.is_some()) && support::rank(hop.gives) < 3 =>
                {
                    hop.text.clone()
                }
                (None, Some(text)) => text,
                _ => continue,
            };
            if !told.insert(span) {
                continue;
            }
            let flow = case.design.flows.get(read.flow as usize).map_or("", |entry| entry.name.text);
            let message = format!("`{flow}` may not see the `{}` it has written: {text}", entry.name.text);
            let mut finding = RULE.finding(span, message);
            if let Some(write) = before {
                finding = finding.related(hops::span(case, write.call), "written here before");
            }
            let store = walk.stored.get(data).and_then(|stored| stored.first());
            let help = match store {
                Some(store) if *store != read.call.to => {
                    format!(
                        "read it from `{}`, or renew the copy after the write",
                        case.component_name(*store)
                    )
                }
                _ => "read it from the leader, and say so: `consistency: read-your-writes`".to_owned(),
            };
            out.push(finding.help(help));
        }
    }
}

/// Whether a read of a store that was just written to may go to a copy that has not got the write.
fn follows(case: &Case<'_, '_>, written: u32, read: u32) -> Option<String> {
    let component = support::component(case, read).filter(|_| written == read)?;
    let copies = support::mode(component) == Some(ReplicationMode::LeaderFollower);
    let late = matches!(support::sync(component), Some(Acknowledge::Async | Acknowledge::SemiSync));
    let weak = component.consistency.is_some_and(|it| support::rank(it.value) < 3);
    (copies && late && weak)
        .then(|| format!("a follower of `{}` may answer that has not got it yet", case.component_name(read)))
}
