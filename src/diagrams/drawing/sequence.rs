//! Who says what to whom, from top to bottom.

mod columns;

use super::canvas::{Canvas, bold, font, line_height, size};
use super::lines::{Look, Tip, connect};
use super::node::{Label, note};
use super::{Anchor, Dash, filled, point, stroked};
use crate::diagrams::layout::Rect;
use crate::diagrams::layout::at::At;
use crate::diagrams::layout::text::{Weight, widest, width, wrap};
use crate::diagrams::picture::{Frame, Item, Message, MessageKind, Node, Notation, Sequence, Tone};
use crate::diagrams::theme::Ink;

/// Frames that lie deeper in each other than this are left out.
pub(super) const DEEPEST: usize = 24;
/// Half the width of the bar that says who is at work.
const BAR: f64 = 5.0;
/// How wide messages may get before they are broken.
const ROOM: f64 = 240.0;

/// Draws a sequence.
pub fn draw(sequence: &Sequence) -> Canvas {
    let heads: Vec<Label> = sequence
        .participants
        .iter()
        .map(|participant| {
            let node = Node {
                title: participant.title.clone(),
                shape: participant.shape,
                tone: participant.tone,
                ..Node::default()
            };
            Label::new(&node, Notation::Plain)
        })
        .collect();
    let columns = columns::place(sequence, &heads);
    let head_h = heads.iter().map(|head| head.h).fold(0.0, f64::max);
    let mut story = Story {
        sequence,
        columns: &columns,
        y: head_h + 18.0,
        bars: Vec::new(),
        open: vec![Vec::new(); heads.len()],
        behind: Canvas::default(),
        front: Canvas::default(),
    };
    let reach = story.tell(&sequence.items, 0);
    let end = story.y + 14.0;
    let Story { bars, behind, front, .. } = story;
    let mut canvas = Canvas::default();
    for x in &columns {
        canvas.line(point(*x, head_h), point(*x, end), stroked(Ink::Frame, 1.0).dashed(Dash::Dashes));
    }
    canvas.marks.extend(behind.marks);
    for bar in &bars {
        let x = columns.at(bar.who) - BAR + 4.0 * bar.level as f64;
        let h = (bar.end.unwrap_or(end - 6.0) - bar.start).max(8.0);
        let tone = sequence.participants.get(bar.who).map_or(Tone::Plain, |participant| participant.tone);
        let style = filled(Ink::Fill(tone)).edged(Ink::Border(tone), 1.1);
        canvas.rect(Rect { x, y: bar.start, w: 2.0 * BAR, h }, 2.0, style);
    }
    canvas.marks.extend(front.marks);
    // Long sequences name everybody again at their end.
    let rows: &[f64] = if end > 900.0 { &[0.0, end] } else { &[0.0] };
    for top in rows {
        for ((head, x), participant) in heads.iter().zip(&columns).zip(&sequence.participants) {
            let y = if *top > 0.0 { *top } else { head_h - head.h };
            canvas.begin(&participant.title);
            head.draw(&mut canvas, Rect { x: x - head.w / 2.0, y, w: head.w, h: head.h });
            canvas.end();
        }
    }
    let first = heads.first().map_or(0.0, |head| columns.at(0) - head.w / 2.0);
    let last = heads.iter().zip(&columns).map(|(head, x)| x + head.w / 2.0).fold(0.0, f64::max);
    let left = first.min(reach.left).min(0.0);
    let mut moved = Canvas::default();
    canvas.reach(last.max(reach.right), if rows.len() > 1 { end + head_h } else { end });
    moved.put(canvas, point(-left, 0.0));
    moved
}

/// How far something reaches to the sides.
#[derive(Clone, Copy)]
struct Reach {
    left: f64,
    right: f64,
}

impl Reach {
    const NONE: Self = Self { left: f64::MAX, right: f64::MIN };

    fn with(self, other: Self) -> Self {
        Self { left: self.left.min(other.left), right: self.right.max(other.right) }
    }
}

/// A time at which somebody is at work.
struct Bar {
    who: usize,
    start: f64,
    end: Option<f64>,
    level: usize,
}

struct Story<'a> {
    sequence: &'a Sequence,
    columns: &'a [f64],
    y: f64,
    bars: Vec<Bar>,
    /// For each participant, the bars that have not ended.
    open: Vec<Vec<usize>>,
    behind: Canvas,
    front: Canvas,
}

