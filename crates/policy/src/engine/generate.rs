//! Drawing responses: prompts go through the model once, then each response one token at a time, many responses side by side.

use super::Parts;
use super::kernels::{add_scaled, dot, gated, rms_norm, softmax, softmax_and_entropy, vectorised};
use super::layer::Activations;
use super::matrix::linear;
use super::pack::Pack;
use super::random::uniform;
use super::weights::Layer;
use crate::{Finish, Request, Sample, Sampling, Sequence};
use std::sync::Arc;

/// Responses that are drawn side by side.
const ROWS: usize = 64;

/// Keys and values of a prompt: for each layer `[tokens, key_heads * head_dim]`, rotated; and the logits after its last token.
#[derive(Debug)]
struct Prompt {
    keys: Vec<Vec<f32>>,
    values: Vec<Vec<f32>>,
    length: usize,
    logits: Vec<f32>,
}

/// A response that is being drawn.
#[derive(Debug)]
struct Row {
    request: usize,
    response: usize,
    seed: u64,
    prompt: Arc<Prompt>,
    keys: Vec<Vec<f32>>,
    values: Vec<Vec<f32>>,
    tokens: Vec<u32>,
    logprobs: Vec<f32>,
}

/// Draws responses to these requests, in their order, as many at a time as is good for speed. `finished` gets each as it ends and says whether to go on.
///
/// What is drawn depends on the requests given here and their order only through the last bits of the arithmetic; the same call gives the same bits.
pub(crate) fn generate(
    parts: Parts<'_>,
    requests: &[(usize, &Request)],
    sampling: &Sampling,
    finished: &mut dyn FnMut(usize, usize, Sample) -> bool,
) {
    let mut waiting = requests.iter().flat_map(|&(at, request)| (0..request.count).map(move |response| (at, request, response)));
    let mut decoder = Decoder { parts, sampling, rows: Vec::new(), buffers: Buffers::default() };
    let mut current: Option<(usize, Arc<Prompt>)> = None;
    loop {
        while decoder.rows.len() < ROWS {
            let Some((at, request, response)) = waiting.next() else { break };
            let prompt = match &current {
                Some((of, prompt)) if *of == at => Arc::clone(prompt),
                _ => Arc::new(decoder.read(&request.prompt)),
            };
            current = Some((at, Arc::clone(&prompt)));
            if !decoder.begin(at, response, request.seed, prompt, finished) {
                return;
            }
        }
        if decoder.rows.is_empty() {
            return;
        }
        if !decoder.step(finished) {
            return;
        }
    }
}

#[derive(Debug, Default)]
struct Buffers {
    x: Vec<f32>,
    normed: Vec<f32>,
    inverse: Vec<f32>,
    q: Vec<f32>,
    k: Vec<f32>,
    v: Vec<f32>,
    attended: Vec<f32>,
    gate: Vec<f32>,
    up: Vec<f32>,
    inner: Vec<f32>,
    out: Vec<f32>,
    logits: Vec<f32>,
    scores: Vec<f32>,
    kept: Activations,
}

struct Decoder<'a> {
    parts: Parts<'a>,
    sampling: &'a Sampling,
    rows: Vec<Row>,
    buffers: Buffers,
}

