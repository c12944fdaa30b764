using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Outcomes.Indicators;

/// <summary>The fields of an indicator, the same whether it is new or changed.</summary>
public abstract class IndicatorFields : EditPage
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Unit { get; set; }

    [BindProperty]
    public Direction? Direction { get; set; }

    [BindProperty]
    public Frequency? Frequency { get; set; }

    [BindProperty]
    public string? Baseline { get; set; }

    [BindProperty]
    public string? BaselineOn { get; set; }

    [BindProperty]
    public string? Target { get; set; }

    [BindProperty]
    public string? TargetOn { get; set; }

    [BindProperty]
    public string? PeersReached { get; set; }

    [BindProperty]
    public string? PeersSource { get; set; }

    [BindProperty]
    public bool ShowsChange { get; set; }

    [BindProperty]
    public bool PeopleAsked { get; set; }

    [BindProperty]
    public bool Required { get; set; }

    [BindProperty]
    public bool DataExist { get; set; }

    [BindProperty]
    public string? WhatCounts { get; set; }

    /// <summary>The question was asked; an empty answer is an answer too.</summary>
    [BindProperty]
    public bool WasAsked { get; set; }

    public Standing Standing { get; protected set; } = null!;
    public Outcome Outcome { get; protected set; } = null!;
    /// <summary>Shows the question about what counts, before saving.</summary>
    public bool Asks { get; private set; }

    /// <summary>Whether to ask once more: nothing but data that exist speaks for it, and nobody was asked yet.</summary>
    protected bool MustAsk()
    {
        if (!DataExist || ShowsChange || PeopleAsked || Required || WasAsked || !string.IsNullOrWhiteSpace(WhatCounts)) return false;
        Asks = true;
        return true;
    }

    protected void Show(Indicator indicator)
    {
        (Name, Unit, Direction, Frequency, Version) = (indicator.Name, indicator.Unit, indicator.Direction, indicator.Frequency,
            indicator.Version);
        (Baseline, BaselineOn, Target, TargetOn) = (Typed.Write(indicator.Baseline), Typed.Write(indicator.BaselineOn),
            Typed.Write(indicator.Target), Typed.Write(indicator.TargetOn));
        (PeersReached, PeersSource) = (Typed.Write(indicator.PeersReached), indicator.PeersSource);
        (ShowsChange, PeopleAsked, Required, DataExist, WhatCounts) =
            (indicator.ShowsChange, indicator.PeopleAsked, indicator.Required, indicator.DataExist, indicator.WhatCounts);
    }

    /// <summary>Puts what was typed into the indicator; the model state says what is wrong with it.</summary>
    protected void Fill(Indicator indicator)
    {
        indicator.Name = Typed.Line(ModelState, nameof(Name), Name, Indicator.NameLength, "Say what is counted");
        indicator.Unit = Typed.Line(ModelState, nameof(Unit), Unit, Indicator.UnitLength);
        if (Direction is null) ModelState.AddModelError(nameof(Direction), "Choose which way is better");
        (indicator.Direction, indicator.Frequency) = (Direction ?? default, Frequency ?? Colead.Parts.Outcomes.Frequency.Quarterly);
        (indicator.Baseline, indicator.BaselineOn) =
            (Number(nameof(Baseline), Baseline), Typed.Day(ModelState, nameof(BaselineOn), BaselineOn));
        (indicator.Target, indicator.TargetOn) = (Number(nameof(Target), Target), Typed.Day(ModelState, nameof(TargetOn), TargetOn));
        if (indicator is { Baseline: { } from, Target: { } to } && Direction is not null && (Direction == Colead.Parts.Outcomes.Direction.Up
            ? to <= from : to >= from))
            ModelState.AddModelError(nameof(Target),
                $"The target should be {(Direction == Colead.Parts.Outcomes.Direction.Up ? "higher" : "lower")} than where it starts");
        if (indicator is { BaselineOn: { } start, TargetOn: { } end } && end <= start) ModelState.AddModelError(nameof(TargetOn),
            "The target’s date should come after the start’s");
        (indicator.PeersReached, indicator.PeersSource) = (Number(nameof(PeersReached), PeersReached),
            Typed.Line(ModelState, nameof(PeersSource), PeersSource, Outcome.ShortLength));
        (indicator.ShowsChange, indicator.PeopleAsked, indicator.Required, indicator.DataExist) =
            (ShowsChange, PeopleAsked, Required, DataExist);
        if (!ShowsChange && !PeopleAsked && !Required && !DataExist) ModelState.AddModelError(nameof(ShowsChange),
            "Tick at least one reason why this is the thing to count");
        indicator.WhatCounts = Typed.Lines(ModelState, nameof(WhatCounts), WhatCounts, Outcome.TextLength);
    }

    private decimal? Number(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (Typed.ReadNumber(text) is not { } number) ModelState.AddModelError(field, "Enter a number, such as 62 or 1.5");
        else if (!Reading.CanHold(number)) ModelState.AddModelError(field, "Enter a number of at most four decimal places");
        else return number;
        return null;
    }
}
