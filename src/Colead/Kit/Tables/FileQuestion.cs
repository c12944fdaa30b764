namespace Colead.Kit.Tables;

/// <summary>One way to answer, and what stands beside it on the page.</summary>
public sealed record FileOption(string Value, string Label);

/// <summary>
/// Something about a file that can be understood in more than one way. It is open where nobody can tell but a person; otherwise it says
/// what was found, and another is one
/// press away. Screens show it, and the command line asks it, by its id.
/// </summary>
/// <param name="Found">The value that holds as long as nobody says another.</param>
public sealed record FileQuestion(string Id, string Sentence, IReadOnlyList<FileOption> Options, string? Found, bool IsOpen)
{
    /// <summary>What a person said; null: nothing yet.</summary>
    public string? Said { get; init; }

    /// <summary>Whether it waits for an answer.</summary>
    public bool Waits => IsOpen && Said is null;

    public bool Takes(string value) => Options.Any(option => option.Value == value);
}
