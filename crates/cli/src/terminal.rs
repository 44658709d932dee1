//! What people see on standard error, and results on standard output.

use gavel_sandbox::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::time::Duration;
use tracing_subscriber::EnvFilter;

/// Sends log lines to standard error.
pub(crate) fn start_log(filter: Option<&str>) {
    let filter = EnvFilter::new(filter.unwrap_or("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal()).init();
}

/// A line on standard error. Nothing can be done when nobody reads it.
pub(crate) fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Whether a terminal may be coloured, as <https://no-color.org> asks.
#[cfg(feature = "train")]
#[expect(clippy::disallowed_methods, reason = "a convention of terminals, read where the command line is")]
pub(crate) fn colour() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// A line on standard output.
pub(crate) fn print(line: &str) -> std::io::Result<()> {
    writeln!(std::io::stdout().lock(), "{line}")
}

/// A bar on standard error, or plain lines where that is no terminal.
pub(crate) fn bar(total: Option<u64>, template: &str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr_with_hz(10));
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.set_style(style.progress_chars("=> "));
    bar
}

/// Shows the building of a guest: nothing if there is nothing to build.
pub(crate) fn guest_progress(name: &'static str) -> impl FnMut(Progress) {
    let mut bar: Option<ProgressBar> = None;
    move |progress| {
        let shown = bar.get_or_insert_with(|| {
            let shown = self::bar(Some(u64::from(progress.total)), "{msg} [{bar:24}] {pos}/{len} {elapsed}");
            shown.enable_steady_tick(Duration::from_millis(200));
            shown
        });
        shown.set_position(u64::from(progress.done));
        if progress.step.is_empty() {
            shown.finish_and_clear();
            say(&format!("the {name} guest is ready (took {:.1} s)", shown.elapsed().as_secs_f64()));
        } else {
            shown.set_message(format!("{name} guest: {}", progress.step));
            if shown.is_hidden() {
                say(&format!("{name} guest: {} ({}/{})", progress.step, progress.done + 1, progress.total));
            }
        }
    }
}
