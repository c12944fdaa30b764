using Colead.Parts.Answering.Texts;
using Colead.Parts.Rounds;
using Colead.Storage;

namespace Colead.Parts.Answering;

/// <summary>What respondents are promised and told, true to the round's settings.</summary>
public sealed record Promise(RoundSheet Round, RespondentTexts Texts, PromiseFor For);

/// <summary>To whom it is told: what holds depends on how they came.</summary>
/// <param name="OrganisationId">Theirs, where it is known.</param>
public sealed record PromiseFor(RoundSheet Round, bool ByOpenLink, bool BySlip, long? OrganisationId)
{
    public static PromiseFor Of(Visit visit) => new(visit.Round!, visit.ByOpenLink, visit.IsSlip,
        visit.Standing?.Invitation?.OrganisationId);

    public bool Uses(RoundWay way) => Round.Ways.Contains(way);

    /// <summary>Colleagues who pool their answers find the one that is left.</summary>
    public int Others => Round.MeansFrom - 1;

    /// <summary>How many of their own organisation were asked, by level; empty where it is not known.</summary>
    public IReadOnlyList<(Level Level, int People)> OwnAsked =>
        [.. Round.Asked.Where(a => a.OrganisationId == OrganisationId).OrderBy(a => a.Level).Select(a => (a.Level, a.People))];

    public string? OwnName => Round.OrganisationName(OrganisationId);

    public int AllAsked => Round.Asked.Sum(a => a.People);

    /// <summary>Whether somebody else confirmed the list of their organisation; null where there is none.</summary>
    public bool? OwnConfirmed => Round.Organisations.FirstOrDefault(o => o.Id == OrganisationId)?.ListConfirmed;

    /// <summary>
    /// Whether nobody else confirmed the list of some other organisation: invented people anywhere stand beside one in what is shown of
    /// all.
    /// </summary>
    public bool OthersUnconfirmed => OwnName is not null
        && Round.Organisations.Any(o => o.Id != OrganisationId && o.ListConfirmed == false);

    /// <summary>Organisations whose list nobody else confirmed, where that is not known of one's own.</summary>
    public bool AnyUnconfirmed => Round.Organisations.Any(o => o.ListConfirmed == false);
}
