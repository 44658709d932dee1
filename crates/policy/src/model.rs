//! The decoder: weights that can be read, trained and copied, and what it says of sequences.

use crate::engine::{self, Index, Parts, Pass, Rotary};
use crate::graph::{self, Graph, Source};
use crate::{ModelConfig, Place, Request, Sample, Sampling, Scores, Sequence};
use candle_core::{DType, Device, Tensor};
use std::collections::BTreeMap;
use std::ops::{ControlFlow, Range};
use std::sync::Mutex;
use std::sync::mpsc::channel;

/// What is wrong with weights or with what a model is asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// Weights do not fit the configuration.
    #[error("the weights do not fit the configuration: {}", faults.join("; "))]
    Weights {
        /// One line each: missing, superfluous or of another shape.
        faults: Vec<String>,
    },
    /// A sequence cannot go through the model.
    #[error("sequence {sequence}: {message}")]
    Sequence {
        /// Its place in the batch.
        sequence: usize,
        /// What is wrong with it.
        message: String,
    },
    /// Two models that are not alike.
    #[error("the models differ in shape")]
    Shape,
    /// A tensor operation failed.
    #[error(transparent)]
    Tensor(#[from] candle_core::Error),
}

/// A decoder of the Qwen2 family, in single precision.
///
/// Its weights are on the host; passes run where [`set_place`](Self::set_place) says. On the CPU they are cut over as many threads as
/// [`set_threads`](Self::set_threads) says, and the same calls give the same bits as long as that number is the same.
#[derive(Debug)]
pub struct Model {
    config: ModelConfig,
    /// In the order of [`ModelConfig::weights`].
    weights: Vec<Vec<f32>>,
    index: Index,
    rotary: Rotary,
    threads: usize,
    /// Buffers of earlier passes.
    passes: Mutex<Vec<Pass>>,
    /// Where passes run, if not here.
    graph: Option<Graph>,
}

impl Model {
    fn new(config: ModelConfig, weights: Vec<Vec<f32>>) -> Self {
        let index = Index::new(&config);
        let rotary = Rotary::new(config.max_position_embeddings, config.head_dim, config.rope_theta);
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        Self { config, weights, index, rotary, threads, passes: Mutex::default(), graph: None }
    }

    /// A model with weights drawn from normal distributions with standard deviation `1 / sqrt(hidden_size)`; the two layers that write to the residual stream have
    /// theirs divided by `sqrt(2 * num_hidden_layers)`, as in GPT-2. Norms are 1 and biases 0. The same seed gives the same weights everywhere.
    pub fn random(config: &ModelConfig, seed: u64) -> Self {
        let deviation = 1.0 / (config.hidden_size as f32).sqrt();
        let residual = deviation / (2.0 * config.num_hidden_layers as f32).sqrt();
        let weights = config.weights().into_iter().enumerate().map(|(at, weight)| {
            let count = weight.shape.iter().product();
            if weight.name.ends_with("norm.weight") {
                return vec![1.0; count];
            }
            if weight.name.ends_with(".bias") {
                return vec![0.0; count];
            }
            let is_residual = weight.name.ends_with("o_proj.weight") || weight.name.ends_with("down_proj.weight");
            let deviation = if is_residual { residual } else { deviation };
            (0..count as u64).map(|number| deviation * engine::normal(seed, at as u64, number)).collect()
        });
        Self::new(config.clone(), weights.collect())
    }

    /// A model with these weights, by their names in a Hugging Face directory. Other number types become single precision.
    ///
    /// # Errors
    /// [`ModelError::Weights`] with every weight that is missing, superfluous or of another shape.
    pub fn from_tensors(config: &ModelConfig, tensors: &BTreeMap<String, Tensor>) -> Result<Self, ModelError> {
        let expected = config.weights();
        let mut faults = Vec::new();
        for weight in &expected {
            match tensors.get(&weight.name) {
                None => faults.push(format!("`{}` is missing", weight.name)),
                Some(tensor) if tensor.dims() != weight.shape => {
                    faults.push(format!("`{}` is {:?}, and the configuration says {:?}", weight.name, tensor.dims(), weight.shape));
                }
                Some(_) => {}
            }
        }
        let known: std::collections::BTreeSet<&str> = expected.iter().map(|weight| weight.name.as_str()).collect();
        faults.extend(
            tensors.keys().filter(|name| !known.contains(name.as_str())).map(|name| format!("`{name}` is not part of such a model")),
        );
        if !faults.is_empty() {
            return Err(ModelError::Weights { faults });
        }
        let read = |tensor: &Tensor| tensor.to_dtype(DType::F32)?.to_device(&Device::Cpu)?.flatten_all()?.to_vec1();
        let weights = expected.iter().map(|weight| read(&tensors[&weight.name])).collect::<candle_core::Result<_>>()?;
        Ok(Self::new(config.clone(), weights))
    }

