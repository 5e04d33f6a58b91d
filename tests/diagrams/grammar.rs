//! Reads Mermaid as we write it, strictly, in Rust alone: every line has to be one of the statements of its picture, every name
//! has to be known where it is used, and no text may hold anything but letters, harmless signs and codes.

use std::collections::BTreeSet;

/// Reads a picture. Says how many statements it has, or what is wrong with which line.
pub fn read(text: &str) -> Result<usize, String> {
    let body = front_matter(text)?;
    let mut lines = body.lines();
    let header = lines.next().unwrap_or_default();
    let statement: Statement = match header {
        "flowchart LR" | "flowchart RL" | "flowchart TB" | "flowchart BT" => flowchart,
        "sequenceDiagram" => sequence,
        "erDiagram" => entities,
        "classDiagram" => classes,
        "stateDiagram-v2" => states,
        "requirementDiagram" => requirements,
        "sankey-beta" => sankey,
        "xychart-beta" => chart,
        "pie" => pie,
        "gantt" => gantt,
        "timeline" => timeline,
        "mindmap" => mindmap,
        _ => return Err(format!("no picture begins with {header:?}")),
    };
    let mut known = Known::default();
    let mut count = 0;
    for line in lines.filter(|line| !line.is_empty()) {
        let bare = line.trim_start_matches(' ');
        known.indent = line.len() - bare.len();
        let mut rest = Rest(bare);
        let is_read = match bare.strip_prefix("accTitle: ").or_else(|| bare.strip_prefix("accDescr: ")) {
            Some(said) => Rest(said).text("").is_some(),
            None => statement(&mut known, &mut rest).is_some() && rest.0.is_empty(),
        };
        if !is_read || line.contains('\r') {
            return Err(format!("{header}: cannot read {line:?} from {:?} on", rest.0));
        }
        count += 1;
    }
    if !known.open.is_empty() {
        return Err(format!("{header}: {:?} is not closed", known.open));
    }
    let undefined: Vec<&String> = known.used.difference(&known.declared).collect();
    if !undefined.is_empty() {
        return Err(format!("{header}: {undefined:?} is nowhere declared"));
    }
    Ok(count)
}

type Statement = fn(&mut Known, &mut Rest<'_>) -> Option<()>;

/// What the lines so far have said.
#[derive(Default)]
struct Known {
    declared: BTreeSet<String>,
    used: BTreeSet<String>,
    /// What is open: the word that began it.
    open: Vec<String>,
    indent: usize,
}

impl Known {
    /// A name that must not have been declared before.
    fn declare(&mut self, name: &str) -> Option<()> {
        self.declared.insert(name.to_owned()).then_some(())
    }

    fn uses(&mut self, name: &str) -> Option<()> {
        self.used.insert(name.to_owned());
        Some(())
    }
}

/// What is left of a line.
struct Rest<'l>(&'l str);

impl<'l> Rest<'l> {
    fn eat(&mut self, word: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(word)?;
        Some(())
    }

    /// Whichever of these comes next.
    fn one_of(&mut self, words: &[&'static str]) -> Option<&'static str> {
        words.iter().copied().find(|word| self.eat(word).is_some())
    }

    fn take(&mut self, is_in: impl Fn(char) -> bool) -> Option<&'l str> {
        let end = self.0.find(|sign| !is_in(sign)).unwrap_or(self.0.len());
        let (taken, rest) = self.0.split_at(end);
        self.0 = rest;
        (!taken.is_empty()).then_some(taken)
    }

    /// A name of ours: a letter that no word of a grammar goes on with, then letters and digits.
    fn id(&mut self) -> Option<&'l str> {
        let id = self.take(|sign| sign.is_ascii_alphanumeric() || sign == '_')?;
        id.starts_with(['n', 'g', 'k']).then_some(id)
    }

    fn number(&mut self) -> Option<f64> {
        let number = self.take(|sign| sign.is_ascii_digit() || sign == '.' || sign == '-')?;
        number.parse().ok().filter(|number: &f64| number.is_finite())
    }

