using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Outcomes;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Actions.Planning;

/// <summary>The fields of an action, the same whether it is planned or changed.</summary>
public abstract class ActionFields(ActionOperations book, OutcomeOperations outcomes) : EditPage
{
    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public string? About { get; set; }

    [BindProperty]
    public string? Organisation { get; set; }

    [BindProperty]
    public string? Person { get; set; }

    [BindProperty]
    public string? DueOn { get; set; }

    [BindProperty]
    public string? Thread { get; set; }

    [BindProperty]
    public string? Outcome { get; set; }

    [BindProperty]
    public ActionNature? Nature { get; set; }

    [BindProperty]
    public string? CoProducedWith { get; set; }

    public Standing Standing { get; protected set; } = null!;
    public IReadOnlyList<Choice> Organisations { get; private set; } = [];
    public IReadOnlyList<Choice> People { get; private set; } = [];
    public IReadOnlyList<Choice> Threads { get; private set; } = [];
    public IReadOnlyList<Choice> Outcomes { get; private set; } = [];

    protected ActionOperations Book => book;
    private IReadOnlyList<PersonChoice> people = [];

    protected async Task OfferAsync(PlannedAction? action)
    {
        Organisations = await book.OrganisationsAsync(Standing, action?.OrganisationId);
        people = await book.PeopleAsync(Standing, action?.PersonId);
        People = [.. people.Select(p => new Choice(Typed.Id(p.Id), Standing.IsCoordinator && p.Where.Length > 0 ? $"{p.Name}, {p.Where}"
            : p.Name))];
        Threads = await outcomes.ThreadsAsync(Standing, action?.ThreadId);
        Outcomes = await book.OutcomesAsync(Standing, action?.OutcomeId);
        if (Standing.IsLead) Organisation = Typed.Id(Standing.OrganisationId); // a lead plans for the own organisation alone
    }

    protected void Show(ActionText text)
    {
        (Title, About, Organisation, Person, DueOn) = (text.Title, text.About, Typed.Id(text.OrganisationId), Typed.Id(text.PersonId),
            Typed.Write(text.DueOn));
        (Thread, Outcome, Nature, CoProducedWith) = (Typed.Id(text.ThreadId), Typed.Id(text.OutcomeId), text.Nature, text.CoProducedWith);
    }

    /// <summary>What was typed; the model state says what is wrong with it.</summary>
    protected ActionText ReadText(long? keptPerson)
    {
        var title = Typed.Line(ModelState, nameof(Title), Title, PlannedAction.TitleLength, "Say what is to be done");
        var organisation = Typed.Chosen(ModelState, nameof(Organisation), Organisation, Organisations);
        if (string.IsNullOrEmpty(Organisation)) ModelState.AddModelError(nameof(Organisation), "Choose the organisation that sees to it");
        var person = Typed.Chosen(ModelState, nameof(Person), Person, People);
        if (person is not null && person != keptPerson && organisation is not null && people.First(p => p.Id == person) is var named
            && !named.Organisations.Contains(organisation.Value))
            ModelState.AddModelError(nameof(Person), $"{named.Name} does not belong to that organisation");
        if (Nature is null) ModelState.AddModelError(nameof(Nature), "Choose what it does to the way things are");
        return new(title, Typed.Lines(ModelState, nameof(About), About, PlannedAction.AboutLength), organisation ?? 0, person,
            Typed.Day(ModelState, nameof(DueOn), DueOn, "Say by when") ?? default,
            Typed.Chosen(ModelState, nameof(Thread), Thread, Threads), Typed.Chosen(ModelState, nameof(Outcome), Outcome, Outcomes), Nature
                ?? default, Typed.Line(ModelState, nameof(CoProducedWith), CoProducedWith, PlannedAction.WithLength));
    }

    /// <summary>An action's fields in words, to show two versions beside each other.</summary>
    protected IEnumerable<(string, string?, string?)> Differences(ActionText theirs, ActionText yours)
    {
        static string? Label(IReadOnlyList<Choice> choices, long? id) => choices.FirstOrDefault(c => c.Value == Typed.Id(id))?.Label;
        return
        [
            ("What", theirs.Title, yours.Title), ("More about it", theirs.About, yours.About),
                ("Organisation", Label(Organisations, theirs.OrganisationId), Label(Organisations, yours.OrganisationId)),
            ("Person", Label(People, theirs.PersonId), Label(People, yours.PersonId)),
                ("By when", Dates.Say(theirs.DueOn), Dates.Say(yours.DueOn)),
                ("Thread", Label(Threads, theirs.ThreadId), Label(Threads, yours.ThreadId)),
            ("Outcome", Label(Outcomes, theirs.OutcomeId), Label(Outcomes, yours.OutcomeId)),
                ("What it does", ActionWords.Say(theirs.Nature), ActionWords.Say(yours.Nature)),
                ("Made together with", theirs.CoProducedWith, yours.CoProducedWith),
        ];
    }
}
