//! Numbers that lie close together: a walk from the first to the last meets few others.

/// The first and the last of ascending numbers, if most of what lies between them is wanted.
pub(crate) fn close_together(numbers: &[i64]) -> Option<(i64, i64)> {
    const FEW: usize = 16;
    let (from, to) = (*numbers.first()?, *numbers.last()?);
    let most = i64::try_from(numbers.len()).unwrap_or(i64::MAX).saturating_mul(2);
    let is_close = numbers.len() >= FEW && to.saturating_sub(from) < most && numbers.is_sorted();
    is_close.then_some((from, to))
}

#[cfg(test)]
mod tests {
    use super::close_together;

    #[test]
    fn what_lies_close_together_is_walked_through_and_nothing_else() {
        let numbers: Vec<i64> = (100..200).collect();
        let every = |step: usize| numbers.iter().copied().step_by(step).collect::<Vec<i64>>();
        assert_eq!(close_together(&every(1)), Some((100, 199)));
        assert_eq!(close_together(&every(2)), Some((100, 198)));
        assert_eq!(close_together(&every(3)), None);
        assert_eq!(close_together(&numbers[..15]), None);
        assert_eq!(close_together(&[]), None);
        let mut shuffled = numbers.clone();
        shuffled.swap(3, 50);
        assert_eq!(close_together(&shuffled), None);
        assert_eq!(close_together(&[i64::MIN, i64::MAX]), None);
    }
}
