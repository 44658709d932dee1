//! Drawing responses: prompts go through the model once, then each response one token at a time, many responses side by side.

use super::Parts;
use super::attend::{Attend, Seen};
use super::kernels::{gated, rms_norm, softmax_and_entropy};
use super::layer::Activations;
use super::pack::Pack;
use super::panels::Panels;
use super::random::uniform;
use super::weights::Layer;
use crate::{Finish, Request, Sample, Sampling, Sequence};
use std::collections::VecDeque;
use std::sync::Arc;

/// Responses that are drawn side by side.
const ROWS: usize = 64;

/// Tokens of prompts that go through the model together, if it is more than one prompt.
const PROMPT_TOKENS: usize = 2048;

/// A model's weights laid out for drawing, which is worth a copy of them.
#[derive(Debug)]
pub(crate) struct Layout {
    layers: Vec<LayerLayout>,
    output: Panels,
}

#[derive(Debug)]
struct LayerLayout {
    q: Panels,
    k: Panels,
    v: Panels,
    o: Panels,
    gate: Panels,
    up: Panels,
    down: Panels,
}

impl Layout {
    pub(crate) fn new(parts: Parts<'_>) -> Self {
        let (hidden, inner) = (parts.config.hidden_size, parts.config.intermediate_size);
        let queries = parts.config.num_attention_heads * parts.config.head_dim;
        let layers = parts.index.layers.iter().map(|index| {
            let layer = Layer::new(parts.weights, index);
            LayerLayout {
                q: Panels::new(layer.q, layer.q_bias, hidden),
                k: Panels::new(layer.k, layer.k_bias, hidden),
                v: Panels::new(layer.v, layer.v_bias, hidden),
                o: Panels::new(layer.o, None, queries),
                gate: Panels::new(layer.gate, None, hidden),
                up: Panels::new(layer.up, None, hidden),
                down: Panels::new(layer.down, None, inner),
            }
        });
        Self { layers: layers.collect(), output: Panels::new(&parts.weights[parts.index.output], None, hidden) }
    }
}

