using System.CommandLine;
using Colead.Analysis.Instruments;
using Colead.Commands.Surveys;
using Colead.Composition;
using Colead.Kit.Tables;
using Colead.Parts;
using Colead.Parts.Importing;
using Colead.Parts.Partnerships;
using Colead.Parts.Publishing;
using Colead.Parts.Rounds;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Commands;

/// <summary><c>colead import</c>: answers from elsewhere become a closed round, without a browser.</summary>
public static class ImportCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The answers: CSV as LimeSurvey and others export it, or Excel (.xlsx)." };
        var partnership = new Option<long>("--partnership") { HelpName = "N",
            Description = "The number of the partnership, as in the address of its pages.", Required = true };
        var instrument = new Option<string?>("--instrument") { HelpName = "I.json",
            Description =
            "The instrument that was answered: a file, or the id of one that is shipped. Without it, the one that fits best." };
        var name = new Option<string?>("--name") { Description = "The name of the round; the file's name unless stated." };
        var map = new Option<string[]>("--map")
        {
            HelpName = "WHAT=COLUMN",
            Description =
                "Which column is which: a statement's id, organisation, sector, level, person or comment, and the column's name or its number from 1; 0: not in the file. May be repeated.",
            AllowMultipleArgumentsPerToken = true,
        };
        var word = new Option<string[]>("--word")
        {
            HelpName = "WORD=MEANING",
            Description =
                "What a word of the file means: a point of the scale, DK, an organisation's name, a sector or a level. May be repeated.",
            AllowMultipleArgumentsPerToken = true,
        };
        var answer = new Option<string[]>("--answer")
        {
            HelpName = "QUESTION=ANSWER",
            Description =
                "The answer to a question that the command asks of the file, as it names them: encoding, separator, sheet, heading (the row that names the columns), hidden, instrument, upper, numbers, tests, previews, unfinished, columns. May be repeated.",
            AllowMultipleArgumentsPerToken = true,
        };
        var leaveOut = new Option<bool>("--leave-out") { Description = "Leave out rows with a problem and keep the rest." };
        var others = new Option<bool>("--others") { Description = "Say that these are other answers than those of a round with the same statements that is here." };
        var yes = new Option<bool>("--yes") { Description = "Keep the answers. Without it, the command says what it would do and keeps nothing." };
        var storage = new StorageOptions();
        var command = new Command("import", "Make a closed round of answers collected elsewhere.\n\n" + ExitCodes.Help) { file,
            partnership, instrument, name, map, word, answer, leaveOut, others, yes };
        storage.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            storage.Read(parsed),
            new(parsed.GetRequiredValue(file), parsed.GetValue(partnership), parsed.GetValue(instrument), parsed.GetValue(name),
                parsed.GetValue(map) ?? [], parsed.GetValue(word) ?? [], parsed.GetValue(answer) ?? [], parsed.GetValue(leaveOut),
                parsed.GetValue(others), parsed.GetValue(yes)),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error,
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ColeadSettings settings, Request request, TextWriter output, TextWriter error,
        CancellationToken cancellation)
    {
        var problems = new Problems();
        TableFile table;
        Instrument? instrument;
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in request.Answers)
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
            {
                await error.WriteLineAsync($"--answer {pair}: write it as QUESTION=ANSWER.");
                return ExitCodes.Usage;
            }
            said[pair[..at].Trim()] = pair[(at + 1)..].Trim();
        }
        try
        {
            var content = InputFile.ReadAll(request.File, ImportOperations.MostBytes);
            instrument = request.Instrument is null ? null : InstrumentSource.Read(request.Instrument, problems);
            table = TableFile.Read(content, ImportOperations.Limits, TableChoices.Of(said));
        }
        catch (Colead.Commands.Surveys.UnreadableFileException unreadable)
        {
            await error.WriteLineAsync(unreadable.Message);
            return ExitCodes.NoInput;
        }
        catch (Colead.Kit.Tables.UnreadableFileException unreadable)
        {
            await error.WriteLineAsync($"{request.File}: {unreadable.Message}.");
            return ExitCodes.BadData;
        }
        if (problems.Any)
        {
            problems.WriteTo(error);
            return ExitCodes.BadData;
        }
        var engine = StorageOptions.Choose(settings);
        await StorageOptions.MigrateAsync(engine, cancellation);
        await using var app = ColeadApp.Build(settings, engine, AllParts.InOrder);
        using var scope = app.Services.CreateScope();
        return await new Importer(request, table, instrument, said, scope.ServiceProvider, output, error).RunAsync();
    }

    internal sealed record Request(string File, long Partnership, string? Instrument, string? Name, string[] Maps, string[] Words,
        string[] Answers, bool LeaveOut, bool Others, bool Yes);

    /// <summary>The same guess, plan and saving as the screens; here options confirm what there a person does.</summary>
    private sealed class Importer(Request request, TableFile table, Instrument? stated, Dictionary<string, string> said,
        IServiceProvider services, TextWriter output, TextWriter error)
    {
        private readonly ImportOperations import = services.GetRequiredService<ImportOperations>();
        private readonly ColeadDb db = services.GetRequiredService<ColeadDb>();

        public async Task<int> RunAsync()
        {
            if (!await db.Set<Partnership>().AnyAsync(p => p.Id == request.Partnership))
            {
                await error.WriteLineAsync($"There is no partnership {request.Partnership}.");
                return ExitCodes.BadData;
            }
            var candidates = stated is null ? await import.InstrumentsAsync(request.Partnership) : [stated];
            if (stated is null && said.GetValueOrDefault(ImportQuestions.InstrumentId) is { } named
                && candidates.FirstOrDefault(i => i.Id == named
                || InstrumentFile.ContentHash(i) == named) is { } chosen) candidates = [chosen];
            if (candidates.Count == 1) said[ImportQuestions.InstrumentId] = InstrumentFile.ContentHash(candidates[0]);
            var guess = await import.GuessAsync(request.Partnership, table, candidates) with { Said = said };
            var instrument = candidates.First(i => InstrumentFile.ContentHash(i) == guess.Instrument);
            var options = new ImportOptions(table, instrument, await import.OrganisationsAsync(request.Partnership));
            var (reading, wrong) = options.Apply(guess, request.Maps, request.Words);
            foreach (var sentence in wrong) await error.WriteLineAsync(sentence);
            if (wrong.Count > 0) return ExitCodes.Usage;

            var plan = await import.PlanAsync(request.Partnership, table, reading, instrument);
            foreach (var line in options.Say(reading, plan)) await output.WriteLineAsync(line);
            var causes = plan.Causes;
            foreach (var cause in causes.Take(Problems.Limit))
                await error.WriteLineAsync($"{request.File}, row {cause.Rows[0]}, column {cause.Column}: {cause.Sentence}.{(cause.Perhaps is null ? "" : $" Perhaps “{cause.Perhaps}” is meant.")}{(cause.Rows.Count > 1 ? $" The same in {cause.Rows.Count - 1} more of the rows." : "")}");
            if (causes.Count > Problems.Limit) await error.WriteLineAsync($"And {causes.Count - Problems.Limit} more.");
            var open = options.Open(reading, plan);
            foreach (var question in open)
            {
                await error.WriteLineAsync(question.Id == ImportQuestions.InstrumentId ? $"{question.Sentence} Say it with --instrument:"
                    : $"{question.Sentence} Say it with --answer {question.Id}=…:");
                foreach (var option in question.Options) await error.WriteLineAsync($"  {(question.Id == ImportQuestions.InstrumentId ? "" : option.Value + "  ")}{option.Label}");
            }
            if (plan.Shape is not null) await error.WriteLineAsync(plan.Shape + ".");
            if (plan.Rows.Count == 0)
            {
                await error.WriteLineAsync(plan.UnknownWords.Count > 0 && plan.Shape is null
                    ? "Nothing can be kept yet: say with --word what the words in it mean, as in --word Totally=5."
                    : "Nothing in this file can be used.");
                return ExitCodes.BadData;
            }
            if (open.Count > 0)
            {
                await error.WriteLineAsync("Nothing was kept: answer what is asked above, then run the command again.");
                return ExitCodes.BadData;
            }
            if (plan.RowsLeftOut > 0 && !request.LeaveOut)
            {
                await error.WriteLineAsync("Nothing was kept. Put the rows right, say what words mean with --word, or leave them out with --leave-out.");
                return ExitCodes.BadData;
            }
            if (!request.Yes)
            {
                await output.WriteLineAsync("Nothing was kept yet. If this is right, run the command again with --yes.");
                return ExitCodes.Ok;
            }
            long? round;
            try
            {
                round = await import.SaveAsync(request.Partnership, await BringerAsync(), RoundName(), Path.GetFileName(request.File), plan,
                    uploadId: null, request.Others
                        ? [.. (await services.GetRequiredService<RoundOperations>().MayBeTheSameAsync(request.Partnership,
                        plan.Instrument)).Select(r => r.Id)] : []);
            }
            catch (MayBeTheSameException same)
            {
                await error.WriteLineAsync(same.Message + " If it holds other answers, as of another year, say so with --others.");
                return ExitCodes.BadData;
            }
            await services.GetRequiredService<ClosingOperations>().CloseAsync(round!.Value);
            await output.WriteLineAsync($"Round {round} is closed, with {plan.Rows.Count} answers. A coordinator publishes it.");
            return ExitCodes.Ok;
        }

        private string RoundName()
        {
            var name = ShortText.Tidy(request.Name) ?? ShortText.Tidy(Path.GetFileNameWithoutExtension(request.File))
                ?? "Answers from elsewhere";
            return name.Length <= Colead.Parts.Rounds.Round.NameLength ? name : name[..Colead.Parts.Rounds.Round.NameLength];
        }

        private async Task<AnswersBringer> BringerAsync()
        {
            var coordinator = await db.RolesNow().Where(g => g.PartnershipId == request.Partnership
                && g.Role == Colead.Parts.Partnerships.Role.Coordinator).OrderBy(g => g.Id)
                .Select(g => g.Account!.Name + ", " + g.Account.Email).FirstOrDefaultAsync();
            return new(null, "colead import", coordinator ?? "the coordinator of the partnership");
        }
    }
}
