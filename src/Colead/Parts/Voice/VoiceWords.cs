using System.Globalization;
using Colead.Analysis;
using Colead.Parts.Partnerships;
using Colead.Storage;

namespace Colead.Parts.Voice;

/// <summary>What this part calls things.</summary>
public static class VoiceWords
{
    public const string Agenda = "Agenda";
    public const string Heard = "Heard";

    public static string Sector(Sector sector) => Colead.Parts.Partnerships.Words.Say(sector);

    public static string Size(SizeBand? size) => size switch
    {
        SizeBand.Micro => "Under 10 people",
        SizeBand.Small => "10 to 49",
        SizeBand.Medium => "50 to 249",
        SizeBand.Large => "250 and over",
        _ => "Size not stated",
    };

    /// <summary>"5.9", or a dash where there is none.</summary>
    public static string Say(Figure figure, string format = "0.0") => figure.IsDefined
        ? figure.Value.ToString(format, CultureInfo.InvariantCulture) : "–";

    /// <summary>"40 %" of a whole.</summary>
    public static string Percent(double part, double whole) => whole == 0 ? "–" : (100 * part / whole)
        .ToString("0", CultureInfo.InvariantCulture) + " %";
}
