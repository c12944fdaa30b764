using System.Globalization;
using Colead.Kit.Texts;

namespace Colead.Parts.Invitations;

/// <summary>What a letter is about.</summary>
public sealed record LetterFacts(string Partnership, string Contact, int MeansFrom, DateTime? ClosesAt, int Minutes);

/// <summary>The words of invitations, by e-mail and on paper, in one language. A round in a language that we have no words for writes in
/// English.</summary>
public sealed record LetterTexts
{
    public required string Tag { get; init; }
    public required Func<string, string> Dear { get; init; }
    public required Func<LetterFacts, string> Subject { get; init; }
    public required Func<LetterFacts, string> ReminderSubject { get; init; }
    public required Func<LetterFacts, string> Heading { get; init; }
    public required Func<LetterFacts, string> Why { get; init; }
    public required Func<LetterFacts, string> Promise { get; init; }
    public required string YourLink { get; init; }
    public required string Alone { get; init; }
    public required string Reminder { get; init; }
    public required string StopReminders { get; init; }
    public required string Moved { get; init; }
    public required Func<DateTime, string> OpenUntil { get; init; }
    public required Func<string, string> Questions { get; init; }
    public required string Scan { get; init; }
    public required Func<string, string> OrType { get; init; }
    public required Func<LetterFacts, string> Everyone { get; init; }

    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");
    private static readonly CultureInfo Cymraeg = CultureInfo.GetCultureInfo("cy-GB");

    public static LetterTexts English { get; } = new()
    {
        Tag = "en",
        Dear = name => $"Dear {name},",
        Subject = facts => $"{facts.Partnership}: how do you see it?",
        ReminderSubject = facts => $"{facts.Partnership}: there is still time to say how you see it",
        Heading = _ => "How well do we lead together?",
        Why = facts =>
            $"{facts.Partnership} asks everyone in it how well its organisations lead together, and would like to know how you see it. It takes about {facts.Minutes.ToString(British)} minutes, on a phone or a computer.",
        Promise = facts =>
            $"Your name is not kept with your answers, and no average is shown for fewer than {facts.MeansFrom.ToString(British)} people.",
        YourLink = "Your own link:",
        Alone = "It is yours alone. Please do not pass it on.",
        Reminder = "This reminder goes to everyone. If you have answered already, thank you: there is nothing more to do.",
        StopReminders = "No more reminders, whether you have answered or not:",
        Moved = "The invitation that you had from us was sent to another address, and the link in it leads nowhere any more. If you did not ask for this, tell the person named here.",
        OpenUntil = time => $"Open until {Dates.ToLondon(time).ToString("d MMMM yyyy 'at' H:mm", British)}.",
        Questions = contact => $"Questions? Ask {contact}.",
        Scan = "Point your phone’s camera here",
        OrType = address => $"or go to {address} and type",
        Everyone = facts =>
            $"Do you live here, work here or use what we do? {facts.Partnership} would like to know how well you think its organisations lead together. It takes about {facts.Minutes.ToString(British)} minutes, and nobody asks for your name.",
    };

    /// <summary>Written without a fluent reviewer so far, as the questionnaire's own Welsh.</summary>
    public static LetterTexts Welsh { get; } = new()
    {
        Tag = "cy",
        Dear = name => $"Annwyl {name},",
        Subject = facts => $"{facts.Partnership}: sut ydych chi'n gweld pethau?",
        ReminderSubject = facts => $"{facts.Partnership}: mae amser o hyd i ddweud sut ydych chi'n gweld pethau",
        Heading = _ => "Pa mor dda ydym ni'n arwain gyda'n gilydd?",
        Why = facts =>
            $"Mae {facts.Partnership} yn gofyn i bawb ynddi pa mor dda y mae ei sefydliadau'n arwain gyda'i gilydd, a hoffai wybod sut ydych chi'n gweld pethau. Mae'n cymryd tua {facts.Minutes.ToString(Cymraeg)} munud, ar ffôn neu gyfrifiadur.",
        Promise = facts =>
            $"Ni chedwir eich enw gyda'ch atebion, ac ni ddangosir cyfartaledd ar gyfer llai na {facts.MeansFrom.ToString(Cymraeg)} o bobl.",
        YourLink = "Eich dolen chi:",
        Alone = "Chi yn unig biau hon. Peidiwch â'i rhoi i neb arall.",
        Reminder = "Mae'r nodyn hwn yn mynd at bawb. Os ydych wedi ateb eisoes, diolch: nid oes dim mwy i'w wneud.",
        StopReminders = "Dim mwy o nodiadau atgoffa, p'un a ydych wedi ateb ai peidio:",
        Moved = "Anfonwyd y gwahoddiad a gawsoch gennym i gyfeiriad arall, ac nid yw'r ddolen ynddo'n arwain i unman bellach. Os na ofynnoch am hyn, dywedwch wrth y person a enwir yma.",
        OpenUntil = time => $"Ar agor tan {Dates.ToLondon(time).ToString("d MMMM yyyy 'am' H:mm", Cymraeg)}.",
        Questions = contact => $"Cwestiynau? Gofynnwch i {contact}.",
        Scan = "Pwyntiwch gamera eich ffôn yma",
        OrType = address => $"neu ewch i {address} a theipio",
        Everyone = facts =>
            $"Ydych chi'n byw yma, yn gweithio yma neu'n defnyddio'r hyn a wnawn? Hoffai {facts.Partnership} wybod pa mor dda y mae ei sefydliadau'n arwain gyda'i gilydd yn eich barn chi. Mae'n cymryd tua {facts.Minutes.ToString(Cymraeg)} munud, ac nid oes neb yn gofyn am eich enw.",
    };

    /// <summary>The words of a round's languages, each once.</summary>
    public static IReadOnlyList<LetterTexts> For(IEnumerable<string> languages) =>
        [.. languages.Select(tag => tag.Split('-')[0] == "cy" ? Welsh : English).Distinct()];
}
