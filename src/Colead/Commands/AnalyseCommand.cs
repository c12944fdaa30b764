using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;
using Colead.Commands.Analyse;
using Colead.Commands.Surveys;

namespace Colead.Commands;

/// <summary><c>colead analyse</c>: what a file of answers says.</summary>
public static class AnalyseCommand
{
    private static readonly JsonWriterOptions Layout = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var answers = new Argument<string>("ANSWERS.csv")
        {
            Description =
                "The answers: columns partnership, respondent, organisation, sector, level, round and one for each statement. An empty field is a skipped statement, DK \"don't know\".",
        };
        var roster = new Option<string?>("--roster") { HelpName = "R.csv",
            Description = "Who was invited: columns partnership, organisation, sector, level, round, invited." };
        var instrument = new Option<string?>("--instrument")
        {
            HelpName = "I.json",
            Description =
                $"The instrument that was answered: a file, or {string.Join(" or ", ShippedInstruments.Keys)}. Without it, columns d1_1, d1_2, … on the scale 1 to 5.",
        };
        var group = new Option<string>("--group") { Description = "What stands beside another in gaps and change.",
            DefaultValueFactory = _ => "organisation" };
        group.AcceptOnlyFromAmong("organisation", "partnership");
        var json = new Option<bool>("--json") { Description = "JSON instead of sentences." };
        var unprotected = new Option<bool>("--unprotected")
        {
            Description = "With --json: every measure over all answers, nothing withheld. Only for people who hold the raw answers anyway.",
        };
        var command = new Command("analyse", "What a file of answers says, and nothing that could give anyone away.\n\n" + ExitCodes.Help)
        {
            answers, roster, instrument, group, json, unprotected,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(unprotected) && !result.GetValue(json)) result.AddError("--unprotected goes with --json.");
        });
        command.SetAction(parsed => Run(
            new(
                parsed.GetRequiredValue(answers),
                parsed.GetValue(roster),
                parsed.GetValue(instrument),
                parsed.GetValue(group) == "partnership" ? GroupBy.Partnership : GroupBy.Organisation,
                parsed.GetValue(json),
                parsed.GetValue(unprotected)),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(Request request, TextWriter output, TextWriter error)
    {
        var problems = new Problems();
        var progress = new Progress(error);
        Survey? survey = null;
        try
        {
            var instrument = request.Instrument is null ? null : InstrumentSource.Read(request.Instrument, problems);
            if (!problems.Any)
            {
                survey = Survey.Read(
                    request.Answers, request.Roster, instrument, problems,
                    share => progress.Report(FormattableString.Invariant($"Reading {request.Answers}: {100 * share:0} %")));
            }
        }
        catch (UnreadableFileException e)
        {
            error.WriteLine(e.Message);
            return ExitCodes.NoInput;
        }

        if (survey is null)
        {
            problems.WriteTo(error);
            return ExitCodes.BadData;
        }

        foreach (var warning in survey.Warnings) error.WriteLine(warning);
        return request.Unprotected ? PrintEverything(survey, request.By, output, error, progress)
            : PrintProtected(survey, request.Json, output, error, progress);
    }

    private static int PrintEverything(Survey survey, GroupBy by, TextWriter output, TextWriter error, Progress progress)
    {
        error.WriteLine(UnprotectedMeasures.Warning);
        foreach (var warning in survey.ShortRosters) error.WriteLine(warning);
        PrintJson(output, writer => UnprotectedMeasures.Write(writer, survey, by, progress));
        return ExitCodes.Ok;
    }

    private static int PrintProtected(Survey survey, bool json, TextWriter output, TextWriter error, Progress progress)
    {
        if (survey.ShortRosters.Count > 0) error.WriteLine("Somewhere more people answered than were invited; there, as many are taken as invited.");
        try
        {
            var rounds = ProtectedRounds.Publish(survey, progress);
            if (json) PrintJson(output, writer => ProtectedFindings.WriteJson(writer, survey.Name, rounds));
            else ProtectedFindings.Write(output, rounds, survey.Instrument);
            return ExitCodes.Ok;
        }
        catch (ReleaseRefusedException refused)
        {
            error.WriteLine($"Nothing can be shown without giving someone away: {refused.Message}");
            return ExitCodes.BadData;
        }
    }

    private static void PrintJson(TextWriter output, Action<Utf8JsonWriter> write)
    {
        using (var stream = new TextStream(output))
        using (var writer = new Utf8JsonWriter(stream, Layout))
            write(writer);
        output.WriteLine();
    }

    private sealed record Request(string Answers, string? Roster, string? Instrument, GroupBy By, bool Json, bool Unprotected);
}
