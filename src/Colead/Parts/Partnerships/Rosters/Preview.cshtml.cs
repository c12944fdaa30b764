using System.Globalization;
using Colead.Kit.Forms;
using Colead.Kit.Tables;
using Colead.Kit.Texts;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Partnerships.Rosters;

/// <summary>Shows what the file will do; does it, all or nothing, when told to.</summary>
[For(Role.Lead)]
public sealed class PreviewModel(ColeadDb db, PartnershipAccess access, RosterOperations import, TimeProvider clock) : PageModel
{
    public const int MostWords = 30;
    public const int MostRemarks = 200;
    public const int MostPeople = 200;
    private const int MostLeft = 30, LongestSample = 40;
    /// <summary>Why the file cannot be read as somebody said.</summary>
    private string? unread;

    [BindProperty]
    public bool LeaveOut { get; set; }

    /// <summary>The outcome that was on the page when it was confirmed.</summary>
    [BindProperty]
    public string? Shown { get; set; }

    public long PartnershipId { get; private set; }
    public string FileName { get; private set; } = "";
    public TableFile Table { get; private set; } = null!;
    public RosterReading Reading { get; private set; } = null!;
    public RosterPlan Plan { get; private set; } = null!;
    /// <summary>Questions about the file and about its people that wait for an answer, or have one.</summary>
    public IReadOnlyList<FileQuestion> Asked => [.. Table.Understood.Questions.Where(question => question.IsOpen), .. Plan.Questions];
    public bool Waits => Asked.Any(question => question.Waits);

    public string Headline =>
        Plan.MissingColumns.Count > 0 ? "Which column is which?"
        : Waits ? Dates.Count(Asked.Count(question => question.Waits), "question", "questions") + " before this list can be saved"
        : !Plan.ChangesSomething && Plan.RowsLeftOut == 0 ? "Everything in this file is here already"
        : !Plan.ChangesSomething ? "Nothing in this file can be used yet"
        : Plan.RowsLeftOut > 0
            ? $"{Dates.Count(Plan.NewPeople, "new person", "new people")}, and {Dates.Count(Plan.RowsLeftOut, "row", "rows")} to look at"
        : Plan.NewPeople > 0 ? Dates.Count(Plan.NewPeople, "new person", "new people") + " ready to be added"
        : "Changes ready to be saved";

