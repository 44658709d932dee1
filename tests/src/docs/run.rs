//! Runs one block in its page's folder.

use super::block::{Block, Language};
use super::expectation::{Step, matches, steps};
use crate::support::Server;
use std::cell::OnceCell;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// How pages write the address of the server that runs beside a block.
pub(super) const ADDRESS: &str = "127.0.0.1:8300";

/// Seconds of wall clock for one block. Long, because the first use of a sandbox builds it; there so that a command which waits for ever fails.
const BLOCK_SECONDS: &str = "1200";

/// Runs the steps of a block in one shell and stops at the first that fails. Arguments: the folder that comes first on PATH, the folder with the steps
/// (`1.sh`, `2.sh`, ..; what they print goes to `1.out`, .. and their status to `1.status`, ..), and how many there are.
const SHELL: &str = r#"
export PATH="$1:$PATH" LC_ALL=C.UTF-8 NO_COLOR=1 COLUMNS=100
_folder=$2 _last=$3
trap 'kill $(jobs -p) 2>/dev/null' EXIT
for _step in $(seq "$_last"); do
  source "$_folder/$_step.sh" >"$_folder/$_step.out" 2>&1 </dev/null
  _status=$?
  echo "$_status" >"$_folder/$_step.status"
  [ "$_status" = 0 ] || exit 0
done
"#;

/// Where the blocks of one page run.
pub(super) struct Context {
    /// Holds `page`, where commands run, and `bin`, which comes first on PATH.
    folder: TempDir,
    gavel: PathBuf,
    server: OnceCell<Server>,
}

impl Context {
    /// A new folder in which `gavel` is the given program.
    pub(super) fn new(gavel: &Path) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let context = Self { folder, gavel: gavel.to_owned(), server: OnceCell::new() };
        for name in [context.page(), context.bin()] {
            fs::create_dir(name).expect("the folder is new");
        }
        symlink(gavel, context.bin().join("gavel")).expect("the folder is new");
        symlink(crate::repository::root().join("tasks"), context.page().join("tasks")).expect("the folder is new");
        context
    }

    fn page(&self) -> PathBuf {
        self.folder.path().join("page")
    }

    fn bin(&self) -> PathBuf {
        self.folder.path().join("bin")
    }

    /// The address of the page's server, which the first call starts.
    fn server_address(&self) -> String {
        self.server.get_or_init(|| Server::start(&self.gavel, &[])).address().to_string()
    }

    /// Runs scripts one after the other in one shell, until one fails. The result holds what each printed and its status; those that did not run are absent,
    /// and a script that ended the shell has no status.
    fn shell(&self, scripts: &[&str]) -> Vec<(String, Option<i32>)> {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let file = |index: usize, extension: &str| folder.path().join(format!("{}.{extension}", index + 1));
        for (index, script) in scripts.iter().enumerate() {
            fs::write(file(index, "sh"), format!("{script}\n")).expect("the folder is writable");
        }
        let mut shell = Command::new("timeout");
        shell.args(["--kill-after=10", BLOCK_SECONDS, "bash", "-c", SHELL, "bash"]);
        shell.arg(self.bin()).arg(folder.path()).arg(scripts.len().to_string());
        shell.current_dir(self.page()).stdin(Stdio::null()).stdout(Stdio::null()).status().expect("timeout and bash run");
        let result = |index| {
            let printed = String::from_utf8_lossy(&fs::read(file(index, "out")).ok()?).into_owned();
            Some((printed, fs::read_to_string(file(index, "status")).ok().and_then(|status| status.trim().parse().ok())))
        };
        (0..scripts.len()).map_while(result).collect()
    }
}

/// Does what the language of a block asks for.
///
/// # Errors
/// What went otherwise than the page says.
pub(super) fn run_block(block: &Block, context: &Context) -> Result<(), String> {
    if let Some(name) = block.file() {
        let path = context.page().join(name);
        let parent = path.parent().expect("a file lies in a folder");
        return fs::create_dir_all(parent).and_then(|()| fs::write(&path, &block.text)).map_err(|error| format!("{name}: {error}"));
    }
    match block.language()? {
        Language::Console => run_steps(&steps(&block.text)?, block.has_tag("server"), context),
        Language::Shell if block.has_tag("run") => {
            let address = block.has_tag("server").then(|| context.server_address());
            let script = format!("set -euo pipefail\n{}", with_address(&block.text, address.as_deref()));
            let result = context.shell(&[&script]).pop();
            match result {
                Some((_, Some(0))) => Ok(()),
                Some((printed, status)) => Err(format!("{} and printed:\n{}", ended(status), indented(&printed))),
                None => Err("the shell did not start".to_owned()),
            }
        }
        Language::Shell | Language::Data(_) | Language::Shown => Ok(()),
    }
}