    /// A text up to what ends it, which is not part of it; up to the end of the line when that is nothing.
    fn text(&mut self, end: &str) -> Option<&'l str> {
        let at = if end.is_empty() { self.0.len() } else { self.0.find(end)? };
        let (text, rest) = self.0.split_at(at);
        self.0 = rest.strip_prefix(end)?;
        is_harmless(text).then_some(text)
    }

    fn quoted(&mut self) -> Option<&'l str> {
        self.eat("\"")?;
        self.text("\"")
    }
}

/// Whether a text is signs that no grammar takes for a command, codes, and breaks of lines.
fn is_harmless(text: &str) -> bool {
    let without_breaks = text.replace("<br/>", " ");
    let mut rest = without_breaks.as_str();
    while let Some(at) =
        rest.find(['"', '&', '<', '>', '`', '\\', '$', '%', ':', ';', '*', '_', '~', '@', '#'])
    {
        let Some((code, after)) = rest[at..].strip_prefix('#').and_then(|rest| rest.split_once(';')) else {
            return false;
        };
        if code.parse().ok().and_then(char::from_u32).is_none() {
            return false;
        }
        rest = after;
    }
    !text.chars().any(char::is_control)
}

/// The text after the front matter, which is YAML with a title and settings.
fn front_matter(text: &str) -> Result<&str, String> {
    let (matter, body) = text
        .strip_prefix("---\n")
        .and_then(|text| text.split_once("\n---\n"))
        .ok_or_else(|| "there is no front matter".to_owned())?;
    let read: yaml_serde::Value = yaml_serde::from_str(matter).map_err(|why| format!("{why}: {matter}"))?;
    match read.get("title") {
        Some(yaml_serde::Value::String(_)) => Ok(body),
        other => Err(format!("{other:?} is no title")),
    }
}

fn flowchart(known: &mut Known, rest: &mut Rest<'_>) -> Option<()> {
    if rest.0 == "end" {
        rest.0 = "";
        return known.open.pop().map(|_| ());
    }
    let look = |sign: char| sign.is_ascii_alphanumeric() || ":#,- .".contains(sign);
    if rest.eat("subgraph ").is_some() {
        let id = match rest.eat("legend") {
            Some(()) => "legend",
            None => rest.id()?,
        };
        known.declare(id)?;
        known.open.push(id.to_owned());
        rest.eat("[")?;
        rest.quoted()?;
        return rest.eat("]");
    }
    if rest.eat("classDef ").is_some() {
        let name = rest.take(|sign| sign.is_ascii_lowercase())?;
        known.declare(&format!("class {name}"))?;
        return rest.take(look).map(|_| ());
    }
    if rest.eat("style ").is_some() {
        let id = rest.id()?;
        known.uses(id)?;
        return rest.take(look).map(|_| ());
    }
    let id = rest.id()?;
    if let Some(arrow) = rest.one_of(&[" --> ", " ==> ", " -.-> ", " --- ", " === ", " -.- ", " ~~~ "]) {
        known.uses(id)?;
        if arrow != " ~~~ " && rest.eat("|").is_some() {
            rest.quoted()?;
            rest.eat("| ")?;
        }
        let to = rest.id()?;
        return known.uses(to);
    }
    let open = rest.one_of(&["[(", "([", "[[", "{{", "[", "(", "{", ">"])?;
    known.declare(id)?;
    rest.quoted()?;
    rest.eat(match open {
        "[(" => ")]",
        "([" => "])",
        "[[" => "]]",
        "{{" => "}}",
        "(" => ")",
        "{" => "}",
        _ => "]",
    })?;
    if rest.eat(":::").is_some() {
        let name = rest.take(|sign| sign.is_ascii_lowercase())?;
        known.uses(&format!("class {name}"))?;
    }
    Some(())
}

