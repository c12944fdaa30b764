namespace Colead.Analysis.Comparison;

/// <summary>What came of one family of tests.</summary>
/// <param name="AdjustedP">Benjamini–Hochberg within the family; absent where there was no test.</param>
/// <param name="Words">A word for each test; null where there was none.</param>
/// <param name="Alpha">The level at which a test without a clear difference would have been judged likely, had it been the next: what a
/// detectable gap is worked out at. 0 where nothing was tested.</param>
public sealed record FamilyVerdict(IReadOnlyList<Figure> AdjustedP, IReadOnlyList<Certainty?> Words, double Alpha)
{
    /// <summary>Tests made.</summary>
    public int Tests => Words.Count(w => w is not null);
}

/// <summary>
/// Several families of tests on one page, judged together so that of all that is called likely at most about one in twenty is chance.
/// First
/// families are chosen (Simes' p of each, Benjamini–Hochberg over families), then within the chosen ones tests, at a level that is
/// lowered by how
/// many families were chosen. "Possibly" is the whole at twice the rate.
/// </summary>
/// <remarks>
/// Of m families in which something was tested, P = smallest adjusted p; R = the largest r with the r-th smallest P ≤ q·r/m; chosen are
/// those with
/// P ≤ q·R/m; likely is adjusted p ≤ q·R/m in a chosen family. Benjamini &amp; Bogomolov 2014, J R Stat Soc B 76:297; Simes 1986,
/// Biometrika 73:751.
/// </remarks>
public static class TestFamilies
{
    /// <summary>q of a page whose findings are of one round alone.</summary>
    public const double RateOfGapsAlone = 0.05;

    /// <summary>q of each block where gaps and changes stand on one page.</summary>
    public const double RateOfEachBlock = 0.045;

    /// <param name="families">P values by family, then test; absent where there was no test.</param>
    /// <param name="rate">q, 0..½.</param>
    public static IReadOnlyList<FamilyVerdict> Decide(IReadOnlyList<IReadOnlyList<Figure>> families, double rate)
    {
        var adjusted = families.Select(p => BenjaminiHochberg.Adjust([.. p])).ToList();
        var best = adjusted.ConvertAll(p => p.Where(f => f.IsDefined).Select(f => f.Value).DefaultIfEmpty(double.NaN).Min());
        var tested = best.Count(p => !double.IsNaN(p));
        var likely = Chosen(best, tested, rate);
        var possibly = Chosen(best, tested, 2 * rate);
        return [.. adjusted.Select((p, f) =>
        {
            var words = p.Select(value => value.OrNull is not { } adjustedP ? (Certainty?)null
                : adjustedP <= rate * likely / tested ? Certainty.Likely
                : adjustedP <= 2 * rate * possibly / tested ? Certainty.Possibly
                : Certainty.NoClearDifference).ToArray();
            var tests = words.Count(w => w is not null);
            return new FamilyVerdict(p, words, tests == 0 ? 0 : Alpha(tests, words.Count(w => w == Certainty.Likely)));
        })];

        // One more likely in this family, and, where it was not chosen, this family chosen as well.
        double Alpha(int tests, int found) => found == 0
            ? rate * Math.Min(likely + 1, tested) / (tested * (double)tests)
            : rate * likely * Math.Min(found + 1, tests) / (tested * (double)tests);
    }

    /// <summary>R. A chosen family's P lies at or below q·R/m, so its smallest adjusted p does: that it was chosen needs no asking
    /// again.</summary>
    private static int Chosen(List<double> best, int tested, double rate)
    {
        var sorted = best.Where(p => !double.IsNaN(p)).Order().ToList();
        for (var r = tested; r > 0; r--)
            if (sorted[r - 1] <= rate * r / tested) return r;
        return 0;
    }
}
