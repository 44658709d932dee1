//! Distances between texts and between ordered trees: how much it takes to edit one into the other.

use std::collections::HashMap;

/// A text whose Levenshtein distance to many others is asked for.
///
/// 64 characters are compared at a time, as in H. Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances" (2003), after G. Myers.
pub(crate) struct Pattern {
    length: usize,
    /// The first 128 characters have their row at their code, others where `rows` says; a row has a bit for each place in the text.
    ascii: Vec<u64>,
    rows: HashMap<char, Vec<u64>>,
}

impl Pattern {
    pub(crate) fn new(text: &str) -> Self {
        let length = text.chars().count();
        let blocks = length.div_ceil(64);
        let mut pattern = Self { length, ascii: vec![0; 128 * blocks], rows: HashMap::new() };
        for (at, char) in text.chars().enumerate() {
            let row = if char.is_ascii() {
                &mut pattern.ascii[char as usize * blocks..][..blocks]
            } else {
                pattern.rows.entry(char).or_insert_with(|| vec![0; blocks])
            };
            row[at / 64] |= 1 << (at % 64);
        }
        pattern
    }

    /// The steps that a comparison takes for each character of the other text.
    pub(crate) fn blocks(&self) -> usize {
        self.length.div_ceil(64)
    }

    /// How many characters must be put in, taken out or replaced.
    pub(crate) fn distance(&self, text: &str) -> usize {
        match self.blocks() {
            0 => text.chars().count(),
            // Most labels are short: one block needs no memory.
            1 => self.distance_in(text, &mut [Column::START]),
            blocks => self.distance_in(text, &mut vec![Column::START; blocks]),
        }
    }

    fn distance_in(&self, text: &str, column: &mut [Column]) -> usize {
        let blocks = column.len();
        let last_bit = 1_u64 << ((self.length - 1) % 64);
        let mut distance = self.length;
        for char in text.chars() {
            let row = if char.is_ascii() { self.ascii.get(char as usize * blocks..) } else { self.rows.get(&char).map(Vec::as_slice) };
            // Along the first row each value is one more than the one before.
            let (mut more, mut less) = (1, 0);
            let (mut right_more, mut right_less) = (0, 0);
            for (block, column) in column.iter_mut().enumerate() {
                let equal = row.map_or(0, |row| row[block]);
                let vertical = equal | column.less;
                let equal = equal | less;
                let diagonal = (((equal & column.more).wrapping_add(column.more)) ^ column.more) | equal;
                (right_more, right_less) = (column.less | !(diagonal | column.more), column.more & diagonal);
                let (shifted_more, shifted_less) = (right_more << 1 | more, right_less << 1 | less);
                (more, less) = (right_more >> 63, right_less >> 63);
                *column = Column { more: shifted_less | !(vertical | shifted_more), less: shifted_more & vertical };
            }
            distance += usize::from(right_more & last_bit != 0);
            distance -= usize::from(right_less & last_bit != 0);
        }
        distance
    }
}

/// 64 places of a column of the table of distances: where a value is one more, and where it is one less, than the value above it.
#[derive(Clone, Copy)]
struct Column {
    more: u64,
    less: u64,
}

impl Column {
    /// Before the first character of the other text each value is one more than the one above.
    const START: Self = Self { more: u64::MAX, less: 0 };
}

/// The form of an ordered tree: for each node, children before parents, the first leaf below it or the node itself.
#[derive(Default)]
pub(crate) struct Shape {
    first_leaves: Vec<usize>,
}

impl Shape {
    /// Adds the next node: a leaf, or the parent of nodes that begin with this leaf.
    pub(crate) fn push(&mut self, first_leaf: Option<usize>) -> usize {
        let leaf = first_leaf.unwrap_or(self.first_leaves.len());
        self.first_leaves.push(leaf);
        leaf
    }

    /// The nodes that are no first child, nor first child of a first child, of a later one, in order.
    fn key_roots(&self) -> Vec<usize> {
        let mut covered = vec![false; self.first_leaves.len()];
        let mut roots: Vec<usize> =
            (0..self.first_leaves.len()).rev().filter(|node| !std::mem::replace(&mut covered[self.first_leaves[*node]], true)).collect();
        roots.reverse();
        roots
    }

    /// The nodes below all key roots together; the product for two trees is the time that [`tree_distance`] takes.
    pub(crate) fn effort(&self) -> usize {
        self.key_roots().iter().map(|root| root - self.first_leaves[*root] + 1).sum()
    }
}

/// What editing nodes costs.
pub(crate) trait Costs {
    fn remove(&self, node: usize) -> f64;
    fn insert(&self, node: usize) -> f64;
    fn change(&self, from: usize, to: usize) -> f64;
}

