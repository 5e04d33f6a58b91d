//! What the command line says about rules: `--profile`, `--stage`, `--select`, `--ignore`.

use super::Arguments;
use crate::rules::own::Facts;
use crate::rules::{self, Category, Selection, Selector};

/// What the arguments choose.
pub fn selection(arguments: &Arguments) -> Selection {
    let read = |words: &[String]| words.iter().map(|word| Selector::parse(word.trim())).collect();
    Selection {
        profile: arguments.profile,
        stage: arguments.stage,
        select: read(&arguments.select),
        ignore: read(&arguments.ignore),
    }
}

/// Says what is wrong with a name that is none, of the program or of the project.
pub fn check_names(arguments: &Arguments, own: &[Facts]) -> Result<(), String> {
    let words = arguments.select.iter().map(|word| ("select", word));
    for (option, word) in words.chain(arguments.ignore.iter().map(|word| ("ignore", word))) {
        let of_language = match Selector::parse(word.trim()) {
            Selector::Category(category) => category == Category::Language,
            Selector::Rule(name) => match rules::find(&name) {
                Some(rule) => rule.category == Category::Language,
                None if own.iter().any(|rule| rule.name == name) => false,
                None => return Err(unknown(option, &name, own)),
            },
        };
        if of_language && option == "ignore" {
            let message = "what keeps a design from being understood cannot be ignored";
            return Err(format!("`--ignore {word}`: {message}"));
        }
    }
    Ok(())
}

fn unknown(option: &str, name: &str, own: &[Facts]) -> String {
    let categories = Category::ALL.iter().map(|category| category.name());
    let known = rules::ALL.iter().map(|rule| rule.name).chain(categories);
    let near = crate::suggest::closest(name, known.chain(own.iter().map(|rule| &*rule.name)));
    let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    format!("`--{option}`: there is no rule or category `{name}`{near} (`sysdesign rules` lists them all)")
}
