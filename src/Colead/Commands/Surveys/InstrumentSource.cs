using Colead.Analysis.Instruments;

namespace Colead.Commands.Surveys;

/// <summary>Finds the instrument that a person names: one that is shipped, or a file.</summary>
public static class InstrumentSource
{
    /// <returns>Null where <paramref name="problems"/> has any.</returns>
    /// <exception cref="UnreadableFileException">It is neither shipped nor a file that can be read.</exception>
    public static Instrument? Read(string nameOrPath, Problems problems)
    {
        if (ShippedInstruments.Find(nameOrPath) is { } shipped) return shipped;
        byte[] bytes;
        try
        {
            bytes = InputFile.ReadAll(nameOrPath);
        }
        catch (UnreadableFileException e) when (!nameOrPath.Contains('.', StringComparison.Ordinal))
        {
            var names = string.Join(", ", ShippedInstruments.Keys);
            throw new UnreadableFileException($"{e.Message} Instruments that come with the program: {names}.", e);
        }

        var reading = InstrumentFile.Read(bytes);
        foreach (var problem in reading.Problems)
            problems.Add(new(nameOrPath, problem.Line, null, FormattableString.Invariant($"(at {problem.Column}) {problem.Reason}")));
        return reading.Instrument;
    }
}
