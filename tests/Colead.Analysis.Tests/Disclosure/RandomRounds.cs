using Colead.Analysis.Disclosure;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Tests.Disclosure;

/// <summary>A round small enough to try every subset of its people against it.</summary>
internal sealed class RandomRound
{
    private RandomRound(ReportingPlan plan, List<Stratum> people, List<bool> valid) => (Plan, People, Valid) = (plan, people, valid);

    public ReportingPlan Plan { get; }

    /// <summary>Everyone invited, answered or not.</summary>
    public List<Stratum> People { get; }

    /// <summary>Whether each has a valid value.</summary>
    public List<bool> Valid { get; }

    public ReportingCounts Counts => Plan.Count(s => Enumerable.Range(0, People.Count).Count(i => People[i] == s && Valid[i]));

    /// <summary>The people a cell's figure rests on.</summary>
    public IEnumerable<int> In(Cell cell) => Enumerable.Range(0, People.Count).Where(i => Valid[i] && Plan.Belongs(People[i], cell));

    public Snapshot Snapshot(CellPattern pattern) =>
        new(pattern.Shown.ToDictionary(c => c.ToString(), c => (IReadOnlyCollection<string>)[.. In(c).Select(i => $"p{i:00}")],
            StringComparer.Ordinal));

    public RandomRound WithValid(List<bool> valid) => new(Plan, People, valid);

    public static RandomRound Draw(SeededRandom random, int mostPeople, int mostOrganisations, int mostLevels,
        Thresholds? thresholds = null, int mostSectors = 2)
    {
        var organisations = 1 + random.Next(mostOrganisations);
        var levels = 1 + random.Next(mostLevels);
        var sectors = 1 + random.Next(mostSectors);
        var structure = new Structure(
            [.. Enumerable.Range(0, organisations).Select(o => new Organisation($"o{o}", $"s{random.Next(sectors)}"))],
            [.. Enumerable.Range(0, levels).Select(l => $"l{l}")]);
        var people = Enumerable.Range(0, 1 + random.Next(mostPeople))
            .Select(_ => new Stratum(random.Next(1 + random.Next(organisations)), random.Next(levels))).ToList();
        var share = 0.4 + 0.6 * random.NextDouble();
        var valid = people.ConvertAll(_ => random.NextDouble() < share);
        var roster = new Roster(structure, people.GroupBy(p => p).ToDictionary(g => g.Key, g => g.Count()));
        var limits = thresholds ?? Thresholds.Standard;
        var folds = random.Next(3) switch
        {
            0 => FoldProposal.Propose(roster, limits),
            1 => FoldPlan.None,
            _ => random.Next(2) == 0 ? FoldPlan.WithoutOrganisations : FoldPlan.None,
        };
        return new(new ReportingPlan(roster, folds, limits), people, valid);
    }
}
