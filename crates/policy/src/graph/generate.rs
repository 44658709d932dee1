//! Drawing responses on a device: prompts padded at the front, so that all rows are at the same column; keys and values of all rows in one block a layer.

use super::batch::rotary;
use super::decoder::{Layer, logits};
use super::{Graph, Source, Weights};
use crate::engine::{choose, uniform};
use crate::{Finish, Request, Sample, Sampling};
use candle_core::{DType, Device, Result, Tensor};

/// Bytes of keys and values that are held at once.
const CACHE: usize = 16 << 30;
/// The most responses that are drawn side by side. One step's logits go to the host, where tokens are drawn.
const ROWS: usize = 512;

/// Draws responses to these requests; see [`crate::generate`].
pub(crate) fn generate(
    graph: &Graph,
    source: &Source<'_>,
    requests: &[Request],
    sampling: &Sampling,
    finished: &mut dyn FnMut(usize, usize, Sample) -> bool,
) -> Result<()> {
    let weights = graph.weights(source)?;
    let rows: Vec<(usize, usize)> =
        (0..requests.len()).flat_map(|at| (0..requests[at].count).map(move |response| (at, response))).collect();
    let longest = requests.iter().map(|request| request.prompt.len()).max().unwrap_or(0) + sampling.max_tokens;
    let config = source.config;
    let row_bytes = 8 * config.num_hidden_layers * config.num_key_value_heads * config.head_dim * longest;
    for wave in rows.chunks((CACHE / row_bytes.max(1)).clamp(1, ROWS)) {
        if !Wave::read(source, &weights, &graph.device, requests, wave, sampling)?.run(finished)? {
            break;
        }
    }
    Ok(())
}

/// A response that is being drawn.
struct Row {
    request: usize,
    response: usize,
    seed: u64,
    prompt: usize,
    tokens: Vec<u32>,
    logprobs: Vec<f32>,
}

/// Responses that are drawn side by side.
struct Wave<'a> {
    source: &'a Source<'a>,
    weights: &'a Weights,
    device: &'a Device,
    sampling: &'a Sampling,
    rows: Vec<Row>,
    /// For each layer, `[rows, key_heads, columns, head_dim]`; those columns are used that were written.
    cache: Vec<(Tensor, Tensor)>,
    /// `[rows, 1, 1, columns]`: minus infinity in columns before a row's prompt.
    mask: Tensor,
    /// Columns that were written.
    used: usize,
    /// `[rows, vocabulary]`, of the token to come.
    logits: Tensor,
}

/// A mask of what stands before prompts of these lengths, `[rows, columns]`, in columns that end with them at `end`.
fn padding(lengths: &[usize], columns: usize, end: usize) -> Vec<f32> {
    let hidden = |length: usize, column: usize| if column + length < end { f32::NEG_INFINITY } else { 0.0 };
    lengths.iter().flat_map(|&length| (0..columns).map(move |column| hidden(length, column))).collect()
}

impl<'a> Wave<'a> {
    /// Sends the prompts through the model, each once.
    fn read(
        source: &'a Source<'a>,
        weights: &'a Weights,
        device: &'a Device,
        requests: &[Request],
        wave: &[(usize, usize)],
        sampling: &'a Sampling,
    ) -> Result<Self> {
        let config = source.config;
        let (first, last) = (wave[0].0, wave[wave.len() - 1].0);
        let prompts: Vec<&[u32]> = requests[first..=last].iter().map(|request| request.prompt.as_slice()).collect();
        let lengths: Vec<usize> = prompts.iter().map(|prompt| prompt.len()).collect();
        let (count, longest) = (prompts.len(), lengths.iter().copied().max().unwrap_or(0));
        let columns = longest + sampling.max_tokens;
        let (mut tokens, mut positions) = (Vec::new(), Vec::new());
        for prompt in &prompts {
            let padding = longest - prompt.len();
            tokens.extend(std::iter::repeat_n(0, padding).chain(prompt.iter().copied()));
            positions.extend(std::iter::repeat_n(0, padding).chain(0..prompt.len()));
        }
        let half = config.head_dim / 2;
        let (cos, sin) = rotary(config, &positions, device)?;
        let angles = (cos.reshape((count, 1, longest, half))?, sin.reshape((count, 1, longest, half))?);
        // Padding may look at itself, so that no row of scores is all minus infinity.
        let seen = |length: usize, from: usize, to: usize| to == from || (to < from && to + length >= longest);
        let mask: Vec<f32> = lengths
            .iter()
            .flat_map(|&length| (0..longest * longest).map(move |at| (length, at / longest, at % longest)))
            .map(|(length, from, to)| if seen(length, from, to) { 0.0 } else { f32::NEG_INFINITY })
            .collect();
        let mask = Tensor::from_vec(mask, (count, 1, longest, longest), device)?;
        let owners: Vec<u32> = wave.iter().map(|(request, _)| (request - first) as u32).collect();
        let owners = Tensor::new(owners, device)?;
        let tokens = Tensor::new(tokens, device)?;
        let mut x = weights.fixed[source.index.embedding].index_select(&tokens, 0)?.reshape((count, longest, config.hidden_size))?;
        let mut cache = Vec::new();
        for at in &source.index.layers {
            let layer = Layer { config, at, weights: &weights.fixed };
            let (q, k, v) = layer.heads(&x, (&angles.0, &angles.1))?;
            x = layer.rest(&x, (&q, &k, &v), &mask)?;
            let keep = |read: &Tensor| {
                let block = Tensor::zeros((wave.len(), config.num_key_value_heads, columns, config.head_dim), DType::F32, device)?;
                block.slice_set(&read.index_select(&owners, 0)?, 2, 0)?;
                Result::Ok(block)
            };
            cache.push((keep(&k)?, keep(&v)?));
        }
        let rows = wave.iter().map(|&(request, response)| Row {
            request,
            response,
            seed: requests[request].seed,
            prompt: requests[request].prompt.len(),
            tokens: Vec::new(),
            logprobs: Vec::new(),
        });
        let rows: Vec<Row> = rows.collect();
        let lengths: Vec<usize> = rows.iter().map(|row| row.prompt).collect();
        let mask = Tensor::from_vec(padding(&lengths, columns, longest), (rows.len(), 1, 1, columns), device)?;
        let last = x.narrow(1, longest - 1, 1)?.contiguous()?.squeeze(1)?.index_select(&owners, 0)?;
        let mut wave = Self { source, weights, device, sampling, rows, cache, mask, used: longest, logits: last.clone() };
        wave.logits = wave.output(&last)?;
        Ok(wave)
    }