    /// All weights, by their names in a Hugging Face directory.
    ///
    /// # Errors
    /// If memory for them cannot be had.
    pub fn tensors(&self) -> Result<BTreeMap<String, Tensor>, ModelError> {
        let tensor = |values: &Vec<f32>, shape: Vec<usize>| Tensor::from_slice(values, shape, &Device::Cpu);
        let named = self.config.weights().into_iter().zip(&self.weights);
        Ok(named.map(|(weight, values)| Ok((weight.name, tensor(values, weight.shape)?))).collect::<candle_core::Result<_>>()?)
    }

    /// Its shape.
    pub fn config(&self) -> &ModelConfig {
        &self.config
    }

    /// All weights as numbers, in the order of [`ModelConfig::weights`].
    pub fn weights(&self) -> &[Vec<f32>] {
        &self.weights
    }

    /// Runs passes on so many threads; as many as there are cores if never set.
    pub fn set_threads(&mut self, threads: usize) {
        self.threads = threads.max(1);
    }

    /// Runs passes there; on the CPU if never set.
    pub fn set_place(&mut self, place: &Place) {
        self.graph = match place {
            Place::Cpu => None,
            Place::Candle(device) => Some(Graph::new(device.clone())),
        };
    }

    /// A model with the same weights, in the same place.
    #[must_use]
    pub fn copy(&self) -> Self {
        let mut copy = Self::new(self.config.clone(), self.weights.clone());
        copy.threads = self.threads;
        copy.graph = self.graph.as_ref().map(|graph| Graph::new(graph.device().clone()));
        copy
    }

    /// Takes over the other's weights.
    ///
    /// # Errors
    /// If it has another shape.
    pub fn copy_from(&mut self, other: &Self) -> Result<(), ModelError> {
        if self.config != other.config {
            return Err(ModelError::Shape);
        }
        self.weights.clone_from(&other.weights);
        self.moved();
        Ok(())
    }

