using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Meetings.Planning;

/// <summary>What a meeting is planned with.</summary>
public abstract class PlanForm(PartnershipAccess access, MeetingOperations plans, TimeProvider clock) : PageModel
{
    private List<NamedOrganisation> organisations = [];

    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public string? Place { get; set; }

    [BindProperty]
    public string? Day { get; set; }

    [BindProperty]
    public string? From { get; set; }

    [BindProperty]
    public string? To { get; set; }

    [BindProperty]
    public long? Chair { get; set; }

    [BindProperty]
    public string? ChairName { get; set; }

    public Standing Standing { get; private set; } = null!;
    public IReadOnlyList<Choice> Chairs =>
        [.. organisations.Select(o => new Choice(o.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), o.Name))];

    protected MeetingOperations Plans => plans;

    protected async Task PrepareAsync()
    {
        Standing = await access.RequiredAsync();
        organisations = await plans.OrganisationsAsync(Standing);
    }

    /// <summary>As the form shows a meeting.</summary>
    protected void Show(Meeting meeting)
    {
        (Title, Place, Chair, ChairName) = (meeting.Title, meeting.Place, meeting.ChairOrganisationId, meeting.ChairName);
        (Day, From) = DateAndTime.Write(meeting.StartsAt);
        (_, To) = DateAndTime.Write(meeting.EndsAt);
    }

    /// <summary>What was typed, or null with what is wrong beside its field. An organisation that left stays in the chair of its
    /// meetings.</summary>
    protected MeetingPlan? Typed(long? chairBefore = null)
    {
        var (title, place, chairName) = (ShortText.Tidy(Title), ShortText.Tidy(Place) ?? "", ShortText.Tidy(ChairName) ?? "");
        if (title is null) ModelState.AddModelError(nameof(Title), "Say what kind of meeting it is, such as “Partnership board”");
        else if (title.Length > Meeting.TitleLength) ModelState.AddModelError(nameof(Title), "Enter a title of at most 200 characters");
        if (place.Length > Meeting.PlaceLength) ModelState.AddModelError(nameof(Place), "Enter at most 300 characters");
        if (chairName.Length > Colead.Parts.Partnerships.Person.NameLength) ModelState.AddModelError(nameof(ChairName),
            "Enter a shorter name");
        if (Chair is { } chair && chair != chairBefore
            && !organisations.Exists(o => o.Id == chair)) ModelState.AddModelError(nameof(Chair), "Choose one of the organisations");
        var times = MeetingTimes.Read(ModelState, (nameof(Day), Day), (nameof(From), From), (nameof(To), To), clock.Today());
        return ModelState.IsValid && times is var (from, to) ? new(title!, place, from, to, Chair, chairName) : null;
    }

    protected IReadOnlyList<FieldClash> DifferenceTo(Meeting now, MeetingPlan typed) => FieldClash.Of(
        ("Title", now.Title, typed.Title),
        ("When", MeetingWords.When(now.StartsAt, now.EndsAt), MeetingWords.When(typed.StartsAt, typed.EndsAt)),
        ("Where", now.Place, typed.Place),
        ("In the chair", NameOf(now.ChairOrganisationId), NameOf(typed.ChairOrganisationId)),
        ("Who chairs", now.ChairName, typed.ChairName));

    private string? NameOf(long? id) => id is null ? null : organisations.Find(o => o.Id == id)?.Name ?? "an organisation that left";
}
