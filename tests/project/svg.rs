//! What a terminal shows, as a picture: the escape sequences that the program writes, turned into SVG.

const CHARACTER: f64 = 8.4;
const LINE: f64 = 19.0;
const MARGIN: f64 = 18.0;

#[derive(Clone, Copy, Default, PartialEq)]
struct Look {
    bold: bool,
    faint: bool,
    underlined: bool,
    colour: Option<u8>,
}

impl Look {
    fn apply(&mut self, code: &str) {
        match code {
            "" | "0" => *self = Self::default(),
            "1" => self.bold = true,
            "2" => self.faint = true,
            "4" => self.underlined = true,
            "31" | "32" | "33" | "34" | "35" | "36" => {
                self.colour = code.as_bytes().get(1).map(|digit| digit - b'0')
            }
            "39" => self.colour = None,
            _ => panic!("the picture does not know the escape code {code}"),
        }
    }

    fn attributes(self) -> String {
        let fill = match self.colour {
            Some(1) => "#ff7b72",
            Some(2) => "#7ee787",
            Some(3) => "#f2cc60",
            Some(4) => "#79c0ff",
            Some(5) => "#d2a8ff",
            Some(6) => "#76e3ea",
            _ if self.faint => "#8b949e",
            _ => "#e6edf3",
        };
        let weight = if self.bold { r#" font-weight="bold""# } else { "" };
        let line = if self.underlined { r#" text-decoration="underline""# } else { "" };
        format!(r#"fill="{fill}"{weight}{line}"#)
    }
}

/// The runs of equal look in a line, each with the column that it begins at.
fn runs(line: &str, look: &mut Look) -> Vec<(usize, Look, String)> {
    let mut runs: Vec<(usize, Look, String)> = Vec::new();
    let mut column = 0;
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        if let Some(code) = rest.strip_prefix("\u{1b}[") {
            let end = code.find('m').expect("only colours are used");
            code[..end].split(';').for_each(|code| look.apply(code));
            rest = &code[end + 1..];
            continue;
        }
        match runs.last_mut().filter(|run| run.1 == *look) {
            Some(run) => run.2.push(first),
            None => runs.push((column, *look, first.to_string())),
        }
        column += 1;
        rest = &rest[first.len_utf8()..];
    }
    runs
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The picture of a terminal with this text, under a title.
pub fn draw(title: &str, text: &str) -> String {
    let mut look = Look::default();
    let lines: Vec<_> = text.lines().map(|line| runs(line, &mut look)).collect();
    let columns = lines.iter().flatten().map(|(at, _, text)| at + text.chars().count()).max().unwrap_or(0);
    let width = columns as f64 * CHARACTER + 2.0 * MARGIN;
    let height = lines.len() as f64 * LINE + 2.0 * MARGIN;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" \
         height=\"{height:.0}\" role=\"img\">\n<title>{}</title>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#0d1117\"/>\n\
         <g font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" \
         font-size=\"14\">\n",
        escape(title)
    );
    for (row, runs) in lines.iter().enumerate() {
        let y = MARGIN + (row as f64 + 0.75) * LINE;
        for (column, look, text) in runs.iter().filter(|(.., text)| !text.trim().is_empty()) {
            let blanks = text.chars().take_while(|letter| *letter == ' ').count();
            let shown = text.trim();
            let x = MARGIN + (column + blanks) as f64 * CHARACTER;
            let length = shown.chars().count() as f64 * CHARACTER;
            // The length holds columns together, whatever font the reader has.
            out.push_str(&format!(
                "<text x=\"{x:.1}\" y=\"{y:.1}\" textLength=\"{length:.1}\" xml:space=\"preserve\" {}>{}</text>\n",
                look.attributes(),
                escape(shown)
            ));
        }
    }
    out.push_str("</g>\n</svg>\n");
    out
}

#[test]
fn a_picture_is_well_formed_and_keeps_text_colour_and_column() {
    let svg = draw("a < b", "one \u{1b}[1;31mtwo & <three>\u{1b}[0m\n\n  │ \u{1b}[36mfour\u{1b}[0m");
    let document = roxmltree::Document::parse(&svg).expect("well-formed XML");
    let texts: Vec<(&str, &str)> = document
        .descendants()
        .filter(|node| node.has_tag_name("text"))
        .map(|node| (node.attribute("x").expect("a place"), node.text().expect("a text")))
        .collect();
    assert_eq!(texts, [("18.0", "one"), ("51.6", "two & <three>"), ("34.8", "│"), ("51.6", "four")]);
    assert!(svg.contains("fill=\"#ff7b72\" font-weight=\"bold\">two"));
}
