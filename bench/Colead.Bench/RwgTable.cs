using System.Globalization;
using System.Text;
using Colead.Analysis.Agreement;
using Colead.Analysis.Instruments;

namespace Colead.Bench;

/// <summary>
/// Prints src/Colead.Analysis/Agreement/CriticalAgreementTable.cs: the same seed and the same number of repetitions
/// print the same file. Takes some minutes.
/// </summary>
internal static class RwgTable
{
    private const int MostItems = 12;
    private const int Repetitions = 40_000;
    private const ulong Seed = 19840185;

    private static readonly int[] People = [3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100, 125, 150, 200];

    public static void Print()
    {
        int[] options = [.. Enumerable.Range(Scale.FewestOptions, Scale.MostOptions - Scale.FewestOptions + 1)];
        var byPeople = new List<double[][]>();
        foreach (var n in People)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"n = {n}"));
            byPeople.Add(RandomAgreement.Quantiles(n, options, MostItems, AgreementReference.Correlation, Repetitions, Seed + (ulong)n));
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $$"""
            namespace Colead.Analysis.Agreement;

            /// <summary>
            /// 95th percentile of r_wg(j) for random answers, printed by <c>dotnet run -c Release --project bench/Colead.Bench -- rwg-table</c>:
            /// {{Repetitions:N0}} random groups a row, seed {{Seed}} + n, normal correlation {{AgreementReference.Correlation}}, uniform null. Do not edit by hand.
            /// </summary>
            internal static class CriticalAgreementTable
            {
                public const int MostItems = {{MostItems}};

                /// <summary>The numbers of people that have a row.</summary>
                public static ReadOnlySpan<int> People => [{{string.Join(", ", People)}}];

                /// <summary>By options (2..{{Scale.MostOptions}}), then people, then items (1..{{MostItems}}).</summary>
                public static ReadOnlySpan<ushort> Thousandths =>
                [

            """);
        for (var o = 0; o < options.Length; o++)
        {
            text.Append(CultureInfo.InvariantCulture, $"        // {options[o]} options\n");
            foreach (var quantiles in byPeople)
                text.Append("        ")
                    .AppendJoin(", ", quantiles[o].Select(q => Math.Round(q * 1000).ToString(CultureInfo.InvariantCulture)))
                    .Append(",\n");
        }

        Console.Write(text.Append("    ];\n}\n").ToString());
    }
}
