//! Lines or bars over an axis.

use super::axis::{Axis, finite};
use super::canvas::{Canvas, bold, font, open_path, size};
use super::cards::series_swatch;
use super::{Anchor, Dash, Style, filled, point, stroked};
use crate::diagrams::layout::at::At;
use crate::diagrams::layout::text::{Weight, cut, width};
use crate::diagrams::layout::{Point, Rect};
use crate::diagrams::picture::{Chart, Tone};
use crate::diagrams::theme::Ink;

const HEIGHT: f64 = 300.0;

/// Draws a chart.
pub fn draw(chart: &Chart) -> Canvas {
    let values = chart.series.iter().flat_map(|(_, values)| values.iter().copied());
    let axis = Axis::over(values.chain(chart.levels.iter().map(|(_, level)| *level)), 5.0);
    let marks: Vec<(f64, String)> = axis.marks().into_iter().map(|mark| (mark, axis.write(mark))).collect();
    let left =
        marks.iter().map(|(_, text)| width(text, size::TEXT, Weight::Regular)).fold(0.0, f64::max) + 12.0;
    let places =
        chart.x.len().max(chart.series.iter().map(|(_, values)| values.len()).max().unwrap_or(0)).max(1);
    let wide = places as f64 * if chart.has_bars { 22.0 + 18.0 * chart.series.len() as f64 } else { 40.0 };
    let mut plot = Plot {
        rect: Rect { x: left, y: 22.0, w: wide.clamp(520.0, 1100.0), h: HEIGHT },
        axis,
        places,
        has_bars: chart.has_bars,
    };
    let mut canvas = Canvas::default();
    let soft = font(size::TEXT, Ink::Soft);
    canvas.text(point(0.0, 9.0), Anchor::Start, soft, &chart.y_title);
    if chart.series.len() > 1 && chart.has_bars {
        names(&mut canvas, chart, &mut plot);
    }
    let rect = plot.rect;
    for (mark, text) in &marks {
        let y = plot.y(*mark);
        let is_ground = mark.abs() < axis.step / 1e6;
        let style = if is_ground { stroked(Ink::Frame, 1.3) } else { stroked(Ink::Rule, 1.0) };
        canvas.line(point(rect.x, y), point(rect.right(), y), style);
        canvas.text(point(rect.x - 8.0, y + 4.0), Anchor::End, soft, text);
    }
    below(&mut canvas, chart, &plot);
    canvas.reach(rect.right(), rect.bottom() + 24.0);
    if chart.has_bars {
        bars(&mut canvas, chart, &plot);
    } else {
        lines(&mut canvas, chart, &plot);
    }
    levels(&mut canvas, chart, &plot);
    if !chart.x_title.trim().is_empty() {
        let at = point(rect.middle().x, rect.bottom() + 40.0);
        canvas.text(at, Anchor::Middle, soft, &chart.x_title);
        canvas.reach(0.0, rect.bottom() + 46.0);
    }
    canvas
}

/// The ground that values are drawn over.
struct Plot {
    rect: Rect,
    axis: Axis,
    places: usize,
    has_bars: bool,
}

impl Plot {
    fn x(&self, place: usize) -> f64 {
        let (first, parts) = if self.has_bars || self.places < 2 {
            (0.5, self.places as f64)
        } else {
            (0.0, self.places as f64 - 1.0)
        };
        self.rect.x + self.rect.w * (place as f64 + first) / parts
    }

    fn y(&self, value: f64) -> f64 {
        self.rect.bottom() - self.rect.h * self.axis.part(value)
    }
}

/// The names of the series over the plot.
fn names(canvas: &mut Canvas, chart: &Chart, plot: &mut Plot) {
    let mut x = plot.rect.x;
    let mut y = 22.0;
    for (index, (name, _)) in chart.series.iter().enumerate() {
        let name = cut(name, size::TEXT, Weight::Regular, 240.0);
        let w = width(&name, size::TEXT, Weight::Regular) + 36.0;
        if x > plot.rect.x && x + w > plot.rect.right() {
            (x, y) = (plot.rect.x, y + 19.0);
        }
        series_swatch(canvas, point(x, y), index);
        canvas.text(point(x + 17.0, y + 10.0), Anchor::Start, font(size::TEXT, Ink::Text), &name);
        x += w;
    }
    plot.rect.y = y + 28.0;
}

/// The places along the axis below, as many as have room.
fn below(canvas: &mut Canvas, chart: &Chart, plot: &Plot) {
    let room = plot.rect.w / plot.places as f64;
    let widest = chart.x.iter().map(|text| width(text, size::TEXT, Weight::Regular)).fold(0.0, f64::max);
    let every = ((widest.min(90.0) + 12.0) / room).ceil().max(1.0) as usize;
    for (place, text) in chart.x.iter().enumerate().step_by(every) {
        let text = cut(text, size::TEXT, Weight::Regular, (room * every as f64 - 6.0).max(30.0));
        let at = point(plot.x(place), plot.rect.bottom() + 18.0);
        canvas.text(at, Anchor::Middle, font(size::TEXT, Ink::Soft), &text);
        canvas.reach(at.x + width(&text, size::TEXT, Weight::Regular) / 2.0, 0.0);
    }
}

