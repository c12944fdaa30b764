using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using Colead.Kit.Texts;
using Colead.Storage;
using Colead.Storage.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Accounts;

/// <summary>Sessions as rows: who signs out is out, whoever has a copy of the cookie.</summary>
public sealed class Sessions(Lazy<ColeadDb> db, SessionsSeen seen, IHttpContextAccessor http, TimeProvider clock)
{
    private static readonly object Here = new();
    /// <summary>So long after signing in nobody is asked again who they are.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    /// <summary>The session of this request.</summary>
    public string? Current => (http.HttpContext?.Items[Here] as Mine)?.Id;

    /// <summary>The account's sessions that go on, the latest first.</summary>
    public async Task<List<AccountSession>> OfAsync(long accountId)
    {
        var now = clock.Now();
        var open = await db.Value.AccountSessions.AsNoTracking().Where(s => s.AccountId == accountId && s.EndedAt == null)
            .OrderByDescending(s => s.BeganAt).ToListAsync();
        foreach (var session in open) session.SeenAt = seen.LastOf(session);
        return [.. open.Where(s => !AccountSession.IsOver(s.BeganAt, s.SeenAt, now)).OrderByDescending(s => s.SeenAt)];
    }

    /// <summary>Whether this session began a moment ago.</summary>
    public async Task<bool> IsFreshAsync()
    {
        var (id, since) = (Current, clock.Now() - Fresh);
        return await db.Value.AccountSessions.AnyAsync(s => s.Id == id && s.BeganAt > since);
    }

    /// <summary>Ends one session of the account, or all.</summary>
    public async Task EndAsync(long accountId, string? only = null)
    {
        var now = clock.Now();
        await db.Value.AccountSessions.Where(s => s.AccountId == accountId && s.EndedAt == null && (only == null || s.Id == only))
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, now));
        seen.Forget(accountId);
    }

    /// <summary>A cookie is about to be written: it is given a session, or keeps the one it has.</summary>
    internal async Task BeginAsync(CookieSigningInContext context)
    {
        if (context.Properties.Items.ContainsKey(nameof(AccountSession)) || IdOf(context.Principal) is not { } account) return;
        await EndCurrentAsync(); // somebody else, or the same again, in the same browser
        var now = clock.Now();
        var session = new AccountSession { Id = Secret.New(), AccountId = account, BeganAt = now, SeenAt = AccountSession.HourOf(now),
            Browser = Browsers.InWords(context.Request.Headers.UserAgent) };
        db.Value.AccountSessions.Add(session);
        await db.Value.SaveChangesAsync();
        context.Properties.Items[nameof(AccountSession)] = session.Id;
        context.HttpContext.Items[Here] = new Mine(session.Id, account);
    }

    /// <summary>A cookie came: without a session that goes on it is nobody's.</summary>
    internal async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        if (context.Properties.Items.TryGetValue(nameof(AccountSession), out var id) && id is not null
            && IdOf(context.Principal) is { } account && await GoesOnAsync(id, account))
        {
            context.HttpContext.Items[Here] = new Mine(id, account);
            await SecurityStampValidator.ValidatePrincipalAsync(context);
            return;
        }
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    /// <summary>The cookie is taken away: the session ends with it.</summary>
    internal async Task EndCurrentAsync()
    {
        if (http.HttpContext?.Items[Here] is Mine mine) await EndAsync(mine.Account, only: mine.Id);
    }

    private async Task<bool> GoesOnAsync(string id, long account)
    {
        var now = clock.Now();
        if (seen.Has(id, account, now)) return true;
        var row = await db.Value.AccountSessions.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id && s.AccountId == account);
        var goesOn = row is { EndedAt: null } && !AccountSession.IsOver(row.BeganAt, seen.LastOf(row), now);
        if (goesOn) seen.Note(row!, now);
        else seen.Forget(account, id);
        return goesOn;
    }

    private sealed record Mine(string Id, long Account);

    private static long? IdOf(ClaimsPrincipal? principal) =>
        long.TryParse(principal?.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id : null;
}

