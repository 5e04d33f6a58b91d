use crate::diagnostic::Diagnostic;
use crate::estimate::Subject;
use crate::rules::Case;
use crate::rules::computed::share;
use crate::rules::rule::rule;
use crate::spec::component_parts::Replicas;

rule! {
    /// A cache with less memory than the part of the data that it is to hold.
    ///
    /// ## Why
    /// A cache that is smaller than the working set throws out what is asked for next: its hit ratio falls, and the store behind it
    /// gets the difference. `hot` says which share of the records the cache is for; with their number and size the memory
    /// follows (Denning, "The Working Set Model for Program Behavior", Communications of the ACM 11, 1968).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   hot: { kind: cache, memory: 8 GB, ttl: 1 hour, eviction: lru }
    /// #                             ^^^^ cache-too-small
    ///   links: { kind: database }
    /// data:
    ///   link: { size: 1 KB, count: 100M, hot: 20%, stored_in: links, cached_in: hot }
    /// flows:
    ///   follow:
    ///     rate: 100 / s
    ///     steps:
    ///       - browser -> app: GET /{code}
    ///       - app -> hot: look up the code
    ///       - app -> links: select the link
    ///         reads: [link]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   hot: { kind: cache, memory: 24 GB, ttl: 1 hour, eviction: lru }
    ///   links: { kind: database }
    /// data:
    ///   link: { size: 1 KB, count: 100M, hot: 20%, stored_in: links, cached_in: hot }
    /// flows:
    ///   follow:
    ///     rate: 100 / s
    ///     steps:
    ///       - browser -> app: GET /{code}
    ///       - app -> hot: look up the code
    ///       - app -> links: select the link
    ///         reads: [link]
    /// ```
    "cache-too-small": Warning, Scale, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let Some(numbers) = case.computed() else { return };
    for (index, entry) in (0..).zip(&case.design.components) {
        let component = &entry.value;
        let Some(stated) = component.memory.as_ref().filter(|_| case.has(index, "caches")) else { continue };
        // Copies hold the same; shards and instances without copies hold each a part.
        let shards = component.shards.as_ref().map_or(Some(1.0), |shards| case.central(&shards.written));
        let parts = match (&component.replicas, &component.replication) {
            (Some(Replicas::Count(count)), None) => case.central(&count.written),
            (Some(Replicas::Count(_)) | None, _) => Some(1.0),
            _ => None,
        };
        let (Some(each), Some(shards), Some(parts)) = (case.central(&stated.written), shards, parts) else {
            continue;
        };
        let needed = numbers.component(index, "memory");
        let there = each * shards * parts;
        if !needed.is_finite() || needed <= there * 1.001 {
            continue;
        }
        let name = entry.name.text;
        let message = format!(
            "`{name}` is to hold {} and has {}: {} of it",
            numbers.size(needed),
            numbers.size(there),
            share(there / needed)
        );
        let mut finding = RULE.finding(stated.span(), message);
        for (data, entry) in (0..).zip(&case.design.data) {
            let is_held = entry.value.cached_in.iter().any(|store| store.text == name);
            if let (true, Some(hot)) = (is_held, &entry.value.hot) {
                let of = |name: &str| numbers.of(Subject::Data(data), name);
                let share = case.central(&hot.written).unwrap_or(f64::NAN);
                let size = numbers.size(of("records") * of("size") * share);
                finding =
                    finding.related(hot.span(), format!("this part of `{}` is {size}", entry.name.text));
            }
        }
        let more = (needed / there * shards).ceil();
        let memory = numbers.size(needed / (shards * parts));
        let help =
            format!("write `memory: {memory}` or more, `shards: {more}`, or hold less with a smaller `hot`");
        out.push(finding.help(help));
    }
}
