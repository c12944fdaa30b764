using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Meetings.Planning;

[For(Role.Lead)]
public sealed class PlanModel(PartnershipAccess access, MeetingOperations plans, TimeProvider clock) : PlanForm(access, plans, clock)
{
    private readonly TimeProvider clock = clock;

    [BindProperty]
    public string? Key { get; set; }

    public async Task OnGetAsync()
    {
        await PrepareAsync();
        Key = FormKey.New();
        (Day, From) = DateAndTime.Write(DateAndTime.Suggest(clock, DayOfWeek.Tuesday, days: 14, hour: 10));
        To = "11:30";
        if (Standing.IsLead) Chair = Standing.OrganisationId;
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await PrepareAsync();
        if (Typed() is not { } plan) return Page();
        var meeting = await Plans.CreateAsync(Standing, plan, FormKey.Of(Key));
        this.Say("The meeting is planned. Now its agenda.");
        return Redirect(MeetingsLinks.Meeting(Standing.PartnershipId, meeting));
    }
}
