using System.Security.Cryptography;
using System.Text.Json;
using Colead.Analysis.Instruments;
using Colead.Data;
using Colead.Data.Inventory;
using Colead.Data.Partnerships;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace Colead.Web.Features.Inventory.Answering;

/// <summary>What a respondent's link leads to at this moment, on this device.</summary>
public enum Situation
{
    /// <summary>Nothing was begun by it.</summary>
    Ready,
    /// <summary>A draft of this device.</summary>
    Begun,
    /// <summary>A draft of another device; this one needs its short code.</summary>
    BegunElsewhere,
    Unknown,
    NotYetOpen,
    /// <summary>Closed or published.</summary>
    Over,
    Cancelled,
    Replaced,
    Withdrawn,
    Used,
    /// <summary>By open link: this device has answered.</summary>
    UsedDevice,
}

/// <summary>A respondent at their link.</summary>
/// <param name="Base">The address of the link, under which all its pages are.</param>
public sealed record Visit(string Base, Situation Situation)
{
    public RoundSheet? Round { get; init; }
    public LinkStanding? Standing { get; init; }
    /// <summary>Absent for the open link.</summary>
    public byte[]? SecretHash { get; init; }
    public string? OpenLink { get; init; }
    /// <summary>The device's cookie.</summary>
    public string? Mark { get; init; }

    public bool ByOpenLink => OpenLink is not null;
    public SavedDraft? Draft => Standing?.Draft;
}

/// <summary>An organisation and level that a person may answer for.</summary>
public sealed record Place(long OrganisationId, Level Level);

/// <summary>
/// Answering: what a link leads to, a draft begun, saved page by page and sent. Nobody is signed in here, nothing is written into the audit trail, and opening a link changes nothing.
/// </summary>
public sealed class Answers(AnswerStore store, RoundSheets sheets, Devices devices, IServiceScopeFactory scopes, TimeProvider clock) : IDisposable
{
    /// <summary>Wrong short codes that a draft takes.</summary>
    public const int MostCodeTries = 5;
    public const int CommentLength = 1000;
    /// <summary>In a draft: "skip" was chosen, which sending makes the same as nothing chosen.</summary>
    public const byte SkipCode = 254;
    private const int MostSaves = 8;

    /// <summary>The redirect that follows a save comes within this time, or the page is read anew.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);
    private static readonly MemoryCacheEntryOptions ForAWhile = new() { Size = 1, AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(20) };
    private static readonly MemoryCacheEntryOptions ForThanks = new() { Size = 1, AbsoluteExpirationRelativeToNow = AtOnce };

    /// <summary>
    /// Drafts as this server saw them lately, by the device's mark. A change needs no look at the database before it, because it names what it saw and is refused
    /// when that is no longer so. The page that a save leads to shows what was saved; any other look is read anew, because another server may have saved since.
    /// </summary>
    private readonly MemoryCache seen = new(new MemoryCacheOptions { SizeLimit = 20_000 });

    /// <param name="forChange">Whether it is asked for a change, or for a look.</param>
    public async Task<Visit> ByInvitationAsync(string? typed, string? mark, bool forChange = false)
    {
        if (Lately(mark, typed, forChange) is { } seen) return seen;
        if (LinkSecret.Read(typed) is not { } secret) return new("/answer", Situation.Unknown);
        var (address, hash) = (InventoryLinks.Answer(secret.ToString()), secret.Hash());
        if (await store.FindAsync(hash, await devices.KeyOfAsync(mark)) is not { Invitation: { } invitation } standing) return await FormerAsync(address, hash);
        return Remember(new(address, await SituationAsync(standing, invitation, hash)) { Round = await sheets.ReadAsync(standing.RoundId, standing.RoundVersion), Standing = standing, SecretHash = hash, Mark = mark });
    }

    /// <inheritdoc cref="ByInvitationAsync" path="/param"/>
    public async Task<Visit> ByOpenLinkAsync(string openLink, string? mark, bool forChange = false)
    {
        if (Lately(mark, openLink, forChange) is { } seen) return seen;
        var address = InventoryLinks.AnswerOpen(openLink);
        var key = await devices.KeyOfAsync(mark);
        if (openLink.Length > 40 || await store.FindOpenAsync(openLink, key) is not { } standing) return new(address, Situation.Unknown) { OpenLink = openLink };
        var situation = OfState(standing.State) ?? (standing.Draft is not null ? Situation.Begun : key is not null ? Situation.UsedDevice : Situation.Ready); // a draft of this device that is gone was sent
        return Remember(new(address, situation) { Round = await sheets.ReadAsync(standing.RoundId, standing.RoundVersion), Standing = standing, OpenLink = openLink, Mark = mark });
    }

