//! Pictures as SVG, which stands alone: no scripts, no links, nothing from elsewhere.

mod writer;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::drawing::{Anchor, Drawing, Mark, Step, Style, draw};
use super::layout::Point;
use super::layout::text::Weight;
use super::picture::Picture;
use super::theme::{Ink, Theme};
use writer::{Svg, Value, escape, number};

/// The fonts, the first of which boxes are measured with; the others are what systems have.
const FONTS: &str = "Inter, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', 'DejaVu Sans', sans-serif";

/// Draws a picture.
pub fn render(picture: &Picture, theme: &Theme) -> String {
    write(&draw(picture), picture, *theme)
}

/// The colours of a picture, and the names that style sheets know them by.
struct Colours {
    theme: Theme,
    /// The names of grounds, then of lines, by ink.
    used: BTreeMap<(bool, Ink), usize>,
}

impl Colours {
    /// The attributes that give a colour to a ground or to a line.
    fn add(&mut self, ink: Ink, is_line: bool, classes: &mut String) -> Value {
        if self.theme == Theme::Adaptive {
            let next = self.used.len();
            let name = *self.used.entry((is_line, ink)).or_insert(next);
            if !classes.is_empty() {
                classes.push(' ');
            }
            let _ = write!(classes, "c{name}");
        }
        Value::Colour(self.theme.colour(ink))
    }

    /// The style sheet that turns colours dark where the page is.
    fn sheet(&self) -> String {
        let mut rules = String::new();
        for ((is_line, ink), name) in &self.used {
            let what = if *is_line { "stroke" } else { "fill" };
            let _ = write!(rules, ".c{name}{{{what}:#{:06x}}}", ink.colours().1);
        }
        format!("@media (prefers-color-scheme:dark){{{rules}}}")
    }
}

fn write(drawing: &Drawing, picture: &Picture, theme: Theme) -> String {
    let mut colours = Colours { theme, used: BTreeMap::new() };
    let mut body = Svg::default();
    let mut classes = String::new();
    let ground = colours.add(Ink::Canvas, false, &mut classes);
    let full = [("width", Value::Number(drawing.w)), ("height", Value::Number(drawing.h))];
    body.empty("rect", full.into_iter().chain([("fill", ground), ("class", Value::Name(classes))]));
    for mark in &drawing.marks {
        write_mark(&mut body, mark, &mut colours);
    }
    let mut out = Svg::default();
    let size = format!("0 0 {} {}", number(drawing.w), number(drawing.h));
    out.open(
        "svg",
        [
            ("xmlns", Value::Name("http://www.w3.org/2000/svg".into())),
            ("viewBox", Value::Name(size)),
            ("width", Value::Number(drawing.w)),
            ("height", Value::Number(drawing.h)),
            ("role", Value::Name("graphics-document document".into())),
            ("aria-labelledby", Value::Name("title desc".into())),
            ("font-family", Value::Name(FONTS.into())),
        ],
    );
    out.line();
    for (tag, text) in [("title", &picture.title), ("desc", &picture.description)] {
        out.open(tag, [("id", Value::Name(tag.into()))]);
        out.text(&escape(text));
        out.close(tag);
        out.line();
    }
    if theme == Theme::Adaptive {
        out.open("style", []);
        out.sheet(&colours.sheet());
        out.close("style");
        out.line();
    }
    out.add(body);
    out.close("svg");
    out.line();
    out.finish()
}

/// The attributes of a style.
fn style(style: &Style, colours: &mut Colours) -> Vec<(&'static str, Value)> {
    let mut attributes = Vec::new();
    let mut classes = String::new();
    match style.fill {
        Some(ink) => attributes.push(("fill", colours.add(ink, false, &mut classes))),
        None => attributes.push(("fill", Value::Name("none".into()))),
    }
    if let Some(opacity) = style.opacity {
        attributes.push(("fill-opacity", Value::Fine(opacity)));
    }
    if let Some(ink) = style.stroke {
        attributes.push(("stroke", colours.add(ink, true, &mut classes)));
        attributes.push(("stroke-width", Value::Number(style.width)));
        let dash: Vec<String> = style.dash.lengths().iter().map(|length| number(*length)).collect();
        attributes.push(("stroke-dasharray", Value::Name(dash.join(" "))));
        attributes.push(("stroke-linejoin", Value::Name("round".into())));
    }
    attributes.push(("class", Value::Name(classes)));
    attributes
}

fn write_mark(out: &mut Svg, mark: &Mark, colours: &mut Colours) {
    match mark {
        Mark::Begin { label, by } => {
            let is_moved = *by != Point::default();
            let by = if is_moved {
                format!("translate({} {})", number(by.x), number(by.y))
            } else {
                String::new()
            };
            let role = if label.is_some() { "graphics-symbol" } else { "" };
            out.open("g", [("transform", Value::Name(by)), ("role", Value::Name(role.into()))]);
            if let Some(label) = label {
                out.open("title", []);
                out.text(&escape(label));
                out.close("title");
            }
            out.line();
        }
        Mark::End => {
            out.close("g");
            out.line();
        }
        Mark::Rect { rect, radius, style: look } => {
            let place = [
                ("x", Value::Number(rect.x)),
                ("y", Value::Number(rect.y)),
                ("width", Value::Number(rect.w)),
                ("height", Value::Number(rect.h)),
                ("rx", Value::Number(*radius)),
            ];
            out.empty("rect", place.into_iter().chain(style(look, colours)));
        }
        Mark::Ellipse { middle, radius, style: look } => {
            let place = [
                ("cx", Value::Number(middle.x)),
                ("cy", Value::Number(middle.y)),
                ("rx", Value::Number(radius.x)),
                ("ry", Value::Number(radius.y)),
            ];
            out.empty("ellipse", place.into_iter().chain(style(look, colours)));
        }
        Mark::Path { steps, style: look } => {
            let place = [("d", Value::Name(path(steps)))];
            out.empty("path", place.into_iter().chain(style(look, colours)));
        }
        Mark::Text { at, anchor, font, text } => {
            let anchor = match anchor {
                Anchor::Start => "",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            let weight = if font.weight == Weight::Bold { "600" } else { "" };
            let mut classes = String::new();
            let fill = colours.add(font.ink, false, &mut classes);
            out.open(
                "text",
                [
                    ("x", Value::Number(at.x)),
                    ("y", Value::Number(at.y)),
                    ("text-anchor", Value::Name(anchor.into())),
                    ("font-size", Value::Number(font.size)),
                    ("font-weight", Value::Name(weight.into())),
                    ("fill", fill),
                    ("class", Value::Name(classes)),
                ],
            );
            out.text(&escape(text));
            out.close("text");
            out.line();
        }
    }
}

/// The steps of a path as SVG writes them.
fn path(steps: &[Step]) -> String {
    let mut out = String::new();
    for step in steps {
        let mut add = |letter: char, points: &[Point]| {
            out.push(letter);
            for (index, point) in points.iter().enumerate() {
                let space = if index > 0 { " " } else { "" };
                let _ = write!(out, "{space}{} {}", number(point.x), number(point.y));
            }
        };
        match *step {
            Step::Move(to) => add('M', &[to]),
            Step::Line(to) => add('L', &[to]),
            Step::Bend(by, to) => add('Q', &[by, to]),
            Step::Curve(by, then, to) => add('C', &[by, then, to]),
            Step::Close => add('Z', &[]),
        }
    }
    out
}
