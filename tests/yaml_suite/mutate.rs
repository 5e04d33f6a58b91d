//! Small changes to texts, the same in every run.

/// A stream of numbers.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// What people and accidents put into YAML.
const PARTS: [&str; 34] = [
    " ", "  ", "\n", "\n  ", "\n- ", ":", ": ", "- ", "? ", "# ", "\"", "'", "[", "]", "{", "}", ",", ", ",
    "|", ">", "&a ", "*a", "!", "%", "@", "\t", "a", "0", "é", "\r\n", "\\", "---\n", "~", "x: y",
];

/// The text with one to three parts inserted, removed or repeated.
pub fn mutated(text: &str, random: &mut Random) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..=random.below(3) {
        let at = random.below(chars.len() + 1);
        let end = (at + 1 + random.below(6)).min(chars.len());
        match random.below(4) {
            0 => drop(chars.drain(at..end)),
            1 => {
                let copy: Vec<char> = chars[at..end].to_vec();
                let to = random.below(chars.len() + 1);
                chars.splice(to..to, copy);
            }
            _ => drop(chars.splice(at..at, PARTS[random.below(PARTS.len())].chars())),
        }
    }
    chars.into_iter().collect()
}

/// A design with some of everything that YAML offers and a design may use.
pub const DESIGN: &str = r#"sysdesign: 1
name: URL shortener   # a comment
summary: Short links that redirect fast
  and never get lost.

assumptions: { new_links: 100M / month, clicks: 50..200, "quoted \u00e9": 'it''s' }
components:
  app: &base { kind: service, replicas: 6 }
  copy: *base
  links:
    kind: database
    tags: [a, "b", 'c',
      d]
    description: |
      Two lines
        and an indented one.

    summary: >-
      folded
      text
flows:
  redirect:
    steps:
    - browser -> edge -> app: GET /{code}
    - chance: 1 - hits
      steps:
        - app -> links: select
        - - nested
          -
"#;
