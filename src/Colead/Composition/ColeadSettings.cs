namespace Colead.Composition;

/// <summary>
/// Everything an operator may set. Read from <c>colead.json</c> in the data folder, then from the environment (COLEAD_Mail__Host), then
/// from the command line.
/// </summary>
public sealed class ColeadSettings
{
    /// <summary>Where the SQLite database and colead.json live.</summary>
    public string DataFolder { get; set; } = "data";
    /// <summary>Where keys lie, outside the data folder: whoever copies the data has no key to it. Beside the data folder unless stated;
    /// all servers use the same.</summary>
    public string? Keys { get; set; }
    /// <summary>
    /// Whether one copy of the keys of open rounds is kept apart; respondents are told. Null: they are told that it may be.
    /// </summary>
    public bool? KeysCopied { get; set; }
    /// <summary>A PostgreSQL connection string; without one SQLite is used.</summary>
    public string? Database { get; set; }
    /// <summary>The address people use, for links in mail; without one, the address of the request.</summary>
    public string? Address { get; set; }
    /// <summary>Where faults in security are reported: an address or a page. It stands in /.well-known/security.txt.</summary>
    public string? SecurityContact { get; set; }
    /// <summary>Whether a proxy in front says who asks (X-Forwarded-For and -Proto).</summary>
    public bool BehindProxy { get; set; }
    public MailSettings Mail { get; set; } = new();
    /// <summary>Attempts to sign in, reset or join that one address may make in a minute.</summary>
    public int AttemptsPerMinute { get; set; } = 30;
    /// <summary>Answers by open links that one address may begin in an hour; a hall full of people may share an address.</summary>
    public int OpenAnswersPerHour { get; set; } = 120;
    /// <summary>
    /// Answers by personal links and slips that one address may begin in a minute. A slip may be begun with again and again, and each time
    /// is kept.
    /// </summary>
    public int AnswersBegunPerMinute { get; set; } = 300;

    public static ColeadSettings Read(string? dataFolder)
    {
        var folder = dataFolder ?? Environment.GetEnvironmentVariable("COLEAD_DataFolder") ?? "data";
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.GetFullPath(Path.Combine(folder, "colead.json")), optional: true)
            .AddEnvironmentVariables("COLEAD_")
            .Build();
        var settings = configuration.Get<ColeadSettings>() ?? new ColeadSettings();
        settings.DataFolder = Path.GetFullPath(folder);
        return settings;
    }
}

/// <summary>The mail server. Without a host no mail is sent, and pages show the link to copy instead.</summary>
public sealed class MailSettings
{
    /// <summary>The port at which TLS begins with the first byte; at others it begins with STARTTLS.</summary>
    public const int TlsFromTheStart = 465;

    public string? Host { get; set; }
    public int Port { get; set; } = 587;
    public string From { get; set; } = "colead@localhost";
    /// <summary>Where answers to letters go; to the sender where nothing is set.</summary>
    public string? ReplyTo { get; set; }
    public string? User { get; set; }
    public string? Password { get; set; }
    /// <summary>Turn off only for a server on the same machine.</summary>
    public bool Tls { get; set; } = true;

    public bool IsSetUp => !string.IsNullOrWhiteSpace(Host);
}
