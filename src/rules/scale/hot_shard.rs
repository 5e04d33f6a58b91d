use crate::diagnostic::Diagnostic;
use crate::numerics::caching::zipf_ideal;
use crate::rules::computed::share;
use crate::rules::rule::rule;
use crate::rules::{Case, Numbers, cause};

rule! {
    /// A shard that its most wanted record alone overloads, while the others have room.
    ///
    /// ## Why
    /// A hash spreads keys evenly, not requests: all requests for one record go to one shard, however many there are. By Zipf's
    /// law, which `skew` is the exponent of, the first record gets a share that hardly falls with the number of records; with
    /// enough traffic that share alone is more than one shard can serve (Kleppmann, Designing Data-Intensive Applications,
    /// chapter 6, "Skewed Workloads and Relieving Hot Spots").
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   posts: { kind: document_store, shards: 20, shard_key: id, capacity: 5k rps }
    /// #                                ^^^^^^ hot-shard
    /// data:
    ///   post: { size: 1 KB, count: 1M, skew: 1.1, stored_in: posts }
    /// flows:
    ///   look:
    ///     rate: 50k / s
    ///     steps:
    ///       - browser -> app: GET /posts/{id}
    ///       - app -> posts: select
    ///         reads: [post]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   posts: { kind: document_store, shards: 20, shard_key: id, capacity: 5k rps }
    /// data:
    ///   post: { size: 1 KB, count: 1M, skew: 0.6, stored_in: posts }
    /// flows:
    ///   look:
    ///     rate: 50k / s
    ///     steps:
    ///       - browser -> app: GET /posts/{id}
    ///       - app -> posts: select
    ///         reads: [post]
    /// ```
    "hot-shard": Warning, Scale, Recommended, since "0.2.0", check
}

fn judge(case: &Case<'_, '_>, numbers: &Numbers<'_, '_>, index: u32) -> Option<Diagnostic> {
    let component = case.component(index)?;
    let shards = component.shards.as_ref().filter(|_| !case.has(index, "delivers_messages"))?;
    let shards = case.central(&shards.written).filter(|shards| *shards >= 2.0)?;
    let name = case.component_name(index);
    let held = |data: &crate::spec::data::Data<'_>| {
        data.stored_in.iter().chain(data.cached_in.iter()).any(|store| store.text == name)
    };
    let mut all = case.design.data.iter().filter(|entry| held(&entry.value));
    // With several kinds of data nobody knows which of them is asked for how often.
    let (entry, None) = (all.next()?, all.next()) else { return None };
    let skew = entry.value.skew.as_ref()?;
    let records = case.central(&entry.value.count.as_ref()?.written)?;
    let first = zipf_ideal(records, case.central(&skew.written)?, 1.0);
    let load = numbers.component(index, "load.peak");
    let each = numbers.component(index, "capacity") / shards;
    let hottest = load * (first + (1.0 - first) / shards);
    // What is overloaded as a whole has its own rule.
    if !hottest.is_finite() || hottest < each || load >= each * shards {
        return None;
    }
    let span = cause::fact(case, index, &["shards"])?;
    let message = format!(
        "the most wanted `{}` gets {} of the requests: its shard of `{name}` gets {} at peak and can serve {}",
        entry.name.text,
        share(first),
        numbers.rate(hottest),
        numbers.rate(each)
    );
    let help = "put a cache before the store for the few most wanted records, or spread each of them over several keys";
    Some(RULE.finding(span, message).related(skew.span(), "records are asked for this unequally").help(help))
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound || !case.design.data.iter().any(|entry| entry.value.skew.is_some()) {
        return;
    }
    let Some(numbers) = case.computed() else { return };
    let sharded = (0..).zip(&case.design.components).filter(|(_, entry)| entry.value.shards.is_some());
    out.extend(sharded.filter_map(|(index, _)| judge(case, numbers, index)));
}
