//! `gavel bench`: how fast this machine is, in processor time, which is less noisy than the clock.

use crate::args::BenchArgs;
use crate::{paths, serve, setup, terminal};
use anyhow::{Context, Result};
use gavel_client::Client;
use gavel_protocol::DetailLevel;
use gavel_sandbox::{Exit, Guests, Job, Language, Limits, Recipe, Request, Sandbox};
use gavel_server::Config;
use gavel_task::Item;
use std::fs;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::{Duration, Instant};

pub(crate) fn run(args: &BenchArgs) -> Result<ExitCode> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    terminal::print(&format!("{} programs a measurement, {cores} cores, {}", args.count, cpu_model()))?;
    let one = programs(args, Language::Python, 1)?;
    terminal::print(&format!("print(1), 1 worker:        {one}"))?;
    if cores > 1 {
        let all = programs(args, Language::Python, cores)?;
        let ratio = all.per_second() / one.per_second();
        terminal::print(&format!("print(1), {cores} workers:       {all}; {ratio:.2} times one worker"))?;
    }
    compiled(args)?;
    // Its guest may have to be built, which can fail without the others being worth less.
    match programs(args, Language::JavaScript, 1) {
        Ok(measured) => terminal::print(&format!("console.log(1), 1 worker:  {measured}"))?,
        Err(error) => terminal::print(&format!("console.log(1): not measured: {error:#}"))?,
    }
    over_http(args, cores)?;
    Ok(ExitCode::SUCCESS)
}

/// Programs done, in how much time of the clock and of processors.
struct Measured {
    count: usize,
    wall: Duration,
    cpu: Duration,
}

impl Measured {
    fn per_second(&self) -> f64 {
        self.count as f64 / self.wall.as_secs_f64()
    }
}

impl std::fmt::Display for Measured {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let cpu_ms = self.cpu.as_secs_f64() * 1000.0 / self.count as f64;
        write!(f, "{:.0}/s, {cpu_ms:.3} ms CPU each, {:.0} per CPU-second", self.per_second(), self.count as f64 / self.cpu.as_secs_f64())
    }
}

/// Fresh instance, a program that prints 1, teardown, on so many workers.
fn programs(args: &BenchArgs, language: Language, workers: usize) -> Result<Measured> {
    let sandbox = setup::sandbox_of(&args.sandbox, workers)?;
    let request = Request {
        language,
        source: if language == Language::JavaScript { "console.log(1)" } else { "print(1)" }.into(),
        job: Job::Run { stdin: b""[..].into(), prelude: true },
        limits: Limits::default(),
    };
    run_all(&sandbox, &request, 50 * workers)?;
    let before = cpu_time()?;
    let started = Instant::now();
    run_all(&sandbox, &request, args.count)?;
    Ok(Measured { count: args.count, wall: started.elapsed(), cpu: cpu_time()?.saturating_sub(before) })
}

/// A program in C++ with streams, containers and exceptions.
const CPP: &str = r#"
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n;
    cin >> n;
    map<int, int> counts;
    vector<long long> values(n);
    for (auto& value : values) {
        cin >> value;
        counts[value % 7]++;
    }
    sort(values.begin(), values.end());
    try {
        cout << accumulate(values.begin(), values.end(), 0LL) - values.at(0) - counts[2] - counts[3] - 2 << endl;
    } catch (const exception& error) {
        printf("%s\n", error.what());
    }
}
"#;

/// How many programs are compiled.
const COMPILED: usize = 10;

/// Compiling a program in C++ and running it once, and running one that has been compiled, with one worker; where the guest is built.
fn compiled(args: &BenchArgs) -> Result<()> {
    if !Guests::new(paths::guests(args.sandbox.cache_dir.as_ref())?).is_built(&Recipe::CPP) {
        return Ok(terminal::print("C++: the guest is not built (`gavel guests build cpp`)")?);
    }
    let sandbox = setup::sandbox_of(&args.sandbox, 1)?;
    let request = |number: usize| Request {
        language: Language::Cpp,
        source: format!("{CPP}// {number}\n").into(),
        job: Job::Run { stdin: b"3 1 2 3"[..].into(), prelude: false },
        limits: Limits::default(),
    };
    let measure = |requests: &[Request]| {
        let (before, started) = (cpu_time()?, Instant::now());
        requests.iter().try_for_each(|request| run_all(&sandbox, request, 1))?;
        anyhow::Ok(Measured { count: requests.len(), wall: started.elapsed(), cpu: cpu_time()?.saturating_sub(before) })
    };
    // Starts the worker.
    measure(&[request(0)])?;
    let different: Vec<Request> = (1..=COMPILED).map(request).collect();
    terminal::print(&format!("C++, compiled and run:      {}", measure(&different)?))?;
    Ok(terminal::print(&format!("C++, run again:             {}", measure(&vec![request(COMPILED); args.count])?))?)
}

fn run_all(sandbox: &Sandbox, request: &Request, count: usize) -> Result<()> {
    let pending: Vec<_> = (0..count).map(|_| sandbox.submit(request.clone(), Default::default())).collect();
    pending.into_iter().try_for_each(|pending| {
        let execution = pending.wait().context("a program could not be run")?;
        anyhow::ensure!(matches!(execution.exit, Exit::Finished | Exit::Status(0)), "a program ended with {:?}", execution.exit);
        Ok(())
    })
}

