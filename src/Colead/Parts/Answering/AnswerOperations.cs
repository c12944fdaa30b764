using System.Security.Cryptography;
using System.Text.Json;
using Colead.Analysis.Instruments;
using Colead.Parts.Invitations;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Colead.Storage.Keys;
using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace Colead.Parts.Answering;

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
    /// <summary>This server does not find the key to the round's answers.</summary>
    TryLater,
}

/// <summary>What somebody comes to a link for.</summary>
public enum Purpose
{
    Look,
    /// <summary>
    /// What this server saw of the draft lately is enough: the change that follows names what it saw, and is refused when that is no
    /// longer so.
    /// </summary>
    Change,
    /// <summary>
    /// Beginning asks itself whether the invitation was answered, so nobody asks before it: a link without a draft of this device is
    /// ready.
    /// </summary>
    Begin,
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

    /// <summary>What this device has saved.</summary>
    public DraftContent? Draft { get; init; }

    public bool ByOpenLink => OpenLink is not null;
    /// <summary>A slip is nobody's until it is drawn: who draws it says where they belong.</summary>
    public bool IsSlip => Standing?.Invitation is { PersonId: null };
}

/// <summary>An organisation and level that a person may answer for.</summary>
public sealed record Place(long OrganisationId, Level Level);

/// <summary>
/// Answering: what a link leads to, a draft begun, saved page by page and sent. Nobody is signed in here, nothing is written into the audit
/// trail, and opening a link changes nothing.
/// </summary>
public sealed class AnswerOperations : IDisposable
{
    /// <summary>Wrong short codes that a draft takes.</summary>
    public const int MostCodeTries = 5;
    public const int CommentLength = 1000;
    /// <summary>In a draft: "skip" was chosen, on a page of before, which sending makes the same as nothing chosen.</summary>
    public const byte SkipCode = 254;
    private const int MostSaves = 8;
    private const string SentTag = "sent by a slip";

    private readonly AnswerStore store;
    private readonly RoundSheets sheets;
    private readonly KeyFolder keys;
    private readonly IServiceScopeFactory scopes;
    private readonly TimeProvider clock;

    public AnswerOperations(AnswerStore store, RoundSheets sheets, KeyFolder keys, IServiceScopeFactory scopes, TimeProvider clock)
    {
        (this.store, this.sheets, this.keys, this.scopes, this.clock) = (store, sheets, keys, scopes, clock);
        keys.Forgotten += Forget;
    }

    /// <summary>The redirect that follows a save comes within this time, or the page is read anew.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);
    private static readonly MemoryCacheEntryOptions ForAWhile =
        new() { Size = 1, AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(20) };
    private static readonly MemoryCacheEntryOptions ForThanks = new() { Size = 1, AbsoluteExpirationRelativeToNow = AtOnce };

    /// <summary>
    /// Drafts as this server saw them lately, by the device's mark. A change needs no look at the database before it, because it names what
    /// it saw and is refused when that is no longer so. The page that a save leads to shows what was saved; any other look is read anew,
    /// because another server may have saved since.
    /// </summary>
    private readonly MemoryCache seen = new(new MemoryCacheOptions { SizeLimit = 20_000 });

    public async Task<Visit> ByInvitationAsync(string? typed, string? mark, Purpose purpose = Purpose.Look)
    {
        if (Lately(mark, typed, purpose) is { } seen) return seen;
        if (LinkSecret.Read(typed) is not { } secret) return new("/answer", Situation.Unknown);
        var (address, hash) = (AnswerLinks.Answer(secret.ToString()), secret.Hash());
        if (await store.FindAsync(hash,
            Devices.KeyOf(mark)) is not { Invitation: { } invitation } standing) return await FormerAsync(address, hash);
        var visit = new Visit(address, Situation.Ready) { Round = await sheets.ReadAsync(standing.RoundId, standing.RoundVersion),
            Standing = standing, SecretHash = hash, Mark = mark };
        if (OfState(standing) is { } closed) return visit with { Situation = closed };
        if (invitation.Withdrawn || invitation.Replaced) return visit with { Situation = invitation.Replaced ? Situation.Replaced
            : Situation.Withdrawn };
        if (keys.Find(KeyUse.Round, standing.Key) is not { } key) return visit with { Situation = Situation.TryLater };
        if (DraftOf(standing, key, mark,
            key.Tag(SealedAnswers.DraftTag, invitation.Id)) is { } draft) return Remember(visit with { Situation = Situation.Begun, Draft =
            draft });
        if (purpose == Purpose.Begin) return visit;
        // Whether a slip was used, or begun with, is told to nobody but who sent by it: whoever prints slips would count them.
        // That is a device with a mark and no draft: it tried to send, and a draft of a slip ends with its own sending alone.
        if (visit.IsSlip) return visit with { Situation = standing.Draft is null && Devices.IsOf(key, mark) ? Situation.Used
            : Situation.Ready };
        var (answered, hasDrafts) = await store.StandsAsync(key.Tag(SealedAnswers.AnsweredTag, invitation.Id),
            key.Tag(SealedAnswers.DraftTag, invitation.Id));
        return visit with { Situation = answered ? Situation.Used : hasDrafts ? Situation.BegunElsewhere : Situation.Ready };
    }