impl Story<'_> {
    fn tell(&mut self, items: &[Item], depth: usize) -> Reach {
        let mut reach = Reach::NONE;
        for item in items {
            let more = match item {
                Item::Message(message) => self.message(message),
                Item::Note { over, text } => self.note(*over, text),
                Item::Frame { kind, sections } => self.frame(*kind, sections, depth),
            };
            reach = reach.with(more);
        }
        reach
    }

    fn column(&self, who: usize) -> f64 {
        self.columns.at(who.min(self.columns.len().saturating_sub(1)))
    }

    /// Where a message meets somebody: at the bar, when that one is at work, on the side where the other one stands.
    fn side(&self, who: usize, is_right: bool) -> f64 {
        let level = self.open.get(who).map_or(0, Vec::len);
        let x = self.column(who);
        match level {
            0 => x,
            _ if is_right => x + BAR + 4.0 * (level - 1) as f64,
            _ => x - BAR,
        }
    }

    fn message(&mut self, message: &Message) -> Reach {
        let count = self.sequence.participants.len();
        if message.from >= count || message.to >= count {
            return Reach::NONE;
        }
        let text = wrap(&message.text, size::TEXT, Weight::Regular, ROOM, 4);
        let text_w = widest(&text, size::TEXT, Weight::Regular);
        let name = |who: usize| self.sequence.participants.get(who).map_or("", |one| one.title.as_str());
        self.front.begin(&format!("{} → {}: {}", name(message.from), name(message.to), message.text));
        let (dash, end) = match message.kind {
            MessageKind::Call => (Dash::None, Tip::Arrow),
            MessageKind::Answer => (Dash::Dashes, Tip::Open),
            MessageKind::Async => (Dash::None, Tip::Open),
        };
        let look = Look { ink: Ink::Line(Tone::Plain), width: 1.3, dash, start: Tip::None, end };
        let text_h = text.len() as f64 * line_height(size::TEXT);
        let fonts = font(size::TEXT, Ink::Text);
        let reach = if message.from == message.to {
            let x = self.side(message.from, true);
            let top = self.y + 6.0;
            let down = text_h.max(20.0);
            if message.kind == MessageKind::Call {
                self.begin_work(message.to, top + down);
            }
            let back = self.side(message.to, true);
            let corners =
                [point(x, top), point(x + 26.0, top), point(x + 26.0, top + down), point(back, top + down)];
            connect(&mut self.front, &corners, None, look);
            let text_top = top + (down - text_h) / 2.0;
            self.front.lines(x + 33.0, text_top, Anchor::Start, fonts, &text);
            self.y = top + down + 12.0;
            Reach { left: self.column(message.from), right: x + 33.0 + text_w }
        } else {
            let goes_right = self.column(message.from) < self.column(message.to);
            let from = self.side(message.from, goes_right);
            let y = self.y + text_h + 5.0;
            if message.kind == MessageKind::Call {
                self.begin_work(message.to, y);
            }
            let to = self.side(message.to, !goes_right);
            let middle = (from + to) / 2.0;
            if message.from.abs_diff(message.to) > 1 && !text.is_empty() {
                // The life lines between the two would run through the text.
                let rect =
                    Rect { x: middle - text_w / 2.0 - 3.0, y: self.y + 1.0, w: text_w + 6.0, h: text_h };
                self.front.rect(rect, 2.0, filled(Ink::Canvas));
            }
            self.front.lines(middle, self.y + 1.0, Anchor::Middle, fonts, &text);
            connect(&mut self.front, &[point(from, y), point(to, y)], None, look);
            self.y = y + 15.0;
            let half = text_w / 2.0;
            Reach { left: from.min(to).min(middle - half), right: from.max(to).max(middle + half) }
        };
        if message.kind == MessageKind::Answer {
            self.end_work(message.from, self.y - 15.0);
        }
        self.front.end();
        reach
    }

    fn begin_work(&mut self, who: usize, y: f64) {
        let level = self.open.get(who).map_or(0, Vec::len).min(6);
        if let Some(open) = self.open.get_mut(who) {
            open.push(self.bars.len());
            self.bars.push(Bar { who, start: y, end: None, level });
        }
    }

    fn end_work(&mut self, who: usize, y: f64) {
        let bar = self.open.get_mut(who).and_then(Vec::pop);
        if let Some(bar) = bar.and_then(|bar| self.bars.get_mut(bar)) {
            bar.end = Some(bar.end.unwrap_or(y).max(y));
        }
    }

    fn note(&mut self, over: (usize, usize), text: &[String]) -> Reach {
        let (a, b) = (self.column(over.0.min(over.1)), self.column(over.0.max(over.1)));
        let room = (b - a + 110.0).max(180.0);
        let lines: Vec<String> = text
            .iter()
            .flat_map(|line| wrap(line, size::TEXT, Weight::Regular, room - 22.0, 4))
            .take(10)
            .collect();
        let w = (widest(&lines, size::TEXT, Weight::Regular) * 1.04 + 26.0).max(if a < b {
            b - a + 60.0
        } else {
            0.0
        });
        let h = lines.len() as f64 * line_height(size::TEXT) + 12.0;
        let middle = (a + b) / 2.0;
        let rect = Rect { x: middle - w / 2.0, y: self.y, w, h };
        self.front.begin("Note");
        note(&mut self.front, rect, filled(Ink::Fill(Tone::Warm)).edged(Ink::Border(Tone::Warm), 1.0));
        self.front.lines(middle, rect.y + 6.0, Anchor::Middle, font(size::TEXT, Ink::Text), &lines);
        self.front.end();
        self.y = rect.bottom() + 12.0;
        Reach { left: rect.x, right: rect.right() }
    }

    fn frame(&mut self, kind: Frame, sections: &[(String, Vec<Item>)], depth: usize) -> Reach {
        if depth >= DEEPEST {
            return Reach::NONE;
        }
        let (word, said) = match kind {
            Frame::Alternatives => ("alt", "Alternatives"),
            Frame::Optional => ("opt", "Perhaps"),
            Frame::Parallel => ("par", "Side by side"),
            Frame::Loop => ("loop", "Several times"),
        };
        let tag_w = width(word, size::TEXT, Weight::Bold) + 20.0;
        let before = self.open.clone();
        let mut ended = before.clone();
        let top = self.y;
        let mut reach = Reach::NONE;
        let mut headings: Vec<(f64, String)> = Vec::new();
        let mut heading_w: f64 = 0.0;
        self.front.begin(said);
        for (index, (title, items)) in sections.iter().enumerate() {
            self.open = before.clone();
            if index > 0 {
                self.y += 4.0;
            }
            let title = wrap(title, size::TEXT, Weight::Regular, 320.0, 1).join(" ");
            let title = if title.is_empty() { title } else { format!("[{title}]") };
            heading_w = heading_w.max(tag_w + 28.0 + width(&title, size::TEXT, Weight::Regular) + 12.0);
            headings.push((self.y, title));
            self.y += if index == 0 { 28.0 } else { 24.0 };
            reach = reach.with(self.tell(items, depth + 1));
            // What any of the sections ends has ended.
            for (left, now) in ended.iter_mut().zip(&self.open) {
                left.retain(|bar| now.contains(bar));
            }
        }
        self.open = ended;
        self.front.end();
        let bottom = self.y + 2.0;
        let (left, right) = if reach.left <= reach.right {
            // The tag stands beside the bar of whoever is furthest to the left.
            (reach.left - tag_w - 12.0, reach.right + 16.0)
        } else {
            (self.column(0) - 60.0, self.column(0) + 60.0)
        };
        let right = right.max(left + heading_w);
        let rect = Rect { x: left, y: top, w: right - left, h: bottom - top };
        self.behind.rect(rect, 4.0, stroked(Ink::Frame, 1.2));
        for (index, (y, title)) in headings.iter().enumerate() {
            let base = y + 14.5;
            if index > 0 {
                self.behind.line(
                    point(left, *y),
                    point(right, *y),
                    stroked(Ink::Frame, 1.0).dashed(Dash::Dashes),
                );
            }
            // Behind the bar of whoever is near, not under it.
            let start = left + tag_w + 10.0;
            let near = self.columns.iter().rev().find(|x| (start - BAR..start + 70.0).contains(*x));
            let x = near.map_or(start, |x| x + BAR + 10.0);
            self.behind.text(point(x, base), Anchor::Start, font(size::TEXT, Ink::Soft), title);
        }
        let corners = [
            point(left, top),
            point(left + tag_w, top),
            point(left + tag_w, top + 12.0),
            point(left + tag_w - 7.0, top + 20.0),
            point(left, top + 20.0),
        ];
        self.behind.polygon(&corners, filled(Ink::Band).edged(Ink::Frame, 1.2));
        self.behind.text(point(left + 9.0, top + 14.0), Anchor::Start, bold(size::TEXT, Ink::Text), word);
        self.y = bottom + 14.0;
        Reach { left, right }
    }
}