impl Decoder<'_> {
    fn temperature(&self) -> f32 {
        if self.sampling.temperature > 0.0 { self.sampling.temperature } else { 1.0 }
    }

    /// Sends a prompt through the model.
    fn read(&mut self, tokens: &[u32]) -> Prompt {
        let parts = self.parts;
        let hidden = parts.config.hidden_size;
        let pack = Pack::new(&[Sequence { prompt: tokens, response: &[] }]);
        let Buffers { x, kept, logits, normed, .. } = &mut self.buffers;
        parts.embed(x, &pack.tokens);
        let (mut keys, mut values) = (Vec::new(), Vec::new());
        for index in &parts.index.layers {
            parts.shape().forward(&Layer::new(parts.weights, index), x, &pack, kept);
            keys.push(kept.keys().to_vec());
            values.push(kept.values().to_vec());
        }
        let last = &x[(tokens.len() - 1) * hidden..];
        let temperature = if self.sampling.temperature > 0.0 { self.sampling.temperature } else { 1.0 };
        parts.head(temperature).logits_of(logits, normed, last);
        Prompt { keys, values, length: tokens.len(), logits: logits.clone() }
    }

    /// Begins a response with its first token, which all responses of a prompt draw from one distribution. Says whether to go on.
    fn begin(
        &mut self,
        request: usize,
        response: usize,
        seed: u64,
        prompt: Arc<Prompt>,
        finished: &mut dyn FnMut(usize, usize, Sample) -> bool,
    ) -> bool {
        let mut logits = prompt.logits.clone();
        let layers = self.parts.config.num_hidden_layers;
        let empty = || vec![Vec::new(); layers];
        let mut row = Row { request, response, seed, prompt, keys: empty(), values: empty(), tokens: Vec::new(), logprobs: Vec::new() };
        match row.draw(&mut logits, self.sampling) {
            None => self.rows.push(row),
            Some(finish) => return row.end(finish, finished),
        }
        true
    }

    /// One more token of every response. Says whether to go on.
    fn step(&mut self, finished: &mut dyn FnMut(usize, usize, Sample) -> bool) -> bool {
        self.forward();
        let vocabulary = self.parts.config.vocab_size;
        let mut rows = std::mem::take(&mut self.rows).into_iter();
        let mut logits = self.buffers.logits.chunks_exact_mut(vocabulary);
        let mut going_on = true;
        for (mut row, logits) in rows.by_ref().zip(logits.by_ref()) {
            match row.draw(logits, self.sampling) {
                None => self.rows.push(row),
                Some(finish) => going_on = going_on && row.end(finish, finished),
            }
        }
        going_on
    }

    /// Logits after the last token of every row.
    fn forward(&mut self) {
        let parts = self.parts;
        let (config, shape) = (parts.config, parts.shape());
        let (count, hidden, inner) = (self.rows.len(), config.hidden_size, config.intermediate_size);
        let (width, query_heads, key_heads) = (config.head_dim, config.num_attention_heads, config.num_key_value_heads);
        let (queries, keys) = (query_heads * width, key_heads * width);
        let tokens: Vec<u32> = self.rows.iter().filter_map(|row| row.tokens.last().copied()).collect();
        let temperature = self.temperature();
        let buffers = &mut self.buffers;
        parts.embed(&mut buffers.x, &tokens);
        for (buffer, length) in [
            (&mut buffers.normed, hidden),
            (&mut buffers.inverse, query_heads.max(1)),
            (&mut buffers.q, queries),
            (&mut buffers.k, keys),
            (&mut buffers.v, keys),
            (&mut buffers.attended, queries),
            (&mut buffers.gate, inner),
            (&mut buffers.up, inner),
            (&mut buffers.inner, inner),
            (&mut buffers.out, hidden),
        ] {
            buffer.resize(count * length, 0.0);
        }
        for (at, index) in parts.index.layers.iter().enumerate() {
            let layer = Layer::new(parts.weights, index);
            rms_norm(&mut buffers.normed, &mut buffers.inverse, &buffers.x, layer.input_norm, shape.epsilon());
            linear(&mut buffers.q, &buffers.normed, layer.q, layer.q_bias, count, hidden);
            linear(&mut buffers.k, &buffers.normed, layer.k, layer.k_bias, count, hidden);
            linear(&mut buffers.v, &buffers.normed, layer.v, layer.v_bias, count, hidden);
            if let (Some(q_norm), Some(k_norm)) = (layer.q_norm, layer.k_norm) {
                let (raw_q, raw_k) = (buffers.q.clone(), buffers.k.clone());
                rms_norm(&mut buffers.q, &mut buffers.inverse, &raw_q, q_norm, shape.epsilon());
                rms_norm(&mut buffers.k, &mut buffers.inverse, &raw_k, k_norm, shape.epsilon());
            }
            for (number, row) in self.rows.iter_mut().enumerate() {
                let position = row.prompt.length + row.tokens.len() - 1;
                let q = &mut buffers.q[number * queries..(number + 1) * queries];
                let k = &mut buffers.k[number * keys..(number + 1) * keys];
                q.chunks_exact_mut(width).for_each(|head| parts.rotary.turn(head, position, 1.0));
                k.chunks_exact_mut(width).for_each(|head| parts.rotary.turn(head, position, 1.0));
                row.keys[at].extend_from_slice(k);
                row.values[at].extend_from_slice(&buffers.v[number * keys..(number + 1) * keys]);
                let out = &mut buffers.attended[number * queries..(number + 1) * queries];
                for (head, (q, out)) in q.chunks_exact(width).zip(out.chunks_exact_mut(width)).enumerate() {
                    let column = head / (query_heads / key_heads) * width;
                    row.attend(at, q, out, &Columns { first: column, of: keys }, &mut buffers.scores);
                }
            }
            linear(&mut buffers.out, &buffers.attended, layer.o, None, count, queries);
            buffers.x.iter_mut().zip(&buffers.out).for_each(|(x, out)| *x += out);
            rms_norm(&mut buffers.normed, &mut buffers.inverse, &buffers.x, layer.middle_norm, shape.epsilon());
            linear(&mut buffers.gate, &buffers.normed, layer.gate, None, count, hidden);
            linear(&mut buffers.up, &buffers.normed, layer.up, None, count, hidden);
            gated(&mut buffers.inner, &buffers.gate, &buffers.up);
            linear(&mut buffers.out, &buffers.inner, layer.down, None, count, inner);
            buffers.x.iter_mut().zip(&buffers.out).for_each(|(x, out)| *x += out);
        }
        parts.head(temperature).logits_of(&mut buffers.logits, &mut buffers.normed, &buffers.x);
    }
}

