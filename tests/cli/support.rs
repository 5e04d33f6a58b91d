//! Runs the program in a folder of its own, and holds for every run what must hold for all of them.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// A folder under `target/` that goes when the test is done.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// An empty folder that begins a project, so that nothing further out counts.
    pub fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let root = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let path = root.join(format!("cli-{}-{number}", std::process::id()));
        std::fs::create_dir_all(path.join(".git")).unwrap();
        Self(path)
    }

    /// A folder with one design, `a.yaml`.
    pub fn with(design: &str) -> Self {
        let folder = Self::new();
        folder.write("a.yaml", design);
        folder
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> &Self {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    /// Runs the program here.
    pub fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, b"", |_| {})
    }

    /// Runs `validate --quiet` here.
    pub fn validate(&self, arguments: &[&str]) -> Run {
        self.run(&[&["validate", "--quiet"], arguments].concat())
    }

    /// Runs the program here with some input, after the command was changed.
    pub fn run_with(&self, arguments: &[&str], input: &[u8], change: impl FnOnce(&mut Command)) -> Run {
        let mut command = program();
        command.args(arguments).current_dir(&self.0);
        change(&mut command);
        finish(command, input)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The program with an empty environment: what a test wants to be set, it sets.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sysdesign"));
    command.env_clear();
    for needed in ["SYSTEMROOT", "PATH", "LLVM_PROFILE_FILE"] {
        if let Some(value) = std::env::var_os(needed) {
            command.env(needed, value);
        }
    }
    command
}

/// What a run left behind.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    /// Takes a run for what it must be: not a crash, and nothing on any stream that steers a terminal.
    fn new(code: Option<i32>, out: Vec<u8>, err: Vec<u8>) -> Self {
        let run = Self {
            code: code.expect("the program was not killed"),
            out: String::from_utf8(out).expect("standard output is UTF-8"),
            err: String::from_utf8(err).expect("standard error is UTF-8"),
        };
        assert!((0..=2).contains(&run.code), "{run:?}");
        assert!(!run.err.contains("panicked") && !run.err.contains("bug in sysdesign"), "{}", run.err);
        assert!(run.code != 2 || !run.err.is_empty(), "a run that could not do its job says why: {run:?}");
        for stream in [&run.out, &run.err] {
            assert_only_visible(stream);
        }
        run
    }

    /// Fails unless the run ended with this code; gives the run back.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "out: {}\nerr: {}", self.out, self.err);
        self
    }

    /// The findings of a quiet run: `file:line:column: severity[rule]: message`.
    pub fn findings(&self) -> Vec<&str> {
        self.out.lines().filter(|line| line.contains("]: ")).collect()
    }

    /// `rule line:column` of each finding of a quiet run.
    pub fn places(&self) -> Vec<String> {
        let place = |line: &&str| {
            let (place, rest) = line.split_once(": ").unwrap();
            let rule = rest.split_once('[').unwrap().1.split_once("]: ").unwrap().0;
            let mut parts = place.rsplitn(3, ':');
            let column = parts.next().unwrap();
            format!("{rule} {}:{column}", parts.next().unwrap())
        };
        self.findings().iter().map(place).collect()
    }
}

fn drain(mut stream: impl Read + Send + 'static) -> std::thread::JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        bytes
    })
}

/// Runs a command to its end.
pub fn finish(mut command: Command, input: &[u8]) -> Run {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let (out, err) = (drain(child.stdout.take().unwrap()), drain(child.stderr.take().unwrap()));
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // The program may end before it has read everything.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let code = wait(&mut child);
    writer.join().unwrap();
    Run::new(code, out.join().unwrap(), err.join().unwrap())
}

/// Waits for the end; a program that hangs is stopped, so that the test fails and does not hang too.
fn wait(child: &mut Child) -> Option<i32> {
    const FAR_TOO_LONG: Duration = Duration::from_secs(120);
    let started = Instant::now();
    while started.elapsed() < FAR_TOO_LONG {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    panic!("the program hangs");
}

/// Fails when a character would steer a terminal, hide, or change the order of others.
pub fn assert_only_visible(text: &str) {
    let bad = |character: char| {
        let hides = ('\u{200b}'..='\u{200f}').contains(&character)
            || ('\u{2028}'..='\u{202e}').contains(&character)
            || ('\u{2060}'..='\u{206f}').contains(&character);
        hides || character == '\u{feff}' || (character.is_control() && character != '\n')
    };
    assert!(!text.contains(bad), "{text:?}");
}

/// The beginning of a design in which nothing is wrong; what is tested follows from line 4 on.
pub const HEAD: &str = "sysdesign: 1\nname: Shop\nsummary: Sells things\n";

/// A design that begins well.
pub fn design(body: &str) -> String {
    format!("{HEAD}{body}")
}

/// Two components and a flow: nothing is wrong with it.
pub const CLEAN: &str = "sysdesign: 1\nname: Shop\nsummary: Sells things\ncomponents:\n  browser: client\n  \
                         app: service\nflows:\n  visit:\n    rate: 5 rps\n    steps:\n      - browser -> app: GET /\n";

/// The file of a row under `tests/hostile/`.
pub fn hostile(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The findings about a design given on standard input, quietly.
pub fn findings(text: impl AsRef<[u8]>) -> Run {
    let folder = Folder::new();
    folder.run_with(&["validate", "--quiet", "-"], text.as_ref(), |_| {})
}
