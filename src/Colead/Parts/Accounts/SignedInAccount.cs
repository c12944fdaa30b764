using System.Security.Claims;
using Colead.Storage.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Colead.Parts.Accounts;

internal static class SignedIn
{
    /// <summary>The account behind a page that only signed-in people reach.</summary>
    public static async Task<Account> SignedInAsync(this UserManager<Account> accounts, ClaimsPrincipal user) =>
        await accounts.GetUserAsync(user) ?? throw new BadHttpRequestException("The account of this session is gone.");
}
