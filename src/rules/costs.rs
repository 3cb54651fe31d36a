//! What each fault of a line costs when the lines of a paragraph are weighed against each other.

/// The costs, in thousandths of [`COSTS`]`.unit`.
///
/// They come in tiers, each greater than many faults of the tier below together: ordinary lines
/// (under 7 units each), orphans, breaks that a house only takes in need, lines stretched beyond
/// their limit, breaks where nothing allows one, lines that do not fit. So a house's last resorts
/// are taken where they save a line from a higher tier, and hardly ever to tidy up lower ones
/// (composition rules §6.1, §6.4, §7.2, §13).
#[derive(Debug, Clone, Copy)]
pub struct Costs {
    /// A line that uses up all it may shrink before its sentence ends give; less shrinking costs
    /// by the square of its part. Also a line stretched by a tenth of an em at each place, by the
    /// square of the stretching.
    pub unit: i64,
    /// A mark at a line's end that gives its blank whole though less was needed.
    pub whole: i64,
    /// Shrinking sentence ends to the full, by their part of it.
    pub stops: i64,
    /// Using up what word spaces and gaps may stretch, by the square of its part.
    pub spaces: i64,
    /// Stretching between characters at all.
    pub between: i64,
    /// Stretching places that only stretch when nothing else does (§7.2, step 4).
    pub late: i64,
    /// Stretching a line beyond [`super::adjust::Limits::between_max`].
    pub loose: i64,
    /// A line that has no place to stretch, or is as good left short; also for every hundredth of
    /// an em that it is short, by the square.
    pub ragged: i64,
    /// A last line of a single character (孤字, §13).
    pub orphan: i64,
    /// Shrinking a last line, which stays natural but for an orphan's sake (§7).
    pub last_shrunk: i64,
    /// A headline that breaks where its author lets it.
    pub hint: i64,
    /// A break inside a word.
    pub hyphen: i64,
    /// The same where the measure is wide enough to do without.
    pub hyphen_wide: i64,
    /// A break inside an address, a range of numbers or a date.
    pub address: i64,
    /// A break before …… where the house forbids it (§6.4: taken before a line grows loose).
    pub leader: i64,
    /// A break inside a cluster of closing marks (§6.1: the last of the house's resorts).
    pub escape: i64,
    /// A break where nothing allows one.
    pub need: i64,
    /// A line that is longer than its measure, and for every em beyond it by the thousand.
    pub overfull: i64,
}

/// The costs of every tradition.
///
/// Between neighbouring tiers there is a factor of four and more. The place of each tier follows
/// composition rules §7.2: "r ≤ 1 cheap, stretch of ID–ID > 1/10 em costly, hyphenation, FS shrink
/// and step 4 progressively more".
///
/// ```
/// use banxin::rules::costs::COSTS;
/// assert!(COSTS.leader < COSTS.escape && COSTS.escape < COSTS.loose);
/// assert!(COSTS.loose < COSTS.need && COSTS.need < COSTS.overfull);
/// ```
pub const COSTS: Costs = Costs {
    unit: 1_000,
    whole: 500,
    stops: 2_000,
    spaces: 500,
    between: 250,
    late: 1_000,
    loose: 60_000,
    ragged: 200_000,
    orphan: 12_000,
    last_shrunk: 1_500,
    hint: -2_000,
    hyphen: 1_500,
    hyphen_wide: 1_000,
    address: 2_000,
    leader: 40_000,
    escape: 50_000,
    need: 10_000_000,
    overfull: 1_000_000_000,
};
