using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Actions;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Budget.Books;

/// <summary>Enters what a partner put in, promised or spent. A lead enters for the own organisation.</summary>
[For(Role.Lead)]
[TypeFilter(typeof(OnlyWithABudget))]
public sealed class EntryFormModel(PartnershipAccess access, LedgerOperations book, ActionOperations actions, TimeProvider clock) : EditPage
{
    [BindProperty]
    public EntryKind? Kind { get; set; }

    [BindProperty]
    public BudgetUnit? Unit { get; set; }

    [BindProperty]
    public string? Amount { get; set; }

    [BindProperty]
    public string? Organisation { get; set; }

    [BindProperty]
    public string? On { get; set; }

    [BindProperty]
    public string? Outcome { get; set; }

    [BindProperty]
    public string? Action { get; set; }

    [BindProperty]
    public string? Commitment { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    public Standing Standing { get; private set; } = null!;
    public IReadOnlyList<Choice> Organisations { get; private set; } = [];
    public IReadOnlyList<Choice> Outcomes { get; private set; } = [];
    public IReadOnlyList<Choice> Actions { get; private set; } = [];
    public IReadOnlyList<Choice> Commitments { get; private set; } = [];
    private IReadOnlyList<OpenCommitment> promises = [];
    private Dictionary<long, long?> outcomeOf = [];

    public async Task OnGetAsync()
    {
        await OfferAsync();
        NewKey();
        On = Typed.Write(clock.Today());
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await OfferAsync();
        if (Kind is null || BudgetWords.Kinds.All(k => k.Value != Kind.ToString())) ModelState.AddModelError(nameof(Kind),
            "Choose what happened");
        if (Unit is null) ModelState.AddModelError(nameof(Unit), "Choose in what");
        var amount = Unit is { } chosen && !string.IsNullOrWhiteSpace(Amount) ? BudgetWords.Read(Amount, chosen) : null;
        if (string.IsNullOrWhiteSpace(Amount)) ModelState.AddModelError(nameof(Amount), "Enter how much");
        else if (Unit is not null && amount is null or <= 0) ModelState.AddModelError(nameof(Amount), Unit == BudgetUnit.Hours
            ? "Enter hours above nothing, to the minute, such as 7.5 or 7:30"
            : "Enter an amount above nothing, to the penny, such as 1,250.50");
        var organisation = Typed.Chosen(ModelState, nameof(Organisation), Organisation, Organisations);
        if (string.IsNullOrEmpty(Organisation)) ModelState.AddModelError(nameof(Organisation), "Choose whose it is");
        var day = Typed.Day(ModelState, nameof(On), On, "Choose the day");
        var (outcome, action) = (Typed.Chosen(ModelState, nameof(Outcome), Outcome, Outcomes),
            Typed.Chosen(ModelState, nameof(Action), Action, Actions));
        if (outcome is not null && action is { } named && outcomeOf[named] is { } itsOwn
            && itsOwn != outcome) ModelState.AddModelError(nameof(Outcome),
            "The action below works towards another outcome. Choose that one, or none");
        var commitment = Kind == EntryKind.Spending ? Typed.Chosen(ModelState, nameof(Commitment), Commitment, Commitments) : null;
        if (commitment is { } id && promises.First(p => p.Id == id) is var promise
            && (promise.Unit != Unit || promise.OrganisationId != organisation))
            ModelState.AddModelError(nameof(Commitment),
                $"That promise is one of {promise.Organisation}, in {BudgetWords.Name(promise.Unit).ToLowerInvariant()}");
        var text = Typed.Line(ModelState, nameof(Text), Text, JournalEntry.TextLength, "Say in a few words what it is");
        if (!ModelState.IsValid) return Page();
        var posting =
            await book.PostAsync(Standing, new(Kind!.Value, Unit!.Value, amount!.Value, organisation!.Value, outcome, action, day!.Value,
            text, commitment), Key);
        if (posting.Result != PostResult.Written)
        {
            ModelState.AddModelError(nameof(Commitment), "Choose another promise: this one is gone");
            return Page();
        }
        this.Say("It is in the books.");
        return Redirect(BudgetLinks.Money(Standing.PartnershipId));
    }

    private async Task OfferAsync()
    {
        Standing = await access.RequiredAsync();
        Organisations = await actions.OrganisationsAsync(Standing, also: null);
        Outcomes = await actions.OutcomesAsync(Standing, also: null);
        var found = await actions.Of(Standing).OrderByDescending(a => a.DueOn).ThenBy(a => a.Id)
            .Select(a => new { a.Id, a.Title, a.OutcomeId }).ToListAsync();
        (Actions, outcomeOf) = (found.ConvertAll(a => new Choice(Typed.Id(a.Id), a.Title)),
            found.ToDictionary(a => a.Id, a => a.OutcomeId));
        promises = await book.OpenCommitmentsAsync(Standing);
        Commitments = [.. promises.Select(p => new Choice(Typed.Id(p.Id),
            $"No. {p.Number}, {p.Organisation}: {p.Text}, {BudgetWords.Say(p.Left, p.Unit)} left"))];
        if (Standing.IsLead) Organisation = Typed.Id(Standing.OrganisationId); // a lead enters for the own organisation alone
    }
}
