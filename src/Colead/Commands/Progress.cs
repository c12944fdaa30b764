using System.Diagnostics;

namespace Colead.Commands;

/// <summary>Says on standard error what the program is at, once a second and only from the first second on.</summary>
public sealed class Progress(TextWriter error)
{
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private long said;

    public void Report(string doing)
    {
        var second = (long)clock.Elapsed.TotalSeconds;
        if (second <= said) return;
        said = second;
        error.WriteLine(doing + "…");
    }
}
