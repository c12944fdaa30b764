using System.CommandLine;
using Colead.Composition;
using Colead.Parts;
using Colead.Parts.Accounts;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Commands;

/// <summary>
/// <c>colead user</c>: what the person at the machine can do for an account: a sign-in link, operator rights, an end to its sessions.
/// </summary>
public static class UserCommand
{
    public static Command Create()
    {
        var command = new Command("user", "Accounts: sign-in links, operators and sessions.");
        command.Subcommands.Add(Make("link", "Print a link that signs the account in, once.", async (services, settings, db, account) =>
        {
            var address = settings.Address ?? "http://localhost:5080";
            return address + AccountsLinks.Enter(await services.GetRequiredService<OneTimeLinks>().CreateAsync(account.Id));
        }));
        command.Subcommands.Add(Make("operator", "Let the account look after this installation.", async (_, _, db, account) =>
        {
            account.IsOperator = true;
            await db.SaveChangesAsync();
            return $"{account.Email} looks after this installation now.";
        }));
        command.Subcommands.Add(Make("signout", "End all sessions of the account.", async (services, _, _, account) =>
        {
            await services.GetRequiredService<Sessions>().EndAsync(account.Id);
            return $"{account.Email} is signed out everywhere, at a running server within ten seconds.";
        }));
        return command;
    }

    private static Command Make(string name, string description, Func<IServiceProvider, ColeadSettings, ColeadDb,
        Colead.Storage.Accounts.Account, Task<string>> act)
    {
        var email = new Argument<string>("address") { Description = "The e-mail address of the account." };
        var storage = new StorageOptions();
        var command = new Command(name, description) { email };
        storage.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = storage.Read(parsed);
            var engine = StorageOptions.Choose(settings);
            await StorageOptions.MigrateAsync(engine, cancellation);
            await using var app = ColeadApp.Build(settings, engine, AllParts.InOrder);
            using var scope = app.Services.CreateScope();
            var database = scope.ServiceProvider.GetRequiredService<ColeadDb>();
            var key = EmailAddress.Key(parsed.GetValue(email)!);
            if (await database.Users.FirstOrDefaultAsync(a => a.NormalizedEmail == key, cancellation) is not { } account)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync("There is no account with this address.");
                return ExitCodes.BadData;
            }
            await parsed.InvocationConfiguration.Output.WriteLineAsync(await act(scope.ServiceProvider, settings, database, account));
            return ExitCodes.Ok;
        });
        return command;
    }
}
