using Colead.Analysis.Disclosure;
using Colead.Analysis.Scoring;
using Colead.Parts.Partnerships;
using Colead.Storage;

namespace Colead.Parts.Rounds;

/// <summary>What would be shown of a group.</summary>
public enum Prospect
{
    Withheld,
    /// <summary>Averages of the dimensions.</summary>
    Averages,
    /// <summary>Averages, and where the view has them also statements and comparisons.</summary>
    Everything,
}

/// <summary>One group of a view: what would be shown if everyone answers, if half do, and in how many draws at half.</summary>
public sealed record ProspectRow(string Group, long Invited, Prospect IfAll, Prospect IfHalf, int Draws);

/// <summary>A view with its groups.</summary>
public sealed record ProspectView(string Title, string Explanation, IReadOnlyList<ProspectRow> Rows);

/// <summary>What a round could publish with its roster and folds, told before it opens by the closing's own algorithm.</summary>
public sealed class Prospects
{
    private readonly ReportingPlan plan;

    private Prospects(RoundPlan round, Roster counting)
    {
        plan = round.Reporting;
        var forecast = Forecast.Of(plan, counting: counting);
        var open = forecast.Open.ToDictionary(f => f.Cell);
        var members = forecast.Members.ToDictionary(f => f.Cell);
        ProspectRow Row(Cell cell, string group)
        {
            var invited = plan.CountOf(plan.Invited, cell);
            if (!members.TryGetValue(cell, out var told)) return new(group, invited, Prospect.Withheld, Prospect.Withheld, 0);
            var hasMore = open.TryGetValue(cell, out var more);
            return new(group, invited, Of(told.IfAll, !hasMore || more!.IfAll), Of(told.IfHalf, !hasMore || more!.IfHalf), told.Draws);
        }

        DrawsMade = forecast.DrawsMade;
        var invitedUnits = Enumerable.Range(0, plan.Units.Count).Where(u => plan.CountOf(plan.Invited, Cell.Unit(u)) > 0).ToList();
        Organisations = invitedUnits.Sum(u => plan.Units[u].Organisations.Count);
        OrganisationsAtHalf = invitedUnits.Where(u => members.GetValueOrDefault(Cell.Unit(u))?.IfHalf == true)
            .Sum(u => plan.Units[u].Organisations.Count);
        List<ProspectView> views =
        [
            new("The whole partnership", "Everyone who answers.", [.. Planned(ViewKind.All).Select(c => Row(c, "Everyone"))]),
            new("Sectors", "", [.. Planned(ViewKind.Sector).Select(c => Row(c, SectorName(c.First) + " sector"))]),
            new("Levels", "", [.. Planned(ViewKind.Level).Select(c => Row(c, LevelName(c.First)))]),
        ];
        if (round.Folds.OrganisationRows)
            views.Add(new("Organisations", "Averages only, for members of the partnership.",
                [.. invitedUnits.Select(u => Row(Cell.Unit(u),
                string.Join(", ", plan.Units[u].Organisations.Select(o => plan.Structure.Organisations[o].Name))))
                .OrderBy(r => r.Group, StringComparer.CurrentCulture)]));
        if (Planned(ViewKind.SectorLevel).Any())
            views.Add(new("Levels within a sector", "Averages only, where enough people of two organisations or more are invited.",
                [.. Planned(ViewKind.SectorLevel)
                .Select(c => Row(c, $"{SectorName(c.First)}: {LevelName(c.Second).ToLowerInvariant()}"))]));
        Views = [.. views.Where(view => view.Rows.Count > 0)];
    }

    public IReadOnlyList<ProspectView> Views { get; }

    /// <summary>Organisations with people invited.</summary>
    public int Organisations { get; }

    /// <summary>Those of them that would be shown, alone or together, if half of the people answer.</summary>
    public int OrganisationsAtHalf { get; }

    public int DrawsMade { get; }

    /// <summary>What a round could publish if these people are invited; null where nobody is.</summary>
    /// <param name="counts">Who counts towards thresholds, if the round opened now.</param>
    public static Prospects? Of(Round round, IReadOnlyCollection<Invitee> invitees, Func<Invitee, bool> counts)
    {
        var plan = RoundPlan.Of(round, Count(invitees));
        var asked = Count(invitees.Where(counts)).ToDictionary(i => new ListPlace(i.OrganisationId, i.Level), i => i.People);
        var counting = new Roster(plan.Structure, FewLeft.Of(round, asked, new Dictionary<ListPlace, int>())
            .Where(i => i.Value > 0).ToDictionary(i => plan.StratumOf(i.Key.OrganisationId, null, i.Key.Level), i => i.Value));
        return plan.Roster!.Total == 0 ? null : new Prospects(plan, counting);
    }

    /// <summary>Folds proposed for the round: organisations that are reported together, each by the number of its fold.</summary>
    public static IReadOnlyDictionary<long, int> Propose(Round round, IEnumerable<Invitee> invitees)
    {
        var plan = RoundPlan.Of(round, Count(invitees));
        var organisations = round.Organisations.OrderBy(o => o.OrganisationId).ToList();
        var made = new Dictionary<Sector, int>();
        var proposed = new Dictionary<long, int>();
        foreach (var fold in FoldProposal.Propose(plan.Roster!, plan.Thresholds).Folds)
        {
            var sector = organisations[fold[0]].Sector;
            made[sector] = made.GetValueOrDefault(sector) + 1;
            foreach (var o in fold) proposed[organisations[o].OrganisationId] = FoldNumber.Of(sector, made[sector]);
        }
        return proposed;
    }

    /// <summary>"mostly (164 of 200)".</summary>
    public string SayDraws(int draws) => (draws * 20.0 / DrawsMade) switch
    {
        >= 19 => "nearly always",
        >= 13 => "mostly",
        >= 7 => "about half the time",
        >= 1 => "now and then",
        _ => draws == 0 ? "never" : "hardly ever",
    } + FormattableString.Invariant($" ({draws} of {DrawsMade})");

    public static string Say(Prospect prospect) => prospect switch
    {
        Prospect.Everything => "Shown",
        Prospect.Averages => "Averages only",
        _ => "Withheld",
    };

    private static Prospect Of(bool members, bool open) => !members ? Prospect.Withheld : open ? Prospect.Everything : Prospect.Averages;

    private static IEnumerable<InvitedPeople> Count(IEnumerable<Invitee> invitees) =>
        invitees.GroupBy(p => (p.OrganisationId, p.Level)).Select(g => new InvitedPeople(g.Key.OrganisationId, g.Key.Level, g.Count()));

    private IEnumerable<Cell> Planned(ViewKind kind) => plan.Planned.Where(c => c.Kind == kind);

    private string SectorName(int sector) => Words.Say((Sector)Field.Sectors.ToList().IndexOf(plan.Structure.Sectors[sector]));

    private static string LevelName(int level) => Words.Say((Level)level);
}

/// <summary>Numbers of folds: ten thousand for each sector, so that a fold cannot cross sectors.</summary>
public static class FoldNumber
{
    private const int PerSector = 10_000;

    public static int Of(Sector sector, int group) => ((int)sector * PerSector) + group;

    public static bool IsIn(Sector sector, int number) => number / PerSector == (int)sector && number % PerSector > 0;

    /// <summary>"Group A".</summary>
    public static string Say(int number) => number % PerSector is var group && group <= 26 ? $"Group {(char)('A' + group - 1)}"
        : FormattableString.Invariant($"Group {group}");

    public static int GroupOf(int number) => Math.Max(0, number % PerSector);
}
