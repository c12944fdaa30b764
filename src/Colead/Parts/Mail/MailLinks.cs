namespace Colead.Parts.Mail;

/// <summary>Addresses of this part.</summary>
public static class MailLinks
{
    public static string Mail() => "/mail";
}
