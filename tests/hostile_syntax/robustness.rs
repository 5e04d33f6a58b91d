//! Whatever stands in a file, reading it ends with findings that can be shown.

use super::outcome;

const DESIGN: &str = r#"# A design with some of everything.
sysdesign: 1
name: URL shortener   # a comment
summary: Short links that redirect fast
  and never get lost, été 😀.

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

/// Reads a text and checks all spans; gives whether everything was understood.
fn survives(bytes: Vec<u8>) -> bool {
    let outcome = outcome(bytes);
    let complete = outcome.parsed.as_ref().is_some_and(|parsed| parsed.complete);
    assert!(complete || !outcome.findings.is_empty(), "something is missing, but nothing was said");
    complete && outcome.findings.is_empty()
}

#[test]
fn h27_every_prefix_is_read() {
    let good = (0..=DESIGN.len()).filter(|&end| survives(DESIGN.as_bytes()[..end].to_vec())).count();
    assert!(good > 100, "only {good} prefixes are good YAML");
    assert!(survives(DESIGN.as_bytes().to_vec()));
}

#[test]
fn ten_thousand_mutations_are_read() {
    let mut state = 5_u64;
    let mut random = |limit: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % limit
    };
    const PARTS: &[u8] = b" \n\t\r:-?#\"'[]{},|>&*!%@`\\~a0<=\xc3\xa9\xff\0\x1b\xef\xbb\xbf";
    let mut good = 0;
    for _ in 0..10_000 {
        let mut bytes = DESIGN.as_bytes().to_vec();
        for _ in 0..=random(4) {
            let at = random(bytes.len());
            match random(4) {
                0 => drop(bytes.remove(at)),
                1 => bytes[at] = PARTS[random(PARTS.len())],
                2 => bytes.insert(at, PARTS[random(PARTS.len())]),
                _ => {
                    let end = (at + random(40)).min(bytes.len());
                    let part = bytes[at..end].to_vec();
                    let to = random(bytes.len());
                    bytes.splice(to..to, part);
                }
            }
        }
        good += usize::from(survives(bytes));
    }
    assert!((500..9_500).contains(&good), "{good} of 10,000 are good YAML");
}
