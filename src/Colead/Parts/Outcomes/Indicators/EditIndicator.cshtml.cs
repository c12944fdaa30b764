using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Outcomes.Indicators;

[For(Role.Lead)]
public sealed class EditIndicatorModel(PartnershipAccess access, OutcomeOperations outcomes, IndicatorOperations book) : IndicatorFields
{
    public Indicator Indicator { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long outcomeId, long indicatorId)
    {
        if (!await LoadAsync(outcomeId, indicatorId)) return NotFound();
        Show(Indicator);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long outcomeId, long indicatorId)
    {
        if (!await LoadAsync(outcomeId, indicatorId)) return NotFound();
        var agreed = Outcome.IsAgreed;
        Fill(Indicator);
        if (!ModelState.IsValid || MustAsk()) return Page();
        if (!await book.SaveAsync(Standing, Indicator, Version))
        {
            var yours = Indicator;
            outcomes.Forget();
            if (!await LoadAsync(outcomeId, indicatorId)) return NotFound();
            return ShowBoth(Indicator.Version, OutcomesLinks.Indicator(Standing.PartnershipId, outcomeId, indicatorId), Said(Indicator)
                .Zip(Said(yours), (a, b) => (a.Field, (string?)a.Value, (string?)b.Value)));
        }
        this.Say(agreed && !Outcome.IsAgreed ? "Saved. The target is another now, so the owners are asked to agree again." : "Saved.");
        return Redirect(OutcomesLinks.Indicator(Standing.PartnershipId, outcomeId, indicatorId));
    }

    public async Task<IActionResult> OnPostRemoveAsync(long outcomeId, long indicatorId)
    {
        if (!await LoadAsync(outcomeId, indicatorId)) return NotFound();
        await book.RemoveAsync(Standing, Indicator);
        this.Say("The indicator is taken out.");
        return Redirect(OutcomesLinks.Outcome(Standing.PartnershipId, outcomeId));
    }

    private static IEnumerable<(string Field, string Value)> Said(Indicator i)
    {
        static string On(DateOnly? day) => day is { } on ? Dates.Say(on) : "";
        string Value(decimal? value) => value is { } number ? OutcomeWords.Say(number, "") : "";
        string[] reasons = [i.ShowsChange ? "it shows change" : "", i.PeopleAsked ? "people asked for it" : "", i.Required
            ? "it is required" : "", i.DataExist ? "the data exist" : ""];
        return
        [
            ("What is counted", i.Name), ("Unit", i.Unit), ("Better", OutcomeWords.Say(i.Direction)), ("Start", Value(i.Baseline)),
                ("Start on", On(i.BaselineOn)), ("Target", Value(i.Target)), ("Target by", On(i.TargetOn)),
            ("How often", OutcomeWords.Say(i.Frequency)), ("Why", Joined.And([.. reasons.Where(r => r.Length > 0)])),
                ("What they would count", i.WhatCounts), ("Others reached", Value(i.PeersReached)), ("Source", i.PeersSource),
        ];
    }

    private async Task<bool> LoadAsync(long outcomeId, long indicatorId)
    {
        Standing = await access.RequiredAsync();
        Indicator = (await book.EditableAsync(Standing, outcomeId, indicatorId))!;
        if (Indicator is null) return false;
        Outcome = Indicator.Outcome!;
        return true;
    }
}
