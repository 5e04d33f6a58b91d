//! The one way of foreign text into Mermaid: whatever its grammars, its Markdown or its HTML would take for a command is
//! written as `#<decimal>;`, which is shown as the character.
//!
//! Writers take [`Part`]s and nothing else: words of ours, numbers, and [`Safe`] texts.

use std::borrow::Cow;

/// A longer text is cut: nobody reads it in a picture, and the whole picture has room for 50,000 characters.
const LONGEST: usize = 300;

/// What is written as a code in every text.
const CODED: &str = "\"#&<>`\\$%:;*_~@";

/// What is written as a code in the members of classes too, whose grammar is another one.
const CODED_IN_MEMBERS: &str = "{}|[]()=?^";

/// The ways that a graph may run: after the word `direction` they are a command, whatever stands before it.
const WAYS: [&str; 5] = ["tb", "bt", "rl", "lr", "td"];

/// Text that says nothing to Mermaid.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Safe(String);

impl Safe {
    /// Text in quotes or at the end of a line.
    pub fn text(text: &str) -> Self {
        Self(coded(text, ""))
    }

    /// Text at the beginning of a line, where grammars look for their words: its first sign is a code, whatever it is.
    pub fn leading(text: &str) -> Self {
        let safe = coded(text, "");
        let mut signs = safe.chars();
        match signs.next() {
            Some(first) if first != '#' => Self(format!("#{};{}", u32::from(first), signs.as_str())),
            _ => Self(safe),
        }
    }

