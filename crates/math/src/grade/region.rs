//! Sets of real numbers: intervals, inequalities, unions, differences, set builders.
//!
//! The ends of both sides are put in order once; between and at neighbouring ends nothing changes, so that two sets are the same if they agree on
//! each of these finitely many cells. Sets whose ends cannot be ordered (they have letters) are not handled here.

use super::normal::{normal, scalar, substitute};
use super::relation::{is_inequality, mirrored};
use super::{Grader, Outcome, Rule, Ruling};
use crate::answer::{Answer, Bracket, NamedSet, Part, Quantity, Relation, Relator, Separator, SetOperation, Sign};
use crate::equal::{compare_real, sign};
use crate::expr::Expr;
use std::cmp::Ordering;
use std::sync::Arc;

/// The most ends of both sides.
const MAX_ENDS: usize = 64;
/// The deepest nesting of set operations.
const MAX_DEPTH: u32 = 16;

/// A set over ends that are numbered.
#[derive(Debug)]
enum Region {
    /// Between two ends; `None` is infinity.
    Interval {
        low: Option<usize>,
        low_closed: bool,
        high: Option<usize>,
        high_closed: bool,
    },
    /// Single numbers.
    Points(Vec<usize>),
    /// All but a set.
    Not(Box<Region>),
    Any(Vec<Region>),
    All(Vec<Region>),
    /// Conditions joined by "and": both hold, unless that never happens; then each is a part of the answer.
    Joined(Vec<Region>),
}

/// The ends of one side, and the letter that inequalities are about.
#[derive(Debug, Default)]
struct Side {
    ends: Vec<Quantity>,
    letter: Option<Arc<str>>,
}