    public async Task<Visit> ByOpenLinkAsync(string openLink, string? mark, Purpose purpose = Purpose.Look)
    {
        if (Lately(mark, openLink, purpose) is { } seen) return seen;
        var address = AnswerLinks.AnswerOpen(openLink);
        if (openLink.Length > 40 || await store.FindOpenAsync(openLink, Devices.KeyOf(mark)) is not { } standing) return new(address,
            Situation.Unknown) { OpenLink = openLink };
        var visit = new Visit(address, Situation.Ready) { Round = await sheets.ReadAsync(standing.RoundId, standing.RoundVersion),
            Standing = standing, OpenLink = openLink, Mark = mark };
        if (OfState(standing) is { } closed) return visit with { Situation = closed };
        if (keys.Find(KeyUse.Round, standing.Key) is not { } key) return visit with { Situation = Situation.TryLater };
        if (DraftOf(standing, key, mark, tag: null) is { } draft) return Remember(visit with { Situation = Situation.Begun,
            Draft = draft });
        // a draft of this device that is gone was sent
        return visit with { Situation = Devices.IsOf(key, mark) ? Situation.UsedDevice : Situation.Ready };
    }

    /// <summary>For which organisations the invited person may answer, the one they were asked for first. None for a slip: who draws it
    /// says so.</summary>
    public async Task<IReadOnlyList<Place>> PlacesAsync(Visit visit)
    {
        if (visit.Standing!.Invitation is not { OrganisationId: { } organisation, Level: { } level,
            PersonId: { } person } invitation) return [];
        var asked = new Place(organisation, level);
        if (!invitation.HasPlaces) return [asked];
        using var scope = scopes.CreateScope();
        var found = await scope.ServiceProvider.GetRequiredService<ColeadDb>().Set<Membership>()
            .Where(m => m.PersonId == person && m.LeftOn == null)
            .Select(m => new Place(m.OrganisationId, m.Level)).ToListAsync();
        return [asked, .. found.Where(p => p.OrganisationId != asked.OrganisationId && visit.Round!.Levels.Contains(p.Level)
            && visit.Round.OrganisationName(p.OrganisationId) is not null)];
    }

    /// <summary>
    /// Begins an empty draft and gives the mark for the device's cookie; null when the round is open no more, or the invitation answered.
    /// Without a level it is the invitation's when it is sent.
    /// </summary>
    public async Task<string?> StartAsync(Visit visit, long? organisationId, Level? level, string language)
    {
        var (round, standing, row) = (visit.Round!, visit.Standing!, RandomNumberGenerator.GetBytes(SealingKey.TagLength));
        var key = keys.Read(KeyUse.Round, standing.Key!);
        var begun = new DraftContent(organisationId, level, language, new byte[round.Instrument.ItemCount],
            JsonSerializer.Serialize(Enumerable.Repeat("", round.Instrument.Dimensions.Count)), 0);
        var draft = new SealedDraft(row, standing.Invitation is { } invitation ? key.Tag(SealedAnswers.DraftTag, invitation.Id) : null,
            begun.Seal(key, round.Id, row));
        var code = visit.SecretHash is { } hash ? DraftCodes.Hash(key, DraftCodes.Of(key, row, hash)) : null;
        var answered = standing.Invitation is { PersonId: not null } asked ? key.Tag(SealedAnswers.AnsweredTag, asked.Id) : null;
        if (!await store.StartAsync(new(round.Id, draft, code) { Answered = answered })) return null;
        var mark = Devices.Mark(key, row);
        Remember(visit with { Situation = Situation.Begun, Mark = mark, Draft = begun, Standing = standing with { Draft = draft } },
            saved: true);
        return mark;
    }

