use super::support::role;
use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// The verification code of payment cards, in a store.
    ///
    /// ## Why
    /// The code on the back exists to prove that the card is at hand, which a stored copy disproves. It must not be kept after
    /// the authorization, not even encrypted (PCI DSS 4.0, requirement 3.3.1.2).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: cards }
    ///   cards: { kind: database }
    /// data:
    ///   card: { fields: { id: "uuid, key", number: "string(19), secret", cvv: "string(4), secret" }, stored_in: cards }
    /// #                                                                  ^^^ card-code-stored
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: { kind: service, uses: cards }
    ///   cards: { kind: database }
    /// data:
    ///   card: { fields: { id: "uuid, key", token: "string(60), secret" }, stored_in: cards }
    /// ```
    "card-code-stored": Error, Security, Minimal, since "0.2.0", check
}

const CODES: [&str; 8] =
    ["cvv", "cvv2", "cvc", "cvc2", "card_cvv", "card_cvc", "card_verification_code", "card_security_code"];

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for entry in &case.design.data {
        let store = entry.value.stored_in.iter().find(|place| {
            let found = case.names.find(Space::Component, place.text);
            // Those who process payments for others have rules of their own.
            found.is_some_and(|found| {
                role(case, found).has("holds_state") && !role(case, found).has("external")
            })
        });
        let Some(store) = store else { continue };
        for field in &entry.value.fields {
            if !CODES.iter().any(|code| field.name.text.eq_ignore_ascii_case(code)) {
                continue;
            }
            let (name, place) = (field.name.text, store.text);
            out.push(
                RULE.finding(
                    field.name.span,
                    format!("`{name}`, the code of a payment card, is stored in `{place}`"),
                )
                .related(store.span, "stored here")
                .help(format!(
                    "take `{name}` out: keep the token that the payment provider gives for the card"
                )),
            );
        }
    }
}
