using System.ComponentModel.DataAnnotations;
using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Vision.Fits;

/// <summary>A lead says for its own organisation how each shared aim fits one of its aims, or its work as a whole.</summary>
[For(Role.Lead)]
public sealed class FitModel(PartnershipAccess access, AimOperations aims) : PageModel
{
    [BindProperty]
    public List<Line> Lines { get; set; } = [];

    public Standing Standing { get; private set; } = null!;
    /// <summary>The own aim it is about; null for the organisation's work as a whole.</summary>
    public OwnAim? Aim { get; private set; }
    public IReadOnlyList<(long Id, string Name)> OwnAims { get; private set; } = [];
    public IReadOnlyDictionary<long, SharedText> Shared { get; private set; } = new Dictionary<long, SharedText>();
    /// <summary>What someone else of the organisation said meanwhile, by shared aim.</summary>
    public Dictionary<long, Fit> Theirs { get; } = [];
    /// <summary>The wording that was spoken of, by shared aim, where it reads differently now.</summary>
    public Dictionary<long, SharedText> Earlier { get; } = [];

    public async Task<IActionResult> OnGetAsync(long? ownAimId)
    {
        if (!await LoadAsync(ownAimId)) return NotFound();
        var said = await aims.SaidAsync(Standing.OrganisationId!.Value, Aim?.Id);
        Lines = [.. Shared.Values.Select(shared => said.Find(f => f.SharedAimId == shared.Id) is { } fit
            ? new Line { SharedAimId = shared.Id, Number = shared.Number, Word = fit.Word, Why = fit.Why, Seen = fit.Version + 1 }
                : new Line { SharedAimId = shared.Id, Number = shared.Number })];
        foreach (var fit in said.Where(f => Shared.TryGetValue(f.SharedAimId, out var shared)
            && f.Number < shared.Number)) await ShowEarlierAsync(fit.SharedAimId, fit.Number);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long? ownAimId)
    {
        if (!await LoadAsync(ownAimId)) return NotFound();
        // A shared aim that was put away meanwhile is passed over, and so is one sent twice.
        if (Lines.RemoveAll(line => !Shared.ContainsKey(line.SharedAimId)) > 0 || Lines.DistinctBy(line => line.SharedAimId)
            .Count() < Lines.Count)
        {
            ModelState.Clear();
            ModelState.AddModelError("", "The shared aims changed while you wrote. Look through what you said, then save");
            Lines = [.. Lines.DistinctBy(line => line.SharedAimId)];
            return this.Differs();
        }
        for (var i = 0; i < Lines.Count; i++)
        {
            if (Lines[i].Word is FitWord.Conflicts or FitWord.Supports
                && ShortText.Tidy(Lines[i].Why) is null) ModelState.AddModelError($"Lines[{i}].Why", Lines[i].Word == FitWord.Conflicts
                ? "Say in a sentence what conflicts" : "Say in a sentence what it helps you with");
            if (Lines[i].Word is { } word && !Enum.IsDefined(word)) ModelState.AddModelError($"Lines[{i}].Word",
                "Choose one of the answers given");
            if (Lines[i].Word is null && ShortText.Tidy(Lines[i].Why) is not null
                && ModelState[$"Lines[{i}].Word"]?.Errors.Count is null or 0) ModelState.AddModelError($"Lines[{i}].Word",
                "Choose what you say why for");
        }
        if (!ModelState.IsValid) return Page();
        var sayings = Lines.Where(line => line.Word is not null)
            .Select(line => new Saying(line.SharedAimId, line.Number, line.Word!.Value, ShortText.Tidy(line.Why) ?? "", line.Seen))
            .ToList();
        if (!await aims.SayAsync(Standing, Aim, sayings)) return await DiffersAsync();
        this.Say(sayings.Count < Lines.Count ? "Saved. You can say the rest another time." : "Saved.");
        return Redirect(Aim is null ? VisionLinks.Picture(Standing.PartnershipId) : VisionLinks.OwnAim(Standing.PartnershipId, Aim.Id));
    }

    private async Task<IActionResult> DiffersAsync()
    {
        foreach (var line in Lines.Where(line => Shared[line.SharedAimId].Number != line.Number))
        {
            await ShowEarlierAsync(line.SharedAimId, line.Number);
            line.Number = Shared[line.SharedAimId].Number;
        }
        foreach (var fit in await aims.SaidAsync(Standing.OrganisationId!.Value, Aim?.Id))
        {
            if (Lines.Find(line => line.SharedAimId == fit.SharedAimId) is not { } line || line.Seen == fit.Version + 1) continue;
            line.Seen = fit.Version + 1;
            if (line.Word != fit.Word || (ShortText.Tidy(line.Why) ?? "") != fit.Why) Theirs[fit.SharedAimId] = fit;
        }
        ModelState.AddModelError("",
            "Something changed while you wrote, and is marked below. What you typed is still here: look, then save again");
        return this.Differs();
    }

    private async Task ShowEarlierAsync(long aimId, int number)
    {
        if (await aims.Current(Standing).Where(a => a.Id == aimId).SelectMany(a => a.Wordings).Where(w => w.Number == number)
            .Select(w => new SharedText(aimId, number, w.Name, w.Text)).FirstOrDefaultAsync() is { } earlier) Earlier[aimId] = earlier;
    }

    private async Task<bool> LoadAsync(long? ownAimId)
    {
        Standing = await access.RequiredAsync();
        if (!Standing.IsLead) return false;
        var own = await aims.Own(Standing).AsNoTracking().Where(a => a.OrganisationId == Standing.OrganisationId && a.EndedAt == null)
            .OrderBy(a => a.Id).ToListAsync();
        OwnAims = [.. own.Select(a => (a.Id, a.Name))];
        Aim = own.Find(a => a.Id == ownAimId);
        var shared = await aims.Current(Standing).OrderBy(a => a.Id)
            .Select(a => new SharedText(a.Id, a.Number, a.Name, a.Wordings.Where(w => w.Number == a.Number).Select(w => w.Text).First()))
                .ToListAsync();
        Shared = shared.ToDictionary(a => a.Id);
        return ownAimId is null || Aim is not null;
    }

    public sealed record SharedText(long Id, int Number, string Name, string Text);

    public sealed class Line
    {
        public long SharedAimId { get; set; }
        /// <summary>The wording that was read.</summary>
        public int Number { get; set; }
        public FitWord? Word { get; set; }

        [StringLength(Fit.WhyLength, ErrorMessage = "Use at most 400 characters")]
        public string? Why { get; set; }

        /// <summary>Version of what was said before plus one; 0 where nothing was.</summary>
        public int Seen { get; set; }
    }
}
