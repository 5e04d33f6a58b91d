use crate::rules::rule::rule;

rule! {
    /// Amounts in two currencies.
    ///
    /// ## Why
    /// Costs are added up. Exchange rates change every day and the program does not know them, so all amounts of a design
    /// are in one currency.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service, price: $70 / month }
    ///   links: { kind: database, price: 180 € / month }
    /// #                                 ^^^^^^^^^^^^^ mixed-currencies
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service, price: $70 / month }
    ///   links: { kind: database, price: $200 / month }
    /// ```
    "mixed-currencies": Error, Language, Minimal, since "0.1.0"
}
