using Colead.Analysis.Publishing;
using Colead.Analysis.Scoring;
using Colead.Commands.Surveys;

namespace Colead.Commands.Analyse;

/// <summary>One partnership's rounds as they may be shown, oldest first.</summary>
public sealed record ProtectedRounds(string Partnership, IReadOnlyList<(int Round, Publication Publication)> Rounds)
{
    /// <summary>Publishes every round of every partnership in the file; partnerships share nobody and are published apart.</summary>
    /// <exception cref="ReleaseRefusedException">A figure could give someone away.</exception>
    public static IReadOnlyList<ProtectedRounds> Publish(Survey survey, Progress progress) =>
        [.. survey.Partnerships.Select(name => Publish(name, survey.OfPartnership(name), progress))];

    private static ProtectedRounds Publish(string name, Survey survey, Progress progress)
    {
        var rounds = new List<(int, Publication)>();
        PublishedRound? before = null;
        foreach (var round in survey.Rounds)
        {
            progress.Report(FormattableString.Invariant($"Protecting round {round.Number} of {name}"));
            var answers = RoundSummary.Of(round.Answers);
            var publication = Publisher.Publish(new RoundToPublish { Answers = answers, Roster = Covering(round.Roster, answers),
                Before = before });
            before = new(answers.Instrument, publication);
            rounds.Add((round.Number, publication));
        }

        return new(name, rounds);
    }

    /// <summary>The roster, with as many people invited everywhere as answered at least.</summary>
    private static Roster? Covering(Roster? roster, RoundSummary answers)
    {
        if (roster is null) return null;
        var invited = new Dictionary<Stratum, int>(roster.Invited);
        foreach (var (stratum, people) in answers.Respondents)
            invited[stratum] = (int)Math.Max(invited.GetValueOrDefault(stratum), people);
        return new(roster.Structure, invited);
    }
}