    /// <summary>Saves one page over what was seen; when another window saved meanwhile, over that. False when there is nothing to save into
    /// any more.</summary>
    /// <param name="comment">Null leaves the one that is saved.</param>
    public async Task<bool> SaveAsync(Visit visit, int page, byte[] answers, string? comment, string language)
    {
        var instrument = visit.Round!.Instrument;
        var key = keys.Read(KeyUse.Round, visit.Standing!.Key!);
        var (draft, seal) = (visit.Draft!, visit.Standing.Draft!);
        for (var attempt = 0; attempt < MostSaves; attempt++)
        {
            var all = Over(draft.Answers, instrument.FirstItem(page - 1), answers);
            var comments = CommentsOf(draft);
            comments[page - 1] = comment ?? comments[page - 1];
            var next = draft with { Answers = all, Comments = JsonSerializer.Serialize(comments), Language = language,
                Pages = Math.Max(draft.Pages, page) };
            var content = next.Seal(key, visit.Round.Id, seal.Key);
            if (await store.SaveAsync(seal, content))
            {
                Remember(visit with { Draft = next, Standing = visit.Standing with { Draft = seal with { Content = content } } },
                    saved: true);
                return true;
            }
            var now = visit.SecretHash is { } hash ? await store.FindAsync(hash, seal.Key)
                : await store.FindOpenAsync(visit.OpenLink!, seal.Key);
            if (now?.Draft is not { } newer || DraftContent.Open(key, visit.Round.Id, newer) is not { } again) return false;
            (draft, seal) = (again, newer);
        }
        return false;
    }

