using System.Globalization;
using Colead.Analysis.Comparison;

namespace Colead.Analysis.Publishing;

/// <summary>
/// What may be said of a whole view: sentences that follow from what was tested and from nothing else. Where nothing was compared it says
/// so and why; where nothing was
/// found it says what would have been. Of publications that do not carry what was tested (formats 1 and 2) it says no more than that no
/// difference was clear. English.
/// </summary>
public static class TestedWords
{
    private static readonly string[] Numbers = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve"];

    /// <summary>A size that no test here could see: half of the scale's range and more is too few people to tell.</summary>
    public static bool IsTooFewToTell(decimal? detectable, PublishedInstrument scale) => 2 * detectable > scale.Highest - scale.Lowest;

    /// <summary>The certainty of one figure in a word or two; empty where it was not tested.</summary>
    /// <param name="detectable">What its test would have found.</param>
    public static string Word(Certainty? word, decimal? detectable, PublishedInstrument scale) => word switch
    {
        null => "",
        Certainty.Likely => "likely",
        Certainty.Possibly => "possibly",
        _ => IsTooFewToTell(detectable, scale) ? "too few people to tell" : "no clear difference",
    };

    /// <summary>The heading of a view in which nothing is likely to differ.</summary>
    /// <param name="shown">Groups of the view that can be shown, as a sentence names them.</param>
    public static string Heading(PublishedTests? tests, TestFamily family, IReadOnlyList<string> shown, PublishedInstrument scale)
    {
        var views = Views(family);
        if (IsChange(family))
            return tests is { Count: 0 } ? "Nothing can be compared with the last round"
                : IsTooFewToTell(tests?.Detectable, scale) ? "Too few people to tell whether anything changed"
                : "No clear change since the last round";
        return tests switch
        {
            { Count: 0 } => CannotCompare(tests, views, shown),
            _ when IsTooFewToTell(tests?.Detectable, scale) => $"Too few people to tell whether {views} differ",
            { Differ: Certainty.Likely } => "Organisations differ, but which ones cannot be told: "
                + FindingWords.Certain(Certainty.Likely, "en"),
            _ => $"No clear difference between {views}",
        };
    }

    /// <summary>What was compared and what it could have found, or what a comparison needs; empty where that is not known.</summary>
    /// <param name="needed">People in each group for a comparison.</param>
    public static string Explanation(PublishedTests? tests, IReadOnlyList<string> shown, PublishedInstrument scale, int needed)
    {
        if (tests is null) return "";
        if (tests.Count == 0) return Needs(tests, needed);
        var what = tests.Family switch
        {
            TestFamily.ChangeOfAll =>
                $"Everyone together was compared with the last round on {Several(tests.Count, "dimension")}, with each level counting as it was invited this time.",
            TestFamily.ChangeOfStatements =>
                $"Everyone together was compared with the last round on {Several(tests.Count, "statement")}, with each level counting as it was invited this time.",
            TestFamily.ChangeOfGroups => $"{Capital(Several(tests.Groups.Count, "group"))} could be compared with the last round.",
            TestFamily.Organisations => tests.Groups.Count == 0 ? "Only whether organisations differ at all could be tested, not which."
                : $"{Capital(Several(tests.Groups.Count, "organisation"))} could be set against the average of all that are shown.",
            _ => $"{Capital(Several(tests.Groups.Count, Views(tests.Family)[..^1]))} could be compared{Without(tests, shown)}.",
        };
        var other = tests.OtherOrganisations == true ? " The two rounds did not ask the same organisations." : "";
        return $"{what}{other}{Power(tests, scale)}";
    }

    /// <summary>What a view's tests would have found.</summary>
    private static string Power(PublishedTests tests, PublishedInstrument scale) => tests.Detectable is not { } size ? ""
        : IsTooFewToTell(size, scale)
            ? $" With so few people only {Kind(tests.Family)} of more than {Points(size)} would have been found four times in five: where none is said to be clear, there may well be one."
        : $" Where none is said to be clear, {Kind(tests.Family)} of more than {Points(size)} would have been found four times in five; a smaller one may be there.";

    private static string CannotCompare(PublishedTests tests, string views, IReadOnlyList<string> shown) => tests.Why switch
    {
        NotTested.NoGroupShown => $"No {views[..^1]} can be shown, so {views} cannot be compared",
        NotTested.OneGroupShown when shown.Count == 1 => $"Only {shown[0]} can be shown, so {views} cannot be compared",
        NotTested.TooFewOrganisations => $"Only {Several(shown.Count, "organisation")} can be shown, so organisations cannot be compared",
        _ => $"{Capital(views)} cannot be compared this time",
    };

    private static string Needs(PublishedTests tests, int needed) => tests.Why switch
    {
        NotTested.NoGroupShown or NotTested.OneGroupShown => $"A comparison needs two {Views(tests.Family)} that can be shown.",
        NotTested.TooFewPeople when tests.Family == TestFamily.Organisations =>
            $"To be set against the average an organisation needs {needed} people who answered.",
        NotTested.TooFewPeople =>
            $"A comparison needs {needed} people who answered in each of two {Views(tests.Family)}, and answers by which nobody can be found out.",
        NotTested.TooFewOrganisations => "It takes three organisations that can be shown to set each against their average.",
        NotTested.TooFewNumbers =>
            "It takes three organisations whose average is shown as a number, and not as \"at most\" or \"at least\", to set each against their average.",
        NotTested.OneOrganisationEach =>
            "A sector can be compared where two of its organisations or more can be told apart: otherwise what differs may be one organisation.",
        NotTested.OrganisationsUnknown when tests.Family == TestFamily.Organisations => "No organisation is shown by itself in this round.",
        NotTested.OrganisationsUnknown =>
            "How far organisations of one sector differ is not known here, and without that a difference between sectors may be one between organisations.",
        NotTested.LevelsNotComparable =>
            "The levels published in both rounds hold less than four fifths of those invited: what looks like a change may be that others answered. So no change of everyone together is called likely or possible.",
        NotTested.InvitedUnknown =>
            "How many were asked at each level is not known of answers from elsewhere: what looks like a change may be that others answered. So no change of everyone together is called likely or possible.",
        NotTested.NothingInBothRounds =>
            "A change is shown where both rounds published the same group and asked the same questions, and called likely or possible from " + $"{needed} people on in both.",
        _ => "",
    };

    /// <summary>Groups that are shown and took no part.</summary>
    private static string Without(PublishedTests tests,
        IReadOnlyList<string> shown) => shown.Count - tests.Groups.Count is > 0 and var others
        ? $"; {Several(others, "other")} {(others == 1 ? "is" : "are")} shown, but cannot be compared" : "";

    private static bool IsChange(TestFamily family) =>
        family is TestFamily.ChangeOfAll or TestFamily.ChangeOfGroups or TestFamily.ChangeOfStatements;

    private static string Kind(TestFamily family) => IsChange(family) ? "a change" : "a difference";

    private static string Views(TestFamily family) => family switch
    {
        TestFamily.Sectors => "sectors",
        TestFamily.Levels => "levels",
        _ => "organisations",
    };

    private static string Several(int count, string one) =>
        $"{(count < Numbers.Length ? Numbers[count] : count.ToString(CultureInfo.InvariantCulture))} {one}{(count == 1 ? "" : "s")}";

    private static string Points(decimal points) => points == 1.0m ? "1.0 point"
        : $"{points.ToString(CultureInfo.InvariantCulture)} points";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
