namespace Colead.Analysis.Decisions;

/// <summary>
/// One voice's ballot: a mark for each thing that can be marked, null where it was left open. Nothing marked at all is an abstention, with
/// every method. What a mark means is the method's: 1 or 0 for or against, a score, dots, a rank from 1, or 1 for the option chosen.
/// </summary>
/// <param name="Weight">1 for one voice; more where weights were agreed.</param>
public sealed record Ballot(long Weight, IReadOnlyList<int?> Marks)
{
    public bool Abstains => Marks.All(mark => mark is null);
}
