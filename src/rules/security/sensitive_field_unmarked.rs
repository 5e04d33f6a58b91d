use super::support::{modifier, personal};
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::data::Sensitivity;

rule! {
    /// A field whose name speaks of a person or a secret, without being marked so.
    ///
    /// ## Why
    /// Where data goes, who may see it, and how it is kept is followed by its marks. A field that everybody understands and no
    /// mark names is followed by nobody (GDPR Article 4(1) for what personal data is; CWE-522 for credentials).
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, sensitive-field-unmarked: warning }
    /// components:
    ///   app: { kind: service, uses: people }
    ///   people: { kind: database }
    /// data:
    ///   person: { fields: { id: "uuid, key", email: string(120) }, stored_in: people }
    /// #                                      ^^^^^ sensitive-field-unmarked
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, sensitive-field-unmarked: warning }
    /// components:
    ///   app: { kind: service, uses: people }
    ///   people: { kind: database }
    /// data:
    ///   person: { fields: { id: "uuid, key", email: "string(120), personal" }, stored_in: people }
    /// ```
    ///
    /// ## Known false positives
    /// It goes by names in English: the address of a shop is not about a person.
    "sensitive-field-unmarked": Warning, Security, Strict, at Design, since "0.2.0", check
}

const PERSONAL: [&str; 19] = [
    "email",
    "email_address",
    "phone",
    "phone_number",
    "mobile",
    "birthday",
    "birthdate",
    "date_of_birth",
    "born",
    "first_name",
    "last_name",
    "full_name",
    "surname",
    "passport",
    "iban",
    "ip_address",
    "ssn",
    "tax_id",
    "home_address",
];

const SECRET: [&str; 12] = [
    "password",
    "password_hash",
    "passwd",
    "api_key",
    "api_secret",
    "access_token",
    "refresh_token",
    "private_key",
    "client_secret",
    "totp_secret",
    "secret",
    "pin",
];

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for entry in &case.design.data {
        let level = entry.value.sensitivity.map(|said| said.value);
        for field in &entry.value.fields {
            let name = field.name.text;
            let is = |list: &[&str]| list.iter().any(|known| name.eq_ignore_ascii_case(known));
            let marked = |word: &str| modifier(&field.value, word).is_some();
            let word = if is(&SECRET) && !marked("secret") && level != Some(Sensitivity::Secret) {
                "secret"
            } else if is(&PERSONAL)
                && personal(&field.value).is_none()
                && !marked("secret")
                && level.is_none_or(|level| level < Sensitivity::Confidential)
            {
                "personal"
            } else {
                continue;
            };
            // What is encrypted before it is stored is not readable anyway.
            if marked("encrypted") {
                continue;
            }
            let data = entry.name.text;
            let kind = field.value.kind.unwrap_or("string");
            let length = field.value.length.map(|length| format!("({length})")).unwrap_or_default();
            out.push(
                RULE.finding(
                    field.name.span,
                    format!("`{name}` of `{data}` sounds {word}, and is not marked so"),
                )
                .help(format!("write `{name}: \"{kind}{length}, {word}\"`")),
            );
        }
    }
}
