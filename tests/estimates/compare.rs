//! What a design expects of its numbers, and where an estimate differs from it.

use serde_json::{Map, Value};

/// How far a number may be off.
#[derive(Clone, Copy, Debug, Default)]
struct Tolerance {
    /// As a share of what is expected.
    rel: Option<f64>,
    /// In the unit of the value.
    abs: Option<f64>,
}

impl Tolerance {
    fn allows(self, expected: f64, found: f64) -> bool {
        let distance = (found - expected).abs();
        let relative = self.rel.is_some_and(|rel| distance <= rel * expected.abs());
        relative || self.abs.is_some_and(|abs| distance <= abs)
    }
}

impl std::fmt::Display for Tolerance {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.rel, self.abs) {
            (Some(rel), _) => write!(out, "(rel {rel:?})"),
            (None, Some(abs)) => write!(out, "(abs {abs:?})"),
            (None, None) => Ok(()),
        }
    }
}

/// What must come out at one address.
#[derive(Debug)]
struct Entry {
    address: String,
    /// Members of the printed value (`value`, `p5`, `p95`, `mean`) and what they must be.
    right: Vec<(&'static str, f64)>,
    /// Members of the printed value and what they must not be: numbers that come of well-known mistakes.
    wrong: Vec<(&'static str, f64)>,
    /// What the program says of it, as `unstable` of the wait in a line that grows without end: then there is no number.
    status: Option<String>,
    tolerance: Tolerance,
}

/// What must come out of a design.
#[derive(Debug)]
pub struct Expected(Vec<Entry>);

/// How near a number must be to that of a known mistake to be one, where no tolerance is said.
const SAME_MISTAKE: Tolerance = Tolerance { rel: Some(0.001), abs: None };

const MEMBERS: [(&str, &str); 4] =
    [("value", "not"), ("p5", "not_p5"), ("p95", "not_p95"), ("mean", "not_mean")];

impl Expected {
    /// Reads the `x-expected` of a design.
    pub fn read(design: &str) -> Result<Self, String> {
        let design: Value = yaml_serde::from_str(design).map_err(|error| error.to_string())?;
        let entries = design.get("x-expected").and_then(Value::as_object);
        let entries = entries.ok_or("there is no `x-expected`")?;
        let read = |(address, entry): (&String, &Value)| {
            let entry = entry.as_object().ok_or("not a map".to_owned());
            entry
                .and_then(|entry| Entry::read(address, entry))
                .map_err(|problem| format!("{address}: {problem}"))
        };
        entries.iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    /// The addresses that something is expected at.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|entry| entry.address.as_str())
    }

    /// Whether nothing is expected.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Entry {
    fn read(address: &str, entry: &Map<String, Value>) -> Result<Self, String> {
        let mut this = Self {
            address: address.to_owned(),
            right: Vec::new(),
            wrong: Vec::new(),
            status: None,
            tolerance: Tolerance::default(),
        };
        for (key, value) in entry {
            let number = || value.as_f64().ok_or_else(|| format!("`{key}` is not a number"));
            let right = MEMBERS.into_iter().find(|(name, _)| name == key);
            let wrong = MEMBERS.into_iter().find(|(_, name)| name == key);
            match (right, wrong, key.as_str()) {
                (Some((member, _)), ..) => this.right.push((member, number()?)),
                (_, Some((member, _)), _) => {
                    let one = std::slice::from_ref(value);
                    for value in value.as_array().map_or(one, Vec::as_slice) {
                        let number = value.as_f64().ok_or_else(|| format!("`{key}` is not a number"))?;
                        this.wrong.push((member, number));
                    }
                }
                (_, _, "rel") => this.tolerance.rel = Some(number()?),
                (_, _, "abs") => this.tolerance.abs = Some(number()?),
                (_, _, "status") => this.status = value.as_str().map(str::to_owned),
                _ => return Err(format!("`{key}` is not known")),
            }
        }
        if this.right.is_empty() && this.wrong.is_empty() && this.status.is_none() {
            return Err("nothing is expected".to_owned());
        }
        if !this.right.is_empty() && this.tolerance.rel.is_none() && this.tolerance.abs.is_none() {
            return Err("say `rel` or `abs`".to_owned());
        }
        Ok(this)
    }

    fn name(&self, member: &str) -> String {
        match member {
            "value" => self.address.clone(),
            _ => format!("{}, {member}", self.address),
        }
    }

    fn differences(&self, found: Option<&Value>, out: &mut Vec<String>) {
        let member = |name: &str| found.and_then(|found| found.get(name)).and_then(Value::as_f64);
        if let Some(expected) = &self.status {
            let status = found.and_then(|found| found.get("status")).and_then(Value::as_str);
            match member("value") {
                Some(number) => out.push(format!("{}: expected {expected}, got {number}", self.address)),
                None if status == Some(expected) => {}
                None => {
                    out.push(format!(
                        "{}: expected {expected}, got {}",
                        self.address,
                        status.unwrap_or("nothing")
                    ));
                }
            }
        }
        for (name, expected) in &self.right {
            let got = match (member(name), found) {
                (Some(number), _) if self.tolerance.allows(*expected, number) => continue,
                (Some(number), _) => number.to_string(),
                (None, Some(found)) => format!("no number: {found}"),
                (None, None) => "nothing: there is no such address".to_owned(),
            };
            out.push(format!("{}: expected {expected} {}, got {got}", self.name(name), self.tolerance));
        }
        let is_said = self.tolerance.rel.is_some() || self.tolerance.abs.is_some();
        let near = if is_said { self.tolerance } else { SAME_MISTAKE };
        for (name, mistake) in &self.wrong {
            if member(name).is_some_and(|number| near.allows(*mistake, number)) {
                out.push(format!("{}: {mistake} is a known error", self.name(name)));
            }
        }
    }
}

/// Where an estimate differs from what is expected, each in a line.
pub fn differences(expected: &Expected, estimated: &Value) -> Vec<String> {
    let values = estimated.get("values").and_then(Value::as_array);
    let values = values.map_or(&[][..], Vec::as_slice);
    let mut out = Vec::new();
    for entry in &expected.0 {
        let is_it = |value: &&Value| value.get("address").and_then(Value::as_str) == Some(&entry.address);
        entry.differences(values.iter().find(is_it), &mut out);
    }
    out
}
