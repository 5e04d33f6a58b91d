//! Pictures as PNG: the same drawing as SVG, with letters drawn from a font that the program brings along.

use tiny_skia::{
    Color, FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Stroke, StrokeDash, Transform,
};
use ttf_parser::{Face, OutlineBuilder};

use super::drawing::{Anchor, Drawing, Font, Mark, Step, Style, draw};
use super::layout::Point;
use super::layout::text::{Weight, is_foreign, width};
use super::picture::Picture;
use super::theme::{Ink, Theme};

const REGULAR: &[u8] = include_bytes!("fonts/Inter-Regular.ttf");
const BOLD: &[u8] = include_bytes!("fonts/Inter-SemiBold.ttf");

/// The most dots that a picture may have: 64 million take 256 MB of memory while they are drawn.
const MOST_DOTS: f64 = 64e6;

/// What a picture with letters that the font lacks says below it.
pub const LACKING: &str =
    "Empty boxes stand for letters that the font of this image lacks; the same picture as SVG shows them.";

/// Draws a picture; a scale of 2 gives twice as many dots in both directions.
pub fn render(picture: &Picture, theme: &Theme, scale: f64) -> Result<Vec<u8>, String> {
    let mut drawing = draw(picture);
    let is_lacking = drawing.marks.iter().any(|mark| match mark {
        Mark::Text { text, .. } => text.chars().any(is_foreign),
        _ => false,
    });
    if is_lacking {
        let mut told = picture.clone();
        told.notices.push(LACKING.to_owned());
        drawing = draw(&told);
    }
    paint(&drawing, *theme, scale)
}

fn paint(drawing: &Drawing, theme: Theme, scale: f64) -> Result<Vec<u8>, String> {
    if !(scale.is_finite() && scale > 0.0) {
        return Err(format!("the scale of a picture must be above 0, not {scale}"));
    }
    let (w, h) = ((drawing.w * scale).ceil().max(1.0), (drawing.h * scale).ceil().max(1.0));
    if w * h > MOST_DOTS || w > 32_000.0 || h > 32_000.0 {
        return Err(format!("a picture of {w} × {h} dots is too large for PNG; take SVG or a smaller scale"));
    }
    let mut pixmap = Pixmap::new(w as u32, h as u32).ok_or("the picture has no size")?;
    pixmap.fill(colour(theme, Ink::Canvas, 1.0));
    let face = |bytes: &'static [u8]| {
        Face::parse(bytes, 0).map_err(|error| format!("the font does not load: {error}"))
    };
    let mut painter = Painter {
        pixmap,
        theme,
        regular: face(REGULAR)?,
        bold: face(BOLD)?,
        scale: scale as f32,
        moved: vec![Point::default()],
    };
    drawing.marks.iter().for_each(|mark| painter.mark(mark));
    painter.pixmap.encode_png().map_err(|error| format!("the picture cannot be written: {error}"))
}

fn colour(theme: Theme, ink: Ink, opacity: f64) -> Color {
    let value = theme.colour(ink);
    let [_, red, green, blue] = value.to_be_bytes();
    Color::from_rgba8(red, green, blue, (opacity.clamp(0.0, 1.0) * 255.0).round() as u8)
}

struct Painter {
    pixmap: Pixmap,
    theme: Theme,
    regular: Face<'static>,
    bold: Face<'static>,
    scale: f32,
    /// How far parts are moved, outer ones first.
    moved: Vec<Point>,
}

