//! What the model says of responses, and the gradient of a loss on it.

use super::batch::{Batch, causal, longest, pieces, rotary};
use super::decoder::{Layer, log_softmax, logits};
use super::{Graph, Source, Weights};
use crate::{ModelConfig, Scores, Sequence};
use candle_core::{D, DType, Device, Result, Tensor, Var};
use std::ops::Range;

/// Numbers that the output layer holds at once, for each of the few copies that its backward pass needs.
const LOGITS: usize = 1 << 27;

/// What the model says of the responses.
pub(crate) fn score(graph: &Graph, source: &Source<'_>, sequences: &[Sequence<'_>], temperature: f32) -> Result<Scores> {
    let weights = graph.weights(source)?;
    let mut scores = Scores::default();
    for piece in pieces(sequences) {
        let pass = Pass::forward(source, &weights, &graph.device, &sequences[piece], Keep::Nothing)?;
        pass.score(temperature, &mut scores)?;
    }
    Ok(scores)
}

/// The same, and adds the gradient of a loss that is a function of the log-probabilities; see [`crate::Model::backward`].
pub(crate) fn backward(
    graph: &Graph,
    source: &Source<'_>,
    sequences: &[Sequence<'_>],
    temperature: f32,
    gradients: &mut [Vec<f32>],
    slopes: impl FnOnce(&Scores) -> Vec<Vec<f32>>,
) -> Result<Scores> {
    let weights = graph.weights(source)?;
    let mut scores = Scores::default();
    let (mut passes, mut left) = (Vec::new(), graph.kept);
    for piece in pieces(sequences) {
        let bytes = kept_bytes(source.config, &sequences[piece.clone()]);
        let keep = if bytes <= left { Keep::All } else { Keep::Inputs };
        left = left.saturating_sub(bytes);
        let pass = Pass::forward(source, &weights, &graph.device, &sequences[piece.clone()], keep)?;
        pass.score(temperature, &mut scores)?;
        passes.push((piece, pass));
    }
    let slopes = slopes(&scores);
    let lengths = |rows: &[Vec<f32>]| rows.iter().map(Vec::len).collect::<Vec<_>>();
    assert_eq!(lengths(&slopes), lengths(&scores.logprobs), "one derivative for each log-probability");
    let mut sums = Sums(vec![None; weights.trained.len()]);
    for (piece, pass) in passes {
        pass.backward(temperature, &slopes[piece].concat(), &mut sums)?;
    }
    for (total, sum) in gradients.iter_mut().zip(sums.0) {
        let Some(sum) = sum else { continue };
        let values = sum.flatten_all()?.to_vec1::<f32>()?;
        total.iter_mut().zip(values).for_each(|(total, value)| *total += value);
    }
    Ok(scores)
}

/// Gradients on the device, where there are any.
struct Sums(Vec<Option<Tensor>>);

impl Sums {
    fn add(&mut self, at: usize, gradient: &Tensor) -> Result<()> {
        let sum = match &self.0[at] {
            Some(sum) => (sum + gradient)?,
            None => gradient.clone(),
        };
        self.0[at] = Some(sum.detach());
        Ok(())
    }

    /// Adds those of all weights that took part.
    fn add_all(&mut self, weights: &[Tensor], gradients: &candle_core::backprop::GradStore) -> Result<()> {
        for (at, weight) in weights.iter().enumerate() {
            if let Some(gradient) = gradients.get(weight) {
                self.add(at, gradient)?;
            }
        }
        Ok(())
    }
}

/// What a forward pass keeps for the backward pass.
#[derive(Clone, Copy, PartialEq)]
enum Keep {
    Nothing,
    /// The input of each layer.
    Inputs,
    /// All that the operations compute on the way.
    All,
}

/// About what a backward pass through all layers at once needs, in bytes: what each of the operations of [`Layer`] reads.
fn kept_bytes(config: &ModelConfig, sequences: &[Sequence<'_>]) -> usize {
    let length = longest(sequences);
    let (queries, keys) = (config.num_attention_heads * config.head_dim, config.num_key_value_heads * config.head_dim);
    let row = 12 * config.hidden_size + 8 * (queries + keys) + 5 * config.intermediate_size + 6 * config.num_attention_heads * length;
    4 * config.num_hidden_layers * sequences.len() * length * row
}

/// A piece of a batch after its forward pass.
struct Pass<'a> {
    source: Source<'a>,
    weights: &'a Weights,
    batch: Batch,
    lengths: Vec<usize>,
    angles: (Tensor, Tensor),
    mask: Tensor,
    keep: Keep,
    /// The input of each layer, if they are kept, and the output of the last; `[sequences, length, hidden]`.
    x: Vec<Tensor>,
}

impl<'a> Pass<'a> {
    fn forward(source: &Source<'a>, weights: &'a Weights, device: &Device, sequences: &[Sequence<'_>], keep: Keep) -> Result<Self> {
        let batch = Batch::new(sequences, device)?;
        let positions: Vec<usize> = (0..batch.length).collect();
        let angles = rotary(source.config, &positions, device)?;
        let mask = causal(batch.length, device)?;
        let lengths = sequences.iter().map(|sequence| sequence.response.len()).collect();
        let used = if keep == Keep::All { &weights.trained } else { &weights.fixed };
        let embedding = &used[source.index.embedding];
        let hidden = source.config.hidden_size;
        let x = embedding.index_select(&batch.tokens.flatten_all()?, 0)?.reshape((sequences.len(), batch.length, hidden))?;
        let mut pass = Self { source: *source, weights, batch, lengths, angles, mask, keep, x: vec![x] };
        for at in &source.index.layers {
            let layer = Layer { config: source.config, at, weights: used };
            let x = layer.forward(&pass.x[pass.x.len() - 1], (&pass.angles.0, &pass.angles.1), &pass.mask)?;
            if keep != Keep::Inputs {
                pass.x.clear();
            }
            pass.x.push(x);
        }
        Ok(pass)
    }

    /// Outputs of the last layer from which response tokens are predicted, `[tokens, hidden]`, without their history.
    fn outputs(&self) -> Result<Tensor> {
        self.x[self.x.len() - 1].detach().flatten_to(1)?.index_select(&self.batch.rows, 0)
    }

    /// Rows of them that go through the output layer at once.
    fn blocks(&self) -> Vec<Range<usize>> {
        let count = self.lengths.iter().sum();
        let step = (LOGITS / self.source.config.vocab_size).max(1);
        (0..count).step_by(step).map(|start| start..(start + step).min(count)).collect()
    }

    /// Log-probabilities of the response tokens, and the logarithms of all probabilities, of a block of outputs.
    fn logprobs(&self, x: &Tensor, block: &Range<usize>, head: (&Tensor, &Tensor), temperature: f32) -> Result<(Tensor, Tensor)> {
        let all = log_softmax(&logits(x, head, self.source.config.rms_norm_eps, temperature)?)?;
        let targets = self.batch.targets.narrow(0, block.start, block.len())?.unsqueeze(1)?;
        Ok((all.gather(&targets, 1)?.squeeze(1)?, all))
    }

    fn score(&self, temperature: f32, scores: &mut Scores) -> Result<()> {
        let (outputs, index) = (self.outputs()?, self.source.index);
        let head = (&self.weights.fixed[index.norm], &self.weights.fixed[index.output]);
        let (mut logprobs, mut entropies) = (Vec::new(), Vec::new());
        for block in self.blocks() {
            let x = outputs.narrow(0, block.start, block.len())?;
            let (chosen, all) = self.logprobs(&x, &block, head, temperature)?;
            logprobs.extend(chosen.to_vec1::<f32>()?);
            entropies.extend((all.exp()? * &all)?.sum(D::Minus1)?.neg()?.to_vec1::<f32>()?);
        }
        let (mut logprobs, mut entropies) = (logprobs.into_iter(), entropies.into_iter());
        for &length in &self.lengths {
            scores.logprobs.push(logprobs.by_ref().take(length).collect());
            scores.entropies.push(entropies.by_ref().take(length).collect());
        }
        Ok(())
    }

    /// The output layer first, block by block, then layer by layer back to the embedding; each part's gradient is that of `sum(part(x) * gradient of its output)`.
    fn backward(mut self, temperature: f32, slopes: &[f32], sums: &mut Sums) -> Result<()> {
        let (config, index, trained) = (self.source.config, self.source.index, self.weights.trained.as_slice());
        let device = self.mask.device().clone();
        let slopes = Tensor::new(slopes, &device)?;
        let outputs = self.outputs()?;
        let mut parts = Vec::new();
        for block in self.blocks() {
            let x = Var::from_tensor(&outputs.narrow(0, block.start, block.len())?.contiguous()?)?;
            let (chosen, _) = self.logprobs(&x, &block, (&trained[index.norm], &trained[index.output]), temperature)?;
            let gradients = (chosen * slopes.narrow(0, block.start, block.len())?)?.sum_all()?.backward()?;
            sums.add_all(trained, &gradients)?;
            parts.push(gradients.get(&x).cloned().unwrap_or(x.zeros_like()?));
        }
        let last = self.x.pop().expect("the output of the last layer is kept");
        let dx = last.detach().flatten_to(1)?.zeros_like()?;
        let mut dx = dx.index_add(&self.batch.rows, &Tensor::cat(&parts, 0)?.detach(), 0)?.reshape(last.shape())?;
        drop((outputs, parts));
        if self.keep == Keep::All {
            return sums.add_all(trained, &(last * dx)?.sum_all()?.backward()?);
        }
        drop(last);
        for at in index.layers.iter().rev() {
            let x = Var::from_tensor(&self.x.pop().expect("the input of every layer is kept"))?;
            let layer = Layer { config, at, weights: trained };
            let y = layer.forward(&x, (&self.angles.0, &self.angles.1), &self.mask)?;
            let gradients = (y * &dx)?.sum_all()?.backward()?;
            sums.add_all(trained, &gradients)?;
            dx = gradients.get(&x).cloned().unwrap_or(x.zeros_like()?).detach();
        }
        let table = Tensor::zeros(trained[index.embedding].shape(), DType::F32, &device)?;
        sums.add(index.embedding, &table.index_add(&self.batch.tokens.flatten_all()?, &dx.flatten_to(1)?, 0)?)
    }
}
