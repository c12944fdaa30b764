namespace Colead.Storage.Accounts;

/// <summary>One browser that is signed in. The cookie names it; when it ends here, the cookie opens nothing any more, wherever a copy of it
/// lies.</summary>
public sealed class AccountSession
{
    public const int IdLength = 22;
    public const int BrowserLength = 60;

    /// <summary>However busy it is, it ends then.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);
    /// <summary>After so long without a visit it ends.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromHours(12);

    /// <summary>A secret: 128 random bits.</summary>
    public required string Id { get; init; }
    public required long AccountId { get; init; }
    public required DateTime BeganAt { get; init; }
    /// <summary>The hour of the last visit; finer would keep a diary of somebody's day.</summary>
    public required DateTime SeenAt { get; set; }
    /// <summary>"Firefox on Windows".</summary>
    public required string Browser { get; init; }
    public DateTime? EndedAt { get; set; }

    public static DateTime HourOf(DateTime time) => new(time.Year, time.Month, time.Day, time.Hour, 0, 0, DateTimeKind.Utc);

    /// <summary>The visit of an hour may have been at its end.</summary>
    public static bool IsOver(DateTime beganAt, DateTime seenAt, DateTime now) => now >= beganAt + Longest || now >= seenAt + LongestPause
        + TimeSpan.FromHours(1);
}

/// <summary>The half minute of the last code from an authenticator app that opened something: that code and those before it open nothing
/// again.</summary>
public sealed class AccountCode
{
    public required long AccountId { get; init; }
    public required long Step { get; set; }
}
