//! How many texts of 2 kB each tool reads in a second: `cargo bench -p gavel-ifeval --bench text`.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use gavel_ifeval::TIMED_TOOLS;
use std::hint::black_box;

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
    for (name, tool) in TIMED_TOOLS {
        group.bench_function(name, |bencher| bencher.iter(|| tool(black_box(&text))));
    }
    group.finish();
}

criterion_group!(benches, tools);
criterion_main!(benches);
