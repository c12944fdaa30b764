using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Outcomes.Setting;

/// <summary>The fields of an outcome, the same whether it is new or changed. Only its title is asked for: the rest may grow, and the page
/// says what is missing.</summary>
public abstract class OutcomeFields(OutcomeOperations book) : EditPage
{
    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public string? Who { get; set; }

    [BindProperty]
    public string? Where { get; set; }

    [BindProperty]
    public string? WhatChanges { get; set; }

    [BindProperty]
    public string? PublicValue { get; set; }

    [BindProperty]
    public Responsibility? Responsibility { get; set; }

    [BindProperty]
    public List<string> Owners { get; set; } = [];

    [BindProperty]
    public string? Resources { get; set; }

    [BindProperty]
    public string? DueOn { get; set; }

    [BindProperty(Name = "Thread")]
    public string? Thread { get; set; }

    public Standing Standing { get; protected set; } = null!;
    public IReadOnlyList<Choice> Organisations { get; private set; } = [];
    public IReadOnlyList<Choice> Threads { get; private set; } = [];

    protected OutcomeOperations Book => book;

    protected async Task OfferAsync(Outcome? outcome)
    {
        Organisations = await book.OrganisationsAsync(Standing, outcome?.Partners.Where(p => p.IsOwner).Select(p => p.OrganisationId)
            ?? []);
        Threads = await book.ThreadsAsync(Standing, outcome?.ThreadId);
    }

    protected void Show(OutcomeText text)
    {
        (Title, Who, Where, WhatChanges, PublicValue) = (text.Title, text.Who, text.Where, text.WhatChanges, text.PublicValue);
        (Responsibility, Resources, DueOn, Thread) = (text.Responsibility, text.Resources, Typed.Write(text.DueOn),
            Typed.Id(text.ThreadId));
        Owners = [.. text.Owners.Select(id => Typed.Id(id))];
    }

    /// <summary>What was typed; the model state says what is wrong with it.</summary>
    protected OutcomeText ReadText()
    {
        var title = Typed.Line(ModelState, nameof(Title), Title, Outcome.TitleLength, "Say the outcome in a sentence");
        if (Responsibility is null) ModelState.AddModelError(nameof(Responsibility), "Choose who answers for it");
        var owners = Owners.Distinct(StringComparer.Ordinal).Select(o => Typed.Chosen(ModelState, nameof(Owners), o, Organisations))
            .OfType<long>().Order().ToList();
        return new(title, Typed.Line(ModelState, nameof(Who), Who, Outcome.ShortLength),
            Typed.Line(ModelState, nameof(Where), Where, Outcome.ShortLength),
            Typed.Lines(ModelState, nameof(WhatChanges), WhatChanges, Outcome.TextLength),
                Typed.Lines(ModelState, nameof(PublicValue), PublicValue, Outcome.TextLength),
            Responsibility ?? Colead.Parts.Outcomes.Responsibility.Joint, Typed.Lines(ModelState, nameof(Resources), Resources,
                Outcome.TextLength),
            Typed.Day(ModelState, nameof(DueOn), DueOn), Typed.Chosen(ModelState, nameof(Thread), Thread, Threads), owners);
    }

    /// <summary>An outcome's fields in words, to show two versions beside each other.</summary>
    protected IEnumerable<(string, string?, string?)> Differences(OutcomeText theirs, OutcomeText yours)
    {
        string Names(OutcomeText text) => Joined.And([.. Organisations.Where(o => text.Owners.Any(id => Typed.Id(id) == o.Value))
            .Select(o => o.Label)]);
        string? ThreadOf(OutcomeText text) => Threads.FirstOrDefault(t => t.Value == Typed.Id(text.ThreadId))?.Label;
        return
        [
            ("The outcome", theirs.Title, yours.Title), ("For whom", theirs.Who, yours.Who), ("Where", theirs.Where, yours.Where),
                ("What is different", theirs.WhatChanges, yours.WhatChanges),
            ("Worth to the public", theirs.PublicValue, yours.PublicValue),
                ("Who answers", OutcomeWords.Say(theirs.Responsibility), OutcomeWords.Say(yours.Responsibility)),
                ("Owners", Names(theirs), Names(yours)),
            ("What it takes", theirs.Resources, yours.Resources),
                ("By when", theirs.DueOn is { } a ? Dates.Say(a) : "", yours.DueOn is { } b ? Dates.Say(b) : ""),
                ("Thread", ThreadOf(theirs), ThreadOf(yours)),
        ];
    }
}
