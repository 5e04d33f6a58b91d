//! Writes XML. Text of a design gets in only as [`Escaped`], and only [`escape`] makes that.

use std::fmt::Write as _;

use crate::diagrams::layout::text::clean;

/// Text in which nothing means anything to XML any more.
pub struct Escaped(String);

/// Makes text of a design harmless: no markup, no control characters, nothing invisible that turns text around.
pub fn escape(raw: &str) -> Escaped {
    let mut out = String::with_capacity(raw.len());
    for letter in clean(raw).chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    Escaped(out)
}

/// A number without noise: tenths of a pixel are as exact as anybody sees.
pub fn number(value: f64) -> String {
    digits(value, 10.0)
}

fn digits(value: f64, parts: f64) -> String {
    let rounded = if value.is_finite() { (value * parts).round() / parts } else { 0.0 };
    // There is no negative nothing.
    format!("{}", rounded + 0.0)
}

/// The value of an attribute.
pub enum Value {
    /// A number, in tenths.
    Number(f64),
    /// A number, in hundredths.
    Fine(f64),
    /// Something that the program says itself; attributes that would be empty are left out.
    Name(String),
    /// A colour.
    Colour(u32),
}

/// A text of XML that is being written.
#[derive(Default)]
pub struct Svg {
    out: String,
}

impl Svg {
    fn tag(&mut self, tag: &str, attributes: impl IntoIterator<Item = (&'static str, Value)>) {
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in attributes {
            let value = match value {
                Value::Number(value) => number(value),
                Value::Fine(value) => digits(value, 100.0),
                Value::Colour(value) => format!("#{value:06x}"),
                // Names hold no text of a design; escaping them costs nothing and keeps it so that they never matter.
                Value::Name(value) => value.replace(['"', '<', '&'], ""),
            };
            if !value.is_empty() {
                let _ = write!(self.out, " {name}=\"{value}\"");
            }
        }
    }

    /// Begins an element.
    pub fn open(&mut self, tag: &str, attributes: impl IntoIterator<Item = (&'static str, Value)>) {
        self.tag(tag, attributes);
        self.out.push('>');
    }

    /// Ends an element.
    pub fn close(&mut self, tag: &str) {
        let _ = write!(self.out, "</{tag}>");
    }

    /// An element without content.
    pub fn empty(&mut self, tag: &str, attributes: impl IntoIterator<Item = (&'static str, Value)>) {
        self.tag(tag, attributes);
        self.out.push_str("/>\n");
    }

    /// Text of a design.
    pub fn text(&mut self, text: &Escaped) {
        self.out.push_str(&text.0);
    }

    /// A style sheet, which the program makes itself.
    pub fn sheet(&mut self, sheet: &str) {
        self.out.push_str(&sheet.replace(['<', '&'], ""));
    }

    /// Ends a line.
    pub fn line(&mut self) {
        self.out.push('\n');
    }

    /// Adds what was written elsewhere.
    pub fn add(&mut self, other: Self) {
        self.out.push_str(&other.out);
    }

    /// What was written.
    pub fn finish(self) -> String {
        self.out
    }
}
