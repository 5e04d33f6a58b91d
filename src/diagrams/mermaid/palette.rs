//! Colours that can be told apart by people who see few of them, with dark text on light boxes or light on dark.

use super::super::picture::Tone;
use super::super::theme::Theme;

impl Theme {
    /// The setting that asks Mermaid for it.
    pub(super) fn mermaid_name(self) -> Option<&'static str> {
        match self {
            Self::Adaptive => None,
            Self::Light => Some("theme: default"),
            Self::Dark => Some("theme: dark"),
        }
    }
}

/// The name of a tone, and how its boxes look.
pub(super) fn style(tone: Tone, theme: Theme) -> Option<(&'static str, &'static str)> {
    let is_dark = theme == Theme::Dark;
    // After Okabe and Ito: the hues differ in brightness too.
    let (name, light, dark) = match tone {
        Tone::Plain => return None,
        Tone::Person => (
            "person",
            "fill:#fff1d0,stroke:#9a6700,color:#1f2328",
            "fill:#4d3800,stroke:#e3b341,color:#f0f6fc",
        ),
        Tone::Compute => (
            "compute",
            "fill:#ddf0ff,stroke:#0072b2,color:#1f2328",
            "fill:#0c2d4a,stroke:#56b4e9,color:#f0f6fc",
        ),
        Tone::Store => (
            "store",
            "fill:#d8f3e8,stroke:#00694c,color:#1f2328",
            "fill:#0b3a2c,stroke:#2fc99a,color:#f0f6fc",
        ),
        Tone::Message => (
            "message",
            "fill:#f7e1ef,stroke:#a04479,color:#1f2328",
            "fill:#4a1f38,stroke:#e39cc4,color:#f0f6fc",
        ),
        Tone::Edge => {
            ("edge", "fill:#eae6ff,stroke:#5b46b2,color:#1f2328", "fill:#2d2560,stroke:#a99bf5,color:#f0f6fc")
        }
        Tone::Support => (
            "support",
            "fill:#eceff2,stroke:#57606a,color:#1f2328",
            "fill:#30363d,stroke:#9ea7b3,color:#f0f6fc",
        ),
        Tone::External => (
            "external",
            "fill:#ffffff,stroke:#57606a,color:#1f2328,stroke-dasharray:5 4",
            "fill:#161b22,stroke:#9ea7b3,color:#f0f6fc,stroke-dasharray:5 4",
        ),
        Tone::Good => {
            ("good", "fill:#cfe8fc,stroke:#0072b2,color:#1f2328", "fill:#0c2d4a,stroke:#56b4e9,color:#f0f6fc")
        }
        Tone::Warm => (
            "warm",
            "fill:#ffe7b3,stroke:#b07800,color:#1f2328,stroke-width:2px",
            "fill:#574000,stroke:#e69f00,color:#f0f6fc,stroke-width:2px",
        ),
        Tone::Hot => (
            "hot",
            "fill:#ffb99a,stroke:#b33c00,color:#1f2328,stroke-width:4px",
            "fill:#7a2900,stroke:#ff8a5c,color:#f0f6fc,stroke-width:4px",
        ),
        Tone::Faint => (
            "faint",
            "fill:#f6f8fa,stroke:#8c959f,color:#424a53,stroke-dasharray:2 3",
            "fill:#21262d,stroke:#6e7681,color:#c9d1d9,stroke-dasharray:2 3",
        ),
    };
    Some((name, if is_dark { dark } else { light }))
}
