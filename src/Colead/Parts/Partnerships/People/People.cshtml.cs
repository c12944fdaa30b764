using System.Globalization;
using Colead.Kit.Forms;
using Colead.Parts.Partnerships.Lists;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Partnerships.People;

/// <summary>The people one looks after: all of them for a coordinator, one organisation's for a lead.</summary>
[For(Role.Lead)]
public sealed class PeopleModel(PartnershipAccess access, ListOperations lists) : PageModel
{
    public const int PageSize = 100;

    public static IReadOnlyList<Choice> Whos { get; } = [new("", "People here now"), new("left", "People who left")];

    [BindProperty(SupportsGet = true)]
    public string? Find { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Organisation { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Who { get; set; }

    [BindProperty(SupportsGet = true, Name = "page_number")]
    public string? Number { get; set; }

    public Standing Standing { get; private set; } = null!;
    /// <summary>Entries of a lead's own list that a coordinator wrote and no lead has confirmed.</summary>
    public int Waiting { get; private set; }
    public int Total { get; private set; }
    public int PageNumber { get; private set; } = 1;
    public int Pages => (Total + PageSize - 1) / PageSize;
    public bool IsSearch => !string.IsNullOrWhiteSpace(Find) || !string.IsNullOrEmpty(Organisation) || Who == "left";
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public IReadOnlyList<Choice> Organisations { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Standing = await access.RequiredAsync();
        var managed = await access.ManagedOrganisations(Standing).OrderBy(o => o.NameKey).Select(o => new { o.Id, o.Name }).ToListAsync();
        Organisations = [.. managed.Select(o => new Choice(o.Id.ToString(CultureInfo.InvariantCulture), o.Name))];
        var mine = Standing.IsCoordinator ? null : Standing.OrganisationId;
        if (mine is { } own) Waiting = (await lists.ReadAsync(Standing, own)).Count(e => e.Awaits(Standing));
        var people = access.People(Standing);
        people = Who == "left"
            ? people.Where(p => !p.Memberships.Any(m => m.LeftOn == null && (mine == null || m.OrganisationId == mine)))
            : people.Where(p => p.Memberships.Any(m => m.LeftOn == null && (mine == null || m.OrganisationId == mine)));
        if (long.TryParse(Organisation, NumberStyles.None, CultureInfo.InvariantCulture, out var organisation))
            people = people.Where(p => p.Memberships.Any(m => m.OrganisationId == organisation && (Who == "left" || m.LeftOn == null)));
        var key = ShortText.Key(Find ?? "");
        if (key.Length > 0) people = people.Where(p => p.NameKey.Contains(key) || p.EmailKey!.Contains(key));
        Total = await people.CountAsync();
        if (int.TryParse(Number, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) PageNumber =
            Math.Clamp(number, 1, Math.Max(1, Pages));
        var found = await people.OrderBy(p => p.NameKey).ThenBy(p => p.Id).Skip((PageNumber - 1) * PageSize).Take(PageSize)
            .Select(p => new
            {
                p.Id,
                p.Name,
                p.Email,
                Places = p.Memberships.Where(m => mine == null || m.OrganisationId == mine).OrderBy(m => m.Id)
                    .Select(m => new Place(m.Organisation!.Name, m.Level, m.LeftOn)).ToList(),
            }).ToListAsync();
        Rows = [.. found.Select(p => new Row(p.Id, p.Name, p.Email, [.. p.Places.Where(place => Who == "left" || place.Left is null)]))];
    }

    public string PageAddress(int number) => QueryHelpers.AddQueryString(PartnershipsLinks.People(Standing.PartnershipId),
        new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Find"] = Find,
        ["Organisation"] = Organisation,
        ["Who"] = Who,
        ["page_number"] = number.ToString(CultureInfo.InvariantCulture),
    });

    public sealed record Place(string Organisation, Level Level, DateOnly? Left);

    public sealed record Row(long Id, string Name, string? Email, IReadOnlyList<Place> Places);
}