fn run_steps(steps: &[Step], beside_server: bool, context: &Context) -> Result<(), String> {
    let address = beside_server.then(|| context.server_address());
    let scripts: Vec<String> = steps.iter().map(|step| with_address(&step.command, address.as_deref())).collect();
    let results = context.shell(&scripts.iter().map(String::as_str).collect::<Vec<_>>());
    for (index, Step { command, expected }) in steps.iter().enumerate() {
        let Some((printed, status)) = results.get(index) else { return Err(format!("`{command}` did not run")) };
        let printed = address.as_ref().map_or_else(|| printed.clone(), |address| printed.replace(address, ADDRESS));
        if *status != Some(0) {
            return Err(format!("`{command}` {} and printed:\n{}", ended(*status), indented(&printed)));
        }
        if !matches(expected, &printed) {
            return Err(format!("`{command}` printed:\n{}\nand the page says:\n{}", indented(&printed), indented(expected)));
        }
    }
    Ok(())
}

fn with_address(command: &str, address: Option<&str>) -> String {
    address.map_or_else(|| command.to_owned(), |address| command.replace(ADDRESS, address))
}

fn ended(status: Option<i32>) -> String {
    status.map_or_else(|| "ended the shell or took too long".to_owned(), |status| format!("ended with status {status}"))
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::docs::blocks;
    use crate::support::fake_gavel;

    /// Runs a page with a stand-in for `gavel`. `expect` is a part of the first failure, if there is to be one.
    #[track_caller]
    fn check(page: &str, expect: Option<&str>) {
        let folder = tempfile::tempdir().unwrap();
        let context = Context::new(&fake_gavel(folder.path()));
        let failure = blocks("page.md", page).unwrap().iter().find_map(|block| run_block(block, &context).err());
        match expect {
            None => assert_eq!(failure, None),
            Some(part) => assert!(failure.as_ref().is_some_and(|failure| failure.contains(part)), "{failure:?} does not say {part:?}"),
        }
    }

    #[test]
    fn console() {
        check("```console\n$ printf 'a\\nb\\n'; echo c >&2\na\n…\nc\n```\n", None);
        check("```console\n$ echo a\nb\n```\n", Some("`echo a` printed:\n    a\nand the page says:\n    b"));
        check("```console\n$ echo a; (exit 3)\na\n```\n", Some("ended with status 3 and printed:\n    a"));
        check("```console\n$ (exit 3); echo status $?\nstatus 3\n```\n", None);
        check("```console\n$ exit 0\n$ true\n```\n", Some("`exit 0` ended the shell"));
        check("```console\n$ gavel a 'b c'\ngavel a b c\n```\n", None);
        check("```console\n$ test -d tasks && read x; echo done\ndone\n```\n", None);
    }

    #[test]
    fn blocks_share_a_folder_and_steps_a_shell() {
        let page = "```console\n$ mkdir a && cd a\n$ x=1; echo b > f\n$ cat f; echo $x\nb\n1\n```\n";
        check(&format!("{page}```console\n$ cat a/f; echo \"[$x]\"\nb\n[]\n```\n"), None);
        check("```json,file=sub/a.json\n{}\n```\n```console\n$ cat sub/a.json\n{}\n```\n", None);
    }

    #[test]
    fn shell() {
        check("```sh\nexit 1\n```\n", None);
        check("```sh,run\ntrue\n```\n", None);
        check("```sh,run\necho a; false | true\ntrue\n```\n", Some("ended the shell or took too long and printed:\n    a"));
    }

    #[test]
    fn commands_reach_the_server_and_pages_keep_their_address() {
        let page = "```console,server\n$ echo http://127.0.0.1:8300/ | tee address\nhttp://127.0.0.1:8300/\n```\n";
        check(&format!("{page}```console\n$ grep -c :8300 address; true\n0\n```\n"), None);
        check("```sh,run,server\necho 127.0.0.1:8300 > a\n! grep :8300 a\n```\n", None);
    }
}