/// The least cost to edit one tree into another, by K. Zhang and D. Shasha, "Simple fast algorithms for the editing distance between trees and related
/// problems" (1989).
pub(crate) fn tree_distance(one: &Shape, other: &Shape, costs: &impl Costs) -> f64 {
    let width = other.first_leaves.len();
    let mut trees = vec![0.0; one.first_leaves.len() * width];
    let mut forests = Vec::new();
    let other_roots = other.key_roots();
    for root in one.key_roots() {
        for &other_root in &other_roots {
            key_root_distances((one, root), (other, other_root), costs, &mut trees, &mut forests);
        }
    }
    trees.last().copied().expect("a tree has a root")
}

/// Fills in the distances of all pairs of trees whose first leaves are those of the two key roots. `forests` is memory to work in.
fn key_root_distances(
    (one, root): (&Shape, usize),
    (other, other_root): (&Shape, usize),
    costs: &impl Costs,
    trees: &mut [f64],
    forests: &mut Vec<f64>,
) {
    let (start, other_start) = (one.first_leaves[root], other.first_leaves[other_root]);
    let (rows, columns) = (root - start + 2, other_root - other_start + 2);
    let width = other.first_leaves.len();
    forests.clear();
    forests.resize(rows * columns, 0.0);
    for row in 1..rows {
        forests[row * columns] = forests[(row - 1) * columns] + costs.remove(start + row - 1);
    }
    for column in 1..columns {
        forests[column] = forests[column - 1] + costs.insert(other_start + column - 1);
    }
    for row in 1..rows {
        let node = start + row - 1;
        let removing = costs.remove(node);
        for column in 1..columns {
            let other_node = other_start + column - 1;
            let (leaf, other_leaf) = (one.first_leaves[node], other.first_leaves[other_node]);
            let both_trees = leaf == start && other_leaf == other_start;
            let matching = if both_trees {
                forests[(row - 1) * columns + column - 1] + costs.change(node, other_node)
            } else {
                forests[(leaf - start) * columns + other_leaf - other_start] + trees[node * width + other_node]
            };
            let mut least = forests[(row - 1) * columns + column] + removing;
            // A cost that is no number is never less.
            for cost in [forests[row * columns + column - 1] + costs.insert(other_node), matching] {
                if cost < least {
                    least = cost;
                }
            }
            forests[row * columns + column] = least;
            if both_trees {
                trees[node * width + other_node] = least;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        let long = "0123456789".repeat(20);
        for (one, other, distance) in [
            ("", "", 0),
            ("", "ab", 2),
            ("ab", "", 2),
            ("kitten", "sitting", 3),
            ("é漢a", "e漢b", 2),
            (&long, &long[1..], 1),
            (&long, &format!("{}x{}", &long[..100], &long[101..]), 1),
            (&long, &long.replace('7', ""), 20),
            (&long[..64], &long[..65], 1),
            (&long[..128], "", 128),
        ] {
            assert_eq!(Pattern::new(one).distance(other), distance, "{one} {other}");
            assert_eq!(Pattern::new(other).distance(one), distance, "{other} {one}");
        }
    }

    /// Trees in the order of their nodes, a letter a node: its letter and how many children it has.
    fn tree(nodes: &[(char, usize)]) -> (Shape, Vec<char>) {
        let mut shape = Shape::default();
        let mut open = Vec::new();
        for (_, children) in nodes {
            let first = open.len() - children;
            let leaf = shape.push(open.get(first).copied());
            open.truncate(first);
            open.push(leaf);
        }
        (shape, nodes.iter().map(|(label, _)| *label).collect())
    }

    struct Units<'a>(&'a [char], &'a [char]);

    impl Costs for Units<'_> {
        fn remove(&self, _: usize) -> f64 {
            1.0
        }

        fn insert(&self, _: usize) -> f64 {
            1.0
        }

        fn change(&self, from: usize, to: usize) -> f64 {
            if self.0[from] == self.1[to] { 0.0 } else { 1.0 }
        }
    }

    #[test]
    fn trees() {
        // The example of the paper: f(d(a, c(b)), e) and f(c(d(a, b)), e).
        let (one, labels) = tree(&[('a', 0), ('b', 0), ('c', 1), ('d', 2), ('e', 0), ('f', 2)]);
        let (other, other_labels) = tree(&[('a', 0), ('b', 0), ('d', 2), ('c', 1), ('e', 0), ('f', 2)]);
        assert_eq!(tree_distance(&one, &other, &Units(&labels, &other_labels)), 2.0);
        assert_eq!(tree_distance(&one, &one, &Units(&labels, &labels)), 0.0);
        let (leaf, leaf_label) = tree(&[('x', 0)]);
        assert_eq!(tree_distance(&one, &leaf, &Units(&labels, &leaf_label)), 6.0);
        assert_eq!(one.effort(), 2 + 1 + 6);
    }
}