/// <summary>
/// What this server saw of sessions. A session found open is not looked up again for ten seconds, so that one that was ended at another
/// server lives so long here. Visits are written down beside requests, an hour at a time: reading a page writes nothing.
/// </summary>
public sealed class SessionsSeen(IServiceScopeFactory scopes, TimeProvider clock, ILogger<SessionsSeen> log) : BackgroundService
{
    public static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, Seen> sessions = new(StringComparer.Ordinal);
    private DateTime clearedAt;

    internal bool Has(string id, long account, DateTime now)
    {
        if (!sessions.TryGetValue(id, out var session) || session.Account != account || (now - session.CheckedAt).Duration() >= LookAgain
            || now >= session.BeganAt + AccountSession.Longest) return false;
        session.LastAt = now;
        return true;
    }

    /// <summary>The hour of the last visit, here or as the row says.</summary>
    internal DateTime LastOf(AccountSession row) =>
        sessions.TryGetValue(row.Id, out var session) && AccountSession.HourOf(session.LastAt) is var hour && hour > row.SeenAt ? hour
            : row.SeenAt;

    internal void Note(AccountSession row, DateTime now) => sessions[row.Id] =
        new(row.AccountId, row.BeganAt, row.SeenAt, now) { LastAt = now };

    internal void Forget(long account, string? id = null)
    {
        foreach (var (key, session) in sessions)
            if (session.Account == account && (id is null || key == id)) sessions.TryRemove(key, out _);
    }

    /// <summary>Writes down the hours of visits, and deletes sessions that are over for good.</summary>
    public async Task WriteAsync(CancellationToken cancellation = default)
    {
        var now = clock.Now();
        var newer = sessions.Where(s => AccountSession.HourOf(s.Value.LastAt) > s.Value.WrittenAt).ToList();
        var clear = now >= clearedAt + TimeSpan.FromHours(1);
        if (newer.Count == 0 && !clear) return;
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<ColeadDb>();
        foreach (var (id, session) in newer)
        {
            var hour = AccountSession.HourOf(session.LastAt);
            await db.AccountSessions.Where(s => s.Id == id && s.SeenAt < hour)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.SeenAt, hour), cancellation);
            session.WrittenAt = hour;
        }
        if (!clear) return;
        var longAgo = now - AccountSession.Longest;
        await db.AccountSessions.Where(s => s.BeganAt < longAgo).ExecuteDeleteAsync(cancellation);
        foreach (var (id, session) in sessions)
            if (AccountSession.IsOver(session.BeganAt, session.LastAt, now)) sessions.TryRemove(id, out _);
        clearedAt = now;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await TryAsync(stoppingToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(cancellationToken);
    }

    private async Task TryAsync(CancellationToken cancellation)
    {
        try
        {
            await WriteAsync(cancellation);
        }
        catch (Exception error) when (error is System.Data.Common.DbException or TimeoutException or InvalidOperationException or OperationCanceledException)
        {
            if (!cancellation.IsCancellationRequested) SessionsLog.Wait(log, error); // tried again with the next
        }
    }

    private sealed class Seen(long account, DateTime beganAt, DateTime writtenAt, DateTime checkedAt)
    {
        public long Account => account;
        public DateTime BeganAt => beganAt;
        public DateTime CheckedAt => checkedAt;
        public DateTime WrittenAt { get; set; } = writtenAt;
        public DateTime LastAt { get; set; }
    }
}

internal static partial class SessionsLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Visits could not be written down; they are tried again")]
    public static partial void Wait(ILogger log, Exception error);
}

/// <summary>What a browser calls itself, in plain words.</summary>
public static class Browsers
{
    private static readonly (string Mark, string Name)[] Kinds =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"),
            ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari")];
    private static readonly (string Mark, string Name)[] Machines =
        [("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "a Chromebook"),
            ("Macintosh", "a Mac"), ("Linux", "Linux")];

    public static string InWords(string? userAgent)
    {
        var kind = Find(Kinds, userAgent) ?? "A browser";
        return Find(Machines, userAgent) is { } machine ? $"{kind} on {machine}" : kind;
    }

    private static string? Find((string Mark, string Name)[] known, string? userAgent) =>
        known.FirstOrDefault(k => userAgent?.Contains(k.Mark, StringComparison.Ordinal) == true).Name;
}
