using Colead.Kit.Texts;
using Colead.Storage.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Colead.Parts.Accounts;

/// <summary>Making accounts: by set-up, by invitation, by command.</summary>
public sealed class NewAccounts(UserManager<Account> accounts, TimeProvider clock)
{
    public async Task<(Account? Account, IdentityResult Result)> CreateAsync(string name, string email, string? password,
        bool isOperator = false)
    {
        var account = new Account { Name = name, UserName = email, Email = email, IsOperator = isOperator, CreatedAt = clock.Now(),
            LockoutEnabled = true };
        var result = password is null ? await accounts.CreateAsync(account) : await accounts.CreateAsync(account, password);
        return (result.Succeeded ? account : null, result);
    }
}
