//! Speed of training and generation on one thread, in tokens per second of CPU time: `cargo bench -p gavel-policy`.
//!
//! The shape is a decoder of width 256 with 4 layers, 4 query and 2 key heads and a vocabulary of 512. Training is one forward and backward pass over 16 sequences of 256 tokens, each with
//! a prompt of its own, all but the first token counting in the loss. Generation is 128 tokens to each of 16 or 64 prompts of 16 tokens. With `candle` as argument the same is
//! done by candle's stock operations, which run on as many threads as rayon has: set `RAYON_NUM_THREADS=1`.

#![expect(clippy::print_stdout, reason = "a benchmark")]

use gavel_policy::{Gradients, Model, ModelConfig, Request, Sampling, Sequence, generate};
use std::ops::ControlFlow;
use std::time::Duration;

const SHAPE: ModelConfig = ModelConfig {
    vocab_size: 512,
    hidden_size: 256,
    intermediate_size: 1024,
    num_hidden_layers: 4,
    num_attention_heads: 4,
    num_key_value_heads: 2,
    head_dim: 64,
    max_position_embeddings: 512,
    rms_norm_eps: 1e-6,
    rope_theta: 10_000.0,
    tie_word_embeddings: true,
    attention_bias: true,
    qk_norm: false,
};

/// The median CPU time of some runs.
fn measure(runs: usize, mut work: impl FnMut()) -> Duration {
    work();
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = cpu_time();
            work();
            cpu_time() - start
        })
        .collect();
    times.sort_unstable();
    times[runs / 2]
}

/// User and system time of this process so far, by the ticks of 10 ms that `/proc/self/stat` counts.
fn cpu_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("this is Linux");
    let fields = stat.rsplit_once(')').expect("the name stands in parentheses").1;
    let ticks: u64 = fields.split_whitespace().skip(11).take(2).map(|field| field.parse::<u64>().expect("a count")).sum();
    Duration::from_millis(10 * ticks)
}

fn tokens(count: usize, salt: usize) -> Vec<u32> {
    (0..count).map(|at| ((at * 37 + salt * 101 + at * at * 7) % 512) as u32).collect()
}

fn report(what: &str, tokens: usize, time: Duration) {
    println!("{what:<44} {:>9.0} tokens per CPU-second", tokens as f64 / time.as_secs_f64());
}

fn train(model: &Model, sequences: &[Sequence<'_>]) -> Duration {
    let count: usize = sequences.iter().map(|sequence| sequence.response.len()).sum();
    let weight = -1.0 / count as f32;
    let mut gradients = Gradients::zeros_like(model);
    measure(5, || {
        gradients.clear();
        model
            .backward(sequences, 1.0, &mut gradients, |scores| scores.logprobs.iter().map(|row| vec![weight; row.len()]).collect())
            .expect("the sequences fit");
    })
}

fn main() {
    let mut model = Model::random(&SHAPE, 1);
    model.set_threads(1);
    if std::env::args().any(|argument| argument == "candle") {
        model.set_place(&"candle-cpu".parse().expect("it is a place"));
    }
    let rows: Vec<Vec<u32>> = (0..16).map(|salt| tokens(256, salt)).collect();
    let sequences: Vec<Sequence<'_>> = rows.iter().map(|row| Sequence { prompt: &row[..1], response: &row[1..] }).collect();
    report("train, 16 x 256", 16 * 256, train(&model, &sequences));
    let prompt = tokens(128, 99);
    let group: Vec<Sequence<'_>> = rows.iter().map(|row| Sequence { prompt: &prompt, response: &row[..128] }).collect();
    report("train, a group of 16: 128 shared + 128 each", 16 * 256, train(&model, &group));
    let sampling = Sampling { temperature: 1.0, top_p: 1.0, top_k: 0, max_tokens: 128, stop: vec![] };
    for count in [16, 64] {
        let requests: Vec<Request> = (0..count).map(|salt| Request { prompt: tokens(16, salt), count: 1, seed: salt as u64 }).collect();
        let time = measure(3, || {
            generate(&model, &requests, &sampling, &mut |_, _, _| ControlFlow::Continue(())).expect("the prompts fit");
        });
        report(&format!("generate 128 tokens, batch {count}"), count * 128, time);
    }
}
