using System.Globalization;
using System.Security.Claims;
using Colead.Storage;
using Colead.Storage.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Accounts;

/// <summary>Who is signed in, read once a request.</summary>
public sealed class CurrentAccount(Lazy<ColeadDb> db, IHttpContextAccessor http)
{
    private Account? account;
    private bool read;

    /// <summary>The id in the cookie; null when nobody is signed in.</summary>
    public long? Id =>
        long.TryParse(http.HttpContext?.User.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture,
            out var id) ? id : null;

    public async Task<Account?> ReadAsync()
    {
        if (!read && Id is { } id) account = await db.Value.Users.AsNoTracking().FirstOrDefaultAsync(a => a.Id == id);
        read = true;
        return account;
    }
}