fn bars(canvas: &mut Canvas, chart: &Chart, plot: &Plot) {
    let room = plot.rect.w / plot.places as f64;
    let count = chart.series.len().max(1) as f64;
    let w = ((room * 0.72) / count).min(46.0);
    for (index, (name, values)) in chart.series.iter().enumerate() {
        canvas.begin(name);
        for (place, value) in values.iter().enumerate().filter(|(_, value)| value.is_finite()) {
            let x = plot.x(place) - w * count / 2.0 + w * index as f64;
            let (a, b) = (plot.y(0.0), plot.y(*value));
            let rect = Rect { x: x + 1.0, y: a.min(b), w: (w - 2.0).max(1.0), h: (a - b).abs() };
            canvas.rect(rect, 2.0, filled(Ink::Series(index)));
            let shown = short(*value);
            if width(&shown, size::SMALL, Weight::Regular) <= w + 4.0 {
                let at = point(rect.middle().x, rect.y - 4.0);
                canvas.text(at, Anchor::Middle, font(size::SMALL, Ink::Soft), &shown);
            }
        }
        canvas.end();
    }
}

/// A value in three digits.
fn short(value: f64) -> String {
    let value = finite(value);
    let size = value.abs();
    let (divisor, suffix) = match size {
        size if size >= 1e9 => (1e9, "G"),
        size if size >= 1e6 => (1e6, "M"),
        size if size >= 1e4 => (1e3, "k"),
        _ => (1.0, ""),
    };
    let shown = value / divisor;
    let places = match shown.abs() {
        shown if shown >= 100.0 || (shown - shown.round()).abs() < 0.005 => 0,
        shown if shown >= 10.0 => 1,
        _ => 2,
    };
    format!("{shown:.places$}{suffix}")
}

fn lines(canvas: &mut Canvas, chart: &Chart, plot: &Plot) {
    let mut ends: Vec<(f64, usize, String)> = Vec::new();
    for (index, (name, values)) in chart.series.iter().enumerate() {
        canvas.begin(name);
        let dash =
            [Dash::None, Dash::Dashes, Dash::Dots, Dash::Mixed].get(index % 4).copied().unwrap_or_default();
        let style = Style { width: 2.0, ..stroked(Ink::Series(index), 2.0).dashed(dash) };
        let points: Vec<Option<Point>> = values
            .iter()
            .enumerate()
            .map(|(place, value)| value.is_finite().then(|| point(plot.x(place), plot.y(finite(*value)))))
            .collect();
        for run in points.split(Option::is_none) {
            let run: Vec<Point> = run.iter().flatten().copied().collect();
            canvas.path(open_path(&run), style);
        }
        // With few values, each has a sign that differs from series to series.
        if values.len() <= 24 {
            points.iter().flatten().for_each(|at| sign(canvas, *at, index));
        }
        canvas.end();
        if let Some(last) = points.iter().rev().flatten().next() {
            ends.push((last.y, index, cut(name, size::TEXT, Weight::Bold, 190.0)));
        }
    }
    // Names stand at the ends of their lines, not on each other.
    ends.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut free = f64::MIN;
    let mut places: Vec<f64> = Vec::new();
    for (y, ..) in &ends {
        free = y.max(free);
        places.push(free);
        free += 16.0;
    }
    let over = (free - 16.0 - plot.rect.bottom() + 4.0).max(0.0);
    let last = places.len();
    for (place, (_, index, name)) in ends.iter().enumerate() {
        let mut y = places.at(place);
        if over > 0.0 {
            // The lowest ones move up again as far as they would leave the plot.
            y = y.min(plot.rect.bottom() - 4.0 - 16.0 * (last - 1 - place) as f64);
        }
        let x = plot.rect.right() + 12.0;
        sign(canvas, point(x + 2.0, y), *index);
        canvas.text(point(x + 12.0, y + 4.0), Anchor::Start, bold(size::TEXT, Ink::Series(*index)), name);
        canvas.reach(x + 14.0 + width(name, size::TEXT, Weight::Bold), y + 8.0);
    }
}

/// The sign of a series: a circle, a square, a diamond, a triangle.
fn sign(canvas: &mut Canvas, at: Point, series: usize) {
    let style = filled(Ink::Series(series)).edged(Ink::Canvas, 1.0);
    let place = |x: f64, y: f64| point(at.x + x, at.y + y);
    match series % 4 {
        0 => canvas.circle(at, 4.0, style),
        1 => canvas.rect(Rect { x: at.x - 3.6, y: at.y - 3.6, w: 7.2, h: 7.2 }, 0.0, style),
        2 => canvas.polygon(&[place(0.0, -5.0), place(5.0, 0.0), place(0.0, 5.0), place(-5.0, 0.0)], style),
        _ => canvas.polygon(&[place(0.0, -4.6), place(4.6, 3.8), place(-4.6, 3.8)], style),
    }
}

/// Levels that are worth a line of their own, each with its name.
fn levels(canvas: &mut Canvas, chart: &Chart, plot: &Plot) {
    for (name, level) in chart.levels.iter().filter(|(_, level)| level.is_finite()) {
        let y = plot.y(*level);
        canvas.begin(name);
        let style = stroked(Ink::Border(Tone::Hot), 1.5).dashed(Dash::Mixed);
        canvas.line(point(plot.rect.x, y), point(plot.rect.right(), y), style);
        let name = cut(name, size::TEXT, Weight::Bold, plot.rect.w - 20.0);
        // At the far end: the name of the axis stands over the near one.
        let at = point(plot.rect.right() - 6.0, y - 6.0);
        canvas.text(at, Anchor::End, bold(size::TEXT, Ink::Border(Tone::Hot)), &name);
        canvas.end();
    }
}
