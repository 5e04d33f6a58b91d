//! The words of a rule, with what stands for their placeholders.

use super::{elements, invalid};
use crate::diagnostic::Diagnostic;
use crate::spec::own_rule::OwnRule;
use crate::spec::values::Text;
use std::ops::Range;

/// The placeholders of a text, without their braces, and where each stands with them.
fn placeholders(text: &str) -> Vec<(&str, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(begin) = text.get(at..).and_then(|rest| rest.find('{')).map(|begin| at + begin) {
        let inner = text.get(begin + 1..).unwrap_or_default();
        let Some(length) = inner.find(['{', '}']) else { break };
        let end = begin + 1 + length;
        if inner.as_bytes().get(length) == Some(&b'{') {
            at = end;
            continue;
        }
        found.push((text.get(begin + 1..end).unwrap_or_default().trim(), begin..end + 1));
        at = end + 1;
    }
    found
}

/// The text with what stands for its placeholders.
pub(super) fn filled(text: &str, fill: &dyn Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut at = 0;
    for (name, range) in placeholders(text) {
        filled.push_str(text.get(at..range.start).unwrap_or_default());
        match fill(name) {
            Some(value) => filled.push_str(&value),
            None => filled.push_str(text.get(range.clone()).unwrap_or_default()),
        }
        at = range.end;
    }
    filled.push_str(text.get(at..).unwrap_or_default());
    filled
}

/// Reports placeholders for which nothing ever stands.
pub(super) fn review(rule: &OwnRule<'_>, out: &mut Vec<Diagnostic>) {
    let mut known: Vec<&str> = match &rule.forbid {
        Some(_) => vec!["from", "to"],
        None => vec!["id"],
    };
    if !rule.needs.is_empty() || !rule.allowed.is_empty() {
        known.push("key");
    }
    if !rule.allowed.is_empty() {
        known.push("value");
    }
    if rule.depth.is_some() {
        known.push("depth");
    }
    if let (Some(find), true) = (rule.find, rule.check.is_some()) {
        let plain = elements::addresses(find.value).iter().filter(|address| address.argument.is_none());
        known.extend(plain.map(|address| address.name));
    }
    let texts: [Option<Text<'_>>; 2] = [rule.message, rule.help];
    for text in texts.into_iter().flatten() {
        for (name, range) in placeholders(text.text).into_iter().filter(|(name, _)| !known.contains(name)) {
            let message = format!("nothing stands for `{{{name}}}` in this rule");
            let help = match crate::suggest::closest(name, known.iter().copied()) {
                Some(near) => format!("did you mean `{{{near}}}`?"),
                None => {
                    format!("what may stand in braces here: {}", known.get(..9).unwrap_or(&known).join(", "))
                }
            };
            out.push(invalid(text.subspan(range), message, help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_and_other_braces_stay() {
        let fill = |name: &str| (name == "id").then(|| "app".to_owned());
        let check = |text: &str, expected: &str| assert_eq!(filled(text, &fill), expected);
        check("{id} is {id}", "app is app");
        check("{ id }!", "app!");
        check("{other} {", "{other} {");
        check("{{id}}", "{app}");
        check("ä{id}ü}", "äappü}");
        check("", "");
    }
}
