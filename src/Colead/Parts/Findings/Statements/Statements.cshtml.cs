using System.Globalization;
using Colead.Analysis.Publishing;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Findings.Statements;

/// <summary>Statements people agree on, and those to talk about.</summary>
[For(Role.Viewer, LeaversToo = true)]
public sealed class StatementsModel(PublishedRounds rounds) : FindingsPage(rounds)
{
    private const int MostAgreed = 4;
    /// <summary>One in five who cannot say is worth asking about.</summary>
    private const int ManyUnsure = 20;
    private const int LeastSeen = 3;
    private const string Vary = "views vary";

    public bool AnyShown { get; private set; }
    public string Headline { get; private set; } = "";
    public IReadOnlyList<PublishedItem> Agreed { get; private set; } = [];
    public IReadOnlyList<(PublishedItem Item, string Why)> ToTalkAbout { get; private set; } = [];
    public (string Button, string Address) Next { get; private set; }

    protected override Task<IActionResult> ShowAsync()
    {
        var items = Round.Tier.All.Items;
        AnyShown = items.Any(i => i.Mean.Withheld is null);
        Agreed = [.. items.Where(i => i.Broad == true || i.NearlyAllAlike).OrderByDescending(i => i.NearlyAllAlike)
            .ThenByDescending(i => i.Rwg).Take(MostAgreed)];
        ToTalkAbout = [.. Reasons([.. items.Except(Agreed)]).GroupBy(reason => reason.Item.Item, StringComparer.Ordinal)
            .Select(g => (g.First().Item, string.Join(' ', g.Select(reason => reason.Why))))];
        var top = Round.Tier.Findings.FirstOrDefault(f => f.Kind is FindingKind.Divided)
            ?? Round.Tier.Findings.FirstOrDefault(f => f.Kind is FindingKind.Agreed);
        Headline = !AnyShown ? "Too few answers to show single statements" : top is null
            ? (items.Where(i => i.Mean.Withheld is null).All(i => Word(i) == Vary) ? (items.All(i => i.Mean.Withheld is null)
            ? "On every statement, views vary" : "On every statement that can be shown, views vary") : "Statement by statement")
            : Round.Names.Sentence(top);
        var (p, r) = (Round.Standing.PartnershipId, Round.RoundId);
        Next = Round.HasChange ? ("See what has changed", FindingsLinks.Change(p, r))
            : Round.HasComments ? ("Read the comments", FindingsLinks.Comments(p, r))
            : ("See how these findings were made", FindingsLinks.About(p, r));
        return Task.FromResult(PageWhere(Round.AnythingShown));
    }

    /// <summary>How many statements the sentences are about.</summary>
    public string ShownOf => Round.Tier.All.Items.Count(i => i.Mean.Withheld is null) is var shown && shown == Round.Tier.All.Items.Count
        ? "" : $"Of the {shown} statements that can be shown, ";

    public string AgreedWords(PublishedItem item)
    {
        if (item.NearlyAllAlike) return $"Average {Say.Mean(item.Mean)} of {Round.Instrument.Highest}. Nearly all answer alike.";
        // Much and little are the outer two fifths of the scale; the middle is neither.
        var fifths = 2m / 5 * (Round.Instrument.Highest - Round.Instrument.Lowest);
        var height = item.Mean.Mean is not { } mean ? "" : mean <= Round.Instrument.Lowest + fifths ? " and see little of it"
            : mean >= Round.Instrument.Highest - fifths ? " and see much of it" : "";
        return $"Average {Say.Mean(item.Mean)} of {Round.Instrument.Highest}. Broad agreement: most people answer alike{height}.";
    }

    public static string Percent(int? share) => share is { } n ? n.ToString(CultureInfo.InvariantCulture) + "%" : "";

    public static string Word(PublishedItem item) => (item.Split, item.Broad) switch
    {
        (true, _) => "people are split",
        (_, true) => "broad agreement",
        (_, false) => Vary,
        _ => item.Mean.Withheld is null ? "nearly all answer alike" : "",
    };

    private IEnumerable<(PublishedItem Item, string Why)> Reasons(IReadOnlyList<PublishedItem> items)
    {
        foreach (var item in items.Where(i => i.Split == true).OrderByDescending(i => i.Polarisation)) yield return (item,
            "People are split: many answers at both ends.");
        foreach (var item in items.Where(i => i.DontKnow >= ManyUnsure).OrderByDescending(i => i.DontKnow)) yield return (item,
            $"{Percent(item.DontKnow)} say they do not know.");
        foreach (var item in items.Where(i => i.Mean.IsNumber).OrderBy(i => i.Mean.Mean).Take(LeastSeen)) yield return (item,
            $"Among the lowest averages: {Say.Mean(item.Mean)} of {Round.Instrument.Highest}.");
    }
}
