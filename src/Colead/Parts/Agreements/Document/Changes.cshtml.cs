using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Agreements.Document;

/// <summary>What one version changed in the one before it.</summary>
[For(Role.Viewer)]
public sealed class ChangesModel(PartnershipAccess access, AgreementOperations document) : PageModel
{
    public Standing Standing { get; private set; } = null!;
    public int Number { get; private set; }
    public IReadOnlyList<Change> Changed { get; private set; } = [];
    public IReadOnlyList<string> Same { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int number)
    {
        Standing = await access.RequiredAsync();
        var versions = await document.Versions(Standing).AsNoTracking().Include(v => v.Sections)
            .Where(v => v.Number == number || v.Number == number - 1).ToListAsync();
        if (versions.Find(v => v.Number == number) is not { } version) return NotFound();
        Number = number;
        if (versions.Find(v => v.Number == number - 1) is not { } before) return Page();
        var old = before.Sections.ToDictionary(section => section.Key, StringComparer.Ordinal);
        var all = version.Sections.OrderBy(section => section.Position)
            .Select(section => new Change(section.Title, old.GetValueOrDefault(section.Key)?.Text ?? "", section.Text)).ToList();
        all.AddRange(before.Sections.Where(section => version.Sections.TrueForAll(now => now.Key != section.Key))
            .OrderBy(section => section.Position).Select(section => new Change(section.Title, section.Text, "")));
        Changed = [.. all.Where(section => section.Before != section.After)];
        Same = [.. all.Where(section => section.Before == section.After && section.After.Length > 0).Select(section => section.Title)];
        return Page();
    }

    public sealed record Change(string Title, string Before, string After);
}
