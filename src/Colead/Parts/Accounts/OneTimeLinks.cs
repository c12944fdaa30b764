using Colead.Kit.Texts;
using Colead.Storage;
using Colead.Storage.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Accounts;

/// <summary>Links that work once: for whoever runs the program, to sign in or to begin.</summary>
public sealed class OneTimeLinks(ColeadDb db, TimeProvider clock)
{
    /// <summary>A secret that signs the account in once, or, without an account, opens the first set-up.</summary>
    public async Task<string> CreateAsync(long? accountId)
    {
        var secret = Secret.New();
        db.OneTimeLinks.Add(new OneTimeLink { AccountId = accountId, SecretHash = Secret.Hash(secret), CreatedAt = clock.Now() });
        await db.SaveChangesAsync();
        return secret;
    }

    public async Task<OneTimeLink?> FindAsync(string secret, bool forSetUp)
    {
        var hash = Secret.Hash(secret);
        var link = await db.OneTimeLinks.AsNoTracking().FirstOrDefaultAsync(l => l.SecretHash == hash);
        return link is not null && link.IsOpen(clock.Now()) && link.AccountId is null == forSetUp ? link : null;
    }

    /// <summary>Uses the link up; false when someone else just did.</summary>
    public async Task<bool> UseAsync(OneTimeLink link)
    {
        var now = clock.Now();
        return await db.OneTimeLinks.Where(l => l.Id == link.Id && l.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, now)) == 1;
    }
}
