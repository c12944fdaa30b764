using Colead.Kit.Texts;

namespace Colead.Parts.Outcomes.Setting;

public enum SmartState
{
    InPlace,
    Missing,
    CannotSay,
}

/// <summary>One letter: what stands, or what is missing, in a friendly sentence, and where to mend it.</summary>
public sealed record SmartPart(char Letter, string Name, SmartState State, string Sentence, string? Fix = null, string? FixWords = null);

/// <summary>Looks at an outcome letter by letter. It helps: each letter looks at something real, and says the next thing to do.</summary>
public static class Smart
{
    /// <param name="outcome">With its partners and their organisations, its reviews, its indicators and their readings.</param>
    public static IReadOnlyList<SmartPart> Of(Outcome outcome, DateOnly today) =>
        [Specific(outcome), Measurable(outcome), Achievable(outcome), Realistic(outcome), TimeBased(outcome, today)];

    private static SmartPart Specific(Outcome outcome)
    {
        const string name = "Specific";
        List<string> missing = [];
        if (outcome.Who.Length == 0) missing.Add("whose life or work changes");
        if (outcome.Where.Length == 0) missing.Add("where");
        if (outcome.WhatChanges.Length == 0) missing.Add("what is different for them");
        return missing.Count == 0
            ? new('S', name, SmartState.InPlace, "It says who, where and what changes.")
            : new('S', name, SmartState.Missing, $"It would be clearer if it said {Joined.And(missing)}.",
                OutcomesLinks.Edit(outcome.PartnershipId, outcome.Id), "Say it");
    }

    private static SmartPart Measurable(Outcome outcome)
    {
        const string name = "Measurable";
        if (outcome.Indicators.Count == 0)
            return new('M', name, SmartState.Missing,
                "How would you see that it comes nearer? One figure with a start and a target is enough.",
                OutcomesLinks.NewIndicator(outcome.PartnershipId, outcome.Id), "Add an indicator");
        if (outcome.Indicators.Find(i => i is { Baseline: not null, Target: not null }) is { } whole)
            return new('M', name, SmartState.InPlace,
                $"“{whole.Name}” goes from {OutcomeWords.Say(whole.Baseline!.Value, whole.Unit)} to {OutcomeWords.Say(whole.Target!.Value, whole.Unit)}.");
        var first = outcome.Indicators[0];
        var lacks = (first.Baseline, first.Target) switch { (null, null) => "where it starts and where it should get to",
            (null, _) => "where it starts", _ => "where it should get to" };
        return new('M', name, SmartState.Missing, $"“{first.Name}” does not say yet {lacks}.",
            OutcomesLinks.EditIndicator(outcome.PartnershipId, outcome.Id, first.Id), "Fill it in");
    }

    private static SmartPart Achievable(Outcome outcome)
    {
        const string name = "Achievable";
        var edit = OutcomesLinks.Edit(outcome.PartnershipId, outcome.Id);
        var owners = outcome.Partners.Where(p => p.IsOwner).ToList();
        if (owners.Count == 0) return new('A', name, SmartState.Missing, "No organisation answers for it yet.", edit, "Name the owners");
        if (outcome.Responsibility == Responsibility.One && owners.Count > 1) return new('A', name, SmartState.Missing,
            $"One organisation should answer for it, but {owners.Count} are named.", edit, "Choose one, or make it joint");
        if (outcome.Responsibility == Responsibility.Joint && owners.Count == 1) return new('A', name, SmartState.Missing,
            $"Several should answer for it together, but only {owners[0].Organisation!.Name} is named.", edit, "Name the others");
        if (outcome.Resources.Length == 0) return new('A', name, SmartState.Missing,
            "What does it take? Name the money, people or rooms, even roughly.", edit, "Name the resources");
        var waiting = owners.Where(o => o.AgreedAt is null).Select(o => o.Organisation!.Name).ToList();
        return waiting.Count > 0
            ? new('A', name, SmartState.Missing,
                $"Owners and resources are named. {Joined.And(waiting)} {(waiting.Count == 1 ? "has" : "have")} not agreed yet; each partner lead agrees for their own organisation.", OutcomesLinks.Outcome(outcome.PartnershipId, outcome.Id) + "#owners", "See who agreed")
            : new('A', name, SmartState.InPlace, owners.Count == 1
                ? $"{owners[0].Organisation!.Name} has agreed, and what it takes is named."
                : "Every owner has agreed, and what it takes is named.");
    }

    private static SmartPart Realistic(Outcome outcome)
    {
        const string name = "Realistic";
        var looked = outcome.Indicators.Where(i => i.Target is not null).Select(i => (Indicator: i, Outlook: Outlook.Of(i, outcome.DueOn)))
            .ToList();
        if (looked.Count == 0) return new('R', name, SmartState.CannotSay, "We cannot say before there is a target to compare with.");
        if (looked.FirstOrDefault(l => l.Outlook.WithinReach == false) is { Indicator: { } far } outOf)
            return new('R', name, SmartState.Missing, outOf.Outlook.Sentence,
                OutcomesLinks.Indicator(outcome.PartnershipId, outcome.Id, far.Id), "Look at it");
        var known = looked.FirstOrDefault(l => l.Outlook.WithinReach == true);
        return known.Indicator is not null
            ? new('R', name, SmartState.InPlace, known.Outlook.Sentence)
            : new('R', name, SmartState.CannotSay, looked[0].Outlook.Sentence,
                OutcomesLinks.Indicator(outcome.PartnershipId, outcome.Id, looked[0].Indicator.Id), "Add a reading");
    }

    private static SmartPart TimeBased(Outcome outcome, DateOnly today)
    {
        const string name = "Time-based";
        var edit = OutcomesLinks.Edit(outcome.PartnershipId, outcome.Id);
        var reviews = OutcomesLinks.Outcome(outcome.PartnershipId, outcome.Id) + "#reviews";
        if (outcome.DueOn is not { } due) return new('T', name, SmartState.Missing,
            "By when? A date helps everyone plan, even if it moves later.", edit, "Choose a date");
        if (outcome.EndedAt is { } ended) return new('T', name, SmartState.InPlace,
            $"It was due on {Dates.Say(due)}, and is over since {Dates.Say(Dates.DayOf(ended))}.");
        if (due < today) return new('T', name, SmartState.Missing,
            $"Its date, {Dates.Say(due)}, has passed. Say how it went, or choose a new one.", edit, "Choose a new date");
        if (outcome.Reviews.Count == 0) return new('T', name, SmartState.Missing,
            $"It is due on {Dates.Say(due)}. Choose a day before that to look together whether you are on the way.", reviews,
            "Add a review point");
        if (outcome.Reviews.TrueForAll(r => r.On >= due)) return new('T', name, SmartState.Missing,
            $"It is due on {Dates.Say(due)}, and no review point lies before that. Choose a day on which there is still time to change course.", reviews, "Add a review point");
        if (outcome.Reviews.Exists(r => r.HeldAt is null && r.On < today)) return new('T', name, SmartState.Missing,
            "A review point has passed without a word. Say what you saw, or take it out.", reviews, "Look at it");
        return new('T', name, SmartState.InPlace,
            $"It is due on {Dates.Say(due)}, with {Dates.Count(outcome.Reviews.Count, "review point", "review points")}.");
    }
}
