using System.CommandLine;
using Colead.Storage.Protection;

namespace Colead.Commands;

/// <summary><c>colead keys</c>: what the person at the machine does when the lasting key is lost.</summary>
public static class KeysCommand
{
    public static Command Create()
    {
        var yes = new Option<bool>("--yes") { Description = "Do it. Without it, the command says what it would do and changes nothing." };
        var storage = new StorageOptions();
        var renew = new Command("renew", "Make a new lasting key, when the old one is lost for good.") { yes };
        storage.AddTo(renew);
        renew.SetAction(async (parsed, cancellation) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var engine = StorageOptions.Choose(storage.Read(parsed));
            await StorageOptions.MigrateAsync(engine, cancellation);
            var lasting = new LastingKey(engine);
            if (lasting.Key is not null)
            {
                await output.WriteLineAsync("The lasting key is in its folder. There is nothing to do.");
                return ExitCodes.Ok;
            }
            if (!parsed.GetValue(yes))
            {
                await output.WriteLineAsync($"{lasting.File} is missing. If you have a copy, put it back instead.\n"
                    + "With --yes a new key is made. Everybody then signs in again, links in letters that were sent stop working, and who uses an authenticator app sets it up again.");
                return ExitCodes.BadData;
            }
            var again = lasting.Renew();
            await output.WriteLineAsync("A new lasting key is made. Start the program again; everybody signs in again.");
            if (again.Count == 0) return ExitCodes.Ok;
            await output.WriteLineAsync("These accounts used an authenticator app. Each comes in by a link and adds the app again:");
            foreach (var address in again) await output.WriteLineAsync($"  colead user link {address}");
            return ExitCodes.Ok;
        });
        var command = new Command("keys", "The lasting key, under which cookie keys and authenticator secrets lie.");
        command.Subcommands.Add(renew);
        return command;
    }
}
