using System.CommandLine;
using Colead.Analysis.Instruments;
using Colead.Commands.Surveys;
using Colead.Composition;
using Colead.Data;
using Colead.Kit.Tables;
using Colead.Parts;
using Colead.Parts.Importing;
using Colead.Parts.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Colead.Commands;

/// <summary><c>colead import</c>: answers from elsewhere become a closed round, without a browser.</summary>
public static class ImportCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The answers: CSV as LimeSurvey and others export it, or Excel (.xlsx)." };
        var partnership = new Option<long>("--partnership") { HelpName = "N", Description = "The number of the partnership, as in the address of its pages.", Required = true };
        var instrument = new Option<string?>("--instrument") { HelpName = "I.json", Description = "The instrument that was answered: a file, or the id of one that is shipped. Without it, the one that fits best." };
        var name = new Option<string?>("--name") { Description = "The name of the round; the file's name unless stated." };
        var map = new Option<string[]>("--map")
        {
            HelpName = "WHAT=COLUMN",
            Description = "Which column is which: a statement's id, organisation, sector, level, person or comment, and the column's name or its number from 1; 0: not in the file. May be repeated.",
            AllowMultipleArgumentsPerToken = true,
        };
        var word = new Option<string[]>("--word")
        {
            HelpName = "WORD=MEANING",
            Description = "What a word of the file means: a point of the scale, DK, an organisation's name, a sector or a level. May be repeated.",
            AllowMultipleArgumentsPerToken = true,
        };
        var leaveOut = new Option<bool>("--leave-out") { Description = "Leave out rows with a problem and keep the rest." };
        var yes = new Option<bool>("--yes") { Description = "Keep the answers. Without it, the command says what it would do and keeps nothing." };
        var storage = new StorageOptions();
        var command = new Command("import", "Make a closed round of answers collected elsewhere.\n\n" + ExitCodes.Help) { file, partnership, instrument, name, map, word, leaveOut, yes };
        storage.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            storage.Read(parsed),
            new(parsed.GetRequiredValue(file), parsed.GetValue(partnership), parsed.GetValue(instrument), parsed.GetValue(name), parsed.GetValue(map) ?? [], parsed.GetValue(word) ?? [], parsed.GetValue(leaveOut), parsed.GetValue(yes)),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error,
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ColeadSettings settings, Request request, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var problems = new Problems();
        TableFile table;
        Instrument? instrument;
        try
        {
            var content = InputFile.ReadAll(request.File, ImportOperations.MostBytes);
            instrument = request.Instrument is null ? null : InstrumentSource.Read(request.Instrument, problems);
            table = TableFile.Read(content, ImportOperations.Limits);
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
        return await new Importer(request, table, instrument, scope.ServiceProvider, output, error).RunAsync();
    }

    internal sealed record Request(string File, long Partnership, string? Instrument, string? Name, string[] Maps, string[] Words, bool LeaveOut, bool Yes);

    /// <summary>The same guess, plan and saving as the screens; here options confirm what there a person does.</summary>
    private sealed class Importer(Request request, TableFile table, Instrument? stated, IServiceProvider services, TextWriter output, TextWriter error)
    {
        private readonly ImportOperations import = services.GetRequiredService<ImportOperations>();
        private readonly ColeadDb db = services.GetRequiredService<ColeadDb>();

        public async Task<int> RunAsync()
        {
            if (!await db.Partnerships.AnyAsync(p => p.Id == request.Partnership))
            {
                await error.WriteLineAsync($"There is no partnership {request.Partnership}.");
                return ExitCodes.BadData;
            }
            var candidates = stated is null ? await import.InstrumentsAsync(request.Partnership) : [stated];
            var guess = await import.GuessAsync(request.Partnership, table, candidates);
            var instrument = candidates.First(i => InstrumentFile.ContentHash(i) == guess.Instrument);
            var options = new ImportOptions(table, instrument, await import.OrganisationsAsync(request.Partnership));
            var (reading, wrong) = options.Apply(guess, request.Maps, request.Words);
            foreach (var sentence in wrong) await error.WriteLineAsync(sentence);
            if (wrong.Count > 0) return ExitCodes.Usage;

            var plan = await import.PlanAsync(request.Partnership, table, reading, instrument);
            foreach (var line in options.Say(reading, plan)) await output.WriteLineAsync(line);
            foreach (var problem in plan.Problems.Take(Problems.Limit)) await error.WriteLineAsync($"{request.File}, row {problem.Row}, column {problem.Column}: {problem.Sentence}.");
            if (plan.Problems.Count > Problems.Limit) await error.WriteLineAsync($"And {plan.Problems.Count - Problems.Limit} more.");
            if (plan.Rows.Count == 0)
            {
                await error.WriteLineAsync("Nothing in this file can be used.");
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
            var round = await import.SaveAsync(request.Partnership, await BringerAsync(), RoundName(), Path.GetFileName(request.File), plan, uploadId: null);
            await services.GetRequiredService<ClosingOperations>().CloseAsync(round!.Value);
            await output.WriteLineAsync($"Round {round} is closed, with {plan.Rows.Count} answers. A coordinator publishes it.");
            return ExitCodes.Ok;
        }

        private string RoundName()
        {
            var name = ShortText.Tidy(request.Name) ?? ShortText.Tidy(Path.GetFileNameWithoutExtension(request.File)) ?? "Answers from elsewhere";
            return name.Length <= Colead.Data.Inventory.Round.NameLength ? name : name[..Colead.Data.Inventory.Round.NameLength];
        }

        private async Task<AnswersBringer> BringerAsync()
        {
            var coordinator = await db.RoleGrants.Where(g => g.PartnershipId == request.Partnership
                && g.Role == Colead.Data.Partnerships.Role.Coordinator).OrderBy(g => g.Id)
                .Select(g => g.Account!.Name + ", " + g.Account.Email).FirstOrDefaultAsync();
            return new(null, "colead import", coordinator ?? "the coordinator of the partnership");
        }
    }
}
