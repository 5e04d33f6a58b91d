//! Documents and mutations from a fixed sequence of random numbers.

/// A small generator of pseudo-random numbers (xorshift64*), so that every run sees the same documents.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap_or(0)
    }

    pub(super) fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    pub(super) fn pick<'a, T: ?Sized>(&mut self, from: &'a [&'a T]) -> &'a &'a T {
        &from[self.below(from.len())]
    }
}

const WORDS: &[&str] = &[
    "a",
    "name",
    "-1",
    "99.95%",
    "10k rps",
    "a -> b",
    "a:b",
    "x#y",
    "é",
    "日本",
    "-> x",
    "v1.2",
    "<<=",
    "1 * 2",
    "don't",
    "~",
    "null",
    "say \"hi\"",
    "http://x/y?z",
    "--x",
    ".5",
    "€5",
    "a  b",
];
const KEYS: &[&str] =
    &["a", "key", "x-y", "long key", "\"q\"", "'s'", "é", "1", "\"e\\n\"", "'it''s'", "a:b", "k#"];
const LIST_ENDS: &[&str] =
    &["\n", "\n", "\n", "\n", "\n", " \n", " # note\n", "\n\n", "\n# note: [\n", "\r\n"];

/// A document of the common kind, which the fast path has to take.
pub(super) fn document(random: &mut Random) -> String {
    let mut out = String::new();
    if random.one_in(4) {
        out.push_str("# head\n\n");
    }
    match random.below(8) {
        0 => {
            flow(random, &mut out, 0, -1);
            out.push('\n');
        }
        1 => list(random, &mut out, 0, 0),
        _ => map(random, &mut out, 0, 0, false),
    }
    if random.one_in(4) && !out.ends_with("\r\n") {
        out.pop();
    }
    out
}

fn spaces(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n(' ', count));
}

fn line_end(random: &mut Random, out: &mut String) {
    let end: &str = random.pick(LIST_ENDS);
    out.push_str(end);
}

/// Writes a map; its first key goes where the text stands when `inline` says so.
fn map(random: &mut Random, out: &mut String, indent: usize, depth: usize, inline: bool) {
    for entry in 0..=random.below(4) {
        if entry > 0 || !inline {
            spaces(out, indent);
        }
        let key: &str = random.pick(KEYS);
        out.push_str(key);
        out.push_str(if random.one_in(9) { " :" } else { ":" });
        value(random, out, indent, depth, true);
    }
}

fn list(random: &mut Random, out: &mut String, indent: usize, depth: usize) {
    for _ in 0..=random.below(4) {
        spaces(out, indent);
        out.push('-');
        if depth < 5 && random.one_in(4) {
            let gap = 1 + random.below(2);
            spaces(out, gap);
            map(random, out, indent + 1 + gap, depth + 1, true);
        } else {
            value(random, out, indent, depth, false);
        }
    }
}

/// Writes what follows a colon or a dash, to the end of its last line.
fn value(random: &mut Random, out: &mut String, indent: usize, depth: usize, in_map: bool) {
    let choice = if depth > 5 { random.below(8) } else { random.below(14) };
    let deeper = indent + 1 + random.below(3);
    match choice {
        0 => line_end(random, out),
        1..=5 => {
            out.push(' ');
            scalar(random, out, deeper);
            line_end(random, out);
        }
        6 => {
            let word: &str = random.pick(WORDS);
            out.push_str(&format!(" {word}\n"));
            for _ in 0..=random.below(2) {
                if random.one_in(3) {
                    out.push('\n');
                }
                spaces(out, deeper + random.below(3));
                out.push_str("- more, of {it}");
                out.push_str(if random.one_in(3) { "  \n" } else { "\n" });
            }
        }
        7 => block_scalar(random, out, indent),
        8 | 9 => {
            out.push(' ');
            flow(random, out, depth, isize::try_from(indent).unwrap_or(0));
            line_end(random, out);
        }
        10 | 11 => {
            line_end(random, out);
            map(random, out, deeper, depth + 1, false);
        }
        12 if in_map => {
            line_end(random, out);
            list(random, out, indent, depth + 1);
        }
        _ => {
            line_end(random, out);
            list(random, out, deeper, depth + 1);
        }
    }
}

fn scalar(random: &mut Random, out: &mut String, continuation: usize) {
    let word: &str = random.pick(WORDS);
    match random.below(7) {
        0 => out.push_str(&format!("'{}'", word.replace('\'', "''"))),
        1 => out.push_str(&format!("\"{}\"", word.replace('"', "\\\""))),
        2 => out.push_str("\"\\u00e9\\t\\x41 # no: comment\""),
        3 => {
            out.push_str("\"one ");
            out.push_str(if random.one_in(2) { "\n" } else { "\n \n\n" });
            spaces(out, continuation);
            out.push_str("two\"");
        }
        _ => out.push_str(word),
    }
}

