//! Causal attention with grouped key and value heads over a [`Pack`]. Probabilities are computed again in the backward pass instead of kept.

use super::kernels::{dot, softmax, vectorised};
use super::matrix::{Into, View, product};
use super::pack::{Group, Pack};
use std::ops::Range;

/// How many rows of scores are held at once.
const BLOCK: usize = 96;

/// Heads and their width. Queries are `[rows, query_heads * width]`, keys and values `[rows, key_heads * width]`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Heads {
    pub(crate) query_heads: usize,
    pub(crate) key_heads: usize,
    pub(crate) width: usize,
}

impl Heads {
    fn query_stride(self) -> usize {
        self.query_heads * self.width
    }

    fn key_stride(self) -> usize {
        self.key_heads * self.width
    }

    /// Where a query head's numbers and those of its keys begin within a row.
    fn columns(self, head: usize) -> (usize, usize) {
        (head * self.width, head / (self.query_heads / self.key_heads) * self.width)
    }

    fn scale(self) -> f32 {
        1.0 / (self.width as f32).sqrt()
    }
}

/// Rows that look at all of `context`, and each at its own segment up to itself.
struct Block {
    rows: Range<usize>,
    context: Range<usize>,
    pieces: Vec<Piece>,
    /// The most rows that one of them sees of its own segment.
    own: usize,
}

/// Part of a block that lies in one segment.
struct Piece {
    rows: Range<usize>,
    /// Where the segment begins.
    start: usize,
}

impl Block {
    fn stride(&self) -> usize {
        self.context.len() + self.own
    }
}

/// Cuts a group into blocks.
fn blocks(group: &Group) -> Vec<Block> {
    let nothing = group.prompt.start..group.prompt.start;
    let mut blocks = cut(&nothing, std::slice::from_ref(&group.prompt));
    blocks.extend(cut(&group.prompt, &group.responses));
    blocks
}

/// Cuts neighbouring segments with one context into blocks.
fn cut(context: &Range<usize>, segments: &[Range<usize>]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for segment in segments {
        let mut at = segment.start;
        while at < segment.end {
            let room = blocks.last().map_or(0, |block| BLOCK.saturating_sub(block.rows.len()));
            // A segment that does not fit into what is left of a block begins another, unless it is longer than any block.
            if room == 0 || (segment.end - at > room && segment.len() <= BLOCK) {
                blocks.push(Block { rows: at..at, context: context.clone(), pieces: Vec::new(), own: 0 });
                continue;
            }
            let block = blocks.last_mut().expect("there is room in one");
            let end = segment.end.min(at + room);
            block.rows.end = end;
            block.own = block.own.max(end - segment.start);
            block.pieces.push(Piece { rows: at..end, start: segment.start });
            at = end;
        }
    }
    blocks
}

/// Queries, keys and values, rotated.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Inputs<'a> {
    pub(crate) q: &'a [f32],
    pub(crate) k: &'a [f32],
    pub(crate) v: &'a [f32],
    pub(crate) heads: Heads,
}

impl Inputs<'_> {
    fn queries(&self, rows: Range<usize>, head: usize) -> View<'_> {
        rows_of(self.q, rows, self.heads.query_stride(), self.heads.columns(head).0, self.heads.width)
    }

    fn keys(&self, rows: Range<usize>, head: usize) -> View<'_> {
        rows_of(self.k, rows, self.heads.key_stride(), self.heads.columns(head).1, self.heads.width)
    }

    fn values(&self, rows: Range<usize>, head: usize) -> View<'_> {
        rows_of(self.v, rows, self.heads.key_stride(), self.heads.columns(head).1, self.heads.width)
    }

    /// Probabilities of a block's rows, `[rows, context | own]`; 0 where a row does not look.
    fn probabilities(&self, block: &Block, head: usize, scores: &mut Vec<f32>) {
        let (stride, context, scale) = (block.stride(), block.context.len(), self.heads.scale());
        scores.clear();
        scores.resize(block.rows.len() * stride, 0.0);
        product(scores, stride, Into::Set, scale, self.queries(block.rows.clone(), head), self.keys(block.context.clone(), head).t());
        for piece in &block.pieces {
            let at = (piece.rows.start - block.rows.start) * stride + context;
            let keys = self.keys(piece.start..piece.rows.end, head);
            product(&mut scores[at..], stride, Into::Set, scale, self.queries(piece.rows.clone(), head), keys.t());
            let first = (piece.rows.start - block.rows.start) * stride;
            let rows = &mut scores[first..first + piece.rows.len() * stride];
            softmax_rows(rows, stride, context + piece.rows.start - piece.start + 1);
        }
    }
}

vectorised! {
    /// Softmax of the first `seen` of a row's scores, one more in each row; the others become 0.
    fn softmax_rows<'a>(scores: &'a mut [f32], stride: usize, seen: usize) -> () {
        for (at, row) in scores.chunks_exact_mut(stride).enumerate() {
            let (seen, unseen) = row.split_at_mut(seen + at);
            softmax(seen);
            unseen.fill(0.0);
        }
    }
}

/// Some columns of some rows.
fn rows_of(data: &[f32], rows: Range<usize>, stride: usize, column: usize, width: usize) -> View<'_> {
    // Without rows there may be nothing at that place.
    let start = if rows.is_empty() { 0 } else { rows.start * stride + column };
    View::strided(&data[start..], rows.len(), width, stride)
}

