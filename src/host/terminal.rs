//! What the terminal can show.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// When colours are used.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ColourChoice {
    /// On a terminal that can show them.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0")
}

/// Whether standard output gets colours.
pub fn colour(choice: ColourChoice) -> bool {
    match choice {
        ColourChoice::Always => true,
        ColourChoice::Never => false,
        ColourChoice::Auto if is_set("NO_COLOR") => false,
        ColourChoice::Auto if is_set("CLICOLOR_FORCE") => true,
        ColourChoice::Auto => {
            stdout_is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
        }
    }
}

/// Whether standard output is a terminal.
pub fn stdout_is_terminal() -> bool {
    std::io::stdout().is_terminal()
}

/// Whether somebody would have to type the input.
pub fn stdin_is_terminal() -> bool {
    std::io::stdin().is_terminal()
}

/// How many columns there are: those of the terminal, of `COLUMNS`, or 100.
pub fn width() -> usize {
    let said = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
    let measured = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    said.or_else(measured).unwrap_or(100)
}

/// Whether the terminal shows more than ASCII. Pipes do.
pub fn unicode() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| {
        let value = std::env::var(name).ok()?;
        (!value.is_empty()).then_some(value)
    });
    let plain = locale.is_some_and(|value| value == "C" || value == "POSIX");
    !stdout_is_terminal() || !plain
}

/// A line on standard error that says how far a long run is; nothing for short ones, and nothing in a pipe.
#[derive(Debug)]
pub struct Progress {
    started: Instant,
    shown: Option<Instant>,
    enabled: bool,
}

impl Progress {
    /// Starts the clock.
    pub fn start() -> Self {
        let enabled = std::io::stderr().is_terminal() && stdout_is_terminal();
        Self { started: Instant::now(), shown: None, enabled }
    }

    /// Shows how many are done, when the run has taken a moment.
    pub fn tell(&mut self, done: usize, all: usize) {
        const A_MOMENT: Duration = Duration::from_millis(400);
        const OFTEN: Duration = Duration::from_millis(100);
        let now = Instant::now();
        let due = self.shown.is_none_or(|shown| now.duration_since(shown) > OFTEN);
        if self.enabled && due && now.duration_since(self.started) > A_MOMENT {
            self.shown = Some(now);
            let _ = std::io::Write::write_fmt(
                &mut std::io::stderr().lock(),
                format_args!("\rchecking {done} of {all} …\x1b[K"),
            );
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown.is_some() {
            let _ = std::io::Write::write_all(&mut std::io::stderr().lock(), b"\r\x1b[K");
        }
    }
}

/// How many things can be done at the same time.
pub fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}
