//! Writing to standard output and standard error: the only place that prints.

use super::Exit;
use crate::report::sanitize::{Signs, Visible};
use std::io::{ErrorKind, Write};

/// Writes a whole answer to standard output. A reader that has seen enough is no failure; a full disk is.
pub fn print(write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<(), Exit> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(cannot_write(&error)),
    }
}

/// Says on standard error why the job cannot be done. There is nobody to tell when that fails too.
pub fn complain(message: &str) {
    let message = Visible::line(message, Signs::Unicode);
    let _ = writeln!(std::io::stderr().lock(), "error: {}", message.as_str());
}

/// As [`complain`], and the run is over.
pub fn trouble(message: &str) -> Exit {
    complain(message);
    Exit::Trouble
}

/// Ends a run whose arguments make no sense, or that only asked for help.
pub fn usage(error: &clap::Error) -> Exit {
    if !error.use_stderr() {
        return match error.print() {
            Ok(()) => Exit::Clean,
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Exit::Clean,
            Err(error) => cannot_write(&error),
        };
    }
    // The message repeats the arguments, which may hold anything.
    let plain = error.render().to_string();
    let visible = Visible::lines(&plain, Signs::Unicode);
    let _ = match visible.as_str() == plain {
        true => error.print(),
        false => std::io::stderr().lock().write_all(visible.as_str().as_bytes()),
    };
    Exit::Trouble
}

fn cannot_write(error: &std::io::Error) -> Exit {
    complain(&format!("cannot write to standard output: {error}"));
    Exit::Trouble
}

/// Says something on standard error that is no trouble.
pub fn note(message: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", Visible::line(message, Signs::Unicode).as_str());
}

/// Writes a whole report to standard error, where the answer should have been on standard output.
pub fn print_error(write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) {
    let mut out = std::io::BufWriter::new(std::io::stderr().lock());
    // There is nobody to tell when that fails.
    let _ = write(&mut out).and_then(|()| out.flush());
}

/// Breaks a text between words into lines of a width; a word that is too long stays whole, so that it can be copied.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
