//! What the command line says about rules. Nothing that a design or `sysdesign.toml` says overrides it.

use super::{Category, Profile, Stage};

/// A rule by its name, or all rules of a category.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Selector {
    /// One rule.
    Rule(String),
    /// A whole category.
    Category(Category),
}

impl Selector {
    /// What a word on the command line stands for: the name of a category, or else of a rule.
    pub fn parse(word: &str) -> Self {
        let category = Category::ALL.iter().find(|category| category.name() == word);
        category.map_or_else(|| Self::Rule(word.to_owned()), |category| Self::Category(*category))
    }

    fn takes(&self, name: &str, category: Category) -> bool {
        match self {
            Self::Rule(rule) => rule == name,
            Self::Category(chosen) => *chosen == category,
        }
    }
}

/// What the command line says about rules.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// How many rules are active.
    pub profile: Option<Profile>,
    /// How far the designs are.
    pub stage: Option<Stage>,
    /// The only rules that are run; all when empty.
    pub select: Vec<Selector>,
    /// Rules that are not run.
    pub ignore: Vec<Selector>,
}

impl Selection {
    /// Whether a rule is left out. Rules of the language never are.
    pub fn leaves_out(&self, name: &str, category: Category) -> bool {
        let is_in = |list: &[Selector]| list.iter().any(|one| one.takes(name, category));
        category != Category::Language
            && ((!self.select.is_empty() && !is_in(&self.select)) || is_in(&self.ignore))
    }

    /// Whether a rule of the project's own is left out.
    pub fn leaves_out_own(&self, name: &str) -> bool {
        let is_in =
            |list: &[Selector]| list.iter().any(|one| matches!(one, Selector::Rule(rule) if rule == name));
        (!self.select.is_empty() && !is_in(&self.select)) || is_in(&self.ignore)
    }

    /// Whether a rule is asked for by its name: then it is run whatever the profile, the stage and the severity say.
    pub fn names(&self, name: &str) -> bool {
        self.select.iter().any(|one| matches!(one, Selector::Rule(rule) if rule == name))
    }
}
