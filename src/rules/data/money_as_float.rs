use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// An amount of money in a binary floating-point number.
    ///
    /// ## Why
    /// Ten cents have no exact value in binary, so sums are off by a cent and do not equal what the customer was shown
    /// (Bloch, *Effective Java*, third edition, item 60: avoid `float` and `double` if exact answers are required; IEEE 754
    /// has decimal formats for this reason).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: store }
    ///   store: { kind: database }
    /// data:
    ///   item: { fields: { id: "uuid, key", price: float }, stored_in: store }
    /// #                                    ^^^^^ money-as-float
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: store }
    ///   store: { kind: database }
    /// data:
    ///   item: { fields: { id: "uuid, key", price: money }, stored_in: store }
    /// ```
    ///
    /// ## Known false positives
    /// Prices that are only estimated, as in simulations.
    "money-as-float": Warning, Data, Recommended, on Consistency, since "0.2.0", check
}

/// The last word of a name that speaks of money.
const MONEY: [&str; 8] = ["price", "money", "balance", "salary", "fee", "subtotal", "vat", "revenue"];

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for entry in &case.design.data {
        for field in &entry.value.fields {
            let Some(kind @ ("float" | "float32" | "float64")) = field.value.kind else { continue };
            let name = field.name.text;
            let is_money = |word: &str| {
                name.strip_suffix(word).is_some_and(|before| before.is_empty() || before.ends_with('_'))
            };
            if !MONEY.iter().any(|word| is_money(word)) {
                continue;
            }
            let message = format!("`{name}` is money, and a `{kind}` cannot hold it exactly");
            let help = format!("write `{name}: money`, or count the smallest unit: `{name}_cents: int64`");
            out.push(RULE.finding(field.name.span, message).help(help));
        }
    }
}
