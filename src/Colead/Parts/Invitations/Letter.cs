using Colead.Analysis.Instruments;
using Colead.Parts.Rounds;
using QRCoder;

namespace Colead.Parts.Invitations;

/// <summary>A slip ready for paper: a link that is nobody's until it is drawn.</summary>
public sealed record Slip(string Address, string Code)
{
    /// <summary>The code in groups that the eye can hold.</summary>
    public IEnumerable<string> Groups => Code.Chunk(4).Select(group => new string(group));

    public string Picture => PictureOf(Address);

    /// <summary>A QR code as the address of a picture.</summary>
    public static string PictureOf(string address)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var png = new PngByteQRCode(data);
        return "data:image/png;base64," + Convert.ToBase64String(png.GetGraphic(8, drawQuietZones: false));
    }
}

/// <summary>Letters of one round, in its languages.</summary>
public sealed record LetterForm(LetterFacts Facts, IReadOnlyList<LetterTexts> Texts, string Typed)
{
    /// <summary>About three statements a minute.</summary>
    public static LetterForm Of(Round round, string partnership, Instrument instrument, Func<string, string> absolute) =>
        new(new(partnership, round.Contact, round.MeansFrom, round.ClosesAt, (instrument.ItemCount + 2) / 3),
            LetterTexts.For(round.Languages), WithoutScheme(absolute(AnswerLinks.AnswerTyped())));

    public string Subject(RoundMessageKind kind) => kind == RoundMessageKind.Reminder ? Texts[0].ReminderSubject(Facts) : Texts[0]
        .Subject(Facts);

    /// <summary>Every language after the other, each with the link, so that nobody has to look for it.</summary>
    public string Body(RoundMessageKind kind, string name, string address, string? stop = null) =>
        string.Join("\n\n* * *\n\n", Texts.Select(texts => string.Join("\n\n", Paragraphs(texts, kind, name, address, stop)))) + "\n";

    public string MovedSubject => Texts[0].Subject(Facts);

    /// <summary>To an address whose invitation went to another: whoever reads it there should know.</summary>
    public string MovedBody(string name) =>
        string.Join("\n\n* * *\n\n", Texts.Select(texts => $"{texts.Dear(name)}\n\n{texts.Moved}\n\n{texts.Questions(Facts.Contact)}"))
        + "\n";

    private IEnumerable<string> Paragraphs(LetterTexts texts, RoundMessageKind kind, string name, string address, string? stop)
    {
        yield return texts.Dear(name);
        if (kind == RoundMessageKind.Reminder) yield return texts.Reminder;
        yield return texts.Why(Facts);
        yield return texts.Promise(Facts);
        yield return $"{texts.YourLink}\n{address}";
        yield return texts.Alone + (Facts.ClosesAt is { } closes ? " " + texts.OpenUntil(closes) : "");
        yield return texts.Questions(Facts.Contact);
        if (stop is not null) yield return $"{texts.StopReminders}\n{stop}";
    }

    private static string WithoutScheme(string address) => address[(address.IndexOf("//", StringComparison.Ordinal) + 2)..];
}
