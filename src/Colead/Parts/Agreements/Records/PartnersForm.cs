using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Agreements.Records;

/// <summary>A form in which some of the partners are ticked.</summary>
public abstract class PartnersForm(PartnershipAccess access) : PageModel
{
    [BindProperty]
    public int Version { get; set; }

    [BindProperty(Name = nameof(Partner))]
    public Dictionary<long, bool> Partner { get; set; } = [];

    public Standing Standing { get; private set; } = null!;
    /// <summary>Partners of today, and those that are ticked though they have left.</summary>
    public IReadOnlyList<PartnerChoice> Partners { get; private set; } = [];
    public string? PartnersProblem => ModelState[nameof(Partner)]?.Errors is { Count: > 0 } errors ? errors[0].ErrorMessage : null;
    protected IReadOnlyList<long> Ticked => [.. Partners.Where(partner => Partner.GetValueOrDefault(partner.Id))
        .Select(partner => partner.Id)];

    protected async Task LoadPartnersAsync(IReadOnlyCollection<long> before)
    {
        Standing = await access.RequiredAsync();
        Partners = await access.Organisations(Standing).Where(o => o.Terms.Any(t => t.LeftOn == null) || before.Contains(o.Id))
            .OrderBy(o => o.NameKey)
            .Select(o => new PartnerChoice(o.Id, o.Name, o.Terms.All(t => t.LeftOn != null))).ToListAsync();
    }

    protected void Tick(IEnumerable<long> organisations) => Partner = organisations.ToDictionary(id => id, _ => true);

    /// <summary>Their names, for a sentence.</summary>
    public string Named(IEnumerable<long> organisations) => string.Join(", ", Partners.Where(partner => organisations.Contains(partner.Id))
        .Select(partner => partner.Name));

    public sealed record PartnerChoice(long Id, string Name, bool Left);
}