    /// <summary>One page's answers over those that are saved. A choice cannot be taken back in a browser, so where nothing is chosen the
    /// page was shown before another window chose.</summary>
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
        var (draft, standing, round, row) = (visit.Draft!, visit.Standing!, visit.Round!,
            RandomNumberGenerator.GetBytes(SealingKey.TagLength));
        var (invitation, key) = (standing.Invitation, keys.Read(KeyUse.Round, standing.Key!));
        var answered = invitation is null ? null : key.Tag(SealedAnswers.AnsweredTag, invitation.Id);
        var answer = new AnswerContent(
            visit.ByOpenLink,
            answered ?? [],
            draft.Level is null ? invitation?.OrganisationId : draft.OrganisationId,
            Sector: null,
            draft.Level ?? invitation?.Level
                ?? throw new InvalidOperationException("Whoever answers by the open link or a slip states their level."),
            // elsewhere nobody confirmed them
            invitation is { Counts: true } && (draft.Level is null || invitation.OrganisationId is null
                || invitation.OrganisationId == draft.OrganisationId),
            [.. draft.Answers.Select(code => code == SkipCode ? (byte)0 : code)],
            draft.Comments);
        var sent = await store.SendAsync(new(standing.Draft!, new Response { Key = row, RoundId = round.Id, Content = answer.Seal(key,
            round.Id, row) })
        {
            SecretHash = visit.SecretHash,
            Answered = answered,
            LeavesOtherDrafts = visit.IsSlip,
        });
        // for the page of thanks
        if (sent) Remember(visit with { Situation = visit.ByOpenLink ? Situation.UsedDevice : Situation.Used, Draft = null,
            Standing = standing with { Draft = null } }, saved: true);
        return sent;
    }

    /// <summary>Whether answers were sent by a slip already; asked by whoever tries to send by it, and by nobody else.</summary>
    public async Task<bool> IsUsedAsync(Visit slip)
    {
        var (key, invitation) = (keys.Read(KeyUse.Round, slip.Standing!.Key!), slip.Standing.Invitation!.Id);
        return (await store.StandsAsync(key.Tag(SealedAnswers.AnsweredTag, invitation), key.Tag(SealedAnswers.DraftTag,
            invitation))).Answered;
    }

    /// <summary>The mark of a device that sent by a slip, or tried to: it is told from then on that the slip is used.</summary>
    public string SentMark(Visit slip)
    {
        var key = keys.Read(KeyUse.Round, slip.Standing!.Key!);
        return Devices.Mark(key, key.Tag(SentTag, slip.Standing.Invitation!.Id));
    }

    public void Dispose()
    {
        keys.Forgotten -= Forget;
        seen.Dispose();
    }

    public static string[] CommentsOf(DraftContent draft) => JsonSerializer.Deserialize<string[]>(draft.Comments)!;

    /// <summary>The short code of the draft, for another device.</summary>
    public string? Code(Visit visit) => visit is { SecretHash: { } hash, Standing: { Draft: { } draft, Key: { } name } }
        ? Devices.Spaced(DraftCodes.Of(keys.Read(KeyUse.Round, name), draft.Key, hash)) : null;

    /// <summary>The mark for a device that knows the code of a draft of this link. A wrong one counts against all of them.</summary>
    public async Task<(string? Mark, bool MayTryAgain)> OpenByCodeAsync(Visit visit, string? typed)
    {
        var key = keys.Read(KeyUse.Round, visit.Standing!.Key!);
        var (tag, hash) = (key.Tag(SealedAnswers.DraftTag, visit.Standing.Invitation!.Id), DraftCodes.Hash(key, DraftCodes.Read(typed)));
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<ColeadDb>();
        // On a slip anybody may begin: tries that count would shut others out. A code has forty bits, and tries are few a minute.
        if (visit.IsSlip)
            return (await db.Drafts.Where(d => d.Tag == tag && d.CodeHash == hash).Select(d => d.Key).FirstOrDefaultAsync() is { } own
                ? Devices.Mark(key, own) : null, true);
        // The try is counted before it is judged, in one statement: many at once do not get more of them.
        var left = await db.Drafts.Where(d => d.Tag == tag && d.CodeTries < MostCodeTries)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.CodeTries, d => d.CodeTries + 1));
        if (left == 0) return (null, false);
        var row = await db.Drafts.Where(d => d.Tag == tag && d.CodeHash == hash && d.CodeTries <= MostCodeTries).Select(d => d.Key)
            .FirstOrDefaultAsync();
        if (row is null) return (null, await db.Drafts.AnyAsync(d => d.Tag == tag && d.CodeTries < MostCodeTries));
        await db.Drafts.Where(d => d.Tag == tag).ExecuteUpdateAsync(set => set.SetProperty(d => d.CodeTries, 0));
        return (Devices.Mark(key, row), true);
    }

    /// <summary>A key was destroyed: what this server remembers of drafts may have lain under it.</summary>
    private void Forget(object? sender, EventArgs args) => seen.Clear();

    /// <summary>The draft that the asking device holds, where its mark, its tag and its seal are genuine.</summary>
    private static DraftContent? DraftOf(LinkStanding standing, SealingKey key, string? mark, byte[]? tag) =>
        standing.Draft is { } draft && Devices.IsOf(key, mark) && draft.Tag.AsSpan().SequenceEqual(tag)
            ? DraftContent.Open(key, standing.RoundId, draft) : null;

    private Visit Remember(Visit visit, bool saved = false)
    {
        if (visit.Mark is { } mark && (saved || visit.Situation == Situation.Begun)) seen.Set(mark,
            new Seen(visit, saved ? clock.GetTimestamp() : null), visit.Draft is null ? ForThanks : ForAWhile);
        return visit;
    }

    private Visit? Lately(string? mark, string? link, Purpose purpose)
    {
        if (mark is null || link is null || !seen.TryGetValue(mark, out Seen? lately)
            || !lately!.Visit.Base.EndsWith("/" + link, StringComparison.Ordinal)) return null;
        var savedAt = Interlocked.Exchange(ref lately.SavedAt, null); // one look only
        return purpose != Purpose.Look || savedAt is long at && clock.GetElapsedTime(at) < AtOnce ? lately.Visit : null;
    }

    private sealed class Seen(Visit visit, object? savedAt)
    {
        /// <summary>A time stamp until it is looked at, when this server saved it.</summary>
        public object? SavedAt = savedAt;
        public Visit Visit => visit;
    }

    private async Task<Visit> FormerAsync(string address, byte[] hash)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<ColeadDb>();
        var former = await db.Set<FormerLink>().Where(l => l.SecretHash == hash).Select(l => new { l.End, l.RoundId })
            .FirstOrDefaultAsync();
        if (former is null || await sheets.LoadAsync(former.RoundId) is not { } round) return new(address, Situation.Unknown);
        var situation = OfState(round.State, closing: false)
            ?? former.End switch { LinkEnd.Withdrawn => Situation.Withdrawn, LinkEnd.Replaced => Situation.Replaced, _ => Situation.Over };
        return new(address, situation) { Round = round };
    }

    private static Situation? OfState(LinkStanding standing) => OfState(standing.State, standing.Closing);

    private static Situation? OfState(RoundState state, bool closing) => state switch
    {
        RoundState.Open when !closing => null,
        RoundState.Draft => Situation.NotYetOpen,
        RoundState.Cancelled => Situation.Cancelled,
        _ => Situation.Over,
    };
}