    /// Draws until every response has ended. Says whether to go on with others.
    fn run(mut self, finished: &mut dyn FnMut(usize, usize, Sample) -> bool) -> Result<bool> {
        loop {
            let mut logits = self.logits.to_vec2::<f32>()?;
            let mut going_on = Vec::new();
            for (at, row) in self.rows.iter_mut().enumerate() {
                let draw = uniform(row.seed, row.response as u64, row.tokens.len() as u64);
                let (token, logprob) = choose(&mut logits[at], self.sampling, draw);
                row.tokens.push(token);
                row.logprobs.push(logprob);
                let finish = if self.sampling.stop.contains(&token) {
                    Finish::Stop
                } else if row.tokens.len() >= self.sampling.max_tokens {
                    Finish::Length
                } else {
                    going_on.push(at as u32);
                    continue;
                };
                let sample = Sample { tokens: std::mem::take(&mut row.tokens), logprobs: std::mem::take(&mut row.logprobs), finish };
                if !finished(row.request, row.response, sample) {
                    return Ok(false);
                }
            }
            if going_on.is_empty() {
                return Ok(true);
            }
            self.keep(&going_on)?;
            self.step()?;
        }
    }

    /// Drops the rows that have ended.
    fn keep(&mut self, rows: &[u32]) -> Result<()> {
        if rows.len() == self.rows.len() {
            return Ok(());
        }
        self.rows.retain(|row| !row.tokens.is_empty());
        let rows = Tensor::new(rows, self.device)?;
        self.mask = self.mask.index_select(&rows, 0)?;
        for (k, v) in &mut self.cache {
            (*k, *v) = (k.index_select(&rows, 0)?, v.index_select(&rows, 0)?);
        }
        Ok(())
    }

    /// Sends the last token of every row through the model.
    fn step(&mut self) -> Result<()> {
        let (config, count) = (self.source.config, self.rows.len());
        let tokens: Vec<u32> = self.rows.iter().filter_map(|row| row.tokens.last().copied()).collect();
        let positions: Vec<usize> = self.rows.iter().map(|row| row.prompt + row.tokens.len() - 1).collect();
        let half = config.head_dim / 2;
        let (cos, sin) = rotary(config, &positions, self.device)?;
        let angles = (cos.reshape((count, 1, 1, half))?, sin.reshape((count, 1, 1, half))?);
        let tokens = Tensor::new(tokens, self.device)?;
        let mut x = self.weights.fixed[self.source.index.embedding].index_select(&tokens, 0)?.unsqueeze(1)?;
        let columns = self.used + 1;
        let mask = self.mask.narrow(3, 0, columns)?;
        for (at, (keys, values)) in self.source.index.layers.iter().zip(&self.cache) {
            let layer = Layer { config, at, weights: &self.weights.fixed };
            let (q, k, v) = layer.heads(&x, (&angles.0, &angles.1))?;
            keys.slice_set(&k, 2, self.used)?;
            values.slice_set(&v, 2, self.used)?;
            x = layer.rest(&x, (&q, &keys.narrow(2, 0, columns)?, &values.narrow(2, 0, columns)?), &mask)?;
        }
        self.used = columns;
        self.logits = self.output(&x.squeeze(1)?)?;
        Ok(())
    }

    fn output(&self, x: &Tensor) -> Result<Tensor> {
        let (index, fixed) = (self.source.index, &self.weights.fixed);
        let temperature = if self.sampling.temperature > 0.0 { self.sampling.temperature } else { 1.0 };
        logits(x, (&fixed[index.norm], &fixed[index.output]), self.source.config.rms_norm_eps, temperature)
    }
}
