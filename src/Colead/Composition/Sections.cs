using Colead.Parts.Actions;
using Colead.Parts.Agreements;
using Colead.Parts.Budget;
using Colead.Parts.Decisions;
using Colead.Parts.Findings;
using Colead.Parts.Meetings;
using Colead.Parts.Outcomes;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Parts.Threads;
using Colead.Parts.Vision;
using Colead.Parts.Voice;

namespace Colead.Composition;

/// <summary>One screen in the menu.</summary>
/// <param name="Also">Other addresses below which one is on the same screen.</param>
public sealed record MenuScreen(string Name, string Address, params string[] Also);

/// <summary>One part of the circle, and the screens in it; the first is where its name leads.</summary>
public sealed record MenuSection(string Name, IReadOnlyList<MenuScreen> Screens);

/// <summary>The menu of a partnership: understand, agree, act, and who we are.</summary>
public static class Sections
{
    /// <param name="hasBudget">Whether money is shown: partnerships of some kinds keep no budget.</param>
    public static IReadOnlyList<MenuSection> Of(Standing standing, bool hasBudget)
    {
        var id = standing.PartnershipId;
        List<MenuScreen> partners = [new("Organisations", PartnershipsLinks.Organisations(id))];
        if (standing.SeesPeople) partners.Add(new("People", PartnershipsLinks.People(id), PartnershipsLinks.Import(id)));
        if (standing.IsCoordinator) partners.Add(new("Team", PartnershipsLinks.Team(id)));
        List<MenuSection> sections =
        [
            new("Threads", [new("Threads", ThreadsLinks.All(id))]),
            new("Understand",
            [
                new("Findings", FindingsLinks.All(id)),
                new("Rounds", InventoryLinks.Rounds(id), InventoryLinks.Instruments(id)),
            ]),
            new("Agree",
            [
                new("Vision", VisionLinks.Picture(id)),
                new("Decisions", DecisionsLinks.All(id)),
                new("Meetings", MeetingsLinks.Meetings(id)),
                new("Agreement", AgreementsLinks.Agreement(id)),
                new("Voice", VoiceLinks.Voice(id)),
            ]),
            new("Act",
            [
                new("Outcomes", OutcomesLinks.All(id)),
                new("Actions", ActionsLinks.All(id)),
                .. hasBudget ? new MenuScreen[] { new("Money", BudgetLinks.Money(id)) } : [],
            ]),
            new("Partners", partners),
        ];
        return [.. sections.Where(section => section.Screens.Count > 0)];
    }

    /// <summary>The screen of the menu to which an address belongs: the longest that it lies below.</summary>
    public static MenuScreen? Here(IReadOnlyList<MenuSection> sections, string path)
    {
        var screens = sections.SelectMany(section => section.Screens).ToList();
        if (path.Contains("/findings", StringComparison.Ordinal)) return screens.Find(screen => screen.Name == "Findings"); // a round's findings lie below its address
        return screens.SelectMany(screen => screen.Also.Prepend(screen.Address).Select(address => (screen, address)))
            .Where(at => path == at.address || path.StartsWith(at.address + "/", StringComparison.Ordinal)).OrderByDescending(at => at.address.Length).Select(at => at.screen).FirstOrDefault();
    }
}
