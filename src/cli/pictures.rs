//! Pictures as bytes: the one place that knows all formats.

use crate::diagrams::picture::Picture;
use crate::diagrams::theme::Theme;
use crate::diagrams::{d2, dot, drawing, mermaid, plantuml, png, svg};
use clap::ValueEnum;
use std::path::Path;

/// The forms in which pictures are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum DiagramFormat {
    /// Drawn by GitHub, GitLab and most wikis
    Mermaid,
    /// Drawn here, for pages
    Svg,
    /// Drawn here, for everything else
    Png,
    /// Graphviz
    Dot,
    /// D2
    D2,
    /// PlantUML
    Plantuml,
}

impl DiagramFormat {
    /// The end of file names.
    fn extension(self) -> &'static str {
        match self {
            Self::Mermaid => "mmd",
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Dot => "dot",
            Self::D2 => "d2",
            Self::Plantuml => "puml",
        }
    }

    /// The ends of file names that say the format.
    pub fn ends() -> Vec<String> {
        Self::value_variants().iter().map(|format| format!("`.{}`", format.extension())).collect()
    }

    /// The format that the end of a file's name asks for.
    pub fn of_file(path: &Path) -> Option<Self> {
        let end = path.extension()?.to_str()?;
        Self::value_variants().iter().copied().find(|format| format.extension() == end)
    }

    /// What the fences of Markdown call it.
    fn fence(self) -> &'static str {
        match self {
            Self::Mermaid => "mermaid",
            other => other.extension(),
        }
    }
}

/// The pages that pictures are for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub enum DiagramTheme {
    /// Light and dark
    #[default]
    Auto,
    /// Light
    Light,
    /// Dark
    Dark,
}

impl From<DiagramTheme> for Theme {
    fn from(theme: DiagramTheme) -> Self {
        match theme {
            DiagramTheme::Auto => Self::Adaptive,
            DiagramTheme::Light => Self::Light,
            DiagramTheme::Dark => Self::Dark,
        }
    }
}

/// Bytes to be written.
pub struct Page {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The end of the file's name.
    pub extension: &'static str,
    /// What is not shown, and why.
    pub notices: Vec<String>,
}

/// Dots for each unit of length in a PNG, so that it is sharp on screens of today.
const SHARP: f64 = 2.0;

/// One picture in a format. A table is Markdown in every one of them.
fn one(picture: &Picture, format: DiagramFormat, theme: DiagramTheme) -> Result<Page, String> {
    let drawn = |bytes: Vec<u8>| {
        Ok(Page { bytes, extension: format.extension(), notices: drawing::notices(picture) })
    };
    match format {
        DiagramFormat::Svg => return drawn(svg::render(picture, &theme.into()).into_bytes()),
        DiagramFormat::Png => return drawn(png::render(picture, &theme.into(), SHARP)?),
        _ => {}
    }
    let plain = |text: String| Page {
        bytes: text.into_bytes(),
        extension: format.extension(),
        notices: picture.notices.clone(),
    };
    let cannot = || {
        let other = "write it with `--format mermaid`";
        format!("`{}` cannot be written as {}: {other}", picture.name, format.fence())
    };
    let written = mermaid::write(picture, theme.into());
    if written.is_markdown || format == DiagramFormat::Mermaid {
        let extension = if written.is_markdown { "md" } else { format.extension() };
        return Ok(Page { bytes: written.text.into_bytes(), extension, notices: written.notices });
    }
    let text = match format {
        DiagramFormat::Dot => dot::write(picture, theme.into()),
        DiagramFormat::D2 => d2::write(picture, theme.into()),
        DiagramFormat::Plantuml => plantuml::write(picture, theme.into()),
        DiagramFormat::Mermaid | DiagramFormat::Svg | DiagramFormat::Png => None,
    };
    text.map(plain).ok_or_else(cannot)
}

/// Pictures as they are printed: one as it is, several as a page of Markdown.
pub fn page(pictures: &[Picture], format: DiagramFormat, theme: DiagramTheme) -> Result<Page, String> {
    match pictures {
        [picture] => one(picture, format, theme),
        _ if matches!(format, DiagramFormat::Svg | DiagramFormat::Png) => Err(format!(
            "{} pictures do not go into one {}: name a folder, as in `-o pictures/`",
            pictures.len(),
            format.extension().to_uppercase()
        )),
        _ => markdown(pictures, format, theme),
    }
}

/// A page of Markdown with a heading over each picture.
pub fn markdown(pictures: &[Picture], format: DiagramFormat, theme: DiagramTheme) -> Result<Page, String> {
    let mut text = String::new();
    let mut notices = Vec::new();
    for (number, picture) in pictures.iter().enumerate() {
        if number > 0 {
            text.push('\n');
        }
        text.push_str(&format!("## {}\n\n", crate::diagrams::embed::escaped(&picture.name)));
        let (block, said) = fenced(picture, format, theme)?;
        text.push_str(&block);
        for notice in said {
            text.push_str(&format!("\n*{}.*\n", crate::diagrams::embed::escaped(&notice)));
            notices.push(format!("{}: {notice}", picture.name));
        }
    }
    Ok(Page { bytes: text.into_bytes(), extension: "md", notices })
}

/// A picture in a fence of Markdown, and what is not shown.
pub fn fenced(
    picture: &Picture,
    format: DiagramFormat,
    theme: DiagramTheme,
) -> Result<(String, Vec<String>), String> {
    if matches!(format, DiagramFormat::Svg | DiagramFormat::Png) {
        let shown = format.extension();
        return Err(format!(
            "{} is no text for a page: write it into a file, and link it",
            shown.to_uppercase()
        ));
    }
    let page = one(picture, format, theme)?;
    let text = String::from_utf8(page.bytes).map_err(|_| "not a text".to_owned())?;
    if page.extension == "md" {
        return Ok((text, page.notices));
    }
    // A fence is longer than any within it.
    let mut fence = "```".to_owned();
    while text.contains(&fence) {
        fence.push('`');
    }
    Ok((format!("{fence}{}\n{text}{fence}\n", format.fence()), page.notices))
}

/// The name of the file for a picture, without its end: the kind comes first, so that no name is one of the system's.
pub fn file_name(picture: &Picture) -> String {
    let safe =
        |sign: char| if sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_') { sign } else { '-' };
    let name: String = picture.name.chars().take(100).map(safe).collect();
    if name.is_empty() { "picture".to_owned() } else { name }
}
