namespace Colead.Parts.Decisions;

/// <summary>How many organisations have voted so far, never how.</summary>
/// <param name="Needed">Voices that the quorum asks for.</param>
/// <param name="NeededWords">The same in words.</param>
public sealed record Turnout(int Voted, int Of, long Needed, string NeededWords)
{
    public int Percent => Of == 0 ? 0 : 100 * Voted / Of;
}
