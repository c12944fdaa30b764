using System.CommandLine;
using Colead.Analysis.Networks;
using Colead.Commands.Networks;
using Colead.Commands.Surveys;

namespace Colead.Commands;

/// <summary><c>colead network</c>: what reported relationships say of a partnership.</summary>
public static class NetworkCommand
{
    public static Command Create()
    {
        var nodes = new Argument<string>("NODES.csv") { Description = "The partners: columns id and responded (1 or 0); optionally sector and self_trust." };
        var edges = new Argument<string>("EDGES.csv")
        {
            Description =
                "The relationships they report: columns from and to; optionally frequency, kind, and sub-scores from 1 to 4 in columns that begin trust_ or value_.",
        };
        var json = new Option<bool>("--json") { Description = "Every measure that may be shown, as JSON; what may not is null." };
        var unprotected =
            new Option<bool>("--unprotected") { Description = "With --json: every measure, single ratings included, for those who hold the raw relationships." };
        var command = new Command("network", "What reported relationships say of a partnership.\n\n" + ExitCodes.Help) { nodes, edges,
            json, unprotected };
        command.Validators.Add(result =>
        {
            if (result.GetValue(unprotected) && !result.GetValue(json)) result.AddError("--unprotected goes with --json.");
        });
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(nodes),
            parsed.GetRequiredValue(edges),
            parsed.GetValue(json),
            parsed.GetValue(unprotected),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(string nodes, string edges, bool json, bool unprotected, TextWriter output, TextWriter error)
    {
        var problems = new Problems();
        RelationshipNetwork? network;
        try
        {
            network = NetworkFiles.Read(nodes, edges, problems);
        }
        catch (UnreadableFileException e)
        {
            error.WriteLine(e.Message);
            return ExitCodes.NoInput;
        }

        if (network is null)
        {
            problems.WriteTo(error);
            return ExitCodes.BadData;
        }

        var progress = new Progress(error);
        var measures = NetworkMeasures.Of(network, progress: share =>
        {
            lock (progress) progress.Report(FormattableString.Invariant($"Following paths: {100 * share:0} %"));
        });
        var name = NetworkFiles.NameOf(nodes);
        output.Write(json ? NetworkJson.Write(name, measures, unprotected) : NetworkFindings.Write(name, measures));
        return ExitCodes.Ok;
    }
}
