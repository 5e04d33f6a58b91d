//! How wide text is, and where it is broken into lines. Widths come from a table made from the font that PNG is drawn with,
//! so that boxes are the same on every machine and fit their text.

use super::widths;

/// How heavy letters are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Weight {
    /// As usual.
    #[default]
    Regular,
    /// For names and headings.
    Bold,
}

/// What stands for the rest of a text that was cut.
const CUT: char = '…';

/// Whether a letter shows nothing or could turn what follows it around.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        || matches!(letter, '\u{fdd0}'..='\u{fdef}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}')
        || letter as u32 & 0xfffe == 0xfffe
}

/// A text as a picture may show it: one line, without control characters and invisible ones.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut has_gap = false;
    for letter in text.chars() {
        if letter.is_control() || letter.is_whitespace() && letter != '\u{a0}' {
            has_gap = !out.is_empty();
        } else if !is_invisible(letter) {
            if has_gap {
                out.push(' ');
                has_gap = false;
            }
            out.push(letter);
        }
    }
    out
}

/// Whether a letter is drawn over the one before it.
fn is_combining(letter: char) -> bool {
    matches!(letter as u32, 0x300..=0x36f | 0x483..=0x489 | 0x591..=0x5bd | 0x610..=0x61a | 0x64b..=0x65f
        | 0x93c | 0x941..=0x948 | 0x94d | 0xe31 | 0xe34..=0xe3a | 0xe47..=0xe4e | 0x200c | 0x200d | 0x20d0..=0x20ff
        | 0xfe00..=0xfe0f | 0xfe20..=0xfe2f | 0x1f3fb..=0x1f3ff | 0xe0100..=0xe01ef)
}

/// Whether the font that widths come from has a letter.
pub fn has_letter(letter: char) -> bool {
    widths::advance(letter, Weight::Regular).is_some()
}

/// Whether a letter needs a font that the picture does not bring along.
pub fn is_foreign(letter: char) -> bool {
    !has_letter(letter) && !is_combining(letter)
}

/// The width of a letter, in thousandths of the font size.
fn advance(letter: char, weight: Weight) -> u32 {
    if let Some(known) = widths::advance(letter, weight) {
        return known;
    }
    match letter as u32 {
        _ if is_combining(letter) => 0,
        // East Asian letters are square, pictures a little wider.
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60 => 1000,
        0x1f000..=0x1faff => 1250,
        0x20000..=0x3ffff => 1000,
        _ => 680,
    }
}

/// The width of a text in pixels.
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let thousandths: u32 = text.chars().map(|letter| advance(letter, weight)).fold(0, u32::saturating_add);
    f64::from(thousandths) * size / 1000.0
}

/// A text that is cut, with a mark, where it would be too wide.
pub fn cut(text: &str, size: f64, weight: Weight, room: f64) -> String {
    let text = clean(text);
    if width(&text, size, weight) <= room {
        return text;
    }
    let mut out = String::new();
    let mut used = width("…", size, weight);
    for letter in text.chars() {
        used += f64::from(advance(letter, weight)) * size / 1000.0;
        if used > room {
            break;
        }
        out.push(letter);
    }
    let mut out = out.trim_end().to_owned();
    out.push(CUT);
    out
}

/// The pieces of a text between which a line may end, each with the space that follows it.
fn pieces(text: &str) -> Vec<&str> {
    text.split_inclusive(|letter: char| {
        matches!(letter, ' ' | '-' | '/' | '_' | ',' | ';' | '|')
            || letter as u32 >= 0x2e80 && letter.is_alphabetic()
    })
    .collect()
}

/// Breaks a text into lines of a width; what is too long for the last line is cut with a mark.
pub fn wrap(text: &str, size: f64, weight: Weight, room: f64, most: usize) -> Vec<String> {
    let text = clean(text);
    let most = most.max(1);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for piece in pieces(&text) {
        let longer = format!("{line}{piece}");
        if line.is_empty() || width(longer.trim_end(), size, weight) <= room {
            line = longer;
        } else {
            lines.push(std::mem::replace(&mut line, piece.to_owned()));
        }
        // A word that is wider than a line is broken inside.
        while width(line.trim_end(), size, weight) > room && lines.len() < most && line.chars().count() > 1 {
            let mut head = String::new();
            for letter in line.chars() {
                let next = width(&head, size, weight) + f64::from(advance(letter, weight)) * size / 1000.0;
                if next > room && !head.is_empty() {
                    break;
                }
                head.push(letter);
            }
            let rest = line.get(head.len()..).unwrap_or_default().to_owned();
            if rest.is_empty() {
                break;
            }
            lines.push(head);
            line = rest;
        }
        if lines.len() > most {
            break;
        }
    }
    lines.push(line);
    let mut lines: Vec<String> =
        lines.into_iter().map(|line| line.trim_end().to_owned()).filter(|line| !line.is_empty()).collect();
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            let marked = format!("{last}{CUT}");
            *last = if width(&marked, size, weight) <= room {
                marked
            } else {
                let room = room - width("…", size, weight);
                let mut short = cut(last, size, weight, room);
                if !short.ends_with(CUT) {
                    short.push(CUT);
                }
                short
            };
        }
    }
    lines
}

/// The widest of some lines.
pub fn widest<'a>(lines: impl IntoIterator<Item = &'a String>, size: f64, weight: Weight) -> f64 {
    lines.into_iter().map(|line| width(line, size, weight)).fold(0.0, f64::max)
}