    /// <summary>Three different cells of a column that is taken.</summary>
    public string SamplesOf(RosterColumn column) => Reading.Columns[column] is >= 0 and var place
        ? string.Join(" · ", Table.Rows.Select(row => row[place]).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).Take(3)
            .Select(text => text.Length <= LongestSample ? text : text[..LongestSample] + "…")) : "";

    public IReadOnlyList<string> LeftAlone => [.. Enumerable.Range(0, Table.Headers.Count).Except(Reading.Columns.Places.Values)
        .Select(column => Table.Headers[column])
        .Where(name => name.Length > 0).Take(MostLeft).Select(text => text.Length <= LongestSample ? text : text[..LongestSample] + "…")];

    public async Task<IActionResult> OnGetAsync(long uploadId)
    {
        if (await FindAsync(uploadId) is not { } found) return NotFound();
        Reading = await import.GuessAsync(found.Standing, Table);
        Plan = await import.PlanAsync(found.Standing, Table, Reading);
        return Page();
    }

    public async Task<IActionResult> OnPostLookAsync(long uploadId)
    {
        if (await FindAsync(uploadId) is not { } found) return NotFound();
        ModelState.Clear();
        if (unread is not null) ModelState.AddModelError("", unread);
        Reading = await ReadFormAsync(found.Standing);
        Plan = await import.PlanAsync(found.Standing, Table, Reading);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long uploadId)
    {
        if (await FindAsync(uploadId) is not { } found) return await GoneAsync();
        Reading = await ReadFormAsync(found.Standing);
        await using var transaction = await db.Database.BeginTransactionAsync();
        // kept when nothing is saved
        if (await db.Set<RosterUpload>().Where(u => u.Id == uploadId).ExecuteDeleteAsync() == 0) return await GoneAsync();
        Plan = await import.PlanAsync(found.Standing, Table, Reading);
        if (unread is not null) ModelState.AddModelError("", unread);
        else if (Plan.MissingColumns.Count > 0) ModelState.AddModelError("", "Choose the missing columns, then check again");
        else if (Waits) ModelState.AddModelError("", "Answer what is asked below first. Nothing was saved");
        else if (Plan.Fingerprint != Shown) return Outdated();
        else if (Plan.RowsLeftOut > 0 && !LeaveOut) ModelState.AddModelError(nameof(LeaveOut),
            "Say that rows with a problem are to be left out, or put them right in the file and bring it again");
        if (!ModelState.IsValid) return Page();
        try
        {
            await import.SaveAsync(found.Standing, FileName, Plan, Table, Reading);
            await transaction.CommitAsync();
        }
        catch (DbUpdateException error) when (error is DbUpdateConcurrencyException || db.IsDuplicate(error))
        {
            return Outdated();
        }
        this.Say($"Saved: {Dates.Count(Plan.NewPeople, "new person", "new people")}, {Dates.Count(Plan.ChangedPeople + Plan.NewMemberships, "change", "changes")}.");
        return Redirect(PartnershipsLinks.People(PartnershipId));
    }

    /// <summary>Saved already, as by a second click, or an hour old: the list of people shows which.</summary>
    private async Task<IActionResult> GoneAsync()
    {
        this.Say("That list is done with: it is saved already, or it waited longer than an hour.");
        return Redirect(PartnershipsLinks.People((await access.RequiredAsync()).PartnershipId));
    }

    /// <summary>Between looking and saving, the columns were chosen anew or someone changed the list.</summary>
    private PageResult Outdated()
    {
        ModelState.Clear();
        ModelState.AddModelError("", "What would happen is no longer what you saw. Nothing was saved; check again, then save");
        var page = Page();
        page.StatusCode = StatusCodes.Status409Conflict;
        return page;
    }

    private async Task<RosterReading> ReadFormAsync(Standing standing)
    {
        var places = new Dictionary<RosterColumn, int>();
        foreach (var column in Enum.GetValues<RosterColumn>())
            if (int.TryParse(Request.Form["column." + column], NumberStyles.None, CultureInfo.InvariantCulture, out var place)
                && place < Table.Headers.Count) places[column] = place;
        // another sheet or heading row: other columns
        if (Request.Form["ReadAs"] != ReadAs) return await import.GuessAsync(standing, Table) with { Said = FileAnswers.Of(Request.Form) };
        return new RosterReading(new RosterColumns(places), WordsFor<Level>("level."),
            WordsFor<Sector>("sector.")) { Headings = Table.Headers, Said = FileAnswers.Of(Request.Form) };
    }

    /// <summary>What the numbers of columns rest on.</summary>
    public string ReadAs => string.Create(CultureInfo.InvariantCulture,
        $"{Table.Understood.Sheet}.{Table.Understood.Heading}.{Table.Understood.Separator}.{Table.Headers.Count}");

    private Dictionary<string, T> WordsFor<T>(string prefix) where T : struct, Enum
    {
        var words = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (name, value) in Request.Form.Where(field => field.Key.StartsWith(prefix, StringComparison.Ordinal)))
            if (Enum.TryParse<T>(value, out var word) && Enum.IsDefined(word)) words[name[prefix.Length..]] = word;
        return words;
    }

    private async Task<(Standing Standing, RosterUpload Upload)?> FindAsync(long uploadId)
    {
        var standing = await access.RequiredAsync();
        PartnershipId = standing.PartnershipId;
        var oldest = clock.Now() - RosterUpload.Lifetime;
        var upload = await db.Set<RosterUpload>().AsNoTracking()
            .FirstOrDefaultAsync(u => u.Id == uploadId && u.PartnershipId == standing.PartnershipId && u.AccountId == standing.AccountId
            && u.UploadedAt > oldest);
        if (upload is null) return null;
        FileName = upload.FileName;
        try
        {
            Table = RosterFile.Read(upload.Content, Request.HasFormContentType ? FileAnswers.Of(Request.Form) : null);
        }
        catch (UnreadableFileException error) // as it was said to be read; as it was found, it was read before
        {
            unread = error.Message + ". It is read as before";
            Table = RosterFile.Read(upload.Content, null);
        }
        return (standing, upload);
    }
}
