using Colead.Analysis.Instruments;
using Colead.Storage;

namespace Colead.Parts.Answering.Texts;

/// <summary>
/// Everything of our own that a respondent reads, in one language. A round in a language that we have no texts for shows its statements in
/// that language and these in English.
/// </summary>
public sealed record RespondentTexts
{
    public required string Tag { get; init; }
    /// <summary>Whether a fluent speaker has read these texts; coordinators are told.</summary>
    public required LanguageReview Review { get; init; }
    public required string SkipLink { get; init; }
    public required string Problem { get; init; }
    public required Func<Level, string> Level { get; init; }
    public required Func<IReadOnlyList<string>, string> List { get; init; }

    // The start page
    public required Func<RoundSheet, string> Lede { get; init; }
    public required Func<string, string> Purpose { get; init; }
    public required Func<string, string, string> AnswerFor { get; init; }
    public required string ChooseOrganisation { get; init; }
    public required string YourOrganisation { get; init; }
    public required string NoOrganisation { get; init; }
    public required string YourLevel { get; init; }
    public required string MoreThanOneLevel { get; init; }
    /// <summary>A level as somebody finds themselves in it.</summary>
    public required Func<Level, string> LevelChoice { get; init; }
    public required string HowToAnswer { get; init; }
    public required string OrganisationMissing { get; init; }
    public required string LevelMissing { get; init; }
    public required string OneAnswerADevice { get; init; }
    public required string Start { get; init; }
    /// <summary>Leads past the promise, which is long on a phone.</summary>
    public required string Later { get; init; }
    public required Func<DateTime, string> OpenUntil { get; init; }
    public required string SlipOrganisation { get; init; }
    public required string PromiseHeading { get; init; }
    /// <summary>Three sentences.</summary>
    public required Func<PromiseFor, IReadOnlyList<string>> Promise { get; init; }
    public required string MoreHeading { get; init; }
    /// <summary>What else holds, and what does not.</summary>
    public required Func<PromiseFor, IReadOnlyList<string>> More { get; init; }
    public required string PrivacyHeading { get; init; }
    public required Func<PromiseFor, IReadOnlyList<string>> Privacy { get; init; }

    // Going on
    public required Func<int, int, string> WelcomeBack { get; init; }
    public required string GoOn { get; init; }
    /// <summary>Of a slip nobody is told whether it was begun with.</summary>
    public required string SlipBegun { get; init; }
    public required string SlipBegunText { get; init; }
    public required string BegunElsewhere { get; init; }
    public required string BegunElsewhereText { get; init; }
    public required string Code { get; init; }
    public required string CodeButton { get; init; }
    public required string CodeWrong { get; init; }
    public required string CodeNoMore { get; init; }
    public required string StartAfresh { get; init; }
    public required string StartAfreshText { get; init; }
    public required string Lost { get; init; }

    // The parts
    public required Func<int, int, string> Part { get; init; }
    public required Func<int, string> MinutesLeft { get; init; }
    public required string Saved { get; init; }
    public required string DontKnow { get; init; }
    public required string Comment { get; init; }
    public required Func<int, string> CommentHint { get; init; }
    public required string Next { get; init; }
    public required string Back { get; init; }
    public required string WhoSees { get; init; }
    public required Func<RoundSheet, bool, string> WhoSeesText { get; init; }
    public required string OtherDevice { get; init; }
    public required string OtherDeviceText { get; init; }
    public required string OffScale { get; init; }
    public required string NotOfThisPage { get; init; }
    public required Func<int, string> CommentTooLong { get; init; }
    public required string NotSaved { get; init; }
    public required string NoRoomHeading { get; init; }
    public required string NoRoom { get; init; }

    // Review and thanks
    public required string ReviewHeading { get; init; }
    public required Func<int, int, string> ReviewLede { get; init; }
    public required string Change { get; init; }
    public required string NotAnswered { get; init; }
    public required string YourComment { get; init; }
    public required string BeforeSending { get; init; }
    public required string Send { get; init; }
    public required string NothingToSend { get; init; }
    public required string ChangedMeanwhile { get; init; }
    public required string Thanks { get; init; }
    public required string ThanksText { get; init; }
    public required Func<DateTime?, string> ThanksNext { get; init; }
    public required string MayClose { get; init; }

    // Links that lead nowhere
    public required Func<Situation, DateTime?, (string Heading, string Text)> Closed { get; init; }
    public required Func<string, string> Questions { get; init; }
    public required string TypeItAgain { get; init; }
    public required string TypedHeading { get; init; }
    public required string TypedText { get; init; }
    public required string TypedLabel { get; init; }
    public required string TypedHint { get; init; }
    public required string TypedButton { get; init; }
    public required string TypedWrong { get; init; }

    // No more reminders
    public required string StopHeading { get; init; }
    public required string StopText { get; init; }
    public required string StopButton { get; init; }
    public required string Stopped { get; init; }

    // So many at once from one place that a limit is reached
    public required string TooManyHeading { get; init; }
    public required string TooMany { get; init; }
    public required string TooManyAtOnce { get; init; }

    public static RespondentTexts For(string language) => language.Split('-')[0] == "cy" ? Welsh.Texts : English.Texts;

    /// <summary>Organisations reported together, each fold in words; a fold of one is not shown by itself.</summary>
    internal static IEnumerable<IReadOnlyList<string>> FoldsOf(RoundSheet round) =>
        round.Organisations.Where(o => o.Fold is not null).GroupBy(o => o.Fold).OrderBy(fold => fold.Key)
            .Select(fold => (IReadOnlyList<string>)[.. fold.Select(o => o.Name)]);
}