/// `out = softmax(q k^T / sqrt(width)) v`, `[rows, query_heads * width]`.
pub(crate) fn forward(out: &mut [f32], inputs: &Inputs<'_>, pack: &Pack) {
    let heads = inputs.heads;
    let mut scores = Vec::new();
    for block in pack.groups.iter().flat_map(blocks) {
        let (stride, context) = (block.stride(), block.context.len());
        for head in 0..heads.query_heads {
            inputs.probabilities(&block, head, &mut scores);
            let place = |row: usize| row * heads.query_stride() + heads.columns(head).0;
            let rows = block.rows.len();
            let weights = View::strided(&scores, rows, context, stride);
            product(
                &mut out[place(block.rows.start)..],
                heads.query_stride(),
                Into::Set,
                1.0,
                weights,
                inputs.values(block.context.clone(), head),
            );
            for piece in &block.pieces {
                let own = piece.rows.end - piece.start;
                let at = (piece.rows.start - block.rows.start) * stride + context;
                let weights = View::strided(&scores[at..], piece.rows.len(), own, stride);
                let values = inputs.values(piece.start..piece.rows.end, head);
                product(&mut out[place(piece.rows.start)..], heads.query_stride(), Into::Add, 1.0, weights, values);
            }
        }
    }
}

/// One head's columns of `dout` and `out`: the first `width` of every `stride` numbers.
struct Outer<'a> {
    dout: &'a [f32],
    out: &'a [f32],
    stride: usize,
    width: usize,
}

vectorised! {
    /// From derivatives by probabilities to those by scores, row by row of `stride` numbers: `p * (slope - sum(dout * out)) * scale`.
    fn by_scores<'a>(slopes: &'a mut [f32], probabilities: &'a [f32], stride: usize, outer: Outer<'a>, scale: f32) -> () {
        let outer_rows = outer.dout.chunks(outer.stride).zip(outer.out.chunks(outer.stride));
        for ((slopes, probabilities), (dout, out)) in slopes.chunks_exact_mut(stride).zip(probabilities.chunks_exact(stride)).zip(outer_rows) {
            let along = dot(&dout[..outer.width], &out[..outer.width]);
            slopes.iter_mut().zip(probabilities).for_each(|(slope, p)| *slope = p * (*slope - along) * scale);
        }
    }
}

/// Where the backward pass adds.
pub(crate) struct Gradients<'a> {
    pub(crate) q: &'a mut [f32],
    pub(crate) k: &'a mut [f32],
    pub(crate) v: &'a mut [f32],
}

/// The backward pass: `out` is what [`forward`] gave, `dout` its gradient. Adds to the gradients.
pub(crate) fn backward(gradients: &mut Gradients<'_>, out: &[f32], dout: &[f32], inputs: &Inputs<'_>, pack: &Pack) {
    let heads = inputs.heads;
    let (query_stride, key_stride, scale) = (heads.query_stride(), heads.key_stride(), heads.scale());
    let (mut scores, mut slopes) = (Vec::new(), Vec::new());
    for block in pack.groups.iter().flat_map(blocks) {
        let (stride, context, rows) = (block.stride(), block.context.len(), block.rows.len());
        for head in 0..heads.query_heads {
            let (query_column, key_column) = heads.columns(head);
            inputs.probabilities(&block, head, &mut scores);
            let outer = |rows: Range<usize>| rows_of(dout, rows, query_stride, query_column, heads.width);
            // dp = dout v^T
            slopes.clear();
            slopes.resize(rows * stride, 0.0);
            product(&mut slopes, stride, Into::Set, 1.0, outer(block.rows.clone()), inputs.values(block.context.clone(), head).t());
            for piece in &block.pieces {
                let at = (piece.rows.start - block.rows.start) * stride + context;
                let values = inputs.values(piece.start..piece.rows.end, head);
                product(&mut slopes[at..], stride, Into::Set, 1.0, outer(piece.rows.clone()), values.t());
            }
            // ds = p * (dp - sum(dout * out)) / sqrt(width)
            let first = block.rows.start * query_stride + query_column;
            let head_outer = Outer { dout: &dout[first..], out: &out[first..], stride: query_stride, width: heads.width };
            by_scores(&mut slopes, &scores, stride, head_outer, scale);
            // The context's parts of dq, dk, dv, then those of each piece.
            let mut add = |at: usize, rows: Range<usize>, keys: Range<usize>| {
                if rows.is_empty() || keys.is_empty() {
                    return;
                }
                let slopes = View::strided(&slopes[at..], rows.len(), keys.len(), stride);
                let weights = View::strided(&scores[at..], rows.len(), keys.len(), stride);
                let (query, key) = (rows.start * query_stride + query_column, keys.start * key_stride + key_column);
                product(&mut gradients.q[query..], query_stride, Into::Add, 1.0, slopes, inputs.keys(keys, head));
                product(&mut gradients.k[key..], key_stride, Into::Add, 1.0, slopes.t(), inputs.queries(rows.clone(), head));
                product(&mut gradients.v[key..], key_stride, Into::Add, 1.0, weights.t(), outer(rows));
            };
            add(0, block.rows.clone(), block.context.clone());
            for piece in &block.pieces {
                let at = (piece.rows.start - block.rows.start) * stride + context;
                add(at, piece.rows.clone(), piece.start..piece.rows.end);
            }
        }
    }
}
