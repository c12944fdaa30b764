using System.Globalization;
using System.Text;
using Colead.Analysis;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Tests;

/// <summary>
/// Makes samples/: one round of Harbour Vale, an invented partnership. Boards see more than the front line, private firms
/// see little shared vision, and whether money follows need divides people.
/// </summary>
internal sealed class SampleMaker
{
    private static readonly (string Name, string Sector, int Invited)[] Organisations =
    [
        ("Harbour Vale Council", "public", 24), ("Vale Community Health", "public", 22), ("Harbour Vale Police", "public", 14),
        ("Vale Schools Together", "public", 12), ("Harbour Food Network", "voluntary", 14), ("Vale Carers", "voluntary", 10),
        ("Tidewater Youth", "voluntary", 9), ("Seafront Housing Trust", "voluntary", 8), ("Harbour Ferries", "private", 11),
        ("Quayside Hotels", "private", 8), ("Vale Logistics", "private", 5), ("Northgate Energy", "private", 3),
    ];

    /// <summary>Where a dimension stands for a middle manager of a public body.</summary>
    private static readonly double[] DimensionBase = [7.4, 6.9, 5.9, 7.4, 6.3, 5.2, 6.4];

    private readonly SeededRandom random = new(2026);
    private readonly Instrument instrument = ShippedInstruments.Inventory12;

    public SampleMaker()
    {
        var answers = new List<string>();
        var roster = new StringBuilder("partnership,organisation,sector,level,round,invited\n");
        double[] itemEffect = [.. instrument.Items.Select(_ => 0.6 * Normal())];
        foreach (var (name, sector, invited) in Organisations)
        {
            var organisationEffect = 0.45 * Normal();
            for (var level = 0; level < Field.Levels.Count; level++)
            {
                var people = PeopleAt(level, sector, invited);
                if (people == 0) continue;
                roster.Append(CultureInfo.InvariantCulture, $"Harbour Vale,{name},{sector},{Field.Levels[level]},1,{people}\n");
                for (var i = 0; i < people; i++)
                {
                    if (random.NextDouble() > 0.85) continue;
                    answers.Add($"{name},{sector},{Field.Levels[level]},1,{Row(level, sector, organisationEffect, itemEffect)}");
                }
            }
        }

        random.Shuffle<string>(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(answers));
        var file = new StringBuilder("partnership,respondent,organisation,sector,level,round,"
            + string.Join(',', instrument.Items.Select(i => i.Id)) + "\n");
        for (var i = 0; i < answers.Count; i++)
            file.Append(CultureInfo.InvariantCulture, $"Harbour Vale,a{(i * 389 + 71) % 997:000},{answers[i]}\n");
        Answers = file.ToString();
        Roster = roster.ToString();
    }

    public string Answers { get; }

    public string Roster { get; }

    private static int PeopleAt(int level, string sector, int invited)
    {
        var volunteers = sector == "voluntary" ? invited / 5 : 0;
        var citizens = sector == "public" ? invited / 8 : 0;
        var paid = invited - volunteers - citizens;
        int board = (paid + 4) / 6, senior = (paid + 3) / 6, middle = (paid + 2) / 4;
        return Field.Levels[level] switch
        {
            "board" => board,
            "senior" => senior,
            "middle" => middle,
            "frontline" => paid - board - senior - middle,
            "volunteer" => volunteers,
            _ => citizens,
        };
    }

    private string Row(int level, string sector, double organisationEffect, double[] itemEffect)
    {
        var levelEffect = Field.Levels[level] switch
        {
            "board" => 1.7, "senior" => 0.9, "frontline" => -1.3, "citizen" => -0.7, _ => 0.0,
        };
        var person = organisationEffect + levelEffect + 1.1 * Normal();
        var followsNeed = random.NextDouble() < 0.5 ? 10.3 : 2.4; // of ss2, whatever else a person thinks
        var fields = new List<string>();
        for (var j = 0; j < instrument.ItemCount; j++)
        {
            var dimension = DimensionOf(j);
            var value = DimensionBase[dimension] + person + itemEffect[j] + 1.5 * Normal();
            if (instrument.Dimensions[dimension].Id == "vision") value += sector switch { "private" => -2.7, "voluntary" => 0.5, _ => 0 };
            if (instrument.Items[j].Id == "ss2") value = followsNeed + 1.2 * Normal();
            var chance = random.NextDouble();
            fields.Add(
                chance < 0.03 ? ""
                : chance < (Field.Levels[level] == "citizen" ? 0.15 : 0.07) ? "DK"
                : Math.Clamp((int)Math.Round(value), 1, 12).ToString(CultureInfo.InvariantCulture));
        }

        return string.Join(',', fields);
    }

    private int DimensionOf(int item)
    {
        var dimension = 0;
        for (var passed = 0; item >= passed + instrument.Dimensions[dimension].Items.Count; dimension++)
            passed += instrument.Dimensions[dimension].Items.Count;
        return dimension;
    }

    /// <summary>Near enough normal, and the same on every machine: sums of twelve uniforms need no library function.</summary>
    private double Normal()
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++) sum += random.NextDouble();
        return sum;
    }
}