/// Keys and values of a prompt: for each layer `[tokens, key_heads * head_dim]`, rotated; and the logits after its last token.
#[derive(Debug, Default)]
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
    layout: &Layout,
    requests: &[(usize, &Request)],
    sampling: &Sampling,
    finished: &mut dyn FnMut(usize, usize, Sample) -> bool,
) {
    let mut decoder = Decoder { parts, layout, sampling, rows: Vec::new(), buffers: Buffers::default() };
    let mut unread = requests;
    let mut ready = VecDeque::new();
    loop {
        while decoder.rows.len() < ROWS {
            if ready.is_empty() {
                let (now, later) = unread.split_at(read_at_once(unread, ROWS - decoder.rows.len()));
                if now.is_empty() {
                    break;
                }
                unread = later;
                for (&(at, request), prompt) in now.iter().zip(decoder.read(now)) {
                    ready.extend((0..request.count).map(|response| Row::new(at, response, request.seed, Arc::clone(&prompt))));
                }
            }
            let Some(row) = ready.pop_front() else { continue };
            if !decoder.begin(row, finished) {
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

/// How many of the next requests go through the model together: as many as responses can be drawn of, and not too many tokens; one at least, if there is one.
fn read_at_once(unread: &[(usize, &Request)], free: usize) -> usize {
    let (mut responses, mut tokens) = (0, 0);
    let fits = unread.iter().take_while(|(_, request)| {
        let fits = responses == 0 || (responses < free && tokens + request.prompt.len() <= PROMPT_TOKENS);
        responses += request.count;
        tokens += request.prompt.len();
        fits
    });
    fits.count()
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
    layout: &'a Layout,
    sampling: &'a Sampling,
    rows: Vec<Row>,
    buffers: Buffers,
}

impl Decoder<'_> {
    fn temperature(&self) -> f32 {
        if self.sampling.temperature > 0.0 { self.sampling.temperature } else { 1.0 }
    }

    /// Sends the prompts of some requests through the model together.
    fn read(&mut self, requests: &[(usize, &Request)]) -> Vec<Arc<Prompt>> {
        let parts = self.parts;
        let (hidden, temperature) = (parts.config.hidden_size, self.temperature());
        let keys_width = parts.config.num_key_value_heads * parts.config.head_dim;
        let sequences: Vec<Sequence<'_>> =
            requests.iter().map(|(_, request)| Sequence { prompt: &request.prompt, response: &[] }).collect();
        let pack = Pack::new(&sequences);
        let Buffers { x, kept, logits, normed, .. } = &mut self.buffers;
        parts.embed(x, &pack.tokens);
        let mut prompts: Vec<Prompt> = pack.groups.iter().map(|_| Prompt::default()).collect();
        for index in &parts.index.layers {
            parts.shape().forward(&Layer::new(parts.weights, index), x, &pack, kept);
            for (prompt, group) in prompts.iter_mut().zip(&pack.groups) {
                let rows = group.prompt.start * keys_width..group.prompt.end * keys_width;
                prompt.keys.push(kept.keys()[rows.clone()].to_vec());
                prompt.values.push(kept.values()[rows].to_vec());
            }
        }
        for (prompt, group) in prompts.iter_mut().zip(&pack.groups) {
            let last = &x[(group.prompt.end - 1) * hidden..group.prompt.end * hidden];
            parts.head(temperature).logits_by(&self.layout.output, logits, normed, last);
            (prompt.length, prompt.logits) = (group.prompt.len(), logits.clone());
        }
        // Neighbours with one prompt share its group.
        let shared = prompts.into_iter().map(Arc::new).zip(&pack.groups);
        shared.flat_map(|(prompt, group)| vec![prompt; group.responses.len()]).collect()
    }

    /// Begins a response with its first token, which all responses of a prompt draw from one distribution. Says whether to go on.
    fn begin(&mut self, mut row: Row, finished: &mut dyn FnMut(usize, usize, Sample) -> bool) -> bool {
        let mut logits = row.prompt.logits.clone();
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
        let (queries, keys_width) = (query_heads * width, key_heads * width);
        let tokens: Vec<u32> = self.rows.iter().filter_map(|row| row.tokens.last().copied()).collect();
        let temperature = self.temperature();
        let buffers = &mut self.buffers;
        parts.embed(&mut buffers.x, &tokens);
        for (buffer, length) in [
            (&mut buffers.normed, hidden),
            (&mut buffers.inverse, query_heads.max(1)),
            (&mut buffers.q, queries),
            (&mut buffers.k, keys_width),
            (&mut buffers.v, keys_width),
            (&mut buffers.attended, queries),
            (&mut buffers.gate, inner),
            (&mut buffers.up, inner),
            (&mut buffers.inner, inner),
            (&mut buffers.out, hidden),
        ] {
            buffer.resize(count * length, 0.0);
        }
        for (at, (index, layout)) in parts.index.layers.iter().zip(&self.layout.layers).enumerate() {
            let layer = Layer::new(parts.weights, index);
            rms_norm(&mut buffers.normed, &mut buffers.inverse, &buffers.x, layer.input_norm, shape.epsilon());
            layout.q.apply(&mut buffers.q, &buffers.normed);
            layout.k.apply(&mut buffers.k, &buffers.normed);
            layout.v.apply(&mut buffers.v, &buffers.normed);
            if let (Some(q_norm), Some(k_norm)) = (layer.q_norm, layer.k_norm) {
                let (raw_q, raw_k) = (buffers.q.clone(), buffers.k.clone());
                rms_norm(&mut buffers.q, &mut buffers.inverse, &raw_q, q_norm, shape.epsilon());
                rms_norm(&mut buffers.k, &mut buffers.inverse, &raw_k, k_norm, shape.epsilon());
            }
            for (number, row) in self.rows.iter_mut().enumerate() {
                let position = row.prompt.length + row.tokens.len() - 1;
                let q = &mut buffers.q[number * queries..(number + 1) * queries];
                let k = &mut buffers.k[number * keys_width..(number + 1) * keys_width];
                q.chunks_exact_mut(width).for_each(|head| parts.rotary.turn(head, position, 1.0));
                k.chunks_exact_mut(width).for_each(|head| parts.rotary.turn(head, position, 1.0));
                row.keys[at].extend_from_slice(k);
                row.values[at].extend_from_slice(&buffers.v[number * keys_width..(number + 1) * keys_width]);
                let out = &mut buffers.attended[number * queries..(number + 1) * queries];
                let seen = [(&row.prompt.keys[at], &row.prompt.values[at]), (&row.keys[at], &row.values[at])];
                let seen = seen.map(|(keys, values)| Seen { keys, values });
                Attend { q, seen, out, width, key_heads, scores: &mut buffers.scores }.run();
            }
            layout.o.apply(&mut buffers.out, &buffers.attended);
            buffers.x.iter_mut().zip(&buffers.out).for_each(|(x, out)| *x += out);
            rms_norm(&mut buffers.normed, &mut buffers.inverse, &buffers.x, layer.middle_norm, shape.epsilon());
            layout.gate.apply(&mut buffers.gate, &buffers.normed);
            layout.up.apply(&mut buffers.up, &buffers.normed);
            gated(&mut buffers.inner, &buffers.gate, &buffers.up);
            layout.down.apply(&mut buffers.out, &buffers.inner);
            buffers.x.iter_mut().zip(&buffers.out).for_each(|(x, out)| *x += out);
        }
        parts.head(temperature).logits_by(&self.layout.output, &mut buffers.logits, &mut buffers.normed, &buffers.x);
    }
}

impl Row {
    fn new(request: usize, response: usize, seed: u64, prompt: Arc<Prompt>) -> Self {
        let empty = vec![Vec::new(); prompt.keys.len()];
        Self { request, response, seed, prompt, keys: empty.clone(), values: empty, tokens: Vec::new(), logprobs: Vec::new() }
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
