
namespace Colead.Parts.Vision.Fits;

/// <summary>What a partner said of a shared aim, taken together over its own aims and its work as a whole.</summary>
public enum CellWord
{
    Unsaid,
    Supports,
    Neutral,
    Conflicts,
    /// <summary>It supports one thing the partner wants, and conflicts with another.</summary>
    Both,
}

/// <summary>Shared aims against partners, and what the matrix says in plain words.</summary>
public sealed class FitPicture
{
    private readonly ILookup<(long Shared, long Organisation), Said> said;

    public FitPicture(IReadOnlyList<Shared> aims, IReadOnlyList<Partner> partners, IReadOnlyList<Own> ownAims, IReadOnlyList<Said> sayings)
    {
        (Aims, Partners) = (aims, partners);
        var here = partners.ToDictionary(partner => partner.Id);
        var current = aims.Select(aim => aim.Id).ToHashSet();
        said = sayings.Where(s => here.ContainsKey(s.OrganisationId) && current.Contains(s.SharedAimId))
            .ToLookup(s => (s.SharedAimId, s.OrganisationId));
        var own = ownAims.Where(aim => here.ContainsKey(aim.OrganisationId)).ToList();
        Rows = [.. partners.Select(partner => new Row(partner,
            [.. aims.Select(aim => WordOf([.. said[(aim.Id, partner.Id)].Select(s => s.Word)]))],
            [.. aims.Select(aim => said[(aim.Id, partner.Id)].Any(s => s.OfEarlier))]))];

        Unowned = [.. aims.Where((_, i) => Rows.Any(row => row.Cells[i] != CellWord.Unsaid)
            && !Rows.Any(row => row.Cells[i] is CellWord.Supports or CellWord.Both))];
        var ofOwn = said.SelectMany(group => group).Where(s => s.OwnAimId is not null).ToLookup(s => s.OwnAimId!.Value);
        Unshared = [.. own.Where(aim => aims.Count > 0 && ofOwn[aim.Id].Count() == aims.Count && !ofOwn[aim.Id]
            .Any(s => s.Word == FitWord.Supports)).Select(aim => (here[aim.OrganisationId], aim))];
        Unsupported = [.. Rows.Where(row => row.Cells.Count > 0 && !row.Cells.Contains(CellWord.Unsaid)
            && !row.Cells.Any(cell => cell is CellWord.Supports or CellWord.Both)).Select(row => row.Partner)];
        Silent = [.. Rows.Where(row => row.Cells.Count > 0 && row.Cells.All(cell => cell == CellWord.Unsaid)).Select(row => row.Partner)];
        Conflicts = Rows.Sum(row => row.Cells.Count(cell => cell is CellWord.Conflicts or CellWord.Both));
    }

    public IReadOnlyList<Shared> Aims { get; }
    public IReadOnlyList<Partner> Partners { get; }
    /// <summary>A row a partner, a cell a shared aim.</summary>
    public IReadOnlyList<Row> Rows { get; }
    /// <summary>Shared aims nobody owns: some partner said how they fit, and none said that they support what it wants itself.</summary>
    public IReadOnlyList<Shared> Unowned { get; }
    /// <summary>Own aims nobody shares: their organisation spoke of every shared aim, and none supports them.</summary>
    public IReadOnlyList<(Partner Partner, Own Aim)> Unshared { get; }
    /// <summary>Partners that spoke of every shared aim, and none supports what they want themselves.</summary>
    public IReadOnlyList<Partner> Unsupported { get; }
    /// <summary>Partners that have said nothing yet.</summary>
    public IReadOnlyList<Partner> Silent { get; }
    public int Conflicts { get; }

    /// <summary>The picture in a sentence.</summary>
    public string Headline
    {
        get
        {
            if (Aims.Count == 0) return "What do we want together?";
            if (Silent.Count == Partners.Count) return Aims.Count == 1 ? "One shared aim, and nobody has said how it fits"
                : $"{Upper(Aims.Count)} shared aims, and nobody has said how they fit";
            if (Unowned.Count > 0) return Unowned.Count == 1 ? $"Nobody owns “{Unowned[0].Name}”"
                : $"Nobody owns {Lower(Unowned.Count)} of our {Lower(Aims.Count)} shared aims";
            if (Unsupported.Count > 0) return Unsupported.Count == 1 ? $"Our shared aims do not support what {Unsupported[0].Name} wants"
                : $"Our shared aims do not support what {Lower(Unsupported.Count)} partners want";
            if (Conflicts > 0) return Conflicts == 1 ? "Our aims fit, but for one conflict"
                : $"Our aims fit, but for {Lower(Conflicts)} conflicts";
            return Silent.Count == 0 ? "Every shared aim has somebody who wants it too" : "Our aims fit, as far as partners have said";
        }
    }

    private static CellWord WordOf(FitWord[] words) => words switch
    {
        [] => CellWord.Unsaid,
        _ when words.Contains(FitWord.Conflicts) => words.Contains(FitWord.Supports) ? CellWord.Both : CellWord.Conflicts,
        _ when words.Contains(FitWord.Supports) => CellWord.Supports,
        _ => CellWord.Neutral,
    };

    private static readonly string[] Numbers = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

    private static string Lower(int n) => n < Numbers.Length ? Numbers[n] : n.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Upper(int n) => Lower(n) is var word && char.IsLetter(word[0]) ? char.ToUpperInvariant(word[0]) + word[1..]
        : word;

    public sealed record Shared(long Id, string Name);

    public sealed record Partner(long Id, string Name);

    public sealed record Own(long Id, long OrganisationId, string Name);

    /// <param name="OfEarlier">It was said of an earlier wording of the shared aim.</param>
    public sealed record Said(long SharedAimId, long OrganisationId, long? OwnAimId, FitWord Word, bool OfEarlier = false);

    /// <param name="OfEarlier">By shared aim, whether anything of its cell was said of an earlier wording.</param>
    public sealed record Row(Partner Partner, IReadOnlyList<CellWord> Cells, IReadOnlyList<bool> OfEarlier);
}
