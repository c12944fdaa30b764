using Colead.Analysis.Disclosure;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Invitations.Sending;

/// <summary>How many have answered, as far as that may be told; the same for coordinators and leads.</summary>
[For(Role.Lead)]
public sealed class ProgressModel(OpenRoundOperations opens, ResponseProgress response) : PageModel
{
    public OpenRound Open { get; private set; } = null!;
    /// <summary>Null before the first week is over.</summary>
    public Progress? Progress { get; private set; }
    public DateTime? CountedAt { get; private set; }
    public DateTime NextAt => ResponseProgress.NextAfter(Open.Round, CountedAt);

    public IReadOnlyList<GroupProgress> Organisations => Progress?.Organisations ?? [];

    public async Task<IActionResult> OnGetAsync(long roundId)
    {
        if (await opens.FindAsync(roundId) is not { } open) return NotFound();
        Open = open;
        if (await response.ReadAsync(open.Round) is { } counted) (Progress, CountedAt) = counted;
        return Page();
    }

    /// <param name="wide">How many fifths are told together.</param>
    public static string Say(RateBand band, int wide) => ((int)band, (int)band + wide) switch
    {
        (0, var to) => $"under {Fifth(to)}",
        (4, _) => "four fifths or more",
        (var from, 5) => $"at least {Fifth(from)}",
        var (from, to) => $"{Number(from)} to {Fifth(to)}",
    };

    /// <summary>"A fifth has", "two fifths have".</summary>
    public static string Verb(RateBand band, int wide) => ((int)band, (int)band + wide) is (0, 1) or (1, Fifths) ? "has" : "have";

    private const int Fifths = 5;

    private static string Fifth(int fifths) => fifths == 1 ? "a fifth" : Number(fifths) + " fifths";

    private static string Number(int fifths) => fifths switch { 1 => "one", 2 => "two", 3 => "three", _ => "four" };
}
