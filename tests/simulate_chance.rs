//! The chance of a simulation has the distributions that it says it has.

#![allow(clippy::float_arithmetic)]

use yaohao::digest::Digest;
use yaohao::scenario::Triangle;
use yaohao::simulate::chance::{Ends, Poisson, triangular};
use yaohao::stream::Stream;

#[test]
fn a_poisson_table_has_its_mean_and_variance() {
    for (of, per) in [(1, 10), (1, 1), (93, 10), (300, 1), (20_000, 1)] {
        let table = Poisson::new(of, per);
        let mut stream = Stream::new(Digest::of(&[b"poisson"]));
        let n = 200_000u64;
        let (mut sum, mut squares) = (0u64, 0u64);
        for _ in 0..n {
            let value = table.at(stream.word());
            sum += value;
            squares += value * value;
        }
        let mean = sum as f64 / n as f64;
        let variance = squares as f64 / n as f64 - mean * mean;
        let expected = of as f64 / per as f64;
        let error = (expected / n as f64).sqrt();
        assert!((mean - expected).abs() < 4.0 * error, "{of}/{per}: {mean}");
        assert!((variance / expected - 1.0).abs() < 0.03, "{of}/{per}: {variance}");
    }
    assert_eq!(Poisson::new(0, 1).at(u64::MAX), 0);
}

#[test]
fn a_triangle_has_its_mean_and_its_ends() {
    let triangle = Triangle { least: 30, likely: 60, most: 240 };
    let mut stream = Stream::new(Digest::of(&[b"triangle"]));
    let values: Vec<u32> = (0..200_000).map(|_| triangular(triangle, stream.word())).collect();
    let mean = values.iter().map(|v| f64::from(*v)).sum::<f64>() / values.len() as f64;
    assert!((mean - 110.0).abs() < 0.5, "{mean}");
    let modest = values.iter().filter(|v| **v <= 60).count() as f64 / values.len() as f64;
    // F(60.5), because values are rounded.
    assert!((modest - (1.0 - 179.5f64.powi(2) / (210.0 * 180.0))).abs() < 0.005, "{modest}");
    assert_eq!(triangular(triangle, 0), 30);
    assert_eq!(triangular(triangle, u64::MAX), 240);
    assert_eq!(triangular(Triangle { least: 7, likely: 7, most: 7 }, 5), 7);
    assert_eq!(triangular(Triangle { least: 0, likely: 10_000, most: 10_000 }, u64::MAX), 10_000);
}

#[test]
fn a_tenth_ends_in_a_year_and_a_tenth_of_the_rest_in_the_next() {
    let ends = Ends::new("1/10".parse().expect("a fraction"), 24);
    let (mut stream, n) = (Stream::new(Digest::of(&[b"ends"])), 200_000u64);
    let months: Vec<Option<usize>> = (0..n).map(|_| ends.at(stream.word())).collect();
    let share = |until: usize| {
        months.iter().filter(|month| month.is_some_and(|month| month <= until)).count() as f64 / n as f64
    };
    // Four standard errors of a share of 0.19 are 0.0035.
    assert!((share(11) - 0.1).abs() < 0.0035 && (share(23) - 0.19).abs() < 0.0035);
    assert!((share(0) - 0.1 / 12.0).abs() < 0.0035);
    assert_eq!(ends.at(0), Some(0));
    assert_eq!(ends.at(u64::MAX), None);
}
