use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// An id that is written in another style than the others of its section.
    ///
    /// ## Why
    /// Ids are typed by hand in steps and expressions. One style is remembered; a mixture is looked up.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   user_service: { kind: service }
    ///   order_service: { kind: service }
    ///   paymentService: { kind: service }
    /// # ^^^^^^^^^^^^^^ naming-style
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   user_service: { kind: service }
    ///   order_service: { kind: service }
    ///   payment_service: { kind: service }
    /// ```
    "naming-style": Info, Model, Strict, since "0.1.0", check
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Snake,
    Kebab,
    Camel,
    Pascal,
}

impl Style {
    const ALL: [Self; 4] = [Self::Snake, Self::Kebab, Self::Camel, Self::Pascal];

    fn name(self) -> &'static str {
        match self {
            Self::Snake => "snake_case",
            Self::Kebab => "kebab-case",
            Self::Camel => "camelCase",
            Self::Pascal => "PascalCase",
        }
    }

    /// The style of an id; `None` for one lower-case word, which fits all but one of them.
    fn of(id: &str) -> Option<Self> {
        let capital = |letter: char| letter.is_ascii_uppercase();
        match () {
            () if id.contains('_') => Some(Self::Snake),
            () if id.contains('-') => Some(Self::Kebab),
            () if id.starts_with(capital) => Some(Self::Pascal),
            () if id.contains(capital) => Some(Self::Camel),
            () => None,
        }
    }

    fn apply(self, id: &str) -> String {
        let mut words: Vec<String> = vec![String::new()];
        let mut before = ' ';
        for (at, letter) in id.char_indices() {
            // In `HTTPServer`, `S` begins a word and the capitals before it are one.
            let after = id.get(at + letter.len_utf8()..).and_then(|rest| rest.chars().next());
            let ends_capitals =
                before.is_ascii_uppercase() && after.is_some_and(|next| next.is_ascii_lowercase());
            let begins = letter.is_ascii_uppercase()
                && (!before.is_ascii_uppercase() || ends_capitals)
                && words.last().is_some_and(|word| !word.is_empty());
            before = letter;
            if matches!(letter, '_' | '-') || begins {
                words.push(String::new());
            }
            if let (Some(word), false) = (words.last_mut(), matches!(letter, '_' | '-')) {
                word.push(letter.to_ascii_lowercase());
            }
        }
        let capitalised = |word: &String| {
            let mut letters = word.chars();
            letters
                .next()
                .map(|first| first.to_ascii_uppercase())
                .into_iter()
                .chain(letters)
                .collect::<String>()
        };
        match self {
            Self::Snake => words.join("_"),
            Self::Kebab => words.join("-"),
            Self::Pascal => words.iter().map(capitalised).collect(),
            Self::Camel => {
                let (first, rest) =
                    words.split_first().map_or((String::new(), &[][..]), |(f, r)| (f.clone(), r));
                first + &rest.iter().map(capitalised).collect::<String>()
            }
        }
    }
}

fn check(model: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for space in Space::ALL {
        let names = model.names.all(space);
        let count = |style| names.iter().filter(|name| Style::of(name.text) == Some(style)).count();
        let mut counted: Vec<(usize, Style)> =
            Style::ALL.into_iter().map(|style| (count(style), style)).collect();
        counted.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        // Without a clear majority nobody can say which style is the odd one.
        let [(most, usual), (second, _), ..] = counted.as_slice() else { continue };
        if *most < 2 || most == second {
            continue;
        }
        for name in names {
            if let Some(style) = Style::of(name.text).filter(|style| style != usual) {
                let message =
                    format!("`{}` is {}, the others here are {}", name.text, style.name(), usual.name());
                let help = format!("write `{}`, here and where it is used", usual.apply(name.text));
                out.push(RULE.finding(name.span, message).help(help));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_in_a_row_are_one_word() {
        let check = |id: &str, expected: &str| assert_eq!(Style::Snake.apply(id), expected);
        check("orderService", "order_service");
        check("HTTPServer", "http_server");
        check("orderAPI", "order_api");
        check("order-service", "order_service");
        assert_eq!(Style::Camel.apply("order_service"), "orderService");
    }
}
