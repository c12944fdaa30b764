using System.Security.Cryptography;
using System.Text;
using Colead.Analysis.Disclosure;
using Colead.Analysis.Publishing;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Audit;
using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Publishing;

/// <summary>What a coordinator decided about one comment, and what they had before them when they did.</summary>
public sealed record CommentChoice(byte[] Key, CommentDecision Decision, string? Edited, string Seen);

/// <summary>How far a round's comments have been looked at. <see cref="Seen"/> changes with every decision.</summary>
public sealed record CommentsState(int Pending, int Released, int Edited, int Withheld, string Seen)
{
    public int All => Pending + Released + Withheld;
}

public enum PublishOutcome
{
    Done,
    CommentsWait,
    /// <summary>Another decision was taken, or the round published, since the page was shown.</summary>
    Changed,
}

/// <summary>Decisions about comments, and the press that publishes a closed round. Both begin by taking hold of the round, so that they
/// come one after the other.</summary>
public sealed class PublishingOperations(ColeadDb db, RoundComments waiting, ClosingOperations closing, PartnershipAccess access,
    TimeProvider clock)
{
    /// <summary>Names a comment's state: another coordinator's decision gives another name.</summary>
    public static string SeenOf(CommentDecision decision, string? edited) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{decision}\n{edited}")))[..16];

    public async Task<CommentsState> StateAsync(long roundId)
    {
        var comments = await waiting.ReadAsync(roundId);
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var comment in comments) all.AppendData(Encoding.UTF8.GetBytes(Convert.ToHexString(comment.Key)
            + SeenOf(comment.Decision, comment.Edited)));
        return new(
            comments.Count(c => c.Decision == CommentDecision.Pending),
            comments.Count(c => c.Decision == CommentDecision.Released),
            comments.Count(c => c.Decision == CommentDecision.Released && c.Edited is not null),
            comments.Count(c => c.Decision == CommentDecision.Withheld),
            Convert.ToHexStringLower(all.GetHashAndReset())[..32]);
    }

    /// <summary>Saves all decisions or none. False when somebody else decided about one of them meanwhile, or the round is
    /// published.</summary>
    public async Task<bool> DecideAsync(Standing standing, long roundId, IReadOnlyList<CommentChoice> choices)
    {
        var changed = choices.Where(c => SeenOf(c.Decision, c.Edited) != c.Seen).ToList();
        if (changed.Count == 0) return true;
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (!await HoldAsync(roundId)) return false;
        var comments = (await waiting.ReadAsync(roundId)).ToDictionary(c => Convert.ToHexString(c.Key), StringComparer.Ordinal);
        foreach (var choice in changed)
        {
            if (!comments.TryGetValue(Convert.ToHexString(choice.Key), out var comment)
                || SeenOf(comment.Decision, comment.Edited) != choice.Seen) return false;
            await waiting.DecideAsync(roundId, choice.Key, choice.Decision, choice.Edited);
        }
        access.Record(standing, "decided about comments", Dates.Count(changed.Count, "comment", "comments"));
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>
    /// Publishes the round to the partnership, and seals what may be read of its comments. The comments as they were written are deleted,
    /// and the key they lay under is destroyed: nobody needs them any more.
    /// </summary>
    /// <param name="seen">What <see cref="StateAsync"/> said when the coordinator looked; whoever publishes knows what.</param>
    public async Task<PublishOutcome> PublishAsync(Standing? standing, long roundId, string seen, DateTime? at = null)
    {
        var now = at ?? clock.Now();
        db.ChangeTracker.Clear();
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            if (!await HoldAsync(roundId)) return PublishOutcome.Changed;
            var figures = await db.Set<StoredPublication>().AsNoTracking()
                .FirstOrDefaultAsync(p => p.RoundId == roundId && p.Part == PublicationPart.Figures);
            var state = await StateAsync(roundId);
            if (figures is null || state.Seen != seen) return PublishOutcome.Changed;
            if (state.Pending > 0) return PublishOutcome.CommentsWait;
            var round = await db.Set<Round>().SingleAsync(r => r.Id == roundId);
            var content = PublicationJson.Write(await ReleaseAsync(round, figures.Hash));
            db.Set<StoredPublication>().Add(new StoredPublication { RoundId = roundId, Part = PublicationPart.Comments,
                Content = content, Hash = PublicationJson.Hash(content), SealedAt = now });
            (round.State, round.PublishedAt) = (RoundState.Published, now);
            var detail = $"{round.Name}: {Dates.Count(state.Released, "comment", "comments")} released, {state.Withheld} withheld";
            if (standing is not null) access.Record(standing, "published a round", detail);
            else db.AuditEntries.Add(new AuditEntry { At = now, Who = "Colead", PartnershipId = round.PartnershipId,
                Act = "published a round", Detail = detail });
            await db.SaveChangesAsync();
            await db.Sealing.DropCommentsAsync(roundId);
            await transaction.CommitAsync();
        }
        await closing.EndKeysAsync(roundId);
        return PublishOutcome.Done;
    }

    /// <summary>
    /// Comments of too few questionnaires went at closing, and what those were written beside of which too few are. One keeps that where
    /// as many are released.
    /// </summary>
    private async Task<CommentRelease> ReleaseAsync(Round round, string figures)
    {
        var thresholds = new Thresholds(round.MeansFrom, round.DetailsFrom);
        var released = (await waiting.ReadAsync(round.Id)).Where(c => c.Decision == CommentDecision.Released).ToList();
        var there = released.Where(c => c.Dimension is not null).CountBy(c => c.Dimension!, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
        var comments = released.ConvertAll(c => new Comment(c.Edited ?? c.Text, c.Dimension is { } d
            && there.GetValueOrDefault(d) >= thresholds.Details ? d : null));
        return CommentRelease.Of(figures, comments, thresholds.Details, thresholds);
    }

    private async Task<bool> HoldAsync(long roundId) =>
        await db.Set<Round>().Where(r => r.Id == roundId && r.State == RoundState.Closed)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Version, r => r.Version + 1)) == 1;
}
