using System.Threading.Channels;
using Colead.Parts.Mail;
using Colead.Storage;
using Colead.Storage.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Colead.Parts.Accounts.Passwords;

/// <summary>
/// Writes letters to those who forgot their password, beside the page that they asked on: were it done while they wait, how long that
/// takes would tell a stranger which addresses have an account. What waits when the program stops is lost; people ask again.
/// </summary>
public sealed class PasswordLetters(IServiceScopeFactory scopes, ILogger<PasswordLetters> log) : BackgroundService
{
    /// <summary>More than so many at once are nobody's who forgot something.</summary>
    private const int MostWaiting = 1000;

    private readonly Channel<string> asked = Channel.CreateBounded<string>(new BoundedChannelOptions(MostWaiting)
    {
        FullMode = BoundedChannelFullMode.DropWrite,
    });

    /// <summary>Asks for a letter to an address, whether or not it has an account.</summary>
    public void Ask(string address) => asked.Writer.TryWrite(address);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var address in asked.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await WriteAsync(address);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                PasswordLettersLog.NotWritten(log, error);
            }
        }
    }

    private async Task WriteAsync(string address)
    {
        using var scope = scopes.CreateScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        if (await accounts.FindByEmailAsync(address) is not { } account) return;
        var outbox = scope.ServiceProvider.GetRequiredService<Outbox>();
        var link = outbox.Absolute(AccountsLinks.Reset(account.Id, await accounts.GeneratePasswordResetTokenAsync(account)));
        outbox.Post(account.Email!, "Choose a new password for Colead", $"""
            Hello {account.Name},

            someone, we hope you, asked to choose a new password for Colead. This link lets you do so for one hour:

            {link}

            If it was not you, do nothing: your password stays as it is.

            """);
        await scope.ServiceProvider.GetRequiredService<ColeadDb>().SaveChangesAsync();
    }
}

internal static partial class PasswordLettersLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A letter to somebody who forgot their password could not be written")]
    public static partial void NotWritten(ILogger log, Exception error);
}
