//! The time of one program and of one item, in this process: what worker processes, queues and HTTP add is measured by `gavel bench`.

use criterion::Criterion;
use gavel_code::Code;
use gavel_sandbox::{Guests, Job, Language, Limits, Recipe, Request, Sandbox};
use gavel_task::{Item, Score};
use gavel_verifier::{Registry, Verifier};
use std::sync::Arc;

const ITEM: &str = r#"{"task": "code", "response": "```python\nprint(sum(map(int, input().split())))\n```", "reference": {"inputs": ["1 2"], "outputs": ["3"]}}"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = directories::BaseDirs::new().ok_or("this user has no home folder")?.cache_dir().join("gavel/guests");
    let guest = Guests::new(folder).get(&Recipe::PYTHON, &mut |_| {})?;
    let sandbox = Arc::new(Sandbox::in_process(&guest, 1)?);
    let verifier = Verifier::new(Registry::new().with(Code::new(Arc::clone(&sandbox))), 1);
    let print = Request {
        language: Language::Python,
        source: "print(1)".into(),
        job: Job::Run { stdin: b""[..].into(), prelude: true },
        limits: Limits::default(),
    };
    let item: Item = serde_json::from_str(ITEM)?;

    let mut criterion = Criterion::default().configure_from_args();
    criterion.bench_function("fresh instance, print(1), teardown", |bencher| {
        bencher.iter(|| assert_eq!(sandbox.execute(print.clone()).expect("the sandbox works").stdout, b"1\n"));
    });
    criterion.bench_function("one item with one test", |bencher| {
        bencher.iter(|| {
            let graded = verifier.verify(vec![item.clone()]).remove(0);
            assert_eq!(graded.result.expect("the item is in order").score, Score::ONE);
        });
    });
    criterion.final_summary();
    Ok(())
}
