using System.CommandLine;
using Colead.Composition;
using Colead.Parts;
using Colead.Parts.Demo;

namespace Colead.Commands;

/// <summary><c>colead demo</c>: fills an empty installation with the demonstration.</summary>
public static class DemoCommand
{
    public static Command Create()
    {
        var storage = new StorageOptions();
        var command = new Command("demo", "Fill an empty installation with an invented partnership to look at.");
        storage.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = storage.Read(parsed);
            var engine = StorageOptions.Choose(settings);
            await StorageOptions.MigrateAsync(engine, cancellation);
            await using var app = ColeadApp.Build(settings, engine, AllParts.InOrder);
            using var scope = app.Services.CreateScope();
            if (await scope.ServiceProvider.GetRequiredService<Demonstration>().FillAsync())
            {
                Console.WriteLine("The demonstration is ready. Sign in by: colead user link " + Demonstration.CoordinatorEmail);
                return ExitCodes.Ok;
            }
            await Console.Error.WriteLineAsync("This installation is in use already; nothing was changed.");
            return ExitCodes.BadData;
        });
        return command;
    }
}