    /// Lines of text in the label of a flowchart or a note.
    pub fn lines<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        let lines: Vec<String> =
            lines.map(str::trim).filter(|line| !line.is_empty()).map(|line| coded(line, "")).collect();
        Self(if lines.is_empty() { coded("", "") } else { lines.join("<br/>") })
    }

    /// Lines of text, broken between words where they are too long.
    pub fn wrapped<'a>(lines: impl Iterator<Item = &'a str>, width: usize) -> Self {
        let mut short: Vec<String> = Vec::new();
        for line in lines {
            let mut count = usize::MAX;
            for word in clean(line).split(' ').filter(|word| !word.is_empty()) {
                let length = word.chars().count();
                let fits = count.checked_add(1 + length).is_some_and(|sum| sum <= width);
                match short.last_mut().filter(|_| fits) {
                    Some(last) => {
                        last.push(' ');
                        last.push_str(word);
                        count += 1 + length;
                    }
                    None => {
                        short.push(word.to_owned());
                        count = length;
                    }
                }
            }
        }
        Self::lines(short.iter().map(String::as_str))
    }

    /// The member of a class.
    pub fn member(text: &str) -> Self {
        Self(coded(text, CODED_IN_MEMBERS))
    }

    /// An id: a letter, then letters and digits. Whatever else is in it is written by its code, so that different ids stay
    /// different, and none is a word of a grammar.
    pub fn id(prefix: char, id: &str) -> Self {
        let mut safe = String::with_capacity(id.len() + 4);
        safe.push(prefix);
        for (at, sign) in id.char_indices() {
            let rest = id.get(at..).unwrap_or_default();
            match sign {
                '_' => safe.push_str("__"),
                _ if sign.is_ascii_alphanumeric() && !is_direction(rest) => safe.push(sign),
                _ => safe.push_str(&format!("_{:x}_", u32::from(sign))),
            }
        }
        Self(safe)
    }

    /// A word of letters, digits, blanks and hyphens, where a grammar takes nothing else.
    pub fn word(text: &str) -> Self {
        let is_word = |sign: &char| sign.is_ascii_alphanumeric() || matches!(sign, ' ' | '-');
        Self(text.chars().filter(is_word).collect())
    }

    /// The name or type of an attribute, whose grammar takes letters, digits, `_`, `-`, and parentheses in types.
    pub fn attribute(text: &str) -> Self {
        let one = |sign: char| match sign {
            _ if sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-' | '(' | ')') => sign,
            _ => '_',
        };
        let safe: String = text.trim().chars().take(LONGEST).map(one).collect();
        // The grammar begins names with a letter, and takes names of one kind for a key.
        match safe.chars().next() {
            Some(first) if first.is_ascii_alphabetic() => Self(safe),
            _ => Self(format!("x{safe}")),
        }
    }

    /// Text in ASCII, quoted as in CSV: all that the grammar of Sankey diagrams takes.
    pub fn ascii(text: &str) -> Self {
        let mut plain = String::new();
        for sign in clean(text).chars() {
            match folded(sign) {
                Some(letters) => plain.push_str(letters),
                None if sign == '"' => plain.push_str("\"\""),
                // The renderer makes markup of these.
                None if sign == '<' => plain.push('('),
                None if sign == '>' => plain.push(')'),
                None if sign == '&' => plain.push('+'),
                None if sign == '#' || sign == ';' => plain.push(' '),
                None if sign == '%' => plain.push_str("percent"),
                None if sign.is_ascii() => plain.push(sign),
                None => plain.push('?'),
            }
        }
        let plain = plain.trim();
        Self(format!("\"{}\"", if plain.is_empty() { "?" } else { plain }))
    }

    /// The title in the front matter: a text of YAML in quotes, with look-alikes for what is made markup of afterwards.
    pub fn title(text: &str) -> Self {
        let mut safe = String::from("\"");
        for sign in clean(text).chars() {
            match sign {
                '<' => safe.push('‹'),
                '>' => safe.push('›'),
                '&' => safe.push('＆'),
                '=' => safe.push('＝'),
                '#' => safe.push('＃'),
                '"' => safe.push_str("\\\""),
                '\\' => safe.push_str("\\\\"),
                _ => safe.push(sign),
            }
        }
        safe.push('"');
        Self(safe)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Letters of Latin alphabets and signs without their marks.
fn folded(sign: char) -> Option<&'static str> {
    Some(match sign {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'À'..='Å' | 'Ā' | 'Ă' | 'Ą' => "A",
        'æ' => "ae",
        'Æ' => "Ae",
        'ç' | 'ć' | 'č' => "c",
        'Ç' | 'Ć' | 'Č' => "C",
        'è'..='ë' | 'ē' | 'ę' | 'ě' => "e",
        'È'..='Ë' | 'Ē' | 'Ę' | 'Ě' => "E",
        'ì'..='ï' | 'ī' | 'į' | 'ı' => "i",
        'Ì'..='Ï' | 'Ī' | 'İ' => "I",
        'ñ' | 'ń' | 'ň' => "n",
        'Ñ' | 'Ń' | 'Ň' => "N",
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => "o",
        'Ò'..='Ö' | 'Ø' | 'Ō' | 'Ő' => "O",
        'œ' => "oe",
        'ß' => "ss",
        'ś' | 'š' | 'ş' => "s",
        'Ś' | 'Š' | 'Ş' => "S",
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => "u",
        'Ù'..='Ü' | 'Ū' | 'Ů' | 'Ű' => "U",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'Ź' | 'Ż' | 'Ž' => "Z",
        'ł' => "l",
        'Ł' => "L",
        'ð' | 'đ' | 'ď' => "d",
        'ť' => "t",
        'ř' => "r",
        'µ' | 'μ' => "u",
        '→' => " to ",
        '“' | '”' | '„' => "\"\"",
        '‘' | '’' => "'",
        '–' | '—' => "-",
        '…' => "...",
        '×' => "x",
        '½' => "1/2",
        _ => return None,
    })
}

/// Whether a text begins with a command for the direction of a graph.
fn is_direction(rest: &str) -> bool {
    const WORD: &str = "direction";
    let Some((word, after)) = rest.split_at_checked(WORD.len()) else { return false };
    let after = after.trim_start_matches([' ', '_']);
    let way = after.get(..2).unwrap_or_default();
    word.eq_ignore_ascii_case(WORD) && WAYS.iter().any(|known| way.eq_ignore_ascii_case(known))
}

/// On one line, without what hides or steers, and not too long.
fn clean(text: &str) -> String {
    let hides = |sign: char| sign.is_whitespace() || !super::super::plain_sign(sign);
    let mut kept = String::new();
    let mut count = 0;
    for word in text.split(hides).filter(|word| !word.is_empty()) {
        if !kept.is_empty() {
            kept.push(' ');
        }
        count += word.chars().count() + 1;
        if count > LONGEST {
            let room = LONGEST.saturating_sub(count - word.chars().count());
            kept.extend(word.chars().take(room));
            kept.push('…');
            break;
        }
        kept.push_str(word);
    }
    kept
}

fn coded(text: &str, more: &str) -> String {
    let clean = clean(text);
    if clean.is_empty() {
        return "…".to_owned();
    }
    let mut safe = String::with_capacity(clean.len() + 8);
    for (at, sign) in clean.char_indices() {
        let is_command = matches!(sign, 'd' | 'D') && is_direction(clean.get(at..).unwrap_or_default());
        if is_command || CODED.contains(sign) || more.contains(sign) {
            safe.push('#');
            safe.push_str(&u32::from(sign).to_string());
            safe.push(';');
        } else {
            safe.push(sign);
        }
    }
    safe
}