fn sequence(known: &mut Known, rest: &mut Rest<'_>) -> Option<()> {
    if rest.0 == "end" {
        rest.0 = "";
        return known.open.pop().map(|_| ());
    }
    if rest.one_of(&["participant ", "actor "]).is_some() {
        let id = rest.id()?;
        known.declare(id)?;
        rest.eat(" as ")?;
        return rest.text("").map(|_| ());
    }
    if let Some(word) = rest.one_of(&["alt ", "opt ", "par ", "loop "]) {
        known.open.push(word.to_owned());
        return rest.text("").map(|_| ());
    }
    if let Some(word) = rest.one_of(&["else ", "and "]) {
        let begins = if word == "else " { "alt " } else { "par " };
        return rest.text("").filter(|_| known.open.last().is_some_and(|open| open == begins)).map(|_| ());
    }
    if rest.eat("note over ").is_some() {
        let first = rest.id()?;
        known.uses(first)?;
        if rest.eat(",").is_some() {
            let last = rest.id()?;
            known.uses(last)?;
        }
        rest.eat(": ")?;
        return rest.text("").map(|_| ());
    }
    let from = rest.id()?;
    rest.one_of(&["->>+", "-->>-", "-)"])?;
    let to = rest.id()?;
    known.uses(from)?;
    known.uses(to)?;
    rest.eat(": ")?;
    rest.text("").filter(|text| !text.is_empty()).map(|_| ())
}

/// The beginning of a record with lines in braces, or its end.
fn braces(known: &mut Known, rest: &mut Rest<'_>, word: &str) -> Option<bool> {
    if rest.0 == "}" {
        rest.0 = "";
        return known.open.pop().map(|_| true);
    }
    let before = rest.0;
    let id = rest.eat(word).and_then(|()| rest.id());
    if let Some(id) = id
        && rest.eat("[").is_some()
    {
        known.declare(id)?;
        known.open.push(id.to_owned());
        rest.quoted()?;
        rest.eat("] {")?;
        return Some(true);
    }
    rest.0 = before;
    Some(false)
}

fn tie(known: &mut Known, rest: &mut Rest<'_>, arrows: &[&'static str]) -> Option<()> {
    let from = rest.id()?;
    rest.one_of(arrows)?;
    let to = rest.id()?;
    known.uses(from)?;
    known.uses(to)
}

fn entities(known: &mut Known, rest: &mut Rest<'_>) -> Option<()> {
    if !known.open.is_empty() && rest.0 != "}" {
        let word = |sign: char| sign.is_alphanumeric() || "_-()".contains(sign);
        rest.take(word)?;
        rest.eat(" ")?;
        rest.take(word)?;
        let mut between = " ";
        while rest.eat(between).is_some() {
            if rest.0.starts_with('"') {
                return rest.quoted().map(|_| ());
            }
            rest.one_of(&["PK", "FK", "UK"])?;
            between = if rest.0.starts_with(',') { ", " } else { " " };
        }
        return Some(());
    }
    if braces(known, rest, "")? {
        return Some(());
    }
    let from = rest.id()?;
    rest.eat(" ")?;
    rest.one_of(&["||", "|o", "}o", "}|"])?;
    rest.one_of(&["--", ".."])?;
    rest.one_of(&["||", "o|", "o{", "|{"])?;
    rest.eat(" ")?;
    let to = rest.id()?;
    known.uses(from)?;
    known.uses(to)?;
    rest.eat(" : ")?;
    rest.quoted().map(|_| ())
}

fn classes(known: &mut Known, rest: &mut Rest<'_>) -> Option<()> {
    if !known.open.is_empty() && rest.0 != "}" {
        if rest.eat("<<").is_some() {
            rest.take(|sign| sign.is_alphanumeric() || " -".contains(sign))?;
            return rest.eat(">>");
        }
        return rest.text("").filter(|text| !text.contains(['{', '}', '(', ')', '[', ']'])).map(|_| ());
    }
    if braces(known, rest, "class ")? {
        return Some(());
    }
    tie(known, rest, &[" --|> ", " ..|> ", " *-- ", " ..> "])
}

fn states(known: &mut Known, rest: &mut Rest<'_>) -> Option<()> {
    if rest.eat("state ").is_some() {
        rest.quoted()?;
        rest.eat(" as ")?;
        let id = rest.id()?;
        return known.declare(id);
    }
    for arrow in [" --> ", ""] {
        if rest.eat("[*]").is_none() {
            let id = rest.id()?;
            known.uses(id)?;
        }
        rest.eat(arrow)?;
    }
    match rest.eat(" : ") {
        Some(()) => rest.text("").map(|_| ()),
        None => Some(()),
    }
}

