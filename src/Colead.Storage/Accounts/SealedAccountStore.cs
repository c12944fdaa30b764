using Colead.Storage.Protection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace Colead.Storage.Accounts;

/// <summary>Identity's store; secrets of authenticator apps and recovery codes lie in it sealed, each bound to its account and
/// name.</summary>
public sealed class SealedAccountStore(ColeadDb db, LastingKey lasting, IdentityErrorDescriber? describer = null) : UserOnlyStore<Account,
    ColeadDb, long>(db, describer)
{
    private const string Table = "AccountTokens";

    public override async Task<string?> GetTokenAsync(Account user, string loginProvider, string name,
        CancellationToken cancellationToken) =>
        lasting.Open(Table, user.Id, LastingKey.RowOf(loginProvider, name),
            await base.GetTokenAsync(user, loginProvider, name, cancellationToken));

    public override Task SetTokenAsync(Account user, string loginProvider, string name, string? value,
        CancellationToken cancellationToken) =>
        base.SetTokenAsync(user, loginProvider, name, value is null ? null
            : lasting.Seal(Table, user.Id, LastingKey.RowOf(loginProvider, name), value), cancellationToken);
}