/// One-test items through `POST /v1/verify`: in batches, and one by one.
fn over_http(args: &BenchArgs, cores: usize) -> Result<()> {
    let engine = setup::engine(&args.sandbox)?;
    let runtime = serve::runtime()?;
    let config = Config { bind: SocketAddr::from(([127, 0, 0, 1], 0)), ..Config::default() };
    let server = runtime.block_on(serve::bind(&config, engine))?;
    let url = format!("http://{}", server.local_addr()?);
    runtime.spawn(server.serve(std::future::pending()));
    let json = r#"{"task": "code", "response": "```python\nprint(sum(map(int, input().split())))\n```", "reference": {"inputs": ["1 2"], "outputs": ["3"]}}"#;
    let item: Item = serde_json::from_str(json)?;
    let client = Client::builder().urls([url]).batch_size(256).detail(DetailLevel::Tests).build()?;
    runtime.block_on(client.verify(vec![item.clone(); 100]));

    let (before, started) = (cpu_time()?, Instant::now());
    let results = runtime.block_on(client.verify(vec![item.clone(); args.count]));
    let measured = Measured { count: args.count, wall: started.elapsed(), cpu: cpu_time()?.saturating_sub(before) };
    anyhow::ensure!(results.iter().all(|result| result.score == Some(1.0)), "an item was not graded 1");
    terminal::print(&format!("POST /v1/verify, batches of 256, {cores} workers: {measured}, client included"))?;

    let mut times: Vec<Duration> = (0..args.count.min(500))
        .map(|_| {
            let started = Instant::now();
            runtime.block_on(client.verify(vec![item.clone()]));
            started.elapsed()
        })
        .collect();
    times.sort_unstable();
    let at = |share: f64| times[(share * (times.len() - 1) as f64) as usize].as_secs_f64() * 1000.0;
    terminal::print(&format!("POST /v1/verify, one item at a time: p50 {:.2} ms, p99 {:.2} ms", at(0.5), at(0.99)))?;
    terminal::print(&format!("resident when idle: {}", resident()?))?;
    in_flight(&runtime, &client)
}

/// Memory of server and workers while programs that hold 8 MB each are in flight.
fn in_flight(runtime: &tokio::runtime::Runtime, client: &Client) -> Result<()> {
    let json = r#"{"task": "code", "response": "```python\nx = bytearray(8_000_000)\nfor i in range(3_000_000): pass\nprint(3)\n```", "reference": {"inputs": [""], "outputs": ["3"]}}"#;
    let item: Item = serde_json::from_str(json)?;
    let client = client.clone();
    let running = runtime.spawn(async move { client.verify(vec![item; IN_FLIGHT]).await });
    let mut most = String::new();
    let mut highest = 0;
    while !running.is_finished() {
        let sizes = resident()?;
        if sizes.total() > highest {
            (highest, most) = (sizes.total(), sizes.to_string());
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let results = runtime.block_on(running)?;
    anyhow::ensure!(results.iter().all(|result| result.score == Some(1.0)), "an item was not graded 1");
    terminal::print(&format!("resident with {IN_FLIGHT} programs of 8 MB in flight, at most: {most}"))?;
    Ok(())
}

/// Programs sent at once to measure memory.
const IN_FLIGHT: usize = 64;

/// Processor time of this process and its children, by the clock ticks that Linux counts.
fn cpu_time() -> Result<Duration> {
    let pids = processes()?;
    let ticks: u64 =
        pids.iter().filter_map(|pid| fs::read_to_string(format!("/proc/{pid}/stat")).ok()).filter_map(|stat| stat_ticks(&stat)).sum();
    // The unit is fixed at 100 a second for user space.
    Ok(Duration::from_millis(ticks * 10))
}

/// User and system ticks of a line of /proc/PID/stat, whose second field may hold spaces.
fn stat_ticks(stat: &str) -> Option<u64> {
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?)
}

/// This process and its sandbox workers.
fn processes() -> Result<Vec<u32>> {
    let own = std::process::id();
    let mut pids = vec![own];
    for task in fs::read_dir("/proc/self/task").context("measuring needs Linux's /proc")?.flatten() {
        let children = fs::read_to_string(task.path().join("children")).unwrap_or_default();
        pids.extend(children.split_whitespace().filter_map(|pid| pid.parse::<u32>().ok()));
    }
    Ok(pids)
}

/// Resident memory in MiB of the server and of its workers, shared pages counted in each, and what is each one's own.
struct Resident(Vec<(u64, u64)>);

impl Resident {
    fn total(&self) -> u64 {
        self.0.iter().map(|(all, _)| all).sum()
    }
}

impl std::fmt::Display for Resident {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parts: Vec<String> = self.0.iter().map(|(all, own)| format!("{all} MiB ({own} its own)")).collect();
        write!(f, "{} = {} MiB", parts.join(" + "), self.total())
    }
}

fn resident() -> Result<Resident> {
    let sizes = processes()?.into_iter().map(|pid| {
        let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        let kib = |field: &str| {
            status.lines().find_map(|line| line.strip_prefix(field)?.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0)
        };
        (kib("VmRSS:") >> 10, (kib("RssAnon:") + kib("RssShmem:")) >> 10)
    });
    Ok(Resident(sizes.collect()))
}

fn cpu_model() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    info.lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or_else(|| "unknown processor".to_owned(), |(_, model)| model.to_owned())
}
