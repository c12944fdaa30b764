using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Voice;

/// <summary>Who had a voice: in the last twelve months, or from the start.</summary>
[For(Role.Viewer)]
public sealed class VoiceModel(PartnershipAccess access, VoiceLedger ledger, TimeProvider clock) : PageModel
{
    public Standing Standing { get; private set; } = null!;
    public Voices Voices { get; private set; } = null!;
    public bool FromTheStart { get; private set; }

    /// <summary>Anything to count at all.</summary>
    public bool Anything => Voices.Measures.Any(m => m.Share.Total > 0);
    public int Seen => Voices.Signs.Count(s => s.Verdict == Colead.Analysis.Voice.SignVerdict.Seen);

    public string Headline => Voices.Headline is { } measure
        ? $"{Dates.Count(Voices.Rows.Count, "organisation", "organisations")}, {VoiceWords.Say(measure.Share.EffectiveVoices)} effective voices"
        : Anything ? "Too few partners to say how evenly voice is shared" : "Nothing to count yet";

    public async Task OnGetAsync(string? since)
    {
        Standing = await access.RequiredAsync();
        FromTheStart = since == "start";
        Voices = await ledger.ReadAsync(Standing, FromTheStart ? null : clock.Now().AddYears(-1));
    }
}
