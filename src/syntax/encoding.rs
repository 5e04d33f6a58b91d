//! Bytes → text. A design is UTF-8; anything else is named together with the way to convert it.

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};
use std::ops::Range;

/// The text of a file, and what kept it from being read as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decoded {
    /// The text without a leading byte order mark. With a problem it is only good for showing the place.
    pub text: String,
    /// Why the bytes are not a design in UTF-8; the text must then not be parsed.
    pub problem: Option<Problem>,
}

/// What is wrong with the bytes of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    message: String,
    label: Option<String>,
    help: String,
    place: Range<usize>,
}

impl Problem {
    /// The finding, once the text has its place among the sources.
    pub fn diagnostic(&self, file: FileId) -> Diagnostic {
        let span = Span::new(file, self.place.start, self.place.end);
        let finding = Diagnostic::error("invalid-encoding", span, &*self.message).help(&*self.help);
        match &self.label {
            Some(label) => finding.label(&**label),
            None => finding,
        }
    }
}

/// Reads bytes as UTF-8.
pub fn decode(bytes: Vec<u8>) -> Decoded {
    if let Some(wide) = Wide::detect(&bytes) {
        return wide.decode(&bytes);
    }
    if let Some(format) = binary_format(&bytes) {
        return not_text(&bytes, &format!("it is {format}"));
    }
    match String::from_utf8(bytes) {
        Ok(text) => {
            let controls = text.bytes().take(SAMPLE).filter(|&byte| is_control(byte)).count();
            // A few are a slip in a text and are pointed at one by one later.
            if controls > 8 && controls * 10 > text.len().min(SAMPLE) {
                return not_text(text.as_bytes(), "it holds mostly control characters");
            }
            Decoded { text: without_mark(text), problem: None }
        }
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let truncated = error.utf8_error().error_len().is_none();
            let bytes = error.into_bytes();
            if bytes.contains(&0) {
                return not_text(&bytes, "it holds NUL bytes and is not UTF-8");
            }
            not_utf8(&bytes, valid, truncated)
        }
    }
}

/// How many bytes are looked at to tell text from other things.
const SAMPLE: usize = 8192;

fn is_control(byte: u8) -> bool {
    byte == 0x7f || (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r'))
}

fn without_mark(mut text: String) -> String {
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    text
}

fn binary_format(bytes: &[u8]) -> Option<&'static str> {
    let formats: [(&[u8], &str); 10] = [
        (b"\x7fELF", "an ELF program"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"%PDF-", "a PDF document"),
        (b"PK\x03\x04", "a ZIP archive"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"\xca\xfe\xba\xbe", "a compiled program"),
        (b"\xcf\xfa\xed\xfe", "a compiled program"),
        (b"\0asm", "a WebAssembly module"),
    ];
    formats.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, name)| *name)
}

fn not_text(bytes: &[u8], why: &str) -> Decoded {
    // Only the beginning can be of use to a reader.
    let shown = bytes.get(..bytes.len().min(SAMPLE)).unwrap_or(bytes);
    Decoded {
        text: without_mark(String::from_utf8_lossy(shown).into_owned()),
        problem: Some(Problem {
            message: "this is not a text file".into(),
            label: Some(why.into()),
            help: "give a design written as YAML in UTF-8".into(),
            place: 0..0,
        }),
    }
}

