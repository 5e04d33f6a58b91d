//! Reads the suite's files: JavaScript modules that export JSON.

use serde_json::Value;
use std::path::Path;

/// One case.
pub struct Case {
    /// The name of its file, and its number where the file holds several: `229Q`, `VJP3/1`.
    pub id: String,
    /// The text.
    pub yaml: String,
    /// Whether the suite calls the text invalid.
    pub fails: bool,
    /// The events that the text means, as the suite writes them.
    pub events: String,
    /// The values that the text means as JSON, one for each document.
    pub json: Option<String>,
}

/// All cases, sorted by id.
#[expect(clippy::disallowed_methods, reason = "the suite lies in files")]
pub fn load(folder: &Path) -> Vec<Case> {
    let mut files: Vec<_> = std::fs::read_dir(folder.join("data"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "js"))
        .filter(|path| path.file_stem().is_some_and(|name| name != "index"))
        .collect();
    files.sort();
    files.iter().flat_map(|path| cases_of(&std::fs::read_to_string(path).unwrap())).collect()
}

fn cases_of(module: &str) -> Vec<Case> {
    let (_, json) = module.split_once("export default ").expect("a module with a default export");
    let file: Value = serde_json::from_str(json.trim_end().trim_end_matches(';')).expect("JSON");
    let id = file["id"].as_str().expect("an id");
    let cases = file["cases"].as_array().expect("cases");
    let text = |case: &Value, key: &str| case[key].as_str().map(str::to_owned);
    let (mut events, mut json) = (String::new(), None);
    let mut found = Vec::new();
    for (number, case) in cases.iter().enumerate() {
        // What a later case does not say is as in the one before it.
        events = text(case, "tree").unwrap_or(events);
        json = text(case, "json").or(json);
        found.push(Case {
            id: if cases.len() == 1 { id.to_owned() } else { format!("{id}/{number}") },
            yaml: text(case, "yaml").expect("a text"),
            fails: case["fail"].as_bool().unwrap_or(false),
            events: events.clone(),
            json: json.clone(),
        });
    }
    found
}