impl Painter {
    fn transform(&self) -> Transform {
        let by = self.moved.last().copied().unwrap_or_default();
        Transform::from_scale(self.scale, self.scale).pre_translate(by.x as f32, by.y as f32)
    }

    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Begin { by, .. } => {
                let outer = self.moved.last().copied().unwrap_or_default();
                self.moved.push(Point { x: outer.x + by.x, y: outer.y + by.y });
            }
            Mark::End => {
                self.moved.pop();
            }
            Mark::Rect { rect, radius, style } => {
                let radius = radius.min(rect.w / 2.0).min(rect.h / 2.0);
                self.shape(rectangle(rect.x, rect.y, rect.w, rect.h, radius), style);
            }
            Mark::Ellipse { middle, radius, style } => {
                let rect = tiny_skia::Rect::from_xywh(
                    (middle.x - radius.x) as f32,
                    (middle.y - radius.y) as f32,
                    (radius.x * 2.0) as f32,
                    (radius.y * 2.0) as f32,
                );
                self.shape(rect.and_then(PathBuilder::from_oval), style);
            }
            Mark::Path { steps, style } => self.shape(path(steps), style),
            Mark::Text { at, anchor, font, text } => self.text(*at, *anchor, *font, text),
        }
    }

    fn shape(&mut self, path: Option<Path>, style: &Style) {
        let Some(path) = path else { return };
        let transform = self.transform();
        let mut paint = Paint { anti_alias: true, ..Paint::default() };
        if let Some(ink) = style.fill {
            paint.set_color(colour(self.theme, ink, style.opacity.unwrap_or(1.0)));
            self.pixmap.fill_path(&path, &paint, FillRule::Winding, transform, None);
        }
        if let Some(ink) = style.stroke {
            paint.set_color(colour(self.theme, ink, 1.0));
            let dash = style.dash.lengths().iter().map(|length| *length as f32).collect::<Vec<f32>>();
            let stroke = Stroke {
                width: style.width as f32,
                line_cap: LineCap::Butt,
                line_join: LineJoin::Round,
                dash: if dash.is_empty() { None } else { StrokeDash::new(dash, 0.0) },
                ..Stroke::default()
            };
            self.pixmap.stroke_path(&path, &paint, &stroke, transform, None);
        }
    }

    fn text(&mut self, at: Point, anchor: Anchor, font: Font, text: &str) {
        let total = width(text, font.size, font.weight);
        let mut x = match anchor {
            Anchor::Start => at.x,
            Anchor::Middle => at.x - total / 2.0,
            Anchor::End => at.x - total,
        };
        let face = if font.weight == Weight::Bold { &self.bold } else { &self.regular };
        let scale = font.size as f32 / f32::from(face.units_per_em());
        let mut outline = Outline { builder: PathBuilder::new(), scale, x: 0.0, y: at.y as f32 };
        let mut empty = Vec::new();
        for letter in text.chars() {
            let mut one = [0u8; 4];
            let advance = width(letter.encode_utf8(&mut one), font.size, font.weight);
            match face.glyph_index(letter) {
                Some(glyph) => {
                    outline.x = x as f32;
                    let _ = face.outline_glyph(glyph, &mut outline);
                }
                None if advance > 0.0 => empty.push((x, advance)),
                None => {}
            }
            x += advance;
        }
        let path = outline.builder.finish();
        self.shape(path, &super::drawing::filled(font.ink));
        for (x, advance) in empty {
            let (w, h) = (advance - font.size * 0.16, font.size * 0.74);
            let frame = rectangle(x + font.size * 0.08, at.y - h, w, h, 1.0);
            self.shape(frame, &super::drawing::stroked(font.ink, 0.8));
        }
    }
}

/// A rectangle with round corners.
fn rectangle(x: f64, y: f64, w: f64, h: f64, radius: f64) -> Option<Path> {
    let place = |x: f64, y: f64| Point { x, y };
    let (right, bottom) = (x + w, y + h);
    if radius < 0.1 {
        let corners = [place(right, y), place(right, bottom), place(x, bottom)];
        let mut steps = vec![Step::Move(place(x, y))];
        steps.extend(corners.map(Step::Line));
        steps.push(Step::Close);
        return path(&steps);
    }
    // The part of the radius at which two control points make a curve as good as a quarter of a circle.
    let k = radius * 0.4477;
    path(&[
        Step::Move(place(x + radius, y)),
        Step::Line(place(right - radius, y)),
        Step::Curve(place(right - k, y), place(right, y + k), place(right, y + radius)),
        Step::Line(place(right, bottom - radius)),
        Step::Curve(place(right, bottom - k), place(right - k, bottom), place(right - radius, bottom)),
        Step::Line(place(x + radius, bottom)),
        Step::Curve(place(x + k, bottom), place(x, bottom - k), place(x, bottom - radius)),
        Step::Line(place(x, y + radius)),
        Step::Curve(place(x, y + k), place(x + k, y), place(x + radius, y)),
        Step::Close,
    ])
}

fn path(steps: &[Step]) -> Option<Path> {
    let mut builder = PathBuilder::new();
    let xy = |point: Point| (point.x as f32, point.y as f32);
    for step in steps {
        match *step {
            Step::Move(to) => builder.move_to(xy(to).0, xy(to).1),
            Step::Line(to) => builder.line_to(xy(to).0, xy(to).1),
            Step::Bend(by, to) => builder.quad_to(xy(by).0, xy(by).1, xy(to).0, xy(to).1),
            Step::Curve(by, then, to) => {
                builder.cubic_to(xy(by).0, xy(by).1, xy(then).0, xy(then).1, xy(to).0, xy(to).1);
            }
            Step::Close => builder.close(),
        }
    }
    builder.finish()
}

/// Draws letters where they belong.
struct Outline {
    builder: PathBuilder,
    scale: f32,
    x: f32,
    y: f32,
}

impl Outline {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.builder.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.builder.line_to(x, y);
    }

    fn quad_to(&mut self, by_x: f32, by_y: f32, x: f32, y: f32) {
        let ((by_x, by_y), (x, y)) = (self.at(by_x, by_y), self.at(x, y));
        self.builder.quad_to(by_x, by_y, x, y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let ((ax, ay), (bx, by), (x, y)) = (self.at(ax, ay), self.at(bx, by), self.at(x, y));
        self.builder.cubic_to(ax, ay, bx, by, x, y);
    }

    fn close(&mut self) {
        self.builder.close();
    }
}