fn requirements(known: &mut Known, rest: &mut Rest<'_>) -> Option<()> {
    if rest.0 == "}" {
        rest.0 = "";
        return known.open.pop().map(|_| ());
    }
    if !known.open.is_empty() {
        let words = ["risk: low", "risk: medium", "risk: high", "verifymethod: analysis"];
        if rest.one_of(&words).is_some() {
            return Some(());
        }
        rest.one_of(&["id: ", "text: ", "type: "])?;
        return rest.quoted().map(|_| ());
    }
    let kinds = ["functionalRequirement ", "performanceRequirement ", "requirement ", "element "];
    if let Some(kind) = rest.one_of(&kinds) {
        let name = rest.quoted()?;
        known.declare(name)?;
        known.open.push(kind.to_owned());
        return rest.eat(" {");
    }
    if rest.eat("direction LR").is_some() {
        return Some(());
    }
    let element = rest.quoted()?;
    rest.eat(" - satisfies -> ")?;
    let wanted = rest.quoted()?;
    known.uses(element)?;
    known.uses(wanted)
}

fn sankey(_: &mut Known, rest: &mut Rest<'_>) -> Option<()> {
    for _ in 0..2 {
        rest.eat("\"")?;
        // Quotes are doubled, as in CSV.
        while rest.eat("\"\"").is_some() || rest.take(|sign| sign.is_ascii() && sign != '"').is_some() {}
        rest.eat("\",")?;
    }
    rest.number().filter(|amount| *amount >= 0.0).map(|_| ())
}

fn chart(_: &mut Known, rest: &mut Rest<'_>) -> Option<()> {
    if rest.eat("x-axis ").is_some() {
        rest.quoted()?;
        rest.eat(" [")?;
        rest.quoted()?;
        while rest.eat(", ").is_some() {
            rest.quoted()?;
        }
        return rest.eat("]");
    }
    if rest.eat("y-axis ").is_some() {
        rest.quoted()?;
        rest.eat(" ")?;
        let low = rest.number()?;
        rest.eat(" --> ")?;
        return rest.number().filter(|high| *high > low).map(|_| ());
    }
    rest.one_of(&["bar [", "line ["])?;
    rest.number()?;
    while rest.eat(", ").is_some() {
        rest.number()?;
    }
    rest.eat("]")
}

fn pie(_: &mut Known, rest: &mut Rest<'_>) -> Option<()> {
    rest.quoted()?;
    rest.eat(" : ")?;
    rest.number().filter(|share| *share > 0.0).map(|_| ())
}

fn gantt(known: &mut Known, rest: &mut Rest<'_>) -> Option<()> {
    let settings =
        ["dateFormat x", "axisFormat %s s", "axisFormat %s ms", "axisFormat %s µs", "todayMarker off"];
    if settings.contains(&rest.0) {
        rest.0 = "";
        return Some(());
    }
    if rest.eat("section ").is_some() {
        return rest.text("").map(|_| ());
    }
    rest.text(" :")?;
    rest.one_of(&["crit, ", "active, ", "done, ", "milestone, "]);
    let id = rest.take(|sign| sign.is_ascii_alphanumeric())?;
    known.declare(id)?;
    rest.eat(", ")?;
    let start = rest.number()?;
    rest.eat(", ")?;
    rest.number().filter(|end| *end >= start).map(|_| ())
}

fn timeline(_: &mut Known, rest: &mut Rest<'_>) -> Option<()> {
    rest.text(" : ")?;
    rest.0.split(" : ").all(is_harmless).then(|| rest.0 = "")
}

fn mindmap(known: &mut Known, rest: &mut Rest<'_>) -> Option<()> {
    let is_root = rest.eat("root").is_some();
    let id = if is_root { "root" } else { rest.take(|sign| sign.is_ascii_alphanumeric())? };
    known.declare(id)?;
    // The root is furthest to the left, and nothing else is as far.
    if is_root != (known.indent == 2) {
        return None;
    }
    let open = rest.one_of(&["((", "(", "["])?;
    rest.quoted()?;
    rest.eat(match open {
        "((" => "))",
        "(" => ")",
        _ => "]",
    })
}