/// Where one head is in rows of keys or values.
struct Columns {
    first: usize,
    /// How long a row is.
    of: usize,
}

impl Row {
    /// One head's attention over the prompt and what was drawn so far.
    fn attend(&self, layer: usize, q: &[f32], out: &mut [f32], columns: &Columns, scores: &mut Vec<f32>) {
        let scale = 1.0 / (q.len() as f32).sqrt();
        let rows = |data: &[f32]| data.len() / columns.of;
        let place = |row: usize| row * columns.of + columns.first..row * columns.of + columns.first + q.len();
        scores.resize(rows(&self.prompt.keys[layer]) + rows(&self.keys[layer]), 0.0);
        vectorised(|| {
            let mut rest = scores.iter_mut();
            for keys in [&self.prompt.keys[layer], &self.keys[layer]] {
                for (row, score) in (0..rows(keys)).zip(rest.by_ref()) {
                    *score = dot(q, &keys[place(row)]) * scale;
                }
            }
            softmax(scores);
            out.fill(0.0);
            let mut weights = scores.iter();
            for values in [&self.prompt.values[layer], &self.values[layer]] {
                for (row, weight) in (0..rows(values)).zip(weights.by_ref()) {
                    add_scaled(out, *weight, &values[place(row)]);
                }
            }
        });
    }

    /// Draws a token from logits over the temperature. Says why the response ends, if it does.
    fn draw(&mut self, logits: &mut [f32], sampling: &Sampling) -> Option<Finish> {
        let draw = uniform(self.seed, self.response as u64, self.tokens.len() as u64);
        let (token, logprob) = choose(logits, sampling, draw);
        self.tokens.push(token);
        self.logprobs.push(logprob);
        if sampling.stop.contains(&token) {
            Some(Finish::Stop)
        } else {
            (self.tokens.len() >= sampling.max_tokens).then_some(Finish::Length)
        }
    }

    fn end(self, finish: Finish, finished: &mut dyn FnMut(usize, usize, Sample) -> bool) -> bool {
        finished(self.request, self.response, Sample { tokens: self.tokens, logprobs: self.logprobs, finish })
    }
}

/// A token and its log-probability in the whole distribution. Turns the logits into probabilities.
pub(crate) fn choose(logits: &mut [f32], sampling: &Sampling, draw: f32) -> (u32, f32) {
    let likeliest = |values: &[f32]| values.iter().enumerate().fold(0, |best, (at, value)| if *value > values[best] { at } else { best });
    if sampling.temperature <= 0.0 {
        let best = likeliest(logits);
        let logit = logits[best];
        return (best as u32, logit - softmax_and_entropy(logits).0);
    }
    let raw = logits.to_vec();
    let logarithm = softmax_and_entropy(logits).0;
    let chosen = if sampling.top_p >= 1.0 && sampling.top_k == 0 {
        inverse(logits.iter().copied(), 1.0, draw)
    } else {
        let kept = likely(logits, sampling);
        let total = kept.iter().map(|&at| logits[at]).sum();
        kept[inverse(kept.iter().map(|&at| logits[at]), total, draw)]
    };
    (chosen as u32, raw[chosen] - logarithm)
}

/// The tokens that top-k and top-p leave, the most probable first.
fn likely(probabilities: &[f32], sampling: &Sampling) -> Vec<usize> {
    let mut order: Vec<usize> = (0..probabilities.len()).collect();
    order.sort_by(|&a, &b| probabilities[b].total_cmp(&probabilities[a]).then(a.cmp(&b)));
    if sampling.top_k > 0 {
        order.truncate(sampling.top_k);
    }
    let mut total = 0.0;
    let enough = order.iter().position(|&at| {
        total += probabilities[at];
        total >= sampling.top_p
    });
    order.truncate(enough.map_or(order.len(), |last| last + 1));
    order
}

/// Where the cumulated weights pass `draw` of their total; never an entry without weight.
fn inverse(weights: impl Iterator<Item = f32>, total: f32, draw: f32) -> usize {
    let (mut left, mut last) = (draw * total, 0);
    for (at, weight) in weights.enumerate() {
        if weight > 0.0 {
            last = at;
            left -= weight;
            if left < 0.0 {
                break;
            }
        }
    }
    last
}
