using Colead.Analysis.Voice;
using Colead.Kit.Texts;
using Colead.Parts.Decisions;
using Colead.Parts.Meetings;
using Colead.Parts.Vision;

namespace Colead.Parts.Voice;

/// <summary>Puts the signs of a contract into words, each with the meetings, proposals or wordings it rests on.</summary>
internal sealed class SignReader(long partnershipId, Dictionary<long, string> names, HashSet<long> voluntary)
{
    public VoiceSign Agenda(IReadOnlyList<Held> meetings, IReadOnlyList<Put> items)
    {
        var byMeeting = items.ToLookup(i => i.MeetingId);
        var sign = ContractSigns.OneSetsTheAgenda([.. meetings.Select(m => byMeeting[m.Id].Select(i => i.By).ToList())]);
        var looked = meetings.Where(m => byMeeting[m.Id].Any()).TakeLast(ContractSigns.Meetings).ToList();
        var sentence = sign.Verdict switch
        {
            SignVerdict.CannotSay => looked.Count < ContractSigns.Meetings
                ? $"It can’t be said yet: it takes {ContractSigns.Meetings} meetings with an agenda, and there {(looked.Count == 1 ? "is one" : looked.Count == 0 ? "is none" : $"are {looked.Count}")}."
                : $"It can’t be said: the last {ContractSigns.Meetings} meetings had {Dates.Count(sign.Of, "item", "items")} together, and it takes {ContractSigns.FewestItems}.",
            SignVerdict.Seen =>
                $"{Name(sign.Organisation)} put on {sign.Count} of the {sign.Of} items of the last {ContractSigns.Meetings} meetings: three quarters or more.",
            _ => sign.Organisation is null
                ? $"No: nobody in particular put on the {sign.Of} items of the last {ContractSigns.Meetings} meetings."
                : $"No: {Name(sign.Organisation)} put on the most, {sign.Count} of the {sign.Of} items of the last {ContractSigns.Meetings} meetings.",
        };
        return new("One organisation sets the agenda", sign.Verdict, sentence, [.. looked.Select(m => new Evidence(
            sign.Organisation is { } most
                ? $"{m.Title}, {Dates.Say(Dates.DayOf(m.At))}: {byMeeting[m.Id].Count(i => i.By == most)} of {byMeeting[m.Id].Count()}"
                : $"{m.Title}, {Dates.Say(Dates.DayOf(m.At))}: {Dates.Count(byMeeting[m.Id].Count(), "item", "items")}",
            MeetingsLinks.Meeting(partnershipId, m.Id)))]);
    }

    public VoiceSign Proposals(IReadOnlyList<Proposed> proposals, int voluntaryPartners, int others, DateOnly today)
    {
        var decided = proposals.Where(p => p.DecidedAt is not null).Select(p => (Proposal: p, On: Dates.DayOf(p.DecidedAt!.Value)))
            .ToList();
        var sign = ContractSigns.NoVoluntaryProposalDecided(decided.Select(p => new DecidedProposal(p.Proposal.By, p.Proposal.By is { } by
            && voluntary.Contains(by), p.On)), voluntaryPartners, others, today);
        var sentence = sign.Verdict switch
        {
            SignVerdict.CannotSay when voluntaryPartners == 0 => "It can’t be said: no partner is of the voluntary sector.",
            SignVerdict.CannotSay when others == 0 => "It can’t be said: all partners are of the voluntary sector.",
            SignVerdict.CannotSay =>
                $"It can’t be said yet: it takes {ContractSigns.FewestProposals} proposals of organisations decided within a year, and there {(sign.Of == 1 ? "is one" : sign.Of == 0 ? "is none" : $"are {sign.Of}")}.",
            SignVerdict.Seen =>
                $"{Dates.Count(sign.Of, "proposal was", "proposals were")} decided in the last year, and none was a voluntary partner’s.",
            _ => $"No: {sign.Count} of the {sign.Of} proposals decided in the last year {(sign.Count == 1 ? "was a voluntary partner’s" : "were voluntary partners’")}.",
        };
        return new("Nothing a voluntary partner proposed is decided", sign.Verdict, sentence,
        [
            .. decided.Where(p => p.Proposal.By is not null && p.On > today.AddYears(-1)).Reverse()
                .Select(p => new Evidence($"{p.Proposal.Title}: {Name(p.Proposal.By)}, decided {Dates.Say(p.On)}",
                DecisionsLinks.Proposal(partnershipId, p.Proposal.Id))),
            .. proposals.Where(p => p.DecidedAt is null && p.By is { } by && voluntary.Contains(by))
                .Select(p => new Evidence($"{p.Title}: {Name(p.By)}, not decided yet", DecisionsLinks.Proposal(partnershipId, p.Id))),
        ]);
    }

    public VoiceSign Scope(IReadOnlyList<Worded> wordings)
    {
        var sign = ContractSigns.OneSideFixesTheScope([.. wordings.Select(w => w.By)]);
        var sentence = sign.Verdict switch
        {
            SignVerdict.CannotSay =>
                $"It can’t be said yet: it takes {ContractSigns.FewestScopeChanges} accepted wordings of shared aims, and there {(sign.Of == 1 ? "is one" : sign.Of == 0 ? "is none" : $"are {sign.Of}")}.",
            SignVerdict.Seen => $"All {sign.Of} accepted wordings of the shared aims were {Name(sign.Organisation)}’s.",
            _ => sign.Organisation is null ? $"No: the {sign.Of} accepted wordings of the shared aims were nobody’s in particular."
                : $"No: {Name(sign.Organisation)} proposed the most, {sign.Count} of the {sign.Of} accepted wordings of the shared aims.",
        };
        return new("One side says what the partnership is for", sign.Verdict, sentence,
            [.. wordings.Select(w => new Evidence($"{w.Name}: {(w.By is null ? "nobody in particular" : Name(w.By))}",
            VisionLinks.Aim(partnershipId, w.AimId)))]);
    }

    private string Name(long? organisation) => organisation is { } id ? names.GetValueOrDefault(id, "an organisation")
        : "nobody in particular";
}