    /// What it says of responses, at a temperature. Neighbouring sequences with the same prompt cost less.
    ///
    /// # Errors
    /// [`ModelError::Sequence`] if one is empty, too long, or has a token that the vocabulary has not; [`ModelError::Tensor`] if a device fails.
    pub fn score(&self, sequences: &[Sequence<'_>], temperature: f32) -> Result<Scores, ModelError> {
        self.check(sequences)?;
        if let Some(graph) = &self.graph {
            return Ok(graph::score(graph, &self.source(), sequences, temperature)?);
        }
        let parts = self.parts();
        let mut passes = self.passes(sequences);
        let scores = side_by_side(&mut passes, |(range, pass)| pass.forward(parts, &sequences[range.clone()], temperature, false));
        self.put_back(passes);
        Ok(merge(scores))
    }

    /// What it says of responses, and the gradient of a loss that is a function of their log-probabilities: `slopes` gets the scores and gives the derivative by each
    /// log-probability. The gradient is added to `gradients`.
    ///
    /// # Errors
    /// As [`score`](Self::score).
    ///
    /// # Panics
    /// If `slopes` gives another number of derivatives than there are log-probabilities.
    pub fn backward(
        &self,
        sequences: &[Sequence<'_>],
        temperature: f32,
        gradients: &mut Gradients,
        slopes: impl FnOnce(&Scores) -> Vec<Vec<f32>>,
    ) -> Result<Scores, ModelError> {
        self.check(sequences)?;
        if let Some(graph) = &self.graph {
            return Ok(graph::backward(graph, &self.source(), sequences, temperature, &mut gradients.0, slopes)?);
        }
        let parts = self.parts();
        let mut passes = self.passes(sequences);
        let scores = side_by_side(&mut passes, |(range, pass)| pass.forward(parts, &sequences[range.clone()], temperature, true));
        let scores = merge(scores);
        let slopes = slopes(&scores);
        let lengths = |rows: &[Vec<f32>]| rows.iter().map(Vec::len).collect::<Vec<_>>();
        assert_eq!(lengths(&slopes), lengths(&scores.logprobs), "one derivative for each log-probability");
        // The first part adds to the gradients themselves, the others to zeros, which are added in order: the same sum on every run.
        let mut targets: Vec<(Range<usize>, Pass, Gradients)> = Vec::new();
        for (range, pass) in passes {
            let target = if targets.is_empty() { std::mem::take(gradients) } else { Gradients::zeros_like(self) };
            targets.push((range, pass, target));
        }
        side_by_side(&mut targets, |(range, pass, target)| pass.backward(parts, &slopes[range.clone()], temperature, &mut target.0));
        let mut passes = Vec::new();
        for (number, (range, pass, target)) in targets.into_iter().enumerate() {
            if number == 0 {
                *gradients = target;
            } else {
                gradients.add(&target);
            }
            passes.push((range, pass));
        }
        self.put_back(passes);
        Ok(scores)
    }

    /// Moves every weight: `apply` gets its index in the order of [`ModelConfig::weights`], the weight and its gradient.
    ///
    /// # Panics
    /// If the gradients are another model's.
    pub fn update(&mut self, gradients: &Gradients, mut apply: impl FnMut(usize, &mut [f32], &[f32])) {
        assert_eq!(self.weights.len(), gradients.0.len(), "gradients of this model");
        for (at, (weight, gradient)) in self.weights.iter_mut().zip(&gradients.0).enumerate() {
            apply(at, weight, gradient);
        }
        self.moved();
    }

    /// Copies of the weights elsewhere are old now.
    fn moved(&mut self) {
        if let Some(graph) = &mut self.graph {
            graph.forget();
        }
    }

    fn source(&self) -> Source<'_> {
        Source { config: &self.config, weights: &self.weights, index: &self.index }
    }

    fn parts(&self) -> Parts<'_> {
        Parts { config: &self.config, weights: &self.weights, index: &self.index, rotary: &self.rotary }
    }

    fn check(&self, sequences: &[Sequence<'_>]) -> Result<(), ModelError> {
        for (sequence, Sequence { prompt, response }) in sequences.iter().enumerate() {
            let fault = |message: String| Err(ModelError::Sequence { sequence, message });
            if prompt.is_empty() || response.is_empty() {
                return fault("its prompt or its response has no token".to_owned());
            }
            self.check_tokens(prompt.len() + response.len(), prompt.iter().chain(*response)).or_else(fault)?;
        }
        Ok(())
    }

    fn check_tokens<'a>(&self, length: usize, mut tokens: impl Iterator<Item = &'a u32>) -> Result<(), String> {
        let (longest, vocabulary) = (self.config.max_position_embeddings, self.config.vocab_size);
        if length > longest {
            return Err(format!("it has {length} tokens, and the model takes {longest} (max_position_embeddings)"));
        }
        match tokens.find(|&&token| token as usize >= vocabulary) {
            Some(token) => Err(format!("the token {token} is not in the vocabulary of {vocabulary}")),
            None => Ok(()),
        }
    }

