//! Every label in every position of every kind of picture: the text around it stays what it is for a plain label, and what
//! stands for it says the label and nothing else.

use crate::corpus::{labels, pictures, visible};
use sysdesign::diagrams::mermaid::{self, Theme};
use sysdesign::diagrams::picture::Picture;
use sysdesign::diagrams::{d2, dot, plantuml};

/// A label that no format has to change.
const PLAIN: &str = "plainword";

/// Takes a line apart by the line with a plain label. Gives what stands at the places of the label, or nothing when the
/// lines differ elsewhere.
fn parts<'l>(line: &'l str, plain: &str) -> Option<Vec<&'l str>> {
    let around: Vec<&str> = plain.split(PLAIN).collect();
    let mut rest = line.strip_prefix(around[0])?;
    let mut found = Vec::new();
    for (number, after) in around.iter().enumerate().skip(1) {
        let is_last = number + 1 == around.len();
        let at = if is_last { rest.len().checked_sub(after.len())? } else { rest.find(after)? };
        // The same text around a label may be part of it; then the label is found by its length.
        found.push(rest.get(..at)?);
        rest = rest.get(at..)?.strip_prefix(after)?;
    }
    rest.is_empty().then_some(found)
}

/// The text that a written label shows; `None` when something in it could be a command.
fn decoded(written: &str, lines_as: &str) -> Option<String> {
    let written = written.replace("<br/>", lines_as);
    let mut text = String::new();
    let mut rest = written.as_str();
    while let Some(sign) = rest.chars().next() {
        if let Some(code) = rest.strip_prefix('#') {
            let (number, after) = code.split_once(';')?;
            text.push(char::from_u32(number.parse().ok()?)?);
            rest = after;
            continue;
        }
        if "\"&<>`\\$%:;*_~@".contains(sign) || sign.is_control() {
            return None;
        }
        text.push(sign);
        rest = &rest[sign.len_utf8()..];
    }
    let lower = written.to_lowercase();
    let is_way =
        |rest: &str| ["tb", "bt", "rl", "lr", "td"].iter().any(|way| rest.trim_start().starts_with(way));
    let is_command = lower.match_indices("direction").any(|(at, word)| is_way(&lower[at + word.len()..]));
    (!is_command).then_some(text)
}

/// The lines of Mermaid without its front matter, which is checked on its own.
fn body(text: &str) -> Vec<&str> {
    let lines: Vec<&str> = text.lines().collect();
    let end = lines.iter().skip(1).position(|line| *line == "---").map_or(0, |at| at + 2);
    lines[end..].to_vec()
}

fn plain(picture: usize) -> Picture {
    pictures(&[PLAIN, "other"], PLAIN).remove(picture)
}

#[test]
fn every_label_comes_through_in_every_position_of_mermaid() {
    let names: Vec<String> = pictures(&["a", "b"], "a").into_iter().map(|picture| picture.name).collect();
    for (index, name) in names.iter().enumerate() {
        if matches!(name.as_str(), "sankey" | "table") {
            continue;
        }
        let expected_text = mermaid::write(&plain(index), Theme::Adaptive).text;
        let expected = body(&expected_text);
        // Where a label says nothing, a position may be left out; that Mermaid draws those too is tested with it.
        for label in labels().into_iter().filter(|label| visible(label) != "…") {
            let picture = pictures(&[&label, "other"], &label).remove(index);
            let text = mermaid::write(&picture, Theme::Adaptive).text;
            let lines = body(&text);
            let wraps = name == "sequence";
            assert_eq!(lines.len(), expected.len(), "{name} with {label:?}:\n{text}");
            for (line, plain) in lines.iter().zip(&expected) {
                let plain_shown = decoded_line(plain).unwrap_or_else(|| (*plain).to_owned());
                if !plain_shown.contains(PLAIN) {
                    assert_eq!(line, plain, "{name} with {label:?}");
                    continue;
                }
                let is_note = wraps && plain.contains("note over");
                let is_single = plain_shown.matches(PLAIN).count() == 1 && plain.contains(PLAIN);
                if !is_single && !is_note {
                    // Several in one line: what is around them is compared with all of them decoded.
                    let shown = decoded_line(line);
                    let wanted = plain_shown.replace(PLAIN, &visible(&label));
                    // An attribute's type is a word of its grammar.
                    let is_attribute = name == "entities" && line.starts_with("    ");
                    // Blanks at the ends are left out; three long labels do not fit on a line.
                    let bare = |text: &str| text.split_whitespace().collect::<String>();
                    let is_cut = label.len() > 80 && line.contains('…');
                    let is_same =
                        shown.as_deref().is_some_and(|shown| is_cut || bare(shown) == bare(&wanted));
                    assert!(is_same || is_attribute, "{name}, {label:?}:\n{line}\n{shown:?}\n{wanted}");
                    continue;
                }
                let Some(found) = parts(line, plain.split("<br/>plainword").next().unwrap()) else {
                    panic!("{name} with {label:?}: the line differs around the label\n{line}\n{plain}");
                };
                for written in found {
                    let shown =
                        decoded(written, " ").unwrap_or_else(|| panic!("{name}, {label:?}: {written}"));
                    let wanted = visible(&label);
                    let is_same = shown == wanted || (is_note && shown == format!("{wanted} {wanted}"));
                    assert!(is_same, "{name}, {label:?}: shows {shown:?}\n{line}");
                }
            }
        }
    }
}

