//! The schema and the reader say the same of every document.
//!
//! What only one of the two can see, and why, is written down in `docs/decisions/schema.md`.

use crate::generate::{Generator, damage};
use crate::support::{Dice, Language, Text, to_odd_yaml, told};
use crate::walk::{example_documents, records};
use serde_json::Value;
use sysdesign::schema::HouseSchema;
use sysdesign::spec::shape::to_json;

fn check(language: Language, validator: &HouseSchema, document: &Value, dice: &mut Dice) -> bool {
    let yaml = to_odd_yaml(document, dice);
    let text = Text::new(&yaml);
    assert!(text.is_yaml(), "{yaml}");
    assert_eq!(&to_json(text.root()), document, "{yaml}");
    let told = told(&text.structural(language));
    let fits = validator.fits(text.root());
    if fits != told.is_empty() {
        let schema =
            validator.check(text.root()).iter().map(|it| format!("{}\n", it.message)).collect::<String>();
        panic!("{language:?}\n{yaml}\nthe reader says:\n{told}\nthe schema says:\n{schema}");
    }
    fits
}

#[test]
fn documents_made_from_the_schema_are_read_without_complaint() {
    for (language, rounds) in
        [(Language::Design, 8_000), (Language::Part, 1_000), (Language::Catalogue, 2_000)]
    {
        let (root, validator) = (language.schema(), language.validator());
        for seed in 0..rounds {
            let mut generator = Generator { root: &root, dice: Dice::new(seed) };
            let document = generator.value(&root, 4);
            let mut dice = generator.dice;
            assert!(check(language, &validator, &document, &mut dice), "seed {seed} does not fit the schema");
        }
    }
}

#[test]
fn damaged_documents_are_refused_by_both_or_by_none() {
    for (language, rounds) in
        [(Language::Design, 22_000), (Language::Part, 3_000), (Language::Catalogue, 6_000)]
    {
        let (root, validator) = (language.schema(), language.validator());
        let mut keys: Vec<String> =
            records(&root).iter().flat_map(|record| record.members().map(|(key, _)| key.clone())).collect();
        keys.sort();
        keys.dedup();
        let examples = example_documents(&root);
        let mut refused = 0;
        for seed in 0..rounds {
            let mut dice = Dice::new(1_000_000 + seed);
            let mut document = if seed % 2 == 0 {
                dice.pick(&examples).1.clone()
            } else {
                Generator { root: &root, dice: Dice::new(seed) }.value(&root, 3)
            };
            for _ in 0..=dice.roll(3) {
                damage(&mut document, &keys, &mut dice);
            }
            refused += u64::from(!check(language, &validator, &document, &mut dice));
        }
        // The damage must be neither harmless nor always fatal.
        assert!(refused > rounds / 5 && refused < rounds * 19 / 20, "{refused} of {rounds} refused");
    }
}
