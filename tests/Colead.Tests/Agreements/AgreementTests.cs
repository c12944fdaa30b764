using System.Globalization;
using Colead.Parts.Agreements;
using Colead.Parts.Partnerships;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Agreements;

public class AgreementTests(House house)
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Agreement_WrittenSectionBySection_SaysHowFarItIs(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        using var viewer = await partnership.AsAsync(Role.Viewer);
        Assert.Equal("We have no agreement yet", (await viewer.GetAsync(AgreementsLinks.Agreement(partnership.Id))).Heading);
        Assert.Contains("We have no agreement yet", (await viewer.GetAsync(PartnershipsLinks.Overview(partnership.Id))).Text,
            StringComparison.Ordinal);
        var form = await coordinator.GetAsync(AgreementsLinks.Section(partnership.Id, "aims"));
        var saved = await coordinator.SubmitAsync(form, new() { ["Text"] = "  Children eat well.\r\n\r\nEvery day. " });
        Assert.Equal(AgreementsLinks.Section(partnership.Id, "membership"), saved.Location); // on to the next that is empty
        // pressed twice
        Assert.Equal(302, (await coordinator.SubmitAsync(form, new() { ["Text"] = "Children eat well.\n\nEvery day." })).Status);
        Assert.Equal(1, await app.DbAsync(db => db.AuditEntries.CountAsync(e => e.PartnershipId == partnership.Id
            && e.Act == "wrote in the agreement")));
        var page = await viewer.GetAsync(AgreementsLinks.Agreement(partnership.Id));
        Assert.Equal("Our agreement is being written: 1 of 14 sections", page.Heading);
        Assert.Contains("Still empty: our name and who we are;", page.Text, StringComparison.Ordinal);
        Assert.Equal("1 of 14 sections are written", page.Document.QuerySelector("svg.share")!.GetAttribute("aria-label"));
        Assert.Contains("Children eat well.\n\nEvery day.", (await viewer.GetAsync(AgreementsLinks.Draft(partnership.Id)))
            .Document.QuerySelector(".lines")!.TextContent, StringComparison.Ordinal);
        var long1 = await coordinator.PostAsync(AgreementsLinks.Section(partnership.Id, "aims"),
            new() { ["Text"] = new string('x', AgreementSection.TextLength + 1) });
        Assert.Equal(400, long1.Status);
        Assert.NotNull(long1.ErrorOf("Text"));
        Assert.Equal(404, (await coordinator.GetAsync(AgreementsLinks.Section(partnership.Id, "nonsense"))).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Sections_FollowTheKind_AndNothingWrittenIsLost(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        await WriteAsync(coordinator, partnership, "powers", "It may employ people.");
        foreach (var (kind, count) in new[] { (PartnershipKind.Informal, 8), (PartnershipKind.Contract, 13),
            (PartnershipKind.Statutory, 13) })
        {
            await app.DbAsync(db => db.Set<Partnership>().Where(p => p.Id == partnership.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.Kind, kind)));
            var page = await coordinator.GetAsync(AgreementsLinks.Agreement(partnership.Id));
            Assert.Equal($"0 of {count} sections are written", page.Document.QuerySelector("svg.share")!.GetAttribute("aria-label"));
            Assert.Contains("What the partnership may do", page.Text, StringComparison.Ordinal); // written when it was formal
            Assert.Contains("Leaving", page.Text, StringComparison.Ordinal);
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Section_WrittenByTwo_TheSecondSeesTheDifferenceAndChooses(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var one = await partnership.AsAsync(Role.Coordinator);
        using var two = await partnership.AsAsync(Role.Coordinator);
        var path = AgreementsLinks.Section(partnership.Id, "aims");
        foreach (var begun in new[] { false, true })
        {
            var (pageOne, pageTwo) = (await one.GetAsync(path), await two.GetAsync(path));
            Assert.Equal(302, (await one.SubmitAsync(pageOne, new() { ["Text"] = $"Children eat well {begun}." })).Status);
            var clash = await two.SubmitAsync(pageTwo, new() { ["Text"] = $"Children sleep well {begun}." });
            Assert.Equal(409, clash.Status);
            Assert.Equal("[taken out: eat]", clash.Document.QuerySelector(".difference del")!.TextContent);
            Assert.Equal($"Children sleep well {begun}.", clash.Document.QuerySelector("textarea")!.TextContent.Trim());
            Assert.Equal(302, (await two.SubmitAsync(clash, [])).Status);
            Assert.Contains("sleep", (await one.GetAsync(path)).Document.QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Versions_ArePutForwardSignedAndCompared(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        using var lead = await partnership.AsAsync(Role.Lead);
        using var viewer = await partnership.AsAsync(Role.Viewer);
        await WriteAsync(coordinator, partnership, "aims", "Children eat well.");
        await WriteAsync(coordinator, partnership, "leaving", "Three months’ notice, in writing.");
        var draft = await coordinator.GetAsync(AgreementsLinks.Draft(partnership.Id));
        Assert.NotNull((await coordinator.SubmitAsync(draft, new() { ["ReviewOn"] = "2020-01-01" })).ErrorOf("ReviewOn"));
        var put = await coordinator.SubmitAsync(draft, []);
        Assert.Equal(AgreementsLinks.Version(partnership.Id, 1), put.Location);
        Assert.Equal(put.Location, (await coordinator.SubmitAsync(draft, [])).Location); // pressed twice
        Assert.DoesNotContain("We have no agreement yet", (await viewer.GetAsync(PartnershipsLinks.Overview(partnership.Id))).Text,
            StringComparison.Ordinal);

        var document = await lead.GetAsync(put.Location!);
        Assert.Equal($"{partnership.Name}: our agreement", document.Heading);
        Assert.Equal(3, document.Document.QuerySelectorAll(".signatures tbody tr").Length);
        Assert.Contains("13. Leaving", document.Text, StringComparison.Ordinal);
        Assert.NotNull((await lead.SubmitAsync(document, [], "sign")).ErrorOf("Entitled"));
        Assert.Equal(302, (await lead.SubmitAsync(document, new() { ["Entitled"] = "true" }, "sign")).Status);
        Assert.Equal(302, (await lead.SubmitAsync(document, new() { ["Entitled"] = "true" }, "sign")).Status); // pressed twice
        Assert.Equal("1 of 3 partners has signed version 1", (await viewer.GetAsync(AgreementsLinks.Agreement(partnership.Id))).Heading);
        Assert.Empty((await viewer.GetAsync(put.Location!)).Document.QuerySelectorAll("main form"));
        Assert.Equal(404, (await viewer.ForgeAsync("/account", put.Location + "?handler=sign", new() { ["Entitled"] = "true" })).Status);
        // coordinators sign for nobody
        Assert.Equal(404, (await coordinator.ForgeAsync("/account", put.Location + "?handler=sign", new() { ["Entitled"] = "true" }))
            .Status);

        await WriteAsync(coordinator, partnership, "leaving", "Six months’ notice, in writing.");
        Assert.Contains("Changed since version 1", (await viewer.GetAsync(AgreementsLinks.Agreement(partnership.Id))).Text,
            StringComparison.Ordinal);
        await coordinator.PostAsync(AgreementsLinks.Draft(partnership.Id), []);
        var changes = await viewer.GetAsync(AgreementsLinks.Changes(partnership.Id, 2));
        Assert.Equal("One section changed in version 2", changes.Heading);
        Assert.Equal("[taken out: Three]", changes.Document.QuerySelector(".difference del")!.TextContent);
        // a new version needs new signatures
        Assert.Equal("Version 2 waits for signatures", (await viewer.GetAsync(AgreementsLinks.Agreement(partnership.Id))).Heading);
        Assert.Contains("Three months’ notice", (await viewer.GetAsync(AgreementsLinks.Version(partnership.Id, 1))).Text,
            StringComparison.Ordinal);
        var acts = await app.DbAsync(db => db.AuditEntries.Where(e => e.PartnershipId == partnership.Id).OrderBy(e => e.Id)
            .Select(e => e.Act).ToListAsync());
        Assert.Equal(["wrote in the agreement", "wrote in the agreement", "put the agreement forward", "signed the agreement",
            "wrote in the agreement", "put the agreement forward"], acts);
    }

    /// <summary>One signs the version that was read; nobody puts forward, or signs, what changed meanwhile.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task WhatChangedMeanwhile_IsNeitherPutForwardNorSigned(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        using var other = await partnership.AsAsync(Role.Coordinator);
        using var lead = await partnership.AsAsync(Role.Lead);
        await WriteAsync(coordinator, partnership, "aims", "Children eat well.");
        var read = await coordinator.GetAsync(AgreementsLinks.Draft(partnership.Id));
        await WriteAsync(other, partnership, "aims", "Children pay for their food.");
        var refused = await coordinator.SubmitAsync(read, []);
        Assert.Equal(409, refused.Status);
        Assert.Contains("Children pay for their food.", refused.Text, StringComparison.Ordinal);
        Assert.Equal(0, await app.DbAsync(db => db.Set<AgreementVersion>().CountAsync(v => v.Agreement!.PartnershipId == partnership.Id)));
        Assert.Equal(302, (await coordinator.SubmitAsync(refused, [])).Status);

        var toSign = await lead.GetAsync(AgreementsLinks.Version(partnership.Id, 1));
        var onPaper = await other.GetAsync(AgreementsLinks.Version(partnership.Id, 1));
        await WriteAsync(other, partnership, "aims", "Children eat for nothing.");
        await other.PostAsync(AgreementsLinks.Draft(partnership.Id), []);
        var late = await lead.SubmitAsync(toSign, new() { ["Entitled"] = "true" }, "sign");
        Assert.Equal(409, late.Status);
        Assert.Contains("Version 2 was put forward while you read version 1", late.Text, StringComparison.Ordinal);
        Assert.Equal(409, (await other.SubmitAsync(onPaper, Paper(app, partnership.Organisations[1].Id), "paper")).Status);
        Assert.Equal(0, await app.DbAsync(db => db.Set<AgreementSignature>()
            .CountAsync(s => s.AgreementVersion!.Agreement!.PartnershipId == partnership.Id)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task PutForward_ByTwoAtOnce_MakesOneVersion(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var one = await partnership.AsAsync(Role.Coordinator);
        using var two = await partnership.AsAsync(Role.Coordinator);
        await WriteAsync(one, partnership, "aims", "Children eat well.");
        var (pageOne, pageTwo) = (await one.GetAsync(AgreementsLinks.Draft(partnership.Id)),
            await two.GetAsync(AgreementsLinks.Draft(partnership.Id)));
        var answers = await Task.WhenAll(one.SubmitAsync(pageOne, []), two.SubmitAsync(pageTwo, []));
        Assert.All(answers, answer => Assert.Equal(AgreementsLinks.Version(partnership.Id, 1), answer.Location));
        Assert.Equal(1, await app.DbAsync(db => db.Set<AgreementVersion>().CountAsync(v => v.Agreement!.PartnershipId == partnership.Id)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task PaperSignature_IsEnteredByACoordinator_WhoIsNamed(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var elsewhere = await app.PartnershipAsync();
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        using var lead = await partnership.AsAsync(Role.Lead);
        await WriteAsync(coordinator, partnership, "aims", "Children eat well.");
        await coordinator.PostAsync(AgreementsLinks.Draft(partnership.Id), []);
        var path = AgreementsLinks.Version(partnership.Id, 1);
        var bad = await coordinator.PostAsync(path, new() { ["Organisation"] = elsewhere.Organisations[0]
            .Id.ToString(CultureInfo.InvariantCulture), ["SignedOn"] = "2031-01-01" }, "paper");
        Assert.Equal(400, bad.Status);
        Assert.All(new[] { "Organisation", "SignedBy", "SignedOn" }, field => Assert.NotNull(bad.ErrorOf(field)));
        var form = await coordinator.GetAsync(path);
        Assert.Equal(302, (await coordinator.SubmitAsync(form, Paper(app, partnership.Organisations[1].Id), "paper")).Status);
        // pressed twice
        Assert.Equal(302, (await coordinator.SubmitAsync(form, Paper(app, partnership.Organisations[1].Id), "paper")).Status);
        var page = await lead.GetAsync(path);
        Assert.Contains("Ros Finch", page.Text, StringComparison.Ordinal);
        Assert.Contains($"on paper, entered by {Role.Coordinator} of {partnership.Name}", page.Text, StringComparison.Ordinal);
        Assert.Equal(404, (await lead.ForgeAsync("/account", path + "?handler=paper", Paper(app, partnership.Organisations[2].Id))).Status);
        var signature = await app.DbAsync(db => db.Set<AgreementSignature>()
            .SingleAsync(s => s.OrganisationId == partnership.Organisations[1].Id));
        Assert.True(signature.OnPaper);
        Assert.Equal(404, (await lead.ForgeAsync("/account", path + "?handler=takeBack",
            new() { ["Signature"] = signature.Id.ToString(CultureInfo.InvariantCulture) })).Status);
        Assert.Equal(302, (await coordinator.SubmitAsync(await coordinator.GetAsync(path), [], "takeBack")).Status);
        Assert.Equal(0, await app.DbAsync(db => db.Set<AgreementSignature>()
            .CountAsync(s => s.OrganisationId == partnership.Organisations[1].Id)));
        var trail = (await coordinator.GetAsync(PartnershipsLinks.Trail(partnership.Id))).Text;
        Assert.Contains("entered a signature on paper", trail, StringComparison.Ordinal);
        Assert.Contains("took a paper signature back", trail, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Review_IsRemindedOf_WhenItIsDue(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        using var lead = await partnership.AsAsync(Role.Lead);
        await WriteAsync(coordinator, partnership, "aims", "Children eat well.");
        await coordinator.PostAsync(AgreementsLinks.Draft(partnership.Id), []);
        Assert.DoesNotContain("look at our agreement again", (await lead.GetAsync(PartnershipsLinks.Overview(partnership.Id))).Text,
            StringComparison.Ordinal);
        var yesterday = DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime).AddDays(-1);
        await app.DbAsync(db => db.Set<Agreement>().Where(a => a.PartnershipId == partnership.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.ReviewOn, yesterday)));
        Assert.Contains("look at our agreement again", (await lead.GetAsync(PartnershipsLinks.Overview(partnership.Id))).Text,
            StringComparison.Ordinal);
        var path = AgreementsLinks.Agreement(partnership.Id);
        Assert.NotNull((await coordinator.PostAsync(path, new() { ["ReviewOn"] = "soon" }, "review")).ErrorOf("ReviewOn"));
        var open = await coordinator.GetAsync(path);
        Assert.Equal(302, (await coordinator.PostAsync(path, new() { ["ReviewOn"] = "3/12/2027" }, "review")).Status);
        // as people here write a day
        Assert.Equal(new DateOnly(2027, 12, 3), await app.DbAsync(db => db.Set<Agreement>().Where(a => a.PartnershipId == partnership.Id)
            .Select(a => a.ReviewOn).SingleAsync()));
        var clash = await coordinator.SubmitAsync(open, new() { ["ReviewOn"] = "2028-01-31" }, "review");
        Assert.Equal(409, clash.Status);
        Assert.Contains("Someone set it to 3 December 2027", clash.ErrorOf("ReviewOn"), StringComparison.Ordinal);
        Assert.Equal(302, (await coordinator.SubmitAsync(clash, [], "review")).Status);
        Assert.Equal(new DateOnly(2028, 1, 31), await app.DbAsync(db => db.Set<Agreement>().Where(a => a.PartnershipId == partnership.Id)
            .Select(a => a.ReviewOn).SingleAsync()));
        Assert.Equal(302,
            (await coordinator.PostAsync(path, new() { ["ReviewOn"] = yesterday.AddYears(1)
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }, "review")).Status);
        Assert.DoesNotContain("look at our agreement again", (await lead.GetAsync(PartnershipsLinks.Overview(partnership.Id))).Text,
            StringComparison.Ordinal);
        Assert.Equal(404, (await lead.ForgeAsync("/account", path + "?handler=review", new() { ["ReviewOn"] = "2027-01-01" })).Status);
        Assert.Equal(404, (await lead.ForgeAsync("/account", AgreementsLinks.Draft(partnership.Id), [])).Status);
    }

    /// <summary>The law's duty stays with an organisation that leaves: it is said before, and after.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Duty_OfAnOrganisationThatLeaves_IsWarnedAbout(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var council = partnership.Organisations[0];
        var page = PartnershipsLinks.Organisation(partnership.Id, council.Id);
        Assert.DoesNotContain("duty of the law", (await coordinator.GetAsync(page)).Text, StringComparison.Ordinal);
        var form = await coordinator.GetAsync(AgreementsLinks.EditDuty(partnership.Id));
        var bad = await coordinator.SubmitAsync(form, []);
        Assert.Equal(400, bad.Status);
        Assert.NotNull(bad.ErrorOf("Kind"));
        Assert.NotNull(bad.ErrorOf("Partner"));
        Dictionary<string, string> typed = new() { ["Kind"] = "ChildSafeguarding", [$"Partner[{council.Id}]"] = "true" };
        Assert.Equal(302, (await coordinator.SubmitAsync(form, typed)).Status);
        Assert.Equal(302, (await coordinator.SubmitAsync(form, typed)).Status); // pressed twice
        await WriteAsync(coordinator, partnership, "leaving", "Three months’ notice, in writing.");
        await coordinator.PostAsync(AgreementsLinks.Draft(partnership.Id), []);
        var before = await coordinator.GetAsync(page);
        Assert.Contains("It has a duty of the law: Keeping children safe", before.Text, StringComparison.Ordinal);
        Assert.Contains("Three months’ notice, in writing.", before.Text, StringComparison.Ordinal); // what was agreed about leaving
        Assert.DoesNotContain("duty of the law", (await coordinator.GetAsync(PartnershipsLinks.Organisation(partnership.Id,
            partnership.Organisations[1].Id))).Text, StringComparison.Ordinal);
        Assert.Equal(302, (await coordinator.SubmitAsync(before, [], "leave")).Status);
        using var viewer = await partnership.AsAsync(Role.Viewer);
        Assert.Contains($"{council.Name} has left the partnership, but not the duty.",
            (await viewer.GetAsync(AgreementsLinks.Agreement(partnership.Id))).Text, StringComparison.Ordinal);
        Assert.Contains("has left the partnership, not the duty", (await viewer.GetAsync(AgreementsLinks.Duties(partnership.Id))).Text,
            StringComparison.Ordinal);
        var duty = await app.DbAsync(db => db.Set<StatutoryDuty>().SingleAsync(d => d.PartnershipId == partnership.Id));
        Assert.Equal(302, (await coordinator.SubmitAsync(await coordinator.GetAsync(AgreementsLinks.EditDuty(partnership.Id, duty.Id)), [],
            "end")).Status);
        Assert.DoesNotContain("not the duty", (await viewer.GetAsync(AgreementsLinks.Agreement(partnership.Id))).Text,
            StringComparison.Ordinal);
        var trail = (await coordinator.GetAsync(PartnershipsLinks.Trail(partnership.Id))).Text;
        Assert.Contains("flagged a statutory duty", trail, StringComparison.Ordinal);
        Assert.Contains("ended a statutory duty", trail, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Duty_ChangedByTwo_TheSecondSeesTheDifference(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var one = await partnership.AsAsync(Role.Coordinator);
        using var two = await partnership.AsAsync(Role.Coordinator);
        var (first, second) = (partnership.Organisations[0].Id, partnership.Organisations[1].Id);
        await one.PostAsync(AgreementsLinks.EditDuty(partnership.Id),
            new() { ["Kind"] = "Other", ["Name"] = "Crime and disorder", ["Text"] = "A strategy every three years.",
            [$"Partner[{first}]"] = "true" });
        var duty = (await app.DbAsync(db => db.Set<StatutoryDuty>().SingleAsync(d => d.PartnershipId == partnership.Id))).Id;
        var path = AgreementsLinks.EditDuty(partnership.Id, duty);
        var (pageOne, pageTwo) = (await one.GetAsync(path), await two.GetAsync(path));
        Assert.Equal(302, (await one.SubmitAsync(pageOne, new() { [$"Partner[{second}]"] = "true" })).Status); // only its partners changed
        var clash = await two.SubmitAsync(pageTwo, new() { ["Text"] = "A strategy every year." });
        Assert.Equal(409, clash.Status);
        Assert.Contains(partnership.Organisations[1].Name, clash.Document.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("A strategy every year.", clash.Document.QuerySelector("textarea")!.TextContent.Trim());
        Assert.Equal(302, (await two.SubmitAsync(clash, [])).Status);
        var saved = await app.DbAsync(db => db.Set<StatutoryDuty>().Include(d => d.Holders).SingleAsync(d => d.Id == duty));
        Assert.Equal("A strategy every year.", saved.Text);
        Assert.Equal([first], saved.Holders.Select(h => h.OrganisationId));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task DataSharing_IsRecordedChangedAndEnded(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var one = await partnership.AsAsync(Role.Coordinator);
        using var two = await partnership.AsAsync(Role.Coordinator);
        using var viewer = await partnership.AsAsync(Role.Viewer);
        var form = await one.GetAsync(AgreementsLinks.EditDataSharing(partnership.Id));
        var first = partnership.Organisations[0].Id;
        var bad = await one.SubmitAsync(form, new() { ["Purpose"] = " ", ["ReviewOn"] = "2020-02-30", [$"Partner[{first}]"] = "true" });
        Assert.Equal(400, bad.Status);
        Assert.All(new[] { "Purpose", "Data", "Partner", "Basis", "ReviewOn" }, field => Assert.NotNull(bad.ErrorOf(field)));
        Dictionary<string, string> typed = new() { ["Purpose"] = "To find families who could use a free meal",
            ["Data"] = "Names and schools.", [$"Partner[{first}]"] = "true", ["OtherParties"] = "Estuary Primary School", ["Basis"] =
            "PublicTask", ["BasisNote"] = "" };
        Assert.Equal(302, (await one.SubmitAsync(form, typed)).Status);
        Assert.Equal(302, (await one.SubmitAsync(form, typed)).Status); // pressed twice
        var record = (await app.DbAsync(db => db.Set<DataSharing>().SingleAsync(d => d.PartnershipId == partnership.Id))).Id;
        var list = await viewer.GetAsync(AgreementsLinks.DataSharing(partnership.Id));
        Assert.Contains("Public task", list.Text, StringComparison.Ordinal);
        Assert.Contains("Estuary Primary School", list.Text, StringComparison.Ordinal);
        var path = AgreementsLinks.EditDataSharing(partnership.Id, record);
        var (pageOne, pageTwo) = (await one.GetAsync(path), await two.GetAsync(path));
        Assert.Equal(302, (await one.SubmitAsync(pageOne, new() { ["Data"] = "Names alone." })).Status);
        var clash = await two.SubmitAsync(pageTwo, new() { ["Data"] = "Schools alone." });
        Assert.Equal(409, clash.Status);
        Assert.NotNull(clash.Document.QuerySelector(".difference del"));
        Assert.Equal(302, (await two.SubmitAsync(clash, [])).Status);
        Assert.Contains("Schools alone.", (await viewer.GetAsync(AgreementsLinks.DataSharing(partnership.Id))).Text,
            StringComparison.Ordinal);
        Assert.Equal(409, (await one.SubmitAsync(pageOne, [], "end")).Status);
        Assert.Equal(302, (await one.SubmitAsync(await one.GetAsync(path), [], "end")).Status);
        Assert.Equal("No sharing of personal data is recorded", (await viewer.GetAsync(AgreementsLinks.DataSharing(partnership.Id)))
            .Heading);
        var acts = await app.DbAsync(db => db.AuditEntries.Where(e => e.PartnershipId == partnership.Id).OrderBy(e => e.Id)
            .Select(e => e.Act).ToListAsync());
        Assert.Equal(["recorded shared data", "changed a record of shared data", "changed a record of shared data",
            "ended a record of shared data"], acts);
    }

    /// <summary>Every screen for every role, and for someone who has every right in another partnership.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Screens_AreForWhomTheyAre(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var elsewhere = await app.PartnershipAsync();
        var id = partnership.Id;
        using (var coordinator = await partnership.AsAsync(Role.Coordinator))
        {
            await WriteAsync(coordinator, partnership, "aims", "Children eat well.");
            await coordinator.PostAsync(AgreementsLinks.Draft(id), []);
        }
        var now = app.Clock.GetUtcNow().UtcDateTime;
        var duty = new StatutoryDuty { PartnershipId = id, Kind = DutyKind.Other, Name = "Crime", Text = "x", CreatedAt = now };
        var sharing = new DataSharing { PartnershipId = id, Purpose = "x", Data = "x", Basis = LawfulBasis.Consent, BasisNote = "",
            OtherParties = "", ReviewOn = new DateOnly(2027, 1, 1), CreatedAt = now };
        await app.SaveAsync(db => db.AddRange(duty, sharing));
        Dictionary<string, Role[]> screens = new()
        {
            [AgreementsLinks.Agreement(id)] = Enum.GetValues<Role>(),
            [AgreementsLinks.Draft(id)] = Enum.GetValues<Role>(),
            [AgreementsLinks.Version(id, 1)] = Enum.GetValues<Role>(),
            [AgreementsLinks.Changes(id, 1)] = Enum.GetValues<Role>(),
            [AgreementsLinks.Duties(id)] = Enum.GetValues<Role>(),
            [AgreementsLinks.DataSharing(id)] = Enum.GetValues<Role>(),
            [AgreementsLinks.Section(id, "aims")] = [Role.Coordinator],
            [AgreementsLinks.EditDuty(id)] = [Role.Coordinator],
            [AgreementsLinks.EditDuty(id, duty.Id)] = [Role.Coordinator],
            [AgreementsLinks.EditDataSharing(id)] = [Role.Coordinator],
            [AgreementsLinks.EditDataSharing(id, sharing.Id)] = [Role.Coordinator],
        };
        string[] things = [AgreementsLinks.Version(id, 1), AgreementsLinks.Changes(id, 1), AgreementsLinks.EditDuty(id, duty.Id),
            AgreementsLinks.EditDataSharing(id, sharing.Id)];
        foreach (var role in Enum.GetValues<Role>())
        {
            using var visitor = await partnership.AsAsync(role);
            using var foreigner = await elsewhere.AsAsync(role);
            foreach (var (path, roles) in screens)
            {
                Assert.Equal((path, role, roles.Contains(role) ? 200 : 404), (path, role, (await visitor.GetAsync(path)).Status));
                Assert.Equal(404, (await foreigner.GetAsync(path)).Status);
            }
            // The same things by an address within one's own partnership.
            foreach (var thing in things) Assert.Equal((thing, 404),
                (thing, (await foreigner.GetAsync(thing.Replace($"/partnerships/{id}/", $"/partnerships/{elsewhere.Id}/",
                StringComparison.Ordinal))).Status));
        }
    }

    private static async Task WriteAsync(Visitor coordinator, TestPartnership partnership, string key, string text) =>
        Assert.Equal(302, (await coordinator.PostAsync(AgreementsLinks.Section(partnership.Id, key), new() { ["Text"] = text })).Status);

    private static Dictionary<string, string> Paper(TestApp app, long organisation) => new()
    {
        ["Organisation"] = organisation.ToString(CultureInfo.InvariantCulture),
        ["SignedBy"] = "Ros Finch",
        ["SignedOn"] = app.Clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };
}
