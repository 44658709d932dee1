//! How many texts of 2 kB each tool reads in a second: `cargo bench -p gavel-ifeval --bench text`.

#[path = "../src/text.rs"]
mod text;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use text::{language, pattern, punkt, sentences, treebank, words};

/// About 2 kB of plain English with what the rules look at.
fn sample() -> String {
    let paragraph = concat!(
        "Dr. Smith didn't expect the results of the U.S. study to be \"so clear\" (or so early). On Jan. 5, he wrote to his colleagues: the effect, ",
        "which nobody had predicted, grew by 3.5% a year! Was it chance? They couldn't say... but the data - all 1,204 rows of it - looked sound.\n\n",
        "* **First**, the team read every answer twice.\n* **Second**, it asked others to do the same; most agreed.\n"
    );
    paragraph.chars().cycle().take(2000).collect()
}

fn tools(criterion: &mut Criterion) {
    let text = sample();
    let mut group = criterion.benchmark_group("text");
    group.throughput(Throughput::Elements(1)).sample_size(20).measurement_time(std::time::Duration::from_secs(1));
    group.bench_function("words", |bencher| bencher.iter(|| words::count(black_box(&text))));
    group.bench_function("punkt", |bencher| bencher.iter(|| punkt::sentences(black_box(&text)).len()));
    group.bench_function("treebank", |bencher| bencher.iter(|| treebank::tokens(black_box(&text)).iter().count()));
    group.bench_function("sentences", |bencher| bencher.iter(|| sentences::sentences(black_box(&text)).len()));
    group.bench_function("language", |bencher| bencher.iter(|| language::detect(black_box(&text))));
    let flags = pattern::Flags { ignore_case: true, ..pattern::Flags::default() };
    group.bench_function("pattern", |bencher| bencher.iter(|| pattern::Pattern::new(black_box(r"\bdata\b"), flags).map(|found| found.count(&text))));
    group.finish();
}

criterion_group!(benches, tools);
criterion_main!(benches);
