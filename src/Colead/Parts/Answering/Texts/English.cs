using System.Globalization;
using Colead.Analysis.Instruments;
using Colead.Kit.Texts;
using Colead.Parts.Rounds;

namespace Colead.Parts.Answering.Texts;

/// <summary>What respondents read in English.</summary>
internal static class English
{
    public static RespondentTexts Texts { get; } = new()
    {
        Tag = "en",
        Review = LanguageReview.Reviewed,
        SkipLink = "Skip to the main content",
        Problem = "There is a problem",
        Level = level => Colead.Parts.Partnerships.Words.Say(level),
        List = names => Listed(names, "and"),

        Lede = round =>
            $"{round.Partnership} would like to know how you see it. There are {N(round.Instrument.ItemCount)} statements in {N(round.Instrument.Dimensions.Count)} short parts. It takes about {N(round.Minutes)} minutes.",
        Purpose = purpose => $"What the partnership is for: {purpose}",
        AnswerFor = (level, organisation) => $"You answer for {organisation}. Your level there: {level}.",
        ChooseOrganisation = "For which organisation do you answer?",
        YourOrganisation = "Which organisation do you belong to?",
        NoOrganisation = "None: I answer for myself",
        YourLevel = "I answer as…",
        MoreThanOneLevel = "More than one? Choose the one through which you know the partners best.",
        LevelChoice = level => level switch
        {
            Colead.Storage.Level.Board => "a board member: trustee, governor or councillor",
            Colead.Storage.Level.Senior => "a chief officer or senior manager",
            Colead.Storage.Level.Middle => "a manager or team leader",
            Colead.Storage.Level.Frontline => "a member of staff who manages nobody",
            Colead.Storage.Level.Volunteer => "a volunteer",
            _ => "a resident, or a person who uses services",
        },
        HowToAnswer = "How to answer, and words we use",
        OrganisationMissing = "Choose an organisation, or none",
        LevelMissing = "Choose what describes you best",
        OneAnswerADevice = "Each phone or computer can answer once.",
        Start = "Start",
        Later = "You may leave out anything. Every page is saved, so you can stop and go on later with the same link.",
        OpenUntil = time => $"Open until {Dates.Say(time)}.",
        SlipOrganisation = "Which organisation are you with?",
        PromiseHeading = "What happens to your answers",
        Promise = Promise,
        MoreHeading = "What else you should know",
        More = More,
        PrivacyHeading = "Privacy notice",
        Privacy = Privacy,

        WelcomeBack = (part, parts) => $"Welcome back. Your answers so far are saved. Next is part {N(part)} of {N(parts)}.",
        GoOn = "Go on",
        SlipBegun = "Did you begin on another device?",
        SlipBegunText =
            "To go on here, type the short code that you can see there at the foot of each page. Without it nobody can open what you saved, not even someone who has your slip.",
        BegunElsewhere = "You began on another device",
        BegunElsewhereText =
            "To go on here, type the short code that you can see there at the foot of each page. Without it nobody can open what you saved, not even someone who has your link.",
        Code = "Short code",
        CodeButton = "Go on here",
        CodeWrong = "That is not the code. Look at it again: eight letters and digits",
        CodeNoMore = "That was wrong too often. Go on where you began, or start afresh here",
        StartAfresh = "Start afresh here",
        StartAfreshText = "Or begin again with empty pages. Only what you send first will count.",
        Lost = "Nothing saved was found on this device. If you have just pressed Start, your browser refuses cookies: allow them for this site, or use another browser. We use one cookie only, to keep your place.",

        Part = (part, parts) => $"Part {N(part)} of {N(parts)}",
        MinutesLeft = minutes => minutes == 1 ? "about 1 minute left" : $"about {N(minutes)} minutes left",
        Saved = "saved",
        DontKnow = "Don’t know",
        Comment = "Anything to add about this? You need not.",
        CommentHint = most => $"Please name nobody, yourself included. Up to {most.ToString("N0", British)} characters.",
        Next = "Save and continue",
        Back = "Back",
        WhoSees = "Who can see my answers?",
        WhoSeesText = (round, _) =>
            $"Colead shows nobody what you answered. Only averages of at least {N(round.MeansFrom)} people are shown, and single statements only from {N(round.DetailsFrom)}. The coordinator reads comments first, without names. What is left out here stands on the first page.",
        OtherDevice = "Continue on another device",
        OtherDeviceText = "Open your link there and type this short code:",
        OffScale = "One answer was not on the scale. Nothing was saved; please look at this page again",
        NotOfThisPage = "Part of what was sent does not belong to this page. Nothing was saved; please look at this page again",
        CommentTooLong = most => $"Shorten this to {most.ToString("N0", British)} characters. Nothing on this page was saved yet",
        NoRoomHeading = "There is no room left for answers",
        NoRoom = "This could not be saved: the disk of this survey is full. What you entered is still here. Leave this page open and press the button again later, or tell whoever asked you",
        NotSaved = "This could not be saved just now. Please press the button again",

        ReviewHeading = "Look it over before you send",
        ReviewLede = (answered, of) =>
            $"You have answered {N(answered)} of {N(of)} statements. You may change anything, or leave it as it is.",
        Change = "Change",
        NotAnswered = "Not answered",
        YourComment = "Your comment",
        BeforeSending = "Once sent, your answers cannot be changed or taken back: from then on no page leads to them.",
        Send = "Send my answers",
        NothingToSend = "There is nothing to send yet. Answer at least one statement, or write a comment",
        ChangedMeanwhile = "Your answers changed while this page was open, perhaps in another window. Look them over, then send",
        Thanks = "Thank you. Your answers are in.",
        ThanksText = "They are stored, encrypted, and what you had saved on the way is deleted. When the round closes, the key to all answers is destroyed.",
        ThanksNext = time => time is { } closes
            ? $"The round closes on {Dates.Say(closes)}. After that the partnership sees the results together."
            : "When the round has closed, the partnership sees the results together.",
        MayClose = "You can close this page now.",

        Closed = Closed,
        Questions = contact => $"Questions? Ask {contact}.",
        TypeItAgain = "Type it again",
        TypedHeading = "Type the code from your letter",
        TypedText = "The code is 26 letters and digits long. It leads to your questions.",
        TypedLabel = "Code",
        TypedHint = "Capitals, spaces and hyphens do not matter. There is no letter O, I, L or U in it.",
        TypedButton = "Go to the questions",
        TypedWrong = "This is not a whole code. Compare it with your letter, group by group",
        StopHeading = "No more reminders?",
        StopText = "Reminders go to everyone, whether they have answered or not. You can stop yours; your link stays good.",
        StopButton = "Send me no more reminders",
        Stopped = "You will get no more reminders for this round.",
        TooManyHeading = "Very many people come from here at once",
        TooMany = "We take only so many in one hour from one place, so that nobody answers a hundred times. Nothing is wrong with your link: try it again later, or on mobile data instead of this Wi-Fi.",
        TooManyAtOnce = "Nothing is wrong with your link. Wait a minute, then go on from here.",
    };

    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    private static List<string> Promise(PromiseFor to) =>
    [
        "Colead shows nobody what you answered, or whether you did.",
        to.ByOpenLink ? $"Answers by this open link are shown as one group, from {N(to.Round.DetailsFrom)} answers on."
            : $"No average of fewer than {N(to.Round.MeansFrom)} people is shown.",
        "When the round closes, the key to all answers is destroyed; from then on nobody can look yours up, unless the computer was copied before.",
    ];

