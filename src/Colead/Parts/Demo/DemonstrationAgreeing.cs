using Colead.Parts.Agreements;
using Colead.Parts.Partnerships;
using Colead.Parts.Vision;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Demo;

/// <summary>What Harbour Vale has agreed on: shared aims and how they fit, and an agreement in its second version. Made by the operations
/// that people use, once.</summary>
public sealed class DemonstrationAgreeing(ColeadDb db, IServiceProvider services)
{
    private Story story = null!;
    /// <summary>In the order of their organisations.</summary>
    private List<Standing> leads = [];

    public async Task FillAsync(long partnershipId)
    {
        story = await Story.OfAsync(db, services, partnershipId);
        leads = [.. story.Leads.OrderBy(l => l.Key).Select(l => l.Value)];
        if (!await db.Set<Fit>().AnyAsync(f => f.SharedAim!.PartnershipId == partnershipId)) await AimAsync();
        if (!await db.Set<AgreementVersion>().AnyAsync(v => v.Agreement!.PartnershipId == partnershipId
            && v.Number == 2)) await AgreeAsync(partnershipId);
    }

    private async Task AimAsync()
    {
        AimOperations aims = story.Of<AimOperations>();
        (string Name, string Text)[] shared =
        [
            ("Getting about", "Everyone in Harbour Vale can get to what matters to them, and home again, by day and by evening."),
            ("Eating together", "Nobody eats alone or goes without because of money, distance or shame."),
            ("Being asked first", "People who use what we do help to plan it, from the first hour."),
            ("One door", "Whoever comes to any of us is heard once, and need not tell their story again."),
        ];
        List<long> ids = [];
        foreach (var (n, (name, text)) in shared.Index())
        {
            story.At(-560 + n, 10);
            var aim = await db.Set<SharedAim>().FirstOrDefaultAsync(a => a.PartnershipId == story.Coordinator.PartnershipId
                && a.Name == name) ?? await aims.ProposeAimAsync(leads[n], new(name, text, ""));
            ids.Add(aim.Id);
            db.ChangeTracker.Clear();
            var wording = await db.Set<AimWording>().Include(w => w.SharedAim).FirstAsync(w => w.SharedAimId == aim.Id);
            story.At(-555 + n, 10);
            await aims.AcceptAsync(story.Coordinator, wording, "", 0);
        }
        story.At(-20, 10);
        db.ChangeTracker.Clear();
        await aims.ProposeAsync(leads[4], await db.Set<SharedAim>().FirstAsync(a => a.Id == ids[1]),
            new("Eating together",
            "Nobody in Harbour Vale eats alone or goes without because of money, distance or shame, and nobody is asked to prove it.",
            "Proof is what keeps people away."), 1);

        // By organisation, in the order of the list: supports, neutral, conflicts or not said, for each aim, and why.
        string[][] fits =
        [
            ["S Fewer trips by car are in our own plan.", "", "S What people helped to plan gets through committee.", ""],
            ["S Most missed clinics are missed buses.", "S Whoever eats well is not on our wards.",
                "S Sessions planned with those who come fill up.", "N"],
            ["S Fewer calls from people stranded at night.", "", "", ""],
            ["", "S A child who has eaten can learn.", "N", ""],
            ["", "S It is what we are here for.", "S Whoever comes runs half of it already.", ""],
            ["S Carers need an evening out, and a way home.", "S A shared table is a rest from cooking for one.",
                "S Carers know which hour works.", "N"],
            ["S Without a late bus nobody under eighteen comes.", "", "S Young people stay where they are heard.", ""],
            ["N", "S Lonely tenants move out.", "S Our tenants’ panels ask for it.", "N"],
            ["S Evening passengers pay for the last boat.", "", "S Passengers knew the timetable we should have had.", ""],
            ["C Evening buses would take our night staff’s parking; we have asked for the stop to be moved.", "N", "N", "N"],
        ];
        foreach (var (n, lead) in leads.Index())
        {
            story.At(-500 + n, 11);
            db.ChangeTracker.Clear();
            await aims.SayAsync(lead, null, [.. fits[n].Index().Where(said => said.Item.Length > 0)
                .Select(said => Saying(ids[said.Index], said.Item))]);
        }
        story.At(-480, 11);
        var rooms = await aims.WriteAsync(leads[9],
            new("Full rooms from October to March", "We need work for our people in the quiet months.", AimVisibility.Partnership));
        await aims.SayAsync(leads[9], rooms, [.. ids.Select(id => Saying(id, "N"))]);
        await aims.WriteAsync(leads[8], new("The last boat pays for itself", "Or it will not sail in two years.", AimVisibility.Everyone));
    }

