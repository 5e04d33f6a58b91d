//! A report as a list of sections of tables: what is said, apart from how a terminal or a web page shows it.

/// How much a text matters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tone {
    /// Like any other.
    Plain,
    /// A name.
    Strong,
    /// What may be passed over.
    Faint,
    /// What is in doubt.
    Doubtful,
    /// What is wrong.
    Bad,
}

/// A part of a cell.
#[derive(Clone, PartialEq, Debug)]
pub enum Piece {
    /// A text, which may come from the design.
    Text(Tone, String),
    /// A share from 0 to 1 as a bar.
    Bar(Tone, f64),
}

/// What stands in one place of a table.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Cell(pub Vec<Piece>);

impl Cell {
    /// Nothing.
    pub fn empty() -> Self {
        Self::default()
    }

    /// A text in a tone.
    pub fn toned(tone: Tone, text: impl Into<String>) -> Self {
        Self(vec![Piece::Text(tone, text.into())])
    }

    /// A text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::toned(Tone::Plain, text)
    }

    /// A name.
    pub fn name(text: impl Into<String>) -> Self {
        Self::toned(Tone::Strong, text)
    }

    /// What may be passed over.
    pub fn faint(text: impl Into<String>) -> Self {
        Self::toned(Tone::Faint, text)
    }

    /// Something more behind it.
    #[must_use]
    pub fn then(mut self, tone: Tone, text: impl Into<String>) -> Self {
        self.0.push(Piece::Text(tone, text.into()));
        self
    }

    /// Whether nothing stands there.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|piece| matches!(piece, Piece::Text(_, text) if text.is_empty()))
    }
}

/// A column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Column {
    /// What stands above it.
    pub title: &'static str,
    /// Whether its cells end at the same place.
    pub to_the_right: bool,
}

/// A column of words.
pub const fn words(title: &'static str) -> Column {
    Column { title, to_the_right: false }
}

/// A column of numbers.
pub const fn numbers(title: &'static str) -> Column {
    Column { title, to_the_right: true }
}

/// Rows of cells.
#[derive(Clone, PartialEq, Debug)]
pub struct Table {
    /// The columns.
    pub columns: Vec<(Column, String)>,
    /// The rows, each with a cell for every column.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// No rows yet.
    pub fn new(columns: &[Column]) -> Self {
        let columns = columns.iter().map(|column| (*column, column.title.to_owned())).collect();
        Self { columns, rows: Vec::new() }
    }

    /// The same without columns in which nothing stands.
    #[must_use]
    pub fn without_empty_columns(self) -> Self {
        let used: Vec<bool> = (0..self.columns.len())
            .map(|at| self.rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.is_empty())))
            .collect();
        let keep = |at: usize| used.get(at).copied().unwrap_or(false);
        let columns =
            self.columns.into_iter().enumerate().filter(|(at, _)| keep(*at)).map(|(_, column)| column);
        let rows = self.rows.into_iter().map(|row| {
            row.into_iter().enumerate().filter(|(at, _)| keep(*at)).map(|(_, cell)| cell).collect()
        });
        Self { columns: columns.collect(), rows: rows.collect() }
    }
}

/// A part of a section.
#[derive(Clone, PartialEq, Debug)]
pub enum Item {
    /// A table.
    Table(Table),
    /// A paragraph.
    Line(Cell),
}

/// A part of the report.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// What it is about, in a few words behind the heading.
    pub note: String,
    /// What it says.
    pub items: Vec<Item>,
}

impl Section {
    /// Nothing but a heading.
    pub fn new(title: &str, note: &str) -> Self {
        Self { title: title.to_owned(), note: note.to_owned(), items: Vec::new() }
    }

    /// Adds a table, when it has rows.
    pub fn table(&mut self, table: Table) {
        if !table.rows.is_empty() {
            self.items.push(Item::Table(table.without_empty_columns()));
        }
    }

    /// Adds a paragraph, when something stands in it.
    pub fn line(&mut self, cell: Cell) {
        if !cell.is_empty() {
            self.items.push(Item::Line(cell));
        }
    }
}

/// The whole report.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Page {
    /// The name of the design.
    pub title: String,
    /// What it is, and what the numbers rest on.
    pub summary: Vec<Cell>,
    /// Sections in which something stands.
    pub sections: Vec<Section>,
}