    private static List<string> More(PromiseFor to)
    {
        var round = to.Round;
        var lines = new List<string>();
        if (to.ByOpenLink)
        {
            lines.Add("Nobody asks for your name. Kept with your answers: what you say about your organisation and level.");
            lines.Add($"Anyone may use this link, and as often as they have devices. So one person may be {N(round.DetailsFrom - 1)} of {N(round.DetailsFrom)}, and could then work out what the last one answered.");
        }
        else
        {
            lines.Add("Your name is not kept with your answers. Kept with them, encrypted: the organisation and level you answer for.");
            lines.Add(Asked(to));
            lines.Add(List(to));
            if (to.OthersUnconfirmed) lines.Add("Some lists of other organisations were confirmed by nobody other than who wrote them. Whoever wrote such a list could have invented people, and then work out what a real one answered, in your organisation too.");
            lines.Add($"{Capital(N(to.Others))} colleagues who pool their answers could work out what one more person beside them answered.");
            lines.Add($"Where only {N(round.MeansFrom)} people of a group were asked, it is shown only if all "
                + $"{N(round.MeansFrom)} answered: whoever sees it shown then knows that they did. So it is with single "
                + $"statements where only {N(round.DetailsFrom)} were asked.");
            lines.Add($"Where fewer than {N(round.MeansFrom)} people of an organisation were asked, somebody who sets all averages beside the list can "
                + "sometimes work out how many of them answered at least; not what.");
        }
        lines.Add($"Single statements, how far apart people are, and comments are shown only from {N(round.DetailsFrom)} people.");
        if (!round.OrganisationRows) lines.Add("Results of single organisations are not shown at all.");
        else
        {
            lines.Add("An organisation is shown as a whole only, never split by level.");
            foreach (var fold in RespondentTexts.FoldsOf(round))
                lines.Add(fold.Count == 1 ? $"{fold[0]} is not shown by itself."
                    : $"So that small organisations do not stand out, these are shown as one: {Listed(fold, "and")}.");
        }
        if (!to.ByOpenLink
            && round.HasOpenLink) lines.Add("There is also an open link, by which anyone may answer. Those answers are counted apart from yours.");
        lines.Add("Until the round closes, whoever runs the computer that stores the answers could look at them.");
        lines.Add(round.KeysCopied switch
        {
            true => "One copy of the key to the answers is kept apart from that computer, and overwritten after the round has closed.",
            false => "No copy of the key to the answers is kept: if that computer is lost before the round closes, so are the answers.",
            null => "Whoever runs that computer may keep one copy of the key apart from it until the round has closed.",
        });
        lines.Add("The coordinator reads comments after closing, without names, before anyone else does.");
        if (to.Uses(RoundWay.Mail)
            && !to.ByOpenLink) lines.Add("Whoever reads your mail could see that your link was used, or use it before you.");
        lines.Add("An employer can watch its own devices and network: use your own.");
        if (to.Uses(RoundWay.Paper) && !to.ByOpenLink)
            lines.Add("Some people get their link on a slip that they draw. Whoever prints the slips could use those that nobody "
                + "drew, and so invent people, too. Whoever keeps them sees how many nobody drew.");
        if (to.Uses(RoundWay.Merge)
            && !to.ByOpenLink) lines.Add("The coordinator sends the links with a program of their own. Whoever has that list could see whether a link was used, or use it.");
        if (!to.ByOpenLink) lines.Add("What you save before you send is a draft. It opens on this device, or on another one with your link and a short code that you are shown. It is deleted when you send, and when the round closes.");
        else lines.Add("What you save before you send is a draft that opens on this device. It is deleted when you send, and when the round closes.");
        lines.Add("A sent answer cannot be changed or taken back, because no page leads to it any more.");
        lines.Add($"The findings are deleted {N(round.KeptYears)} {(round.KeptYears == 1 ? "year" : "years")} after the round closes.");
        lines.Add($"Questions? Ask {round.Contact}.");
        return lines;
    }

