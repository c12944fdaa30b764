using System.Globalization;

namespace Colead.Commands.Surveys;

/// <summary>Something wrong in a file: the line counts from 1 as an editor shows it, the column is the name in its first line.</summary>
public sealed record FileProblem(string File, long Line, string? Column, string Reason)
{
    public override string ToString()
    {
        var line = Line.ToString(CultureInfo.InvariantCulture);
        return Column is null ? $"{File}, line {line}: {Reason}" : $"{File}, line {line}, column {Column}: {Reason}";
    }
}

/// <summary>All that is wrong with the files of one command, up to a limit after which reading stops.</summary>
public sealed class Problems
{
    /// <summary>So many problems are named before reading stops.</summary>
    public const int Limit = 100;

    private readonly List<FileProblem> list = [];

    public IReadOnlyList<FileProblem> List => list;

    public bool Any => list.Count > 0;

    public bool IsFull => list.Count >= Limit;

    public void Add(FileProblem problem)
    {
        if (!IsFull) list.Add(problem);
    }

    /// <summary>Writes a line a problem.</summary>
    public void WriteTo(TextWriter error)
    {
        foreach (var problem in list) error.WriteLine(problem);
        if (IsFull) error.WriteLine("There may be more.");
    }
}

/// <summary>A file that cannot be read at all; the message is meant for the person who named it.</summary>
public sealed class UnreadableFileException(string message, Exception? inner = null) : Exception(message, inner);
