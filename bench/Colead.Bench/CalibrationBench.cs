using System.Diagnostics;
using System.Globalization;
using Colead.Analysis.Scoring;

namespace Colead.Bench;

/// <summary>
/// No benchmark of speed: worlds in which it is known what is true, drawn many times and published by the closing computation itself.
/// Prints how often the words are
/// wrong, how often what is there is found, and how often intervals hold. docs/methods/findings.md and group-mean.md quote it.
/// </summary>
internal static class CalibrationBench
{
    private const ulong Seed = 20270101;

    /// <summary>Where the private sector sees two points less of the first dimension.</summary>
    public static World SectorGap(World like) => like with { OnFirst = (_, sector) => sector == 0 ? -2 : 0 };

    public static World FrontLineLower(World like) => like with { OnFirst = (stratum, _) => stratum.Level == 3 ? -2 : 0 };

    public static World OrganisationLower(World like) => like with { OnFirst = (stratum, _) => stratum.Organisation == 2 ? -2 : 0 };

    /// <summary>The true gap between two groups in such a world.</summary>
    public static double? SectorTruth(string first, string second, string measure) =>
        Field.Levels.Contains(first, StringComparer.Ordinal) ? null : measure != "d1" ? 0
            : (first == "private" ? -2 : 0) - (second == "private" ? -2 : 0);

    public static double? LevelTruth(string first, string second, string measure) =>
        Field.Sectors.Contains(first, StringComparer.Ordinal) ? null : measure != "d1" ? 0
            : (first == "frontline" ? -2 : 0) - (second == "frontline" ? -2 : 0);

    public static void Run(int draws)
    {
        Console.WriteLine($"Calibration: {draws} draws of each world (140 people invited in 12 organisations unless said), three quarters answer; per cent");
        World plain = new();
        Func<string, string, string, double?> unknown = (_, _, _) => null;
        foreach (var (name, world, truth) in new (string, World, Func<string, string, string, double?>?)[]
        {
            ("nothing differs", plain, null),
            ("nothing differs, 41 people in 5", plain with { Sizes = World.Small }, null),
            ("nothing differs, 500 people in 20", plain with { Sizes = World.Large }, null),
            ("nothing differs, 2 options", plain with { Options = 2 }, null),
            ("nothing differs, 4 options", plain with { Options = 4 }, null),
            ("nothing differs, 5 options", plain with { Options = 5 }, null),
            ("nothing differs, near the ceiling", plain with { Centre = 9.8 }, null),
            ("organisations differ (sd .5)", plain with { Organisations = 0.5 }, null),
            ("organisations differ on one dimension (sd 1)", plain with { OrganisationsOnOne = 1 }, null),
            ("organisations differ (sd .5), 500 people", plain with { Sizes = World.Large, Organisations = 0.5 }, null),
            ("private sector 2 lower", SectorGap(plain), SectorTruth),
            ("front line 2 lower", FrontLineLower(plain), LevelTruth),
            ("one organisation of 18 invited 2 lower", OrganisationLower(plain), unknown),
            ("dimensions differ (sd .6)", plain with { Dimensions = 0.6 }, null),
            ("two rounds, no change", plain with { Change = 0 }, null),
            ("two rounds, no change, the front line answers more", plain with { Change = 0, FrontLineLess = 1.5, Answering = l => l == 3
                ? (0.4, 0.95) : (0.75, 0.75) }, unknown),
            ("two rounds, everything risen by 1", plain with { Change = 1 }, null),
            ("two rounds, risen by 1, 41 people", plain with { Change = 1, Sizes = World.Small }, null),
            ("two rounds, no change, 500 people", plain with { Change = 0, Sizes = World.Large }, null),
            ("everything risen by .5, 500 people", plain with { Change = 0.5, Sizes = World.Large }, null),
        })
        {
            var watch = Stopwatch.StartNew();
            var found = Calibration.Of(world, draws, Seed, truth);
            Console.WriteLine();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} ({watch.Elapsed.TotalSeconds:0} s)"));
            foreach (var figure in found.Names) Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {figure,-52}{100 * found[figure],7:0.0}   of {found.Of(figure)}"));
        }
    }
}
