namespace Colead.Analysis.Voice;

/// <summary>Whether a sign is there.</summary>
public enum SignVerdict
{
    /// <summary>Too little is known; <see cref="ContractSign.Of"/> says how much there is.</summary>
    CannotSay = 0,
    NotSeen,
    Seen,
}

/// <summary>A proposal that was decided, either way.</summary>
/// <param name="Organisation">Who proposed it; absent: nobody's in particular.</param>
/// <param name="Voluntary">Whether that organisation is of the voluntary sector.</param>
public sealed record DecidedProposal(long? Organisation, bool Voluntary, DateOnly On);

/// <summary>One sign that a partnership behaves like a contract, with what it rests on.</summary>
/// <param name="Organisation">The one organisation it is about, where it is about one.</param>
/// <param name="Count">How many speak for the sign,</param>
/// <param name="Of">of so many.</param>
public sealed record ContractSign(SignVerdict Verdict, long? Organisation, int Count, int Of);

/// <summary>
/// Three signs that partners have no voice beyond what one of them specifies: the line between a partnership and a contract. Each is a
/// named criterion with its evidence, never a score; none of them says why.
/// </summary>
public static class ContractSigns
{
    /// <summary>Meetings looked at together.</summary>
    public const int Meetings = 3;
    /// <summary>Fewest items on their agendas.</summary>
    public const int FewestItems = 6;
    /// <summary>Fewest proposals decided in the year.</summary>
    public const int FewestProposals = 3;
    /// <summary>Fewest accepted changes to what the partnership is for.</summary>
    public const int FewestScopeChanges = 3;

    /// <summary>One organisation put on three quarters or more of the agendas of the last three meetings.</summary>
    /// <param name="agendas">Of each meeting that was held, in order of time: who put each item on; absent is nobody in particular, and
    /// counts in the whole.</param>
    public static ContractSign OneSetsTheAgenda(IReadOnlyList<IReadOnlyList<long?>> agendas)
    {
        var last = agendas.Where(agenda => agenda.Count > 0).TakeLast(Meetings).ToList();
        var items = last.SelectMany(agenda => agenda).ToList();
        if (last.Count < Meetings || items.Count < FewestItems) return new(SignVerdict.CannotSay, null, 0, items.Count);
        var most = items.Where(by => by is not null).GroupBy(by => by).Select(by => (Organisation: by.Key, Count: by.Count()))
            .OrderByDescending(by => by.Count).ThenBy(by => by.Organisation).FirstOrDefault();
        return new(4 * most.Count >= 3 * items.Count ? SignVerdict.Seen : SignVerdict.NotSeen, most.Organisation, most.Count, items.Count);
    }

    /// <summary>In the year up to <paramref name="today"/> proposals were decided, and none of them was a voluntary partner's.</summary>
    /// <param name="decided">Proposals that were decided; those of nobody in particular count on neither side.</param>
    /// <param name="voluntaryPartners">How many partners are of the voluntary sector.</param>
    /// <param name="others">How many are not.</param>
    public static ContractSign NoVoluntaryProposalDecided(IEnumerable<DecidedProposal> decided, int voluntaryPartners, int others,
        DateOnly today)
    {
        var year = decided.Where(p => p.Organisation is not null && p.On > today.AddYears(-1) && p.On <= today).ToList();
        var theirs = year.Count(p => p.Voluntary);
        if (voluntaryPartners == 0 || others == 0 || year.Count < FewestProposals) return new(SignVerdict.CannotSay, null, theirs,
            year.Count);
        return new(theirs == 0 ? SignVerdict.Seen : SignVerdict.NotSeen, null, theirs, year.Count);
    }

    /// <summary>Every accepted change to what the partnership is for came from one organisation.</summary>
    /// <param name="accepted">Who proposed each; absent is nobody in particular.</param>
    public static ContractSign OneSideFixesTheScope(IReadOnlyCollection<long?> accepted)
    {
        var most = accepted.Where(by => by is not null).GroupBy(by => by).Select(by => (Organisation: by.Key, Count: by.Count()))
            .OrderByDescending(by => by.Count).ThenBy(by => by.Organisation).FirstOrDefault();
        if (accepted.Count < FewestScopeChanges) return new(SignVerdict.CannotSay, null, most.Count, accepted.Count);
        return new(most.Count == accepted.Count ? SignVerdict.Seen : SignVerdict.NotSeen, most.Organisation, most.Count, accepted.Count);
    }
}