    /// <summary>Those who know better see a false list.</summary>
    private static string Asked(PromiseFor to) => to.OwnAsked.Count == 0
        ? $"{Capital(People(to.AllAsked))} asked in all."
        : $"{Capital(People(to.AllAsked))} asked in all; of {to.OwnName}: {Listed([.. to.OwnAsked.Select(a => $"{N(a.People)} {Colead.Parts.Partnerships.Words.Say(a.Level).ToLowerInvariant()}")], "and")}. Does that look wrong? Then tell the person named below before you answer.";

    private static string People(int people) => people == 1 ? "one person is" : $"{N(people)} people are";

    private static string List(PromiseFor to)
    {
        var (whose, confirmed) = to.OwnName is { } name ? ($"The list of people at {name}", to.OwnConfirmed == true)
            : ("The list of people who are asked", !to.AnyUnconfirmed);
        return confirmed
            ? $"On {char.ToLowerInvariant(whose[0])}{whose[1..]}, only those count whom somebody other than who wrote them down has confirmed. The two of them together could still have invented people, and then work out what a real one answered; so could one person with both accounts."
            : $"{whose} was confirmed by nobody other than who wrote it. Whoever wrote it could have invented people, and then work out what a real one answered.";
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static List<string> Privacy(PromiseFor to)
    {
        var round = to.Round;
        return
        [
            $"Who is responsible: {round.Partnership}. Ask {round.Contact}, also about the legal ground for this.",
            to.ByOpenLink
                ? "What we hold: your answers and comments, and the organisation and level you state, encrypted until the round closes. Not your name, your address or the time."
                : "What we hold: your name, e-mail address, organisation and level on a list of people asked; apart from it your answers and comments with organisation and level, encrypted until the round closes. Not the time, and nothing about your device.",
            "What for: to find out how well the organisations lead together, and for nothing else.",
            "Who sees it: the partnership sees averages; a coordinator reads the comments first and takes out words that could show who wrote them. Nothing goes to anyone for money or advertising.",
            "One cookie on your device keeps your place on these pages. No page here calls on another company.",
            $"How long: answers and drafts until the round closes; the findings, with comments that were released, for {N(round.KeptYears)} {(round.KeptYears == 1 ? "year" : "years")} after that.",
            "Your rights: you do not have to take part, and no page tells who did. Before you send, you can change everything or stop. After that no page leads to your answer, so it cannot be shown to you, corrected or deleted by itself. You may complain to the Information Commissioner’s Office (ico.org.uk).",
        ];
    }

    private static (string, string) Closed(Situation situation, DateTime? time) => situation switch
    {
        Situation.NotYetOpen => ("The questions are not open yet", time is { } opens
            ? $"They open on {Dates.Say(opens)}. Your link works from then on."
            : "Your link is right. Try it again when you hear that the round is open."),
        Situation.Over => ("The round is closed",
            "Thank you for coming. The answers are in and no more can be taken. Drafts that were not sent count for nothing."),
        Situation.Cancelled => ("This round was cancelled", "No answer that was given is shown to anybody. You need not do anything."),
        Situation.Replaced => ("There is a newer link for you",
            "Your invitation was sent to another address, with another link. What was saved by this one and not sent counts for nothing. If you did not ask for that, tell the person named here."),
        Situation.Withdrawn => ("This invitation was taken back",
            "Perhaps you left the organisation, or were asked by mistake. What was saved and not sent counts for nothing."),
        Situation.Used =>
            ("This link has been used",
            "Answers were sent by it, and it takes no more. If you did not send them, tell the person named here."),
        Situation.TryLater =>
            ("This cannot be opened just now",
            "Something on our side is not ready. Nothing that you saved is lost. Please try again later."),
        Situation.UsedDevice =>
            ("You have answered from this device", "Each phone or computer can answer once. Thank you for taking part."),
        _ => ("We do not know this link",
            "Perhaps a letter or digit is missing or mistyped. Compare it with your letter or message, or type the code again."),
    };

    internal static string Listed(IReadOnlyList<string> names, string and) => names.Count < 2 ? string.Concat(names)
        : string.Join(", ", names.SkipLast(1)) + $" {and} " + names[^1];

    private static string N(int number) => number switch
    {
        1 => "one", 2 => "two", 3 => "three", 4 => "four", 5 => "five", 6 => "six", 7 => "seven", 8 => "eight", 9 => "nine", 10 => "ten",
        _ => number.ToString(CultureInfo.InvariantCulture),
    };
}