impl Grader<'_> {
    /// If one of them can only be a set of real numbers, and the other may be one.
    pub(super) fn regions(&mut self, reference: &Answer, given: &Answer) -> Option<Ruling> {
        if !is_region(reference) && !is_region(given) {
            return None;
        }
        // A single value is none; that is seen before the other's ends are looked for.
        if [reference, given].iter().any(|answer| matches!(normal(answer).as_ref(), Answer::Quantity(_) | Answer::Text(_))) {
            return None;
        }
        let (mut mine, mut theirs) = (Side::default(), Side::default());
        let one = self.region(reference, &mut mine, 0)?;
        let two = self.region(given, &mut theirs, 0)?;
        if let (Some(letter), Some(other)) = (&mine.letter, &theirs.letter)
            && letter != other
        {
            return Some(Ruling::different(Rule::Label));
        }
        if mine.ends.len() + theirs.ends.len() > MAX_ENDS {
            return Some(Ruling::new(Outcome::Undecided, Rule::TooMuch));
        }
        let (ranks, others, count) = self.ranks(&mine.ends, &theirs.ends)?;
        let cells = 2 * count + 1;
        let same = (0..cells).all(|cell| one.has(cell, cells, &ranks) == two.has(cell, cells, &others));
        Some(Ruling::of(same, Rule::RealSet))
    }

    /// The places of the ends among all, and how many different ones there are. `None` if they cannot be ordered.
    fn ranks(&mut self, mine: &[Quantity], theirs: &[Quantity]) -> Option<(Vec<usize>, Vec<usize>, usize)> {
        let mut order: Vec<(Expr, Vec<(bool, usize)>)> = Vec::new();
        for (given, ends) in [(false, mine), (true, theirs)] {
            'ends: for (at, end) in ends.iter().enumerate() {
                if given {
                    // A decimal of the reference is where the number is that rounds to it.
                    for (_, members) in &mut order {
                        let reference = members.iter().find(|(given, _)| !given).and_then(|(_, at)| mine.get(*at));
                        if let Some(reference) = reference
                            && self.quantities(reference, end).is_equal()
                        {
                            members.push((given, at));
                            continue 'ends;
                        }
                    }
                }
                let value = scalar(&Answer::Quantity(end.clone()))?;
                let mut place = order.len();
                for (index, (other, members)) in order.iter_mut().enumerate() {
                    match compare_real(&value, other, self.steps).ok()? {
                        Ordering::Equal => {
                            members.push((given, at));
                            continue 'ends;
                        }
                        Ordering::Less => {
                            place = index;
                            break;
                        }
                        Ordering::Greater => {}
                    }
                }
                order.insert(place, (value, vec![(given, at)]));
            }
        }
        let (mut ranks, mut others) = (vec![0; mine.len()], vec![0; theirs.len()]);
        for (rank, (_, members)) in order.iter().enumerate() {
            for (given, at) in members {
                let place = if *given { others.get_mut(*at) } else { ranks.get_mut(*at) };
                *place? = rank;
            }
        }
        Some((ranks, others, order.len()))
    }

    fn region(&mut self, answer: &Answer, side: &mut Side, depth: u32) -> Option<Region> {
        if depth > MAX_DEPTH || side.ends.len() > MAX_ENDS {
            return None;
        }
        let answer = normal(answer);
        match answer.as_ref() {
            Answer::Bracketed { open, items, close } if *open != Bracket::Angle => {
                let [low, high] = &**items else { return None };
                let (low, high) = (side.end(low, Sign::Minus)?, side.end(high, Sign::Plus)?);
                let closed = |bracket: &Bracket| *bracket == Bracket::Square;
                Some(Region::Interval { low, low_closed: closed(open), high, high_closed: closed(close) })
            }
            Answer::Set(items) => {
                let points = items.iter().map(|item| side.end(item, Sign::Plus).flatten()).collect::<Option<_>>()?;
                Some(Region::Points(points))
            }
            Answer::Quantity(_) if depth > 0 => Some(Region::Points(vec![side.end(&answer, Sign::Plus)??])),
            Answer::Sets { operation, parts } => {
                let mut regions = Vec::with_capacity(parts.len());
                for part in parts {
                    regions.push(self.region(part, side, depth + 1)?);
                }
                Some(match operation {
                    SetOperation::Union => Region::Any(regions),
                    SetOperation::Intersection => Region::All(regions),
                    SetOperation::Difference => {
                        let rest = regions.split_off(1.min(regions.len()));
                        regions.push(Region::Not(Box::new(Region::Any(rest))));
                        Region::All(regions)
                    }
                })
            }
            Answer::NamedSet { set: NamedSet::Reals, part } => {
                let zero = |side: &mut Side| side.push(Quantity::plain(Expr::integer(0), crate::answer::Written::Integer));
                let whole = Region::Interval { low: None, low_closed: false, high: None, high_closed: false };
                Some(match part {
                    Part::All => whole,
                    Part::Positive | Part::NonNegative => {
                        Region::Interval { low: Some(zero(side)), low_closed: *part == Part::NonNegative, high: None, high_closed: false }
                    }
                    Part::Negative => Region::Interval { low: None, low_closed: false, high: Some(zero(side)), high_closed: false },
                    Part::NonZero => Region::Not(Box::new(Region::Points(vec![zero(side)]))),
                })
            }
            Answer::SetBuilder(parts) => match &parts.0 {
                Answer::Quantity(Quantity { value: Expr::Symbol(letter), .. }) => {
                    let region = self.region(&parts.1, side, depth + 1)?;
                    // The letter is bound.
                    if side.letter.as_ref() == Some(letter) {
                        side.letter = None;
                    }
                    Some(region)
                }
                Answer::Relation(relation) if *relation.signs == [Relator::Member] => {
                    let within = self.region(relation.terms.get(1)?, side, depth + 1)?;
                    let region = self.region(&parts.1, side, depth + 1)?;
                    side.letter = None;
                    Some(Region::All(vec![within, region]))
                }
                _ => None,
            },
            Answer::Relation(relation) => self.relation_region(relation, side, depth),
            Answer::List { items, separator } => {
                let mut regions = Vec::with_capacity(items.len());
                for item in items {
                    regions.push(self.region(item, side, depth + 1)?);
                }
                let conditions = items.iter().all(|item| matches!(normal(item).as_ref(), Answer::Relation(_)));
                Some(if conditions && *separator != Separator::Or { Region::Joined(regions) } else { Region::Any(regions) })
            }
            _ => None,
        }
    }

    fn relation_region(&mut self, relation: &Relation, side: &mut Side, depth: u32) -> Option<Region> {
        if let ([name, set], [sign @ (Relator::Member | Relator::NotMember)]) = (&*relation.terms, &*relation.signs) {
            let letter = match scalar(name)? {
                Expr::Symbol(letter) => letter,
                _ => return None,
            };
            side.about(&letter)?;
            let region = self.region(set, side, depth + 1)?;
            return Some(if *sign == Relator::Member { region } else { Region::Not(Box::new(region)) });
        }
        let mut regions = Vec::with_capacity(relation.signs.len());
        for (pair, sign) in relation.terms.windows(2).zip(&relation.signs) {
            let [left, right] = pair else { return None };
            regions.push(self.half_line(left, *sign, right, side)?);
        }
        Some(Region::All(regions))
    }

    /// What a relation between two terms leaves of the line: linear ones in one letter.
    fn half_line(&mut self, left: &Answer, relator: Relator, right: &Answer, side: &mut Side) -> Option<Region> {
        if !matches!(
            relator,
            Relator::Less | Relator::LessOrEqual | Relator::Greater | Relator::GreaterOrEqual | Relator::Equal | Relator::NotEqual
        ) {
            return None;
        }
        if let Answer::Quantity(Quantity { value: Expr::Symbol(letter), .. }) = left {
            side.about(letter)?;
            if matches!(right, Answer::Infinity(_)) {
                return Some(Region::Interval { low: None, low_closed: false, high: None, high_closed: false });
            }
            if scalar(right)?.symbols().is_empty() {
                let end = side.end(right, Sign::Plus)??;
                return Some(half(relator, end));
            }
        }
        if let Answer::Quantity(Quantity { value: Expr::Symbol(_), .. }) = right
            && (matches!(left, Answer::Infinity(_)) || scalar(left)?.symbols().is_empty())
        {
            return self.half_line(right, mirrored(relator), left, side);
        }
        let difference = Expr::sum([scalar(left)?, scalar(right)?.negated()]);
        let names = difference.symbols();
        let letter = names.first().filter(|_| names.len() == 1)?;
        side.about(letter)?;
        let at = |value: i64| substitute(&difference, &|name| (name == &**letter).then(|| Expr::integer(value)));
        let (offset, slope) = (at(0), Expr::sum([at(1), at(0).negated()]));
        let line = Expr::sum([Expr::product([slope.clone(), Expr::Symbol(Arc::clone(letter))]), offset.clone()]);
        if !self.values(&difference, &line).is_equal() {
            return None;
        }
        let relator = match sign(&slope, self.steps).ok()? {
            Ordering::Greater => relator,
            Ordering::Less => mirrored(relator),
            Ordering::Equal => return None,
        };
        let end = Expr::product([offset.negated(), slope.inverse()]);
        let end = side.push(Quantity::plain(end, crate::answer::Written::Expression));
        Some(half(relator, end))
    }
}

