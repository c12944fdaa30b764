using Colead.Storage.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Colead.Parts.Accounts.Passwords;

/// <summary>Long rather than complicated; and not what is tried first.</summary>
public sealed class PasswordRules : IPasswordValidator<Account>
{
    public const int Shortest = 12;
    public const int Longest = 200;
    public const string Hint = "At least 12 characters. Three or four words together are easy to remember and hard to guess.";

    private static readonly string[] TriedFirst = ["password", "123456", "qwerty", "letmein", "welcome", "colead", "abc123"];

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password)
    {
        var bare = (password ?? "").ToUpperInvariant();
        foreach (var known in TriedFirst) bare = bare.Replace(known.ToUpperInvariant(), "", StringComparison.Ordinal);
        if (user.Email is { } email) bare = bare.Replace(email.Split('@')[0].ToUpperInvariant(), "", StringComparison.Ordinal);
        return Task.FromResult(bare.Distinct().Count() >= 5
            ? IdentityResult.Success
            : IdentityResult.Failed(new IdentityError { Code = "TooEasy", Description = "Choose a password that is harder to guess" }));
    }

    /// <summary>What Identity found wrong with a password, in our words.</summary>
    public static string Say(IdentityResult result) =>
        result.Errors.Any(error => error.Code == "PasswordTooShort") ? "Choose a password of at least 12 characters"
        : result.Errors.FirstOrDefault(error => error.Code == "TooEasy")?.Description ?? "Choose another password";
}
