using Colead.Composition;
using Colead.Parts.Accounts;
using Colead.Parts.Actions;
using Colead.Parts.Agreements;
using Colead.Parts.Answering;
using Colead.Parts.Budget;
using Colead.Parts.Decisions;
using Colead.Parts.Demo;
using Colead.Parts.Findings;
using Colead.Parts.Importing;
using Colead.Parts.Instruments;
using Colead.Parts.Invitations;
using Colead.Parts.Mail;
using Colead.Parts.Meetings;
using Colead.Parts.Outcomes;
using Colead.Parts.Partnerships;
using Colead.Parts.Publishing;
using Colead.Parts.Rounds;
using Colead.Parts.Threads;
using Colead.Parts.Vision;
using Colead.Parts.Voice;

namespace Colead.Parts;

/// <summary>The parts of the program, in the order in which they may use each other: each those before it.</summary>
public static class AllParts
{
    public static IReadOnlyList<Part> InOrder { get; } =
    [
        new MailPart(),
        new AccountsPart(),
        new PartnershipsPart(),
        new InstrumentsPart(),
        new RoundsPart(),
        new InvitationsPart(),
        new AnsweringPart(),
        new PublishingPart(),
        new ImportingPart(),
        new FindingsPart(),
        new ThreadsPart(),
        new VisionPart(),
        new OutcomesPart(),
        new ActionsPart(),
        new BudgetPart(),
        new DecisionsPart(),
        new AgreementsPart(),
        new MeetingsPart(),
        new VoicePart(),
        new DemoPart(),
    ];
}