    /// <summary>For which organisations the invited person may answer, the one they were asked for first.</summary>
    public async Task<IReadOnlyList<Place>> PlacesAsync(Visit visit)
    {
        var invitation = visit.Standing!.Invitation!;
        if (!invitation.HasPlaces) return [new(invitation.OrganisationId, invitation.Level)];
        using var scope = scopes.CreateScope();
        var found = await scope.ServiceProvider.GetRequiredService<ColeadDb>().Memberships.Where(m => m.PersonId == invitation.PersonId && m.LeftOn == null)
            .Select(m => new Place(m.OrganisationId, m.Level)).ToListAsync();
        var asked = new Place(invitation.OrganisationId, invitation.Level);
        return [asked, .. found.Where(p => p.OrganisationId != asked.OrganisationId && visit.Round!.Levels.Contains(p.Level) && visit.Round.OrganisationName(p.OrganisationId) is not null)];
    }

    /// <summary>Begins an empty draft and gives the mark for the device's cookie; null when the round is open no more. Without a level it is the invitation's when it is sent.</summary>
    public async Task<string?> StartAsync(Visit visit, long? organisationId, Level? level, string language)
    {
        var key = RandomNumberGenerator.GetBytes(16);
        var draft = new Draft
        {
            RoundId = visit.Round!.Id,
            InvitationId = visit.Standing!.Invitation?.Id,
            Key = key,
            CodeHash = visit.SecretHash is { } hash ? Devices.HashOfCode(await devices.CodeAsync(key, hash)) : null,
            OrganisationId = organisationId,
            Level = level,
            Language = language,
            Answers = new byte[visit.Round.Instrument.ItemCount],
            Comments = JsonSerializer.Serialize(Enumerable.Repeat("", visit.Round.Instrument.Dimensions.Count)),
        };
        if (!await store.StartAsync(draft)) return null;
        var mark = await devices.MarkAsync(key);
        var begun = new SavedDraft(key, organisationId, level, language, draft.Answers, draft.Comments, 0);
        Remember(visit with { Situation = Situation.Begun, Mark = mark, Standing = visit.Standing with { Draft = begun } }, saved: true);
        return mark;
    }

    /// <summary>Saves one page over what was seen; when another window saved meanwhile, over that. False when there is nothing to save into any more.</summary>
    /// <param name="comment">Null leaves the one that is saved.</param>
    public async Task<bool> SaveAsync(Visit visit, int page, byte[] answers, string? comment, string language)
    {
        var (instrument, draft) = (visit.Round!.Instrument, visit.Draft!);
        for (var attempt = 0; attempt < MostSaves; attempt++)
        {
            var all = Over(draft.Answers, instrument.FirstItem(page - 1), answers);
            var comments = CommentsOf(draft);
            comments[page - 1] = comment ?? comments[page - 1];
            var next = draft with { Answers = all, Comments = JsonSerializer.Serialize(comments), Language = language, Pages = Math.Max(draft.Pages, page) };
            if (await store.SaveAsync(draft, next))
            {
                Remember(visit with { Standing = visit.Standing! with { Draft = next } }, saved: true);
                return true;
            }
            var now = visit.SecretHash is { } hash ? await store.FindAsync(hash, draft.Key) : await store.FindOpenAsync(visit.OpenLink!, draft.Key);
            if (now?.Draft is not { } newer) return false;
            draft = newer;
        }
        return false;
    }

    /// <summary>One page's answers over those that are saved. A choice cannot be taken back in a browser, so where nothing is chosen the page was shown before another window chose.</summary>
    public static byte[] Over(byte[] saved, int first, byte[] given)
    {
        var all = (byte[])saved.Clone();
        for (var item = 0; item < given.Length; item++)
            if (given[item] != Answer.SkippedCode) all[first + item] = given[item];
        return all;
    }

    /// <summary>Sends the draft as it is saved. False when it changed or went meanwhile.</summary>
    public async Task<bool> SendAsync(Visit visit)
    {
        if (visit.Mark is { } mark) seen.Remove(mark);
        var (draft, invitation) = (visit.Draft!, visit.Standing!.Invitation);
        var sent = await store.SendAsync(new(draft, new Response
        {
            Key = RandomNumberGenerator.GetBytes(16),
            RoundId = visit.Round!.Id,
            ByOpenLink = visit.ByOpenLink,
            OrganisationId = draft.Level is null ? invitation?.OrganisationId : draft.OrganisationId,
            Level = draft.Level ?? invitation?.Level ?? throw new InvalidOperationException("A draft by open link states its level."),
            Answers = [.. draft.Answers.Select(code => code == SkipCode ? (byte)0 : code)],
            Comments = draft.Comments,
        }) { InvitationId = invitation?.Id, SecretHash = visit.SecretHash });
        if (sent) Remember(visit with { Situation = visit.ByOpenLink ? Situation.UsedDevice : Situation.Used, Standing = visit.Standing with { Draft = null } }, saved: true); // for the page of thanks
        return sent;
    }

    public void Dispose() => seen.Dispose();

