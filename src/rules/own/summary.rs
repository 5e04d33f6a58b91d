//! What a rule of the project's own demands, in a sentence made from what it says.

use crate::spec::own_rule::OwnRule;
use crate::spec::values::Name;

/// The sentence; a rule that demands nothing has none.
pub(super) fn of(rule: &OwnRule<'_>) -> Option<String> {
    let what = rule.find.map_or("what it looks at", |find| find.value.word());
    let some = if rule.only.is_some() { "some " } else { "" };
    let mut parts = Vec::new();
    if !rule.needs.is_empty() {
        parts.push(format!("{some}{what} need {}", quoted(&rule.needs)));
    }
    for entry in rule.allowed.iter() {
        let values: Vec<String> = entry.value.iter().map(|value| format!("`{}`", value.text)).collect();
        let values = if values.is_empty() { "nothing".to_owned() } else { values.join(", ") };
        parts.push(format!("`{}` of {some}{what} may be {values}", entry.name.text));
    }
    if let Some(check) = &rule.check {
        parts.push(format!("{some}{what} keep `{}`", check.node.text()));
    }
    if let Some(depth) = &rule.depth {
        parts.push(format!(
            "in {some}{what}, at most {} calls wait for each other",
            depth.written.node.text()
        ));
    }
    if rule.forbid.is_some() {
        parts.push("some connections are forbidden".to_owned());
    }
    let text = parts.join("; ");
    let mut signs = text.chars();
    let first = signs.next()?;
    Some(format!("{}{}.", first.to_uppercase(), signs.as_str()))
}

fn quoted(names: &[Name<'_>]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{}`", name.text)).collect();
    names.join(", ")
}
