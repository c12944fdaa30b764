using Colead.Kit.Forms;
using Colead.Parts.Instruments;
using Colead.Parts.Mail;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Parts.Rounds.Planning;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Publishing.Running;

/// <summary>Asks once more, naming what becomes fixed, and opens the round.</summary>
[For(Role.Coordinator)]
public sealed class OpenModel(PartnershipAccess access, RoundOperations rounds, InstrumentOperations instruments, AskedPeople asked,
    Outbox outbox) : DraftPage(access, rounds)
{
    private readonly RoundOperations rounds = rounds;

    public IReadOnlyList<Missing> Missing { get; private set; } = [];
    public int People { get; private set; }
    public bool SendsMail => outbox.IsSetUp;
    public OfferedInstrument Instrument { get; private set; } = null!;
    public IReadOnlyList<IReadOnlyList<string>> Folds => [.. Round.Organisations.Where(o => o.Fold is not null).GroupBy(o => o.Fold)
        .OrderBy(g => g.Key).Select(g => g.Select(o => o.Name).Order(StringComparer.CurrentCulture).ToList())];

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        var opening = await rounds.OpenAsync(Round.Id, Standing, Version);
        if (opening.Done) return Done("The round is open.");
        if (opening.Missing.Count == 0)
        {
            if (await rounds.DraftAsync(Standing, Round.Id) is not { } changed) return StatusCode(StatusCodes.Status409Conflict);
            Show(changed); // what becomes fixed is no longer what was read: it is read again first
            await LoadAsync();
            return this.Clashed();
        }
        foreach (var missing in opening.Missing) ModelState.AddModelError("", missing.Sentence);
        await LoadAsync();
        return Page();
    }

    private async Task LoadAsync()
    {
        Missing = await rounds.MissingAsync(Round);
        People = (await asked.InviteesAsync(Round)).Count;
        Instrument = new("", await instruments.ReadAsync(Round.InstrumentHash));
    }
}
