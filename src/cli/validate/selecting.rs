//! What the command line says about rules: `--profile`, `--stage`, `--select`, `--ignore`.

use super::Arguments;
use crate::rules::{self, Category, Selection, Selector};

/// What the arguments choose; says what is wrong with a name that is none.
pub fn selection(arguments: &Arguments) -> Result<Selection, String> {
    let read = |option: &str, words: &[String]| {
        words.iter().map(|word| selector(option, word)).collect::<Result<Vec<_>, _>>()
    };
    Ok(Selection {
        profile: arguments.profile,
        stage: arguments.stage,
        select: read("select", &arguments.select)?,
        ignore: read("ignore", &arguments.ignore)?,
    })
}

fn selector(option: &str, word: &str) -> Result<Selector, String> {
    let selector = Selector::parse(word.trim());
    let of_language = match &selector {
        Selector::Category(category) => *category == Category::Language,
        Selector::Rule(name) => match rules::find(name) {
            Some(rule) => rule.category == Category::Language,
            None => return Err(unknown(option, name)),
        },
    };
    if of_language && option == "ignore" {
        return Err(format!(
            "`--ignore {word}`: what keeps a design from being understood cannot be ignored"
        ));
    }
    Ok(selector)
}

fn unknown(option: &str, name: &str) -> String {
    let categories = Category::ALL.iter().map(|category| category.name());
    let near = crate::suggest::closest(name, rules::ALL.iter().map(|rule| rule.name).chain(categories));
    let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    format!("`--{option}`: there is no rule or category `{name}`{near} (`sysdesign rules` lists them all)")
}