/// What a line of Mermaid is made of.
pub(super) trait Part {
    /// The text.
    fn shown(&self) -> Cow<'_, str>;
}

impl Part for &'static str {
    fn shown(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl Part for Safe {
    fn shown(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.as_str())
    }
}

impl Part for usize {
    fn shown(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }
}

/// A number without a power of ten, which no grammar here knows; six digits are enough to draw.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decimal(pub f64);

impl Part for Decimal {
    fn shown(&self) -> Cow<'_, str> {
        let size = self.0.abs();
        if size < 1e-12 || !size.is_finite() {
            return Cow::Borrowed("0");
        }
        let exponent = libm::log10(size).floor();
        let decimals = (5.0 - exponent).clamp(0.0, 17.0) as usize;
        let text = format!("{:.decimals$}", self.0.clamp(-1e18, 1e18));
        let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
        Cow::Owned(text.to_owned())
    }
}

/// A page of Mermaid.
#[derive(Debug, Default)]
pub(super) struct Page {
    text: String,
}

impl Page {
    /// Begins a line.
    pub fn indent(&mut self, depth: usize) {
        // Deep groups are not pushed off the page.
        (0..depth.min(20)).for_each(|_| self.text.push_str("  "));
    }

    /// Goes on with it.
    pub fn put(&mut self, part: &dyn Part) {
        self.text.push_str(&part.shown());
    }

    /// Ends it.
    pub fn end(&mut self) {
        self.text.push('\n');
    }

    /// The whole.
    pub fn finish(self) -> String {
        self.text
    }
}

/// Writes one line.
macro_rules! line {
    ($page:expr, $depth:expr, $($part:expr),+ $(,)?) => {{
        $page.indent($depth);
        $($page.put(&$part);)+
        $page.end();
    }};
}
pub(super) use line;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_any_grammar_would_take_for_a_command_is_coded() {
        assert_eq!(Safe::text("say \"hi\"; C# %%{x}").as_str(), "say #34;hi#34;#59; C#35; #37;#37;{x}");
        assert_eq!(Safe::text("<b>R&D</b>").as_str(), "#60;b#62;R#38;D#60;/b#62;");
        assert_eq!(Safe::text("a\n```\nb").as_str(), "a #96;#96;#96; b");
        assert_eq!(Safe::text("redirection TB").as_str(), "re#100;irection TB");
        assert_eq!(Safe::text("redirection").as_str(), "redirection");
        assert_eq!(Safe::text(" \n\t").as_str(), "…");
        assert_eq!(Safe::leading("click me").as_str(), "#99;lick me");
        assert_eq!(Safe::leading("#1").as_str(), "#35;1");
        assert_eq!(Safe::member("f(a) = {b}").as_str(), "f#40;a#41; #61; #123;b#125;");
    }

    #[test]
    fn different_ids_stay_different_and_none_is_a_word() {
        let ids =
            ["end", "a-b", "a_b", "a__b", "a_-b", "a-_b", "a.b", "a b", "ab", "A-b", "o", "x", "directionTB"];
        let safe: std::collections::BTreeSet<String> =
            ids.iter().map(|id| Safe::id('n', id).as_str().to_owned()).collect();
        assert_eq!(safe.len(), ids.len(), "{safe:?}");
        let is_plain = |id: &String| id.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '_');
        assert!(safe.iter().all(is_plain), "{safe:?}");
    }

    #[test]
    fn numbers_have_no_power_of_ten() {
        let shown = |number: f64| Decimal(number).shown().into_owned();
        assert_eq!(shown(1234567.0), "1234567");
        assert_eq!(shown(0.000_012_345_67), "0.0000123457");
        assert_eq!(shown(f64::NAN), "0");
        assert_eq!(shown(2.50), "2.5");
    }

    #[test]
    fn a_long_text_is_cut() {
        let long = "word ".repeat(1_000);
        let shown = Safe::text(&long);
        assert!(shown.as_str().ends_with('…') && shown.as_str().chars().count() <= LONGEST + 2, "{shown:?}");
        let one = "x".repeat(60_000);
        assert!(Safe::text(&one).as_str().chars().count() <= LONGEST + 2);
    }
}