    public static string[] CommentsOf(SavedDraft draft) => JsonSerializer.Deserialize<string[]>(draft.Comments)!;

    /// <summary>The short code of the draft, for another device.</summary>
    public async ValueTask<string?> CodeAsync(Visit visit) => visit is { SecretHash: { } hash, Draft: { } draft } ? Devices.Spaced(await devices.CodeAsync(draft.Key, hash)) : null;

    /// <summary>The mark for a device that knows the code of a draft of this link. A wrong one counts against all of them.</summary>
    public async Task<(string? Mark, bool MayTryAgain)> OpenByCodeAsync(Visit visit, string? typed)
    {
        var hash = Devices.HashOfCode(typed);
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<ColeadDb>();
        var invitation = visit.Standing!.Invitation!.Id;
        // The try is counted before it is judged, in one statement: many at once do not get more of them.
        var left = await db.Drafts.Where(d => d.InvitationId == invitation && d.CodeTries < MostCodeTries).ExecuteUpdateAsync(set => set.SetProperty(d => d.CodeTries, d => d.CodeTries + 1));
        if (left == 0) return (null, false);
        var key = await db.Drafts.Where(d => d.InvitationId == invitation && d.CodeHash == hash && d.CodeTries <= MostCodeTries).Select(d => d.Key).FirstOrDefaultAsync();
        if (key is null || !await IsOfLinkAsync(key, hash, visit.SecretHash!))
            return (null, await db.Drafts.AnyAsync(d => d.InvitationId == invitation && d.CodeTries < MostCodeTries));
        await db.Drafts.Where(d => d.InvitationId == invitation).ExecuteUpdateAsync(set => set.SetProperty(d => d.CodeTries, 0));
        return (await devices.MarkAsync(key), true);
    }

    private Visit Remember(Visit visit, bool saved = false)
    {
        if (visit.Mark is { } mark && (saved || visit.Situation == Situation.Begun)) seen.Set(mark, new Seen(visit, saved ? clock.GetTimestamp() : null), visit.Draft is null ? ForThanks : ForAWhile);
        return visit;
    }

    private Visit? Lately(string? mark, string? link, bool forChange)
    {
        if (mark is null || link is null || !seen.TryGetValue(mark, out Seen? lately) || !lately!.Visit.Base.EndsWith("/" + link, StringComparison.Ordinal)) return null;
        var savedAt = Interlocked.Exchange(ref lately.SavedAt, null); // one look only
        return forChange || savedAt is long at && clock.GetElapsedTime(at) < AtOnce ? lately.Visit : null;
    }

    private sealed class Seen(Visit visit, object? savedAt)
    {
        /// <summary>A time stamp until it is looked at, when this server saved it.</summary>
        public object? SavedAt = savedAt;
        public Visit Visit => visit;
    }

    private async Task<Situation> SituationAsync(LinkStanding standing, InvitationStanding invitation, byte[] hash)
    {
        if (OfState(standing.State) is { } closed) return closed;
        if (invitation.Withdrawn) return Situation.Withdrawn;
        if (invitation.Answered) return Situation.Used;
        if (standing.Draft is not null) return Situation.Begun;
        if (!invitation.HasDrafts) return Situation.Ready;
        using var scope = scopes.CreateScope();
        var keys = await scope.ServiceProvider.GetRequiredService<ColeadDb>().Drafts.Where(d => d.InvitationId == invitation.Id).Select(d => new { d.Key, d.CodeHash }).ToListAsync();
        foreach (var draft in keys)
            if (await IsOfLinkAsync(draft.Key, draft.CodeHash, hash)) return Situation.BegunElsewhere;
        return Situation.Ready;
    }

    /// <summary>Whether a draft was begun by this link, and not by one that it replaced.</summary>
    private async Task<bool> IsOfLinkAsync(byte[] draftKey, byte[]? codeHash, byte[] secretHash)
    {
        var expected = Devices.HashOfCode(await devices.CodeAsync(draftKey, secretHash));
        return codeHash is not null && CryptographicOperations.FixedTimeEquals(expected, codeHash);
    }

    private async Task<Visit> FormerAsync(string address, byte[] hash)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<ColeadDb>();
        var former = await db.FormerLinks.Where(l => l.SecretHash == hash).Select(l => new { l.End, l.RoundId }).FirstOrDefaultAsync();
        if (former is null || await sheets.LoadAsync(former.RoundId) is not { } round) return new(address, Situation.Unknown);
        var situation = OfState(round.State) ?? former.End switch { LinkEnd.Withdrawn => Situation.Withdrawn, LinkEnd.Replaced => Situation.Replaced, _ => Situation.Over };
        return new(address, situation) { Round = round };
    }

    private static Situation? OfState(RoundState state) => state switch
    {
        RoundState.Open => null,
        RoundState.Draft => Situation.NotYetOpen,
        RoundState.Cancelled => Situation.Cancelled,
        _ => Situation.Over,
    };
}
