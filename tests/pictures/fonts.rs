//! The font that comes along, and the table of widths that is made from it.

use std::fmt::Write as _;
use std::path::Path;

use sysdesign::diagrams::layout::text::{Weight, width};
use ttf_parser::Face;

const TABLE: &str = "src/diagrams/layout/widths.rs";

fn face(bytes: &[u8]) -> Face<'_> {
    Face::parse(bytes, 0).expect("a font")
}

fn table() -> String {
    let regular = std::fs::read("src/diagrams/fonts/Inter-Regular.ttf").unwrap();
    let bold = std::fs::read("src/diagrams/fonts/Inter-SemiBold.ttf").unwrap();
    let (regular, bold) = (face(&regular), face(&bold));
    let advance = |face: &Face<'_>, letter: char| {
        let glyph = face.glyph_index(letter)?;
        let units = u32::from(face.glyph_hor_advance(glyph)?) * 1000;
        let per_em = u32::from(face.units_per_em());
        Some((units + per_em / 2) / per_em)
    };
    let mut ranges: Vec<(u32, Vec<(u32, u32)>)> = Vec::new();
    for letter in (' '..='\u{ffff}').filter(|letter| !letter.is_control()) {
        let (Some(regular), Some(bold)) = (advance(&regular, letter), advance(&bold, letter)) else {
            continue;
        };
        let code = letter as u32;
        match ranges.last_mut().filter(|(first, widths)| first + widths.len() as u32 == code) {
            Some((_, widths)) => widths.push((regular, bold)),
            None => ranges.push((code, vec![(regular, bold)])),
        }
    }
    let mut out = String::from(
        "//! The widths of letters in thousandths of the font size, made from the fonts in `src/diagrams/fonts` by the test\n\
         //! `the_table_of_widths_is_made_from_the_fonts`; `UPDATE_DOCS=1 cargo test --test pictures` makes it anew.\n\n\
         use super::text::Weight;\n\n\
         /// Runs of letters that follow each other: the code of the first, then regular and bold widths.\n\
         #[rustfmt::skip]\n\
         static RUNS: &[(u32, &[(u16, u16)])] = &[\n",
    );
    for (first, widths) in ranges {
        let _ = write!(out, "    (0x{first:x}, &[");
        let mut column = 20;
        for (regular, bold) in widths {
            let item = format!("({regular},{bold}),");
            if column + item.len() > 118 {
                out.push_str("\n        ");
                column = 8;
            }
            column += item.len();
            out.push_str(&item);
        }
        out.push_str("]),\n");
    }
    out.push_str(
        "];\n\n\
         /// The width of a letter; nothing when the font lacks it.\n\
         pub(super) fn advance(letter: char, weight: Weight) -> Option<u32> {\n    \
             let code = letter as u32;\n    \
             let place = RUNS.partition_point(|(first, _)| *first <= code).checked_sub(1)?;\n    \
             let (first, widths) = RUNS.get(place)?;\n    \
             let (regular, bold) = widths.get((code - first) as usize)?;\n    \
             Some(u32::from(if weight == Weight::Bold { *bold } else { *regular }))\n\
         }\n",
    );
    out
}

#[test]
fn the_table_of_widths_is_made_from_the_fonts() {
    let made = table();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(TABLE, &made).unwrap();
    }
    let kept = std::fs::read_to_string(TABLE).unwrap();
    assert!(kept == made, "run `UPDATE_DOCS=1 cargo test --test pictures`");
}

#[test]
fn the_fonts_come_with_their_licence() {
    let licence = std::fs::read_to_string("src/diagrams/fonts/LICENSE-OFL.txt").unwrap();
    assert!(licence.contains("The Inter Project Authors") && licence.contains("SIL OPEN FONT LICENSE"));
    assert!(Path::new("src/diagrams/fonts/Inter-SemiBold.ttf").exists());
}

#[test]
fn widths_are_those_of_the_font() {
    let bytes = std::fs::read("src/diagrams/fonts/Inter-Regular.ttf").unwrap();
    let face = face(&bytes);
    for text in ["Orders", "Größe", "заказы", "p99 ≤ 200 ms"] {
        let units: u32 = text
            .chars()
            .map(|letter| u32::from(face.glyph_hor_advance(face.glyph_index(letter).unwrap()).unwrap()))
            .sum();
        let exact = f64::from(units) / f64::from(face.units_per_em()) * 13.0;
        assert!((width(text, 13.0, Weight::Regular) - exact).abs() < 0.1, "{text}");
    }
}
