use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::requirement::{Priority, Quality, Requirement};

rule! {
    /// A requirement of how fast, how often, how much or how dear that has no number.
    ///
    /// ## Why
    /// "Fast" is fast enough for whoever built it and too slow for whoever asked, and nobody can show who is right. ISO/IEC/IEEE
    /// 29148:2018, section 5.2.7, lists such words as ones to avoid. With a `check`, the program says whether the design
    /// keeps the promise, and what to change when it does not.
    ///
    /// Looked at are requirements of performance, availability, scalability and cost, and those whose text uses a word such as
    /// "fast" or "scalable". A number in the text is enough.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { quality-requirement-without-number: warning }
    /// requirements:
    ///   quick: { text: Pages appear without delay, quality: performance }
    /// # ^^^^^ quality-requirement-without-number
    ///   large: The system is scalable
    /// #                      ^^^^^^^^ quality-requirement-without-number
    /// components:
    ///   browser: client
    ///   app: service
    /// flows:
    ///   open: { satisfies: [quick, large], steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { quality-requirement-without-number: warning }
    /// requirements:
    ///   quick: { text: Pages appear within 300 ms, quality: performance }
    ///   large: The system carries 10 times the traffic of today
    /// components:
    ///   browser: client
    ///   app: service
    /// flows:
    ///   open: { satisfies: [quick, large], steps: ["browser -> app: GET /"] }
    /// ```
    "quality-requirement-without-number": Warning, Traceability, Recommended, at Design, since "0.2.0", check
}

/// Words that want a number and do without.
const VAGUE: &[&str] = &[
    "fast",
    "quickly",
    "performant",
    "responsive",
    "scalable",
    "highly available",
    "high availability",
    "low latency",
    "low-latency",
    "high throughput",
];

/// Numbers as people write them in sentences.
const NUMBERS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "half", "twice", "double",
    "triple", "hundred", "thousand", "million", "billion", "nines", "zero", "second", "minute", "hour",
];

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '-';
    let mut at = 0;
    text.split(move |letter| !is_part(letter)).map(move |word| {
        let begin = at;
        // What splits is one character, of which the first byte is looked at only where words begin and end.
        at += word.len()
            + text.get(at + word.len()..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        (begin, word)
    })
}

fn has_number(text: &str) -> bool {
    let is_number = |word: &str| NUMBERS.iter().any(|number| word.eq_ignore_ascii_case(number));
    text.contains(|letter: char| letter.is_ascii_digit()) || words(text).any(|(_, word)| is_number(word))
}

/// The place of a vague word in a text.
fn vague(text: &str) -> Option<std::ops::Range<usize>> {
    VAGUE.iter().find_map(|phrase| {
        words(text).map(|(at, _)| at).find_map(|at| {
            let found = text.get(at..at + phrase.len())?;
            let ends = text
                .get(at + phrase.len()..)?
                .chars()
                .next()
                .is_none_or(|next| !next.is_alphanumeric() && next != '-');
            (found.eq_ignore_ascii_case(phrase) && ends).then(|| at..at + phrase.len())
        })
    })
}

fn is_measured(requirement: &Requirement<'_>) -> bool {
    let quality = requirement.quality.map(|quality| quality.value);
    matches!(
        quality,
        Some(Quality::Performance | Quality::Availability | Quality::Scalability | Quality::Cost)
    )
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for entry in &case.design.requirements {
        let value = &entry.value;
        let is_ruled_out = value.priority.is_some_and(|priority| priority.value == Priority::Wont);
        let Some(text) = value.text.filter(|text| !has_number(text.text)) else { continue };
        if value.check.is_some() || is_ruled_out {
            continue;
        }
        let name = entry.name.text;
        let help = format!(
            "add a `check:`, such as `flows.ID.latency.p99 < 300 ms`, or a number to the text of `{name}`"
        );
        if let Some(place) = vague(text.text) {
            let word = text.text.get(place.clone()).unwrap_or_default();
            let message =
                format!("`{word}` says nothing that can be checked: the requirement `{name}` has no number");
            out.push(RULE.finding(text.subspan(place), message).help(help));
        } else if is_measured(value) {
            let message = format!("nobody can tell whether `{name}` is met, because it has no number");
            out.push(RULE.finding(entry.name.span, message).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vague_words_stand_alone_and_numbers_may_be_words() {
        assert_eq!(vague("It is fast"), Some(6..10));
        assert_eq!(
            vague("Größe zählt: Low latency"),
            Some("Größe zählt: ".len().."Größe zählt: ".len() + 11)
        );
        for text in ["Breakfast is served", "fasten it", "A fast-food shop is steadfast"] {
            assert_eq!(vague(text), None, "{text}");
        }
        assert!(has_number("within half a second") && has_number("under 5 s") && !has_number("at once"));
    }
}
