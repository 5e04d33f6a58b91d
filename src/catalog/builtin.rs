//! The catalogue that comes with the program: YAML files in our own format, read when first needed.

use super::Catalog;
use super::entry::CatalogFile;
use crate::diagnostic::Diagnostic;
use crate::source::{SourceFile, Sources};
use crate::spec::shape::{Reader, Shape};
use crate::syntax::{self, Tree};
use std::sync::OnceLock;

macro_rules! files {
    ($($path:literal,)*) => {
        &[$(($path, include_str!($path)),)*]
    };
}

/// Name and text of each file.
pub const FILES: &[(&str, &str)] = files![
    "kinds.yaml",
    "technologies/compute.yaml",
    "technologies/edge.yaml",
    "technologies/external.yaml",
    "technologies/messaging.yaml",
    "technologies/operations.yaml",
    "technologies/processing.yaml",
    "technologies/proxies.yaml",
    "technologies/relational.yaml",
    "technologies/search.yaml",
    "technologies/storage.yaml",
    "technologies/stores.yaml",
];

struct Texts {
    sources: Sources,
    trees: Vec<Tree>,
}

fn texts() -> &'static Texts {
    static TEXTS: OnceLock<Texts> = OnceLock::new();
    TEXTS.get_or_init(|| {
        let mut sources = Sources::new();
        let ids: Vec<_> = FILES
            .iter()
            .filter_map(|(name, text)| sources.add(SourceFile::new(format!("catalog/{name}"), *text)))
            .collect();
        let trees = ids.into_iter().map(|id| syntax::parse(&sources, id).tree).collect();
        Texts { sources, trees }
    })
}

/// The texts of the built-in catalogue, which the spans of its numbers point into.
pub fn sources() -> &'static Sources {
    &texts().sources
}

/// The built-in catalogue, read once for the whole run.
pub fn shared() -> &'static Catalog<'static> {
    static CATALOG: OnceLock<Catalog<'static>> = OnceLock::new();
    CATALOG.get_or_init(catalog)
}

/// The built-in catalogue to add to. What would be wrong with it is found by a test, not by users.
pub fn catalog<'t>() -> Catalog<'t> {
    read().0
}

/// The built-in catalogue and everything that is wrong with it.
pub fn read<'t>() -> (Catalog<'t>, Vec<Diagnostic>) {
    let texts = texts();
    let mut catalog = Catalog::default();
    let mut reader = Reader::default();
    for tree in &texts.trees {
        let file = tree.root(&texts.sources).and_then(|root| CatalogFile::read(root, &mut reader));
        if let Some(file) = file {
            catalog.add(file);
        }
    }
    (catalog, reader.diagnostics)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_call_a_kind_leads_to_a_kind_and_is_none() {
        for (words, kind) in crate::synonyms::KINDS {
            assert!(shared().kind(kind).is_some(), "{kind}");
            for word in *words {
                assert!(shared().kind(word).is_none(), "{word} is a kind itself");
            }
        }
    }

    #[test]
    fn the_built_in_catalogue_is_sound() {
        for (name, text) in FILES {
            let mut sources = Sources::new();
            let id = sources.add(SourceFile::new(*name, *text)).expect("room for a file");
            assert_eq!(syntax::parse(&sources, id).diagnostics, [], "{name}");
        }
        let (catalog, diagnostics) = read();
        let mut reader = Reader { diagnostics };
        catalog.check_from(0, &mut reader);
        let told: Vec<String> = reader
            .diagnostics
            .iter()
            .map(|found| {
                let at = sources().position(found.span);
                format!("{}:{}: {}", sources().get(found.span.file).name(), at.line, found.message)
            })
            .collect();
        assert_eq!(told, Vec::<String>::new());
    }
}
