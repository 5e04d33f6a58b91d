//! The colours of pictures. What is drawn names what a colour is for, and the theme says which it is; all pairs of text and
//! ground keep a contrast of at least 4.5, and neighbours differ in lightness for those who see colours alike.

use super::picture::Tone;

/// What a colour is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Ink {
    /// The ground.
    Canvas,
    /// Text.
    Text,
    /// Text that matters less.
    Soft,
    /// Lines of axes and grids.
    Rule,
    /// The ground inside a frame.
    Panel,
    /// The ground of headings in tables.
    Band,
    /// The side of a frame.
    Frame,
    /// The ground of a box.
    Fill(Tone),
    /// The side of a box.
    Border(Tone),
    /// A line between boxes.
    Line(Tone),
    /// One of several series, bright enough for lines and bars.
    Series(usize),
    /// One of several series, as a ground for text.
    SeriesFill(usize),
}

/// A set of colours.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Theme {
    /// For white pages.
    Light,
    /// For dark pages.
    Dark,
    /// Light or dark as the reader's page is; where a format cannot ask, light.
    #[default]
    Adaptive,
}

/// How many series have colours of their own.
pub const SERIES: usize = 8;

/// Light and dark for a purpose.
const fn pair(ink: Ink) -> (u32, u32) {
    match ink {
        Ink::Canvas => (0xffffff, 0x0d1117),
        Ink::Text => (0x1f2328, 0xe6edf3),
        Ink::Soft => (0x555e68, 0x9fa8b2),
        Ink::Rule => (0xd1d9e0, 0x333b44),
        Ink::Panel => (0xf6f8fa, 0x131820),
        Ink::Band => (0xeaeef2, 0x21272f),
        Ink::Frame => (0x9aa4af, 0x5b646f),
        Ink::Fill(tone) => match tone {
            Tone::Plain | Tone::External => (0xffffff, 0x161b22),
            Tone::Person => (0xfff3d1, 0x2f2508),
            Tone::Compute => (0xdfefff, 0x0e2540),
            Tone::Store => (0xd6f3e7, 0x082c24),
            Tone::Message => (0xf1e8ff, 0x271b42),
            Tone::Edge => (0xffe9da, 0x381e0d),
            Tone::Support => (0xe9edf2, 0x21272f),
            Tone::Good => (0xdafbe1, 0x0b2e17),
            Tone::Warm => (0xfff8c5, 0x332a07),
            Tone::Hot => (0xffe3e0, 0x431416),
            Tone::Faint => (0xfbfcfd, 0x11161c),
        },
        Ink::Border(tone) => match tone {
            Tone::Plain => (0x6e7781, 0x8b949e),
            Tone::External => (0x6e7781, 0x9fa8b2),
            Tone::Person => (0x9a6700, 0xd4a72c),
            Tone::Compute => (0x0969da, 0x58a6ff),
            Tone::Store => (0x0b755a, 0x3fbf9b),
            Tone::Message => (0x8250df, 0xbc8cff),
            Tone::Edge => (0xb84a00, 0xf0883e),
            Tone::Support => (0x57606a, 0x9aa4ae),
            Tone::Good => (0x1a7f37, 0x3fb950),
            Tone::Warm => (0x9a6700, 0xd29922),
            Tone::Hot => (0xcf222e, 0xff7b72),
            Tone::Faint => (0xb0b8c1, 0x4a535d),
        },
        Ink::Line(tone) => match tone {
            Tone::Good | Tone::Warm | Tone::Hot => pair(Ink::Border(tone)),
            Tone::Faint => (0xb0b8c1, 0x4a535d),
            _ => (0x57606a, 0x9fa8b2),
        },
        Ink::Series(index) => match index % SERIES {
            0 => (0x0969da, 0x58a6ff),
            1 => (0xc25008, 0xff974d),
            2 => (0x0b8062, 0x3fcfa5),
            3 => (0xa03a8f, 0xe48fd2),
            4 => (0x8a6300, 0xe3b341),
            5 => (0x5a3fc0, 0xb09cff),
            6 => (0x5b646f, 0xa8b1bb),
            _ => (0xb3264f, 0xff86a4),
        },
        Ink::SeriesFill(index) => match index % SERIES {
            0 => (0xcfe5ff, 0x12345c),
            1 => (0xffdcc2, 0x522b10),
            2 => (0xc4ecde, 0x0c4235),
            3 => (0xf3d5ec, 0x481f41),
            4 => (0xfae5a8, 0x45360c),
            5 => (0xe0d9fb, 0x30285e),
            6 => (0xdde2e8, 0x303740),
            _ => (0xfcd3de, 0x521c2c),
        },
    }
}

impl Ink {
    /// The colour on a light page, and on a dark one.
    pub const fn colours(self) -> (u32, u32) {
        pair(self)
    }
}

impl Theme {
    /// The colour of an ink; the light one where that depends on the reader.
    pub const fn colour(self, ink: Ink) -> u32 {
        let (light, dark) = pair(ink);
        match self {
            Self::Light | Self::Adaptive => light,
            Self::Dark => dark,
        }
    }
}