    private static Saying Saying(long aim, string said) =>
        new(aim, 1, said[0] switch { 'S' => FitWord.Supports, 'C' => FitWord.Conflicts, _ => FitWord.Neutral }, said[1..].Trim(), 0);

    private async Task AgreeAsync(long partnershipId)
    {
        AgreementOperations document = story.Of<AgreementOperations>();
        Dictionary<string, string> texts = new(StringComparer.Ordinal)
        {
            ["partners"] =
                "Harbour Vale Moving Together. Its partners are the organisations that have signed below; each names one person who speaks for it.",
            ["aims"] = "Fewer people in Harbour Vale live with pain, worry or loneliness because they cannot get about, join in or eat well. None of us sees the whole of their day.",
            ["membership"] =
                "Any organisation that works in Harbour Vale may join when the partners consent. A partner that sends nobody for a year is asked whether it wants to stay.",
            ["roles"] = "The coordinator calls meetings, keeps the papers and runs the inventory. The chair goes round. Whoever did the work speaks about it outside.",
            ["scope"] = "We decide together what we do together, and how shared money is used. What a partner does by itself stays with its own board.",
            ["powers"] = "The partnership employs nobody and owns nothing. The council signs contracts for it, after the partners have decided.",
            ["money"] = "Partners give money, rooms and hours as they can, and all three are counted. The council holds the money; the partners decide on it each January.",
            ["accountable"] = "Harbour Vale Council holds the shared money. Its head of finance answers for it and reports every quarter.",
            ["meetings"] =
                "Every second month. Seven organisations must be there. We decide by consent where we can and by vote where we must, one organisation one voice.",
            ["reporting"] = "Every partner’s board reads the findings of each inventory and the threads that came of it.",
            ["disputes"] = "The two talk first, then with the chair, then with somebody from outside whom both accept. Within six weeks.",
            ["term"] = "Three years from September 2024, with three months’ notice.",
            ["amendments"] = "Any partner may propose a change. It holds when two thirds of the partners sign the new version.",
            ["leaving"] =
                "Three months’ notice to the coordinator. Whoever leaves hands its actions on by name, and takes its data away.",
        };
        foreach (var version in new[] { 1, 2 })
        {
            story.At(version == 1 ? -700 : -240, 10);
            foreach (var section in (await document.DraftAsync(story.Coordinator)).Asked)
            {
                db.ChangeTracker.Clear();
                var text = texts.GetValueOrDefault(section.Prompt.Key, "");
                if (version == 1 && section.Prompt.Key == "money") text =
                    "Partners give money and rooms as they can. The council holds the money; the partners decide on it each January.";
                if (text.Length > 0) await document.WriteAsync(story.Coordinator, section.Prompt, text, section.Seen);
            }
            db.ChangeTracker.Clear();
            await document.PutForwardAsync(story.Coordinator, (await document.DraftAsync(story.Coordinator)).Mark,
                story.Day(version == 1 ? -240 : 120));
            db.ChangeTracker.Clear();
            var newest = await document.NewestAsync(story.Coordinator)
                ?? throw new InvalidOperationException("What was put forward is there.");
            foreach (var (n, lead) in leads.Where((_, n) => version == 1 || n != 9).Index())
            {
                story.At((version == 1 ? -690 : -232) + n, 15);
                await document.SignAsync(lead, newest);
            }
            var onPaper = await db.Set<Organisation>().Where(o => o.PartnershipId == partnershipId && !db.Set<RoleGrant>()
                .Any(g => g.OrganisationId == o.Id)).OrderBy(o => o.Id).FirstAsync();
            if (version == 2) await document.SignOnPaperAsync(story.Coordinator, newest, onPaper, "The director", story.Day(-220));
        }
        var holders = leads.Take(3).Select(l => l.OrganisationId!.Value).ToList();
        RecordOperations records = story.Of<RecordOperations>();
        await records.SaveAsync(story.Coordinator, new DataSharing
        {
            PartnershipId = partnershipId,
            Purpose = "Calling people back after a fall",
            Data = "Name, telephone number, the day of the fall; no diagnosis",
            Basis = LawfulBasis.Consent,
            BasisNote = "Asked for on the ward, and again at the first call.",
            OtherParties = "",
            ReviewOn = story.Day(75),
            CreatedAt = story.Now,
        }, holders, 0);
    }
}
