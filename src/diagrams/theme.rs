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
        Ink::Canvas => (0xff_ff_ff, 0x0d_11_17),
        Ink::Text => (0x1f_23_28, 0xe6_ed_f3),
        Ink::Soft => (0x55_5e_68, 0x9f_a8_b2),
        Ink::Rule => (0xd1_d9_e0, 0x33_3b_44),
        Ink::Panel => (0xf6_f8_fa, 0x13_18_20),
        Ink::Band => (0xea_ee_f2, 0x21_27_2f),
        Ink::Frame => (0x9a_a4_af, 0x5b_64_6f),
        Ink::Fill(tone) => match tone {
            Tone::Plain | Tone::External => (0xff_ff_ff, 0x16_1b_22),
            Tone::Person => (0xff_f3_d1, 0x2f_25_08),
            Tone::Compute => (0xdf_ef_ff, 0x0e_25_40),
            Tone::Store => (0xd6_f3_e7, 0x08_2c_24),
            Tone::Message => (0xf1_e8_ff, 0x27_1b_42),
            Tone::Edge => (0xff_e9_da, 0x38_1e_0d),
            Tone::Support => (0xe9_ed_f2, 0x21_27_2f),
            Tone::Good => (0xda_fb_e1, 0x0b_2e_17),
            Tone::Warm => (0xff_f8_c5, 0x33_2a_07),
            Tone::Hot => (0xff_e3_e0, 0x43_14_16),
            Tone::Faint => (0xfb_fc_fd, 0x11_16_1c),
        },
        Ink::Border(tone) => match tone {
            Tone::Plain => (0x6e_77_81, 0x8b_94_9e),
            Tone::External => (0x6e_77_81, 0x9f_a8_b2),
            Tone::Person => (0x9a_67_00, 0xd4_a7_2c),
            Tone::Compute => (0x09_69_da, 0x58_a6_ff),
            Tone::Store => (0x0b_75_5a, 0x3f_bf_9b),
            Tone::Message => (0x82_50_df, 0xbc_8c_ff),
            Tone::Edge => (0xb8_4a_00, 0xf0_88_3e),
            Tone::Support => (0x57_60_6a, 0x9a_a4_ae),
            Tone::Good => (0x1a_7f_37, 0x3f_b9_50),
            Tone::Warm => (0x9a_67_00, 0xd2_99_22),
            Tone::Hot => (0xcf_22_2e, 0xff_7b_72),
            Tone::Faint => (0xb0_b8_c1, 0x4a_53_5d),
        },
        Ink::Line(tone) => match tone {
            Tone::Good | Tone::Warm | Tone::Hot => pair(Ink::Border(tone)),
            Tone::Faint => (0xb0_b8_c1, 0x4a_53_5d),
            _ => (0x57_60_6a, 0x9f_a8_b2),
        },
        Ink::Series(index) => match index % SERIES {
            0 => (0x09_69_da, 0x58_a6_ff),
            1 => (0xc2_50_08, 0xff_97_4d),
            2 => (0x0b_80_62, 0x3f_cf_a5),
            3 => (0xa0_3a_8f, 0xe4_8f_d2),
            4 => (0x9a_70_00, 0xe3_b3_41),
            5 => (0x5a_3f_c0, 0xb0_9c_ff),
            6 => (0x5b_64_6f, 0xa8_b1_bb),
            _ => (0xb3_26_4f, 0xff_86_a4),
        },
        Ink::SeriesFill(index) => match index % SERIES {
            0 => (0xcf_e5_ff, 0x12_34_5c),
            1 => (0xff_dc_c2, 0x52_2b_10),
            2 => (0xc4_ec_de, 0x0c_42_35),
            3 => (0xf3_d5_ec, 0x48_1f_41),
            4 => (0xfa_e5_a8, 0x45_36_0c),
            5 => (0xe0_d9_fb, 0x30_28_5e),
            6 => (0xdd_e2_e8, 0x30_37_40),
            _ => (0xfc_d3_de, 0x52_1c_2c),
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
