namespace Colead.Commands.Surveys;

/// <summary>
/// Whether any of many hashes comes twice. They are dealt into piles by their highest bits and each pile is sorted alone,
/// which the processor's nearest memory holds.
/// </summary>
/// <param name="expected">So many are expected; more are taken.</param>
public sealed class Repeats(int expected)
{
    private const int PileSize = 512;

    private readonly List<ulong> hashes = new(expected);

    public void Add(ulong hash) => hashes.Add(hash);

    public bool Any()
    {
        var bits = 1 + int.Log2(Math.Max(1, hashes.Count / PileSize));
        var ends = new int[1 << bits];
        foreach (var hash in hashes) ends[hash >> (64 - bits)]++;
        for (int p = 0, sum = 0; p < ends.Length; p++) (ends[p], sum) = (sum, sum + ends[p]);
        var piles = new ulong[hashes.Count];
        foreach (var hash in hashes) piles[ends[hash >> (64 - bits)]++] = hash;
        for (int p = 0, start = 0; p < ends.Length; start = ends[p++])
        {
            var pile = piles.AsSpan(start..ends[p]);
            pile.Sort();
            for (var i = 1; i < pile.Length; i++)
                if (pile[i] == pile[i - 1]) return true;
        }

        return false;
    }
}