/// A whole line with all codes as what they stand for; `None` when a code is broken.
fn decoded_line(line: &str) -> Option<String> {
    let mut text = String::new();
    let mut rest = line;
    while let Some(at) = rest.find('#') {
        text.push_str(&rest[..at]);
        let (number, after) = rest[at + 1..].split_once(';')?;
        text.push(char::from_u32(number.parse().ok()?)?);
        rest = after;
    }
    text.push_str(rest);
    Some(text)
}

#[test]
fn titles_are_texts_of_yaml() {
    for label in labels() {
        for picture in pictures(&[&label, "other"], &label) {
            if picture.name == "table" {
                continue;
            }
            let text = mermaid::write(&picture, Theme::Adaptive).text;
            let matter = text.strip_prefix("---\n").unwrap().split("\n---\n").next().unwrap();
            let title = matter.lines().next().unwrap().strip_prefix("title: ").unwrap();
            let shown: String =
                serde_json::from_str(title).unwrap_or_else(|why| panic!("{label:?}: {title}: {why}"));
            let alike: String = visible(&label)
                .chars()
                .map(|sign| match sign {
                    '<' => '‹',
                    '>' => '›',
                    '&' => '＆',
                    '=' => '＝',
                    '#' => '＃',
                    other => other,
                })
                .collect();
            let alike = if alike == "…" && !label.contains('…') { String::new() } else { alike };
            assert_eq!(shown, alike, "{label:?}");
            assert!(
                matter.lines().skip(1).all(|line| line.starts_with("config:") || line.starts_with("  ")),
                "{matter}"
            );
        }
    }
}

#[test]
fn amounts_that_flow_are_rows_of_three_in_ascii() {
    for label in labels() {
        let picture = pictures(&[&label, "other"], "title").remove(6);
        let text = mermaid::write(&picture, Theme::Adaptive).text;
        let lines = body(&text);
        assert_eq!(lines.len(), 4, "{label:?}: {text}");
        for line in &lines[2..] {
            assert!(line.is_ascii() && !line.contains(['<', '>', '&', '#', ';', '%']), "{line}");
            let quoted = line.replace("\"\"", "'");
            assert_eq!(quoted.matches('"').count(), 4, "{label:?}: {line}");
            assert!(line.ends_with("\",\"z\",5"), "{line}");
        }
    }
}

#[test]
fn tables_keep_their_cells() {
    for label in labels() {
        let picture = pictures(&[&label, "other"], "title").remove(12);
        let written = mermaid::write(&picture, Theme::Adaptive);
        assert!(written.is_markdown);
        let lines: Vec<&str> = written.text.lines().collect();
        assert_eq!(lines.len(), 4, "{label:?}: {}", written.text);
        for line in lines {
            let bars = line.replace("\\\\", "").replace("\\|", "").matches('|').count();
            assert_eq!(bars, 3, "{label:?}: {line}");
            assert!(
                !line.contains('<') && !line.replace("\\]", "").contains("](") && !line.contains("://"),
                "{line}"
            );
            assert!(!line.replace("\\`", "").contains('`'), "{line}");
        }
    }
}

#[test]
fn other_formats_keep_their_statements() {
    type Write = fn(&Picture, Theme) -> Option<String>;
    let formats: [(&str, Write); 3] = [("dot", dot::write), ("d2", d2::write), ("plantuml", plantuml::write)];
    for (name, write) in formats {
        for (index, plain) in pictures(&[PLAIN, "other"], PLAIN).iter().enumerate() {
            let Some(expected) = write(plain, Theme::Adaptive) else { continue };
            // What says nothing is left out with what is around it.
            for label in labels().into_iter().filter(|label| visible(label) != "…") {
                let picture = pictures(&[&label, "other"], &label).remove(index);
                let text = write(&picture, Theme::Adaptive).expect("the same kind of picture");
                let what = format!("{name}, {}, {label:?}:\n{text}", picture.name);
                assert_eq!(text.lines().count(), expected.lines().count(), "{what}");
                for (line, plain) in text.lines().zip(expected.lines()) {
                    assert_eq!(
                        skeleton(name, line),
                        skeleton(name, &plain.replace(PLAIN, "")),
                        "{what}\n{line}"
                    );
                }
            }
        }
    }
}

/// A line without what stands in quotes; in PlantUML without all signs of labels, of which none may be left.
fn skeleton(format: &str, line: &str) -> String {
    let mut outside = String::new();
    if format == "plantuml" {
        // Words and codes go; what is left are the signs of the language.
        let mut rest = line;
        while let Some(sign) = rest.chars().next() {
            if rest.starts_with("<U+") {
                rest = rest.split_once('>').expect("a whole code").1;
                continue;
            }
            rest = &rest[sign.len_utf8()..];
            if sign.is_ascii_punctuation() && !",.".contains(sign) {
                outside.push(sign);
            }
        }
        return outside.replace("\\", "");
    }
    let mut is_quoted = false;
    let mut signs = line.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' if is_quoted => {
                signs.next().expect("something is escaped");
            }
            '"' => {
                is_quoted = !is_quoted;
                outside.push('"');
            }
            '$' if is_quoted && format == "d2" => panic!("a variable: {line}"),
            _ if is_quoted => {}
            _ => outside.push(sign),
        }
    }
    assert!(!is_quoted, "quotes are not closed: {line}");
    outside
}
