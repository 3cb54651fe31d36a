//! Progress on a terminal for work of over a second, never in a pipe.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Work shorter than this is not worth a word.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the line is drawn anew.
const BEAT: Duration = Duration::from_millis(200);

/// One line on standard error that tells the stage and the seconds, and goes away at the end.
pub(super) struct Progress {
    sender: Option<Sender<String>>,
    drawer: Option<JoinHandle<()>>,
}

impl Progress {
    #[expect(
        clippy::disallowed_methods,
        reason = "progress tells seconds; no output does"
    )]
    /// Starts to count; draws only where `wanted` and standard error is a terminal.
    pub(super) fn start(wanted: bool) -> Self {
        if !wanted || !io::stderr().is_terminal() {
            return Self {
                sender: None,
                drawer: None,
            };
        }
        let (sender, stages) = mpsc::channel::<String>();
        let drawer = std::thread::spawn(move || {
            let begun = Instant::now();
            let (mut stage, mut drawn) = (String::new(), false);
            loop {
                match stages.recv_timeout(BEAT) {
                    Ok(next) => stage = next,
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => break,
                }
                if begun.elapsed() >= PATIENCE {
                    drawn = true;
                    let mut out = io::stderr().lock();
                    let line = format!("\r\x1b[K{stage} … {} s", begun.elapsed().as_secs());
                    // A terminal that went away is no reason to stop working.
                    let _ = out.write_all(line.as_bytes()).and_then(|()| out.flush());
                }
            }
            if drawn {
                let _ = io::stderr().lock().write_all(b"\r\x1b[K");
            }
        });
        Self {
            sender: Some(sender),
            drawer: Some(drawer),
        }
    }

    /// Names what is being done.
    pub(super) fn stage(&mut self, words: &str) {
        if let Some(sender) = &self.sender {
            // The drawer ends only after this sender.
            let _ = sender.send(words.to_owned());
        }
    }

    /// Takes the line away.
    pub(super) fn end(&mut self) {
        self.sender = None;
        if let Some(drawer) = self.drawer.take() {
            let _ = drawer.join();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.end();
    }
}