fn not_utf8(bytes: &[u8], valid: usize, truncated: bool) -> Decoded {
    let mark = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let good = bytes.get(..valid).unwrap_or_default();
    let line = String::from_utf8_lossy(good).lines().count().max(1) + usize::from(good.ends_with(b"\n"));
    let start = good.iter().rposition(|&byte| matches!(byte, b'\n' | b'\r')).map_or(mark, |at| at + 1);
    let before = String::from_utf8_lossy(good.get(start..).unwrap_or_default()).into_owned();
    let skipped = before.chars().count().saturating_sub(40);
    let before: String = before.chars().skip(skipped).filter(|char| !char.is_control()).collect();
    let after =
        if before.is_empty() { "at the start of the line".into() } else { format!("after `{before}`") };
    let byte = bytes.get(valid).copied().unwrap_or_default();
    let (message, help) = if truncated {
        (
            format!("the file ends in the middle of a character, at byte {valid} (line {line}), {after}"),
            "the file seems to be cut off: save it again as UTF-8".to_owned(),
        )
    } else {
        let message = format!("byte 0x{byte:02X} at offset {valid} (line {line}) is not UTF-8, {after}");
        (message, format!("save the file as UTF-8; {}", guess_of_byte(byte)))
    };
    let place = valid.saturating_sub(mark);
    Decoded {
        text: without_mark(String::from_utf8_lossy(bytes).into_owned()),
        problem: Some(Problem {
            message,
            label: None,
            help,
            place: place..place + char::REPLACEMENT_CHARACTER.len_utf8(),
        }),
    }
}

/// Latin-1 gives bytes from 0x80 up for the letters that people write; what it would be there tells whether the
/// guess is right.
fn guess_of_byte(byte: u8) -> String {
    let convert = "`iconv -f ISO-8859-1 -t UTF-8` converts it";
    if byte >= 0xa0 {
        format!("in Latin-1 this byte is `{}`, and {convert}", char::from(byte))
    } else {
        "`iconv -f WINDOWS-1252 -t UTF-8` converts text from older Windows programs".into()
    }
}

/// UTF-16 and UTF-32, told by their byte order mark or by the NUL bytes that ASCII letters leave in them.
struct Wide {
    name: &'static str,
    /// The name for iconv.
    iconv: &'static str,
    unit: usize,
    big_endian: bool,
}

impl Wide {
    fn detect(bytes: &[u8]) -> Option<Self> {
        let wide = |name, iconv, unit, big_endian| Some(Self { name, iconv, unit, big_endian });
        match bytes {
            [0xff, 0xfe, 0, 0, ..] => return wide("UTF-32", "UTF-32", 4, false),
            [0, 0, 0xfe, 0xff, ..] => return wide("UTF-32", "UTF-32", 4, true),
            [0xff, 0xfe, ..] => return wide("UTF-16 (little endian)", "UTF-16", 2, false),
            [0xfe, 0xff, ..] => return wide("UTF-16 (big endian)", "UTF-16", 2, true),
            _ => {}
        }
        let sample = bytes.get(..bytes.len().min(SAMPLE)).unwrap_or(bytes);
        let units = sample.chunks_exact(2).len();
        let zeros = |place: usize| sample.iter().skip(place).step_by(2).filter(|&&byte| byte == 0).count();
        let (even, odd) = (zeros(0), zeros(1));
        // Text in Latin letters has a NUL in almost every unit, always on the same side.
        let side = |here: usize, there: usize| units >= 2 && here * 10 >= units * 6 && there * 20 <= units;
        if side(odd, even) {
            return wide("UTF-16 (little endian, without a byte order mark)", "UTF-16LE", 2, false);
        }
        if side(even, odd) {
            return wide("UTF-16 (big endian, without a byte order mark)", "UTF-16BE", 2, true);
        }
        None
    }

    fn decode(&self, bytes: &[u8]) -> Decoded {
        let numbers = bytes.chunks_exact(self.unit).map(|unit| {
            let push = |number: u32, &byte: &u8| (number << 8) | u32::from(byte);
            if self.big_endian { unit.iter().fold(0, push) } else { unit.iter().rev().fold(0, push) }
        });
        let text: String = if self.unit == 4 {
            numbers.map(|number| char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        } else {
            let units = numbers.map(|number| u16::try_from(number).unwrap_or_default());
            char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        };
        let (name, iconv) = (self.name, self.iconv);
        Decoded {
            text: without_mark(text),
            problem: Some(Problem {
                message: format!("the file is written in {name}, not in UTF-8"),
                label: None,
                help: format!(
                    "convert it with `iconv -f {iconv} -t UTF-8`, or save it as UTF-8 in your editor"
                ),
                place: 0..0,
            }),
        }
    }
}