/// What lies so from an end.
fn half(relator: Relator, end: usize) -> Region {
    let below = |closed| Region::Interval { low: None, low_closed: false, high: Some(end), high_closed: closed };
    let above = |closed| Region::Interval { low: Some(end), low_closed: closed, high: None, high_closed: false };
    match relator {
        Relator::Less => below(false),
        Relator::LessOrEqual => below(true),
        Relator::Greater => above(false),
        Relator::GreaterOrEqual => above(true),
        Relator::NotEqual => Region::Not(Box::new(Region::Points(vec![end]))),
        _ => Region::Points(vec![end]),
    }
}

/// Whether it can only be a set of real numbers.
fn is_region(answer: &Answer) -> bool {
    match normal(answer).as_ref() {
        Answer::Relation(relation) => {
            is_inequality(relation) || matches!(*relation.signs, [Relator::NotEqual | Relator::Member | Relator::NotMember])
        }
        Answer::Sets { .. } | Answer::NamedSet { set: NamedSet::Reals, .. } | Answer::SetBuilder(_) => true,
        Answer::List { items, .. } => items.iter().any(is_region),
        _ => false,
    }
}

impl Side {
    fn push(&mut self, end: Quantity) -> usize {
        self.ends.push(end);
        self.ends.len() - 1
    }

    /// The end that an answer is; `Some(None)` for infinity at its own side.
    fn end(&mut self, answer: &Answer, side: Sign) -> Option<Option<usize>> {
        match normal(answer).as_ref() {
            Answer::Infinity(Some(sign)) => (*sign == side).then_some(None),
            Answer::Quantity(quantity)
                if !quantity.plus_minus && quantity.value.symbols().iter().all(|name| &**name == crate::answer::DEGREE) =>
            {
                Some(Some(self.push(quantity.clone())))
            }
            _ => None,
        }
    }

    /// All inequalities of a side are about one letter.
    fn about(&mut self, letter: &Arc<str>) -> Option<()> {
        match &self.letter {
            Some(other) if other != letter => None,
            _ => {
                self.letter = Some(Arc::clone(letter));
                Some(())
            }
        }
    }
}

impl Region {
    /// Whether a cell is in it. Cell `2 r + 1` is the end of rank `r`, even cells are what is between.
    fn has(&self, cell: usize, cells: usize, ranks: &[usize]) -> bool {
        let place = |end: usize| ranks.get(end).map_or(0, |rank| 2 * rank + 1);
        match self {
            Self::Interval { low, low_closed, high, high_closed } => {
                let above = low.is_none_or(|low| cell > place(low) || (*low_closed && cell == place(low)));
                let below = high.is_none_or(|high| cell < place(high) || (*high_closed && cell == place(high)));
                above && below
            }
            Self::Points(points) => points.iter().any(|point| cell == place(*point)),
            Self::Not(region) => !region.has(cell, cells, ranks),
            Self::Any(regions) => regions.iter().any(|region| region.has(cell, cells, ranks)),
            Self::All(regions) => regions.iter().all(|region| region.has(cell, cells, ranks)),
            Self::Joined(regions) => {
                let both = |cell| regions.iter().all(|region| region.has(cell, cells, ranks));
                if (0..cells).any(both) { both(cell) } else { regions.iter().any(|region| region.has(cell, cells, ranks)) }
            }
        }
    }
}