    /// Parts of a batch, one to a thread, with buffers for each.
    fn passes(&self, sequences: &[Sequence<'_>]) -> Vec<(Range<usize>, Pass)> {
        let mut spare = self.passes.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        shares(sequences, self.threads).into_iter().map(|range| (range, spare.pop().unwrap_or_default())).collect()
    }

    fn put_back(&self, passes: Vec<(Range<usize>, Pass)>) {
        let mut spare = self.passes.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        spare.extend(passes.into_iter().map(|(_, pass)| pass));
    }
}

/// Does something with each of these, on a thread of its own but for the last.
fn side_by_side<T: Send, R: Send>(items: &mut [T], work: impl Fn(&mut T) -> R + Sync) -> Vec<R> {
    let Some((last, others)) = items.split_last_mut() else { return Vec::new() };
    let work = &work;
    std::thread::scope(|scope| {
        let others: Vec<_> = others.iter_mut().map(|item| scope.spawn(move || work(item))).collect();
        let last = work(last);
        let mut done: Vec<R> = others.into_iter().map(|other| other.join().expect("a pass does not panic")).collect();
        done.push(last);
        done
    })
}

/// Scores of parts as those of the whole.
fn merge(parts: Vec<Scores>) -> Scores {
    let mut all = Scores::default();
    for part in parts {
        all.logprobs.extend(part.logprobs);
        all.entropies.extend(part.entropies);
    }
    all
}

/// Cuts a batch into at most so many parts of about as many rows, between groups of one prompt where there are enough of them.
fn shares(sequences: &[Sequence<'_>], count: usize) -> Vec<Range<usize>> {
    let begins_group = |at: usize| at == 0 || sequences[at - 1].prompt != sequences[at].prompt;
    let groups = (0..sequences.len()).filter(|&at| begins_group(at)).count();
    let between_groups = groups >= 2 * count;
    let rows = |at: usize| sequences[at].response.len() + if begins_group(at) { sequences[at].prompt.len() } else { 0 };
    let total: usize = (0..sequences.len()).map(rows).sum();
    let (mut ranges, mut start, mut seen) = (Vec::new(), 0, 0);
    for at in 0..sequences.len() {
        let may_cut = !between_groups || begins_group(at);
        if at > start && may_cut && ranges.len() + 1 < count && seen * count >= total * (ranges.len() + 1) {
            ranges.push(start..at);
            start = at;
        }
        seen += rows(at);
    }
    if start < sequences.len() {
        ranges.push(start..sequences.len());
    }
    ranges
}

/// The gradient of every weight, in the order of [`ModelConfig::weights`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gradients(Vec<Vec<f32>>);

impl Gradients {
    /// Gradients of 0.
    pub fn zeros_like(model: &Model) -> Self {
        Self(model.weights.iter().map(|weight| vec![0.0; weight.len()]).collect())
    }

    /// Each weight's.
    pub fn weights(&self) -> &[Vec<f32>] {
        &self.0
    }

    /// The root of the sum of all squares.
    pub fn norm(&self) -> f64 {
        let squares = |values: &Vec<f32>| values.iter().map(|&value| f64::from(value) * f64::from(value)).sum::<f64>();
        self.0.iter().map(squares).sum::<f64>().sqrt()
    }

    /// Sets all to 0.
    pub fn clear(&mut self) {
        self.0.iter_mut().for_each(|values| values.fill(0.0));
    }

    fn add(&mut self, other: &Self) {
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            own.iter_mut().zip(other).for_each(|(own, other)| *own += other);
        }
    }
}

/// Draws responses. `finished` gets each with the number of its request and its own number in it, in no particular order, and says whether to go on.
///
/// The same call gives the same tokens and log-probabilities, to the last bit, as long as the model uses as many threads.
///
/// # Errors
/// [`ModelError::Sequence`] if a prompt is empty, too long for the tokens it may get, or has a token that the vocabulary has not.
pub fn generate(
    model: &Model,
    requests: &[Request],
    sampling: &Sampling,
    finished: &mut dyn FnMut(usize, usize, Sample) -> ControlFlow<()>,
) -> Result<(), ModelError> {
    for (sequence, request) in requests.iter().enumerate() {
        let fault = |message: String| Err(ModelError::Sequence { sequence, message });
        if request.prompt.is_empty() {
            return fault("its prompt has no token".to_owned());
        }
        model.check_tokens(request.prompt.len() + sampling.max_tokens, request.prompt.iter()).or_else(fault)?;
    }
    if let Some(graph) = &model.graph {
        let mut go_on = |request, response, sample| finished(request, response, sample).is_continue();
        return Ok(graph::generate(graph, &model.source(), requests, sampling, &mut go_on)?);
    }
    let threads = model.threads.min(requests.len()).max(1);
    let layout = &engine::Layout::new(model.parts());
    let (sender, receiver) = channel();
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let sender = sender.clone();
            scope.spawn(move || {
                let own: Vec<(usize, &Request)> = requests.iter().enumerate().skip(thread).step_by(threads).collect();
                // Nobody listens any more when drawing was ended.
                engine::generate(model.parts(), layout, &own, sampling, &mut |request, response, sample| {
                    sender.send((request, response, sample)).is_ok()
                });
            });
        }
        drop(sender);
        for (request, response, sample) in &receiver {
            if finished(request, response, sample).is_break() {
                break;
            }
        }
        drop(receiver);
    });
    Ok(())
}

#[cfg(test)]
mod tests;
