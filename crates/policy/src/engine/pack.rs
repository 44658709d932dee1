//! Sequences laid out for one pass: neighbours with the same prompt share its rows.
//!
//! A group of responses to one prompt is `prompt, response 1, response 2, ..`; each response looks at the prompt and at itself. Sixteen responses of a dozen tokens to a prompt of fifty
//! are so a quarter of the rows that sixteen whole sequences have.

use crate::Sequence;
use std::ops::Range;

/// The rows of one group.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// The prompt's rows.
    pub(crate) prompt: Range<usize>,
    /// The rows of each response's tokens but its last, which nothing is predicted from; may be empty.
    pub(crate) responses: Vec<Range<usize>>,
}

/// One token that is predicted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target {
    /// The row that it is predicted from.
    pub(crate) row: usize,
    /// The token.
    pub(crate) token: u32,
    /// Its sequence.
    pub(crate) sequence: usize,
    /// Its place in the response.
    pub(crate) at: usize,
}

/// A batch as rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pack {
    /// The token of each row.
    pub(crate) tokens: Vec<u32>,
    /// The position of each row in its sequence.
    pub(crate) positions: Vec<usize>,
    /// Groups, one after the other.
    pub(crate) groups: Vec<Group>,
    /// Every token of every response, by the row that it is predicted from.
    pub(crate) targets: Vec<Target>,
}

impl Pack {
    /// Lays out sequences, each of which has a prompt and a response.
    pub(crate) fn new(sequences: &[Sequence<'_>]) -> Self {
        let mut pack = Self::default();
        let mut prompt: Option<&[u32]> = None;
        for (index, sequence) in sequences.iter().enumerate() {
            if prompt != Some(sequence.prompt) {
                let start = pack.tokens.len();
                pack.push(sequence.prompt, 0);
                pack.groups.push(Group { prompt: start..pack.tokens.len(), responses: Vec::new() });
                prompt = Some(sequence.prompt);
            }
            let start = pack.tokens.len();
            let inputs = &sequence.response[..sequence.response.len().saturating_sub(1)];
            pack.push(inputs, sequence.prompt.len());
            let group = pack.groups.last_mut().expect("the first sequence begins a group");
            group.responses.push(start..start + inputs.len());
            let first = group.prompt.end - 1;
            pack.targets.extend(sequence.response.iter().enumerate().map(|(at, &token)| Target {
                row: if at == 0 { first } else { start + at - 1 },
                token,
                sequence: index,
                at,
            }));
        }
        pack.targets.sort_by_key(|target| (target.row, target.sequence));
        pack
    }

    fn push(&mut self, tokens: &[u32], position: usize) {
        self.tokens.extend_from_slice(tokens);
        self.positions.extend(position..position + tokens.len());
    }

    /// How many rows there are.
    pub(crate) fn rows(&self) -> usize {
        self.tokens.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_prompts_are_laid_out_once() {
        let (one, two) = ([1, 2, 3], [1, 2]);
        let pack = Pack::new(&[
            Sequence { prompt: &one, response: &[7, 8, 9] },
            Sequence { prompt: &one, response: &[5] },
            Sequence { prompt: &two, response: &[6, 4] },
        ]);
        assert_eq!(pack.tokens, [1, 2, 3, 7, 8, 1, 2, 6]);
        assert_eq!(pack.positions, [0, 1, 2, 3, 4, 0, 1, 2]);
        let targets: Vec<_> = pack.targets.iter().map(|target| (target.row, target.token, target.sequence, target.at)).collect();
        assert_eq!(targets, [(2, 7, 0, 0), (2, 5, 1, 0), (3, 8, 0, 1), (4, 9, 0, 2), (6, 6, 2, 0), (7, 4, 2, 1)]);
        assert_eq!(pack.groups[0].responses, [3..5, 5..5]);
        assert_eq!((pack.groups[1].prompt.clone(), &pack.groups[1].responses[0]), (5..7, &(7..8)));
    }
}
