using Colead.Analysis.Instruments;
using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Instruments;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage.Sealing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Publishing.Releasing;

/// <summary>What may become of a comment, as a coordinator chooses it.</summary>
public enum CommentFate
{
    /// <summary>Not looked at yet.</summary>
    Later,
    Release,
    /// <summary>Released as the coordinator wrote it, without identifying words.</summary>
    Edit,
    Withhold,
}

/// <summary>Comments of a closed round, a page at a time: each is released, released without identifying words, or withheld.</summary>
// every comment of the page comes back in its text box
[RequestSizeLimit(PerPage * MostBytesSent), RequestFormLimits(ValueLengthLimit = MostBytesSent)]
[For(Role.Coordinator)]
public sealed class CommentsModel(PartnershipAccess access, RoundComments waiting, RoundOperations rounds, PublishingOperations publishing,
    InstrumentOperations instruments) : PageModel
{
    public const int PerPage = 20;
    /// <summary>As long as a comment can be: one that somebody answering writes is shorter, a file from elsewhere may bring longer
    /// ones.</summary>
    public const int EditedLength = RoundComments.LongestText;
    /// <summary>A character may be three bytes, each sent as three characters.</summary>
    private const int MostBytesSent = (9 * EditedLength) + 1024;

    [BindProperty]
    public List<Row> Rows { get; set; } = [];

    [BindProperty(SupportsGet = true)]
    public int Number { get; set; } = 1;

    public Standing Standing { get; private set; } = null!;
    public Round Round { get; private set; } = null!;
    public CommentsState State { get; private set; } = null!;
    public IReadOnlyList<Shown> Comments { get; private set; } = [];
    public int Pages => Math.Max(1, (State.All + PerPage - 1) / PerPage);

    public async Task<IActionResult> OnGetAsync(long roundId)
    {
        if (!await FindAsync(roundId)) return NotFound();
        if (Round.State != RoundState.Closed) return Redirect(RoundsLinks.Round(Standing.PartnershipId, roundId));
        await LoadAsync();
        Rows = [.. Comments.Select(c => new Row { Key = c.Key, Seen = c.Seen, Fate = c.Fate, Edited = c.Edited ?? c.Text })];
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long roundId)
    {
        if (!await FindAsync(roundId)) return NotFound();
        if (Round.State != RoundState.Closed) return StatusCode(StatusCodes.Status409Conflict);
        await LoadAsync();
        var choices = new List<CommentChoice>();
        for (var i = 0; i < Rows.Count; i++)
        {
            if (Comments.FirstOrDefault(c => c.Key == Rows[i].Key) is not { } comment) return NotFound();
            // browsers send two characters for the end of a line
            var edited = Rows[i].Fate == CommentFate.Edit ? Rows[i].Edited?.ReplaceLineEndings("\n").Trim() : null;
            if (Rows[i].Fate == CommentFate.Edit && string.IsNullOrEmpty(edited)) ModelState.AddModelError($"Rows[{i}].Edited",
                "Write what is to be released, or withhold the comment");
            if (edited?.Length > EditedLength) ModelState.AddModelError($"Rows[{i}].Edited", $"Use {EditedLength} characters or fewer");
            // nothing was taken out: released as it is
            if (edited is not null && edited == comment.Text.ReplaceLineEndings("\n")) edited = null;
            choices.Add(new(Convert.FromHexString(comment.Key), DecisionOf(Rows[i].Fate), edited, Rows[i].Seen ?? ""));
        }
        if (!ModelState.IsValid) return Page();
        if (!await publishing.DecideAsync(Standing, roundId, choices)) return this.Clashed();
        var state = await publishing.StateAsync(roundId);
        this.Say(state.Pending == 0 ? "Saved. Every comment has been looked at."
            : $"Saved. {Dates.Count(state.Pending, "comment is", "comments are")} left.");
        var last = Number >= Pages;
        return Redirect(last ? state.Pending == 0 ? RoundsLinks.Publish(Standing.PartnershipId, roundId)
            : RoundsLinks.Comments(Standing.PartnershipId, roundId) : RoundsLinks.Comments(Standing.PartnershipId, roundId, Number + 1));
    }

    private static CommentDecision DecisionOf(CommentFate fate) => fate switch
    {
        CommentFate.Later => CommentDecision.Pending,
        CommentFate.Withhold => CommentDecision.Withheld,
        _ => CommentDecision.Released,
    };

    private async Task<bool> FindAsync(long roundId)
    {
        Standing = await access.RequiredAsync();
        if (await rounds.Of(Standing).AsNoTracking().FirstOrDefaultAsync(r => r.Id == roundId) is not { } found) return false;
        Round = found;
        State = await publishing.StateAsync(roundId);
        Number = Math.Clamp(Number, 1, Pages);
        return true;
    }

    private async Task LoadAsync()
    {
        var instrument = await instruments.ReadAsync(Round.InstrumentHash);
        var comments = (await waiting.ReadAsync(Round.Id)).Skip((Number - 1) * PerPage).Take(PerPage);
        Comments = [.. comments.Select(c => new Shown(Convert.ToHexString(c.Key), c.Text, AboutOf(instrument, c.Dimension), c.Edited,
            FateOf(c), PublishingOperations.SeenOf(c.Decision, c.Edited)))];
    }

    private static CommentFate FateOf(WaitingComment comment) => comment.Decision switch
    {
        CommentDecision.Withheld => CommentFate.Withhold,
        CommentDecision.Released => comment.Edited is null ? CommentFate.Release : CommentFate.Edit,
        _ => CommentFate.Later,
    };

    private static string? AboutOf(Instrument instrument, string? dimension) =>
        instrument.Dimensions.FirstOrDefault(d => d.Id == dimension)?.Names.GetValueOrDefault("en") ?? dimension;

    /// <summary>A comment's fields in the form.</summary>
    public sealed class Row
    {
        public string? Key { get; set; }
        public string? Seen { get; set; }
        public CommentFate Fate { get; set; }
        public string? Edited { get; set; }
    }

    public sealed record Shown(string Key, string Text, string? About, string? Edited, CommentFate Fate, string Seen);
}