fn block_scalar(random: &mut Random, out: &mut String, indent: usize) {
    let width = 1 + random.below(4);
    out.push_str(if random.one_in(2) { " |" } else { " >" });
    match random.below(6) {
        0 => out.push('-'),
        1 => out.push('+'),
        2 => out.push_str(&format!("{width}")),
        _ => {}
    }
    out.push_str(if random.one_in(5) { "  # note\n" } else { "\n" });
    for line in 0..=random.below(4) {
        if random.one_in(4) {
            out.push('\n');
        }
        spaces(out, indent + width);
        if line > 0 && random.one_in(4) {
            out.push_str("  ");
        }
        let word: &str = random.pick(WORDS);
        out.push_str(word);
        out.push_str(if random.one_in(6) { "\r\n" } else { "\n" });
    }
    if random.one_in(4) {
        out.push('\n');
    }
}

/// White space inside a flow collection that belongs to a block at `parent`.
fn gap(random: &mut Random, out: &mut String, parent: isize) {
    match random.below(8) {
        0 => {
            out.push_str(if random.one_in(3) { " # note ]\n" } else { "\n" });
            let least = usize::try_from(parent + 1).unwrap_or(0);
            spaces(out, least + random.below(3));
        }
        1..=4 => out.push(' '),
        _ => {}
    }
}

fn flow(random: &mut Random, out: &mut String, depth: usize, parent: isize) {
    let is_map = random.one_in(2);
    out.push(if is_map { '{' } else { '[' });
    let count = random.below(4);
    for entry in 0..count {
        gap(random, out, parent);
        if is_map {
            let key: &str = random.pick(KEYS);
            out.push_str(key);
            out.push_str(if key.starts_with('"') && random.one_in(2) { ":" } else { ": " });
            if !random.one_in(10) {
                flow_value(random, out, depth, parent);
            }
        } else {
            flow_value(random, out, depth, parent);
        }
        gap(random, out, parent);
        if entry + 1 < count || random.one_in(4) {
            out.push(',');
        }
    }
    gap(random, out, parent);
    out.push(if is_map { '}' } else { ']' });
}

fn flow_value(random: &mut Random, out: &mut String, depth: usize, parent: isize) {
    if depth < 6 && random.one_in(3) {
        flow(random, out, depth + 1, parent);
        return;
    }
    let word: &str = random.pick(WORDS);
    match random.below(4) {
        0 => out.push_str(&format!("'{}'", word.replace('\'', "''"))),
        1 => out.push_str(&format!("\"{}\"", word.replace('"', "\\\""))),
        _ => out.push_str(word),
    }
}

const PIECES: &[&str] = &[
    "\n", "\n", "\n  ", "\n ", " ", "  ", "\t", ":", ": ", "- ", "-", "#", " #", "\"", "'", "''", "[", "]",
    "{", "}", ",", ", ", "|", ">", "|-", ">+\n", "|2\n", "?", "? ", "&a", "*a", "!t", "%", "@", "`", "---",
    "\n---\n", "\n...", "\r", "\r\n", "\\", "\\n", "\\x41", "\\\n", "\\u12", "é", "\u{85}", "\u{2028}",
    "\u{feff}", "\0", "\u{1b}", "<<", "<<: ", "a", "b: c", "\n- ", "\n-", "\n\n", "\n#", ":\n", "-\n",
    "null", "~", "0", "{a: b}", "[a]", "\n]", "\n}", "\": ", "\":", "' :", "  \n", " \t", "- - ",
];

/// The text with one to three small changes.
pub(super) fn mutate(text: &str, random: &mut Random) -> String {
    let mut out = text.to_owned();
    for _ in 0..=random.below(3) {
        let at = boundary(&out, random.below(out.len() + 1));
        let until = boundary(&out, at + random.below(5));
        match random.below(8) {
            0..=2 => {
                let piece: &str = random.pick(PIECES);
                out.insert_str(at, piece);
            }
            3 => {
                let piece: &str = random.pick(PIECES);
                out.replace_range(at..until, piece);
            }
            4 | 5 => out.replace_range(at..until, ""),
            6 => {
                // Repeats what stands elsewhere, up to a line's worth.
                let end = boundary(&out, at + random.below(40));
                let copy: String = out.get(at..end).unwrap_or("").to_owned();
                let to = boundary(&out, random.below(out.len() + 1));
                out.insert_str(to, &copy);
            }
            _ => {
                // Moves a line to the left or right.
                let start = out.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |line| line + 1);
                if random.one_in(2) {
                    let count = 1 + random.below(3);
                    out.insert_str(start, &" ".repeat(count));
                } else if out.as_bytes().get(start) == Some(&b' ') {
                    out.remove(start);
                }
            }
        }
    }
    out
}

fn boundary(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
