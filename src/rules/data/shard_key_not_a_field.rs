use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::security::support::kept_in;
use crate::suggest::closest;

rule! {
    /// A shard key that is no field of anything in the store.
    ///
    /// ## Why
    /// The key decides which shard a record is on, so the record must have it: without it every read has to ask all shards.
    /// A name that was changed in one place and not in the other is the usual cause (Kleppmann, *Designing Data-Intensive
    /// Applications*, chapter 6).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: carts }
    ///   carts: { kind: key_value_store, shards: 8, shard_key: customer }
    /// #                                                       ^^^^^^^^ shard-key-not-a-field
    /// data:
    ///   cart: { fields: { session: "uuid, key", items: "list(int64)" }, stored_in: carts }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: carts }
    ///   carts: { kind: key_value_store, shards: 8, shard_key: session }
    /// data:
    ///   cart: { fields: { session: "uuid, key", items: "list(int64)" }, stored_in: carts }
    /// ```
    "shard-key-not-a-field": Warning, Data, Recommended, on Scalability, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let has_shard_key = case.design.components.iter().any(|entry| entry.value.shard_key.is_some());
    if !case.is_sound || !has_shard_key {
        return;
    }
    for (entry, kept) in case.design.components.iter().zip(kept_in(case, false)) {
        let Some(key) = entry.value.shard_key else { continue };
        let data: Vec<_> = kept.iter().filter_map(|data| case.design.data.get(*data as usize)).collect();
        // Whatever does not list its fields may have the key among them.
        if data.is_empty() || data.iter().any(|data| data.value.fields.is_empty()) {
            continue;
        }
        let fields = || data.iter().flat_map(|data| data.value.fields.iter()).map(|field| field.name.text);
        // A key may be made of several fields, and be described in words.
        let mut words = key.text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
        if words.any(|word| fields().any(|field| field == word)) {
            continue;
        }
        let names: Vec<&str> = data.iter().map(|data| data.name.text).take(3).collect();
        let store = entry.name.text;
        let message = format!("`{}` is no field of what `{store}` keeps ({})", key.text, names.join(", "));
        let help = match closest(key.text, fields()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                let fields: Vec<&str> = fields().take(8).collect();
                format!("name one of the fields: {}", fields.join(", "))
            }
        };
        let mut finding = RULE.finding(key.span(), message).help(help);
        if let Some(first) = data.first() {
            finding = finding.related(first.name.span, format!("kept in `{store}`"));
        }
        out.push(finding);
    }
}
