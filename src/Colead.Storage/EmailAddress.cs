using System.Net.Mail;

namespace Colead.Storage;

/// <summary>E-mail addresses, checked by form: whether one works is seen only when mail comes back.</summary>
public static class EmailAddress
{
    public const int Length = 254;

    public static bool IsValid(string address)
    {
        if (address.Length > Length || address.Any(c => c <= ' ' || c == '"' || c == '\u007f')
            || ShortText.Whole(address) != address) return false;
        if (!MailAddress.TryCreate(address, out var parsed) || parsed.Address != address) return false;
        var labels = parsed.Host.Split('.');
        return parsed.User.Length <= 64 && labels.Length > 1 && labels.All(label =>
            label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsLetterOrDigit(c) || c == '-'));
    }

    /// <summary>The same key that sign-in uses, so that a person and their account can be matched.</summary>
    public static string Key(string address) => ShortText.Whole(address.Trim()).Normalize().ToUpperInvariant();
}
