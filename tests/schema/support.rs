//! Texts read and validated both ways: by the reader and by the schema.

use serde_json::Value;
use sysdesign::catalog::entry::CatalogFile;
use sysdesign::diagnostic::Diagnostic;
use sysdesign::schema::{self, HouseSchema};
use sysdesign::source::Span;
use sysdesign::spec::Design;
use sysdesign::spec::shape::{Reader, Shape};
use sysdesign::syntax::{CoreType, Node, NodeKind};
use sysdesign::{Document, NoFiles, Workspace, check};

/// The two languages that have a schema.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Language {
    Design,
    Part,
    Catalogue,
}

impl Language {
    pub const ALL: [Self; 3] = [Self::Design, Self::Part, Self::Catalogue];

    pub fn schema(self) -> Value {
        match self {
            Self::Design => schema::design(),
            Self::Part => schema::part(),
            Self::Catalogue => schema::catalog(),
        }
    }

    /// The name of the schema's file.
    pub fn file(self) -> &'static str {
        match self {
            Self::Design => "schemas/sysdesign.schema.json",
            Self::Part => "schemas/part.schema.json",
            Self::Catalogue => "schemas/catalog.schema.json",
        }
    }

    pub fn validator(self) -> HouseSchema {
        HouseSchema::of(&self.schema()).expect("our own schema compiles")
    }
}

/// A text that has been parsed.
#[derive(Debug)]
pub struct Text {
    pub workspace: Workspace,
}

impl Text {
    pub fn new(text: &str) -> Self {
        let mut workspace = Workspace::new();
        let document = Document { identity: "text".into(), name: "text.yaml".into(), bytes: text.into() };
        workspace.add_design(document, &mut NoFiles);
        Self { workspace }
    }

    pub fn root(&self) -> Node<'_> {
        self.workspace.root(self.workspace.designs()[0].files[0]).expect("the text holds a value")
    }

    /// What the parser finds: nothing, for texts that are YAML.
    pub fn is_yaml(&self) -> bool {
        let design = &self.workspace.designs()[0];
        self.workspace.is_complete(design.files[0])
            && self.workspace.diagnostics(design).all(|found| found.rule.starts_with("include"))
    }

    /// What the reader finds that a schema could find too.
    pub fn structural(&self, language: Language) -> Vec<Diagnostic> {
        let mut found = match language {
            Language::Design => check::read(&self.workspace, &self.workspace.designs()[0]).1,
            Language::Part => {
                let mut reader = Reader::default();
                Design::read(self.root(), &mut reader);
                reader.diagnostics
            }
            Language::Catalogue => {
                let mut reader = Reader::default();
                CatalogFile::read(self.root(), &mut reader);
                reader.diagnostics
            }
        };
        found.retain(|found| match &*found.rule {
            "unknown-key" if found.message.ends_with("in a rules block") => !self.sets_a_severity(found.span),
            "unknown-key"
            | "wrong-type"
            | "missing-key"
            | "unknown-value"
            | "invalid-id"
            | "unsupported-version" => true,
            "missing-unit" => is_in_plain_number(self.root(), found.span),
            _ => false,
        });
        found
    }
}

impl Text {
    /// Whether the key at a span sets the severity of a rule. The reader knows a slip of `allow` or `profile` from
    /// the name of a rule, which a schema cannot.
    fn sets_a_severity(&self, key: Span) -> bool {
        let rules = self.root().get("rules").expect("a rules block was complained about");
        let value = rules.entries().find(|(name, _)| name.span() == key).expect("the key is there").1;
        ["off", "info", "warning", "error"].contains(&value.text())
    }
}

fn is_in_plain_number(node: Node<'_>, span: Span) -> bool {
    match node.kind() {
        NodeKind::Scalar => node.span().contains(span) && matches!(node.core_type(), CoreType::Number(_)),
        NodeKind::List => node.items().any(|item| is_in_plain_number(item, span)),
        NodeKind::Map => node.entries().any(|(_, value)| is_in_plain_number(value, span)),
    }
}

/// What was found, one line each.
pub fn told(found: &[Diagnostic]) -> String {
    found.iter().map(|found| format!("{}: {}\n", found.rule, found.message)).collect()
}

/// A value as YAML in flow style, texts without quotes where YAML allows it.
pub fn to_yaml(value: &Value) -> String {
    write(value, &mut |scalar| scalar.to_string())
}

/// The same, with the less usual spellings of nothing, of truth values and of numbers.
pub fn to_odd_yaml(value: &Value, dice: &mut Dice) -> String {
    write(value, &mut |scalar| match scalar {
        Value::Null => (*dice.pick(&["null", "~", "Null"])).to_owned(),
        Value::Bool(true) => (*dice.pick(&["true", "True", "TRUE"])).to_owned(),
        Value::Bool(false) => (*dice.pick(&["false", "False", "FALSE"])).to_owned(),
        Value::Number(number) => match number.as_u64() {
            Some(whole) => match dice.roll(6) {
                0 => format!("0x{whole:X}"),
                1 => format!("+{whole}"),
                2 => format!("{whole}.0"),
                3 => format!("{whole}e0"),
                _ => whole.to_string(),
            },
            None => number.to_string(),
        },
        other => other.to_string(),
    })
}

fn write(value: &Value, other: &mut dyn FnMut(&Value) -> String) -> String {
    match value {
        Value::Object(members) => {
            let mut entry =
                |(key, value): (&String, &Value)| format!("{}: {}", scalar(key), write(value, other));
            let entries: Vec<String> = members.iter().map(&mut entry).collect();
            format!("{{{}}}", entries.join(", "))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| write(item, other)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::String(text) => scalar(text),
        simple => other(simple),
    }
}

fn scalar(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b" ./%$_+*-><~()?:".contains(&byte);
    let simple = text.bytes().all(plain)
        && text.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '$')
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && sysdesign::syntax::core_type(text) == CoreType::Text;
    if simple { text.to_owned() } else { Value::from(text).to_string() }
}

/// Numbers that look random and are the same in every run.
#[derive(Debug)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    /// A number below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) as usize % sides
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.roll(from.len())]
    }
}
