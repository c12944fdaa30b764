using System.Globalization;
using Colead.Analysis;
using Colead.Analysis.Publishing;
using Colead.Parts.Findings;
using Colead.Parts.Invitations;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Keys;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Publication = Colead.Analysis.Publishing.Publication;

namespace Colead.Tests.Attacks;

/// <summary>A partnership, a lead and a coordinator at their pages.</summary>
internal sealed class Stage : IDisposable
{
    private readonly TestApp app;

    private Stage(TestApp app, TestPartnership partnership, Visitor lead, Visitor coordinator) =>
        (this.app, Partnership, Lead, Coordinator) = (app, partnership, lead, coordinator);

    public TestPartnership Partnership { get; }
    public Visitor Lead { get; private set; }
    public Visitor Coordinator { get; private set; }
    public List<long> Invented { get; } = [];

    public static async Task<Stage> BeginAsync(TestApp app)
    {
        var partnership = await app.PartnershipAsync();
        return new(app, partnership, await partnership.AsAsync(Role.Lead), await partnership.AsAsync(Role.Coordinator));
    }

    public async Task SignInAgainAsync()
    {
        Dispose();
        (Lead, Coordinator) = (await Partnership.AsAsync(Role.Lead), await Partnership.AsAsync(Role.Coordinator));
    }

    /// <summary>Somebody on the list of the lead's organisation.</summary>
    /// <param name="by">Who adds them; the lead, unless said.</param>
    public async Task<long> AddAsync(string name, string? email = null, Level level = Level.Frontline, Visitor? by = null)
    {
        var added = await (by ?? Lead).PostAsync(PartnershipsLinks.AddPerson(Partnership.Id, Partnership.Organisations[0].Id),
            new() { ["Name"] = name, ["Email"] = email ?? "", ["Level"] = level.ToString() });
        Assert.Equal(302, added.Status);
        return await app.DbAsync(db => db.Set<Person>().Where(p => p.PartnershipId == Partnership.Id && p.Name == name).Select(p => p.Id)
            .SingleAsync());
    }

    /// <summary>Ten who do not exist, on the board.</summary>
    public async Task InventAsync(Visitor by)
    {
        for (var i = 0; i < 10; i++) Invented.Add(await AddAsync($"Invented {i}", TestApp.NewEmail(), Level.Board, by));
    }

    /// <summary>Confirms that list as it is, where there is something to confirm.</summary>
    public async Task ConfirmAsync(Visitor by)
    {
        var page = await by.GetAsync(PartnershipsLinks.List(Partnership.Id, Partnership.Organisations[0].Id));
        Assert.Equal(200, page.Status);
        if (page.Document.QuerySelector("input[name=Seen]") is not null) Assert.Equal(302, (await by.SubmitAsync(page, [])).Status);
    }

    /// <summary>A round of twelve people that was asked, answered by everybody and published.</summary>
    public async Task AskedAsync()
    {
        for (var i = 0; i < 12; i++) await Partnership.PersonAsync($"Person {i}", TestApp.NewEmail(), i % 2);
        var round = await OpenAsync();
        var random = new SeededRandom(5);
        foreach (var (_, link) in await app.LinksAsync(round)) await AnswerAsync(link, KnownAnswers.Answers(random));
        await PublishAsync(round);
    }

    public Task<Round> OpenAsync(Action<Round>? set = null) => app.OpenRoundAsync(Partnership, set);

    /// <summary>Where the round's slips lead, in the order of the sheet.</summary>
    public async Task<List<string>> SlipsAsync(Round round)
    {
        var maker = new LinkMaker(app.Services.GetRequiredService<KeyFolder>().Read(KeyUse.Round, round.Key!));
        return (await app.DbAsync(db => db.Set<Invitation>().Where(i => i.RoundId == round.Id && i.PersonId == null)
            .OrderBy(i => i.SecretHash)
            .Select(i => i.Id).ToListAsync())).ConvertAll(id => AnswerLinks.Answer(maker.Secret(id, 0).ToString()));
    }

    /// <summary>So many join the lead's organisation while the round is open, and are invited.</summary>
    public async Task JoinAsync(Round round, int people, bool address)
    {
        for (var i = 0; i < people; i++) await AddAsync($"Joiner {i}", address ? TestApp.NewEmail() : null);
        var page = await Lead.GetAsync(InvitationsLinks.Invitations(Partnership.Id, round.Id));
        Assert.Equal(302, (await Lead.SubmitAsync(page, [], "joiners")).Status);
    }

    public Task<long> InvitationAsync(Round round, long person) => app.DbAsync(db =>
        db.Set<Invitation>().Where(i => i.RoundId == round.Id && i.PersonId == person).Select(i => i.Id).SingleAsync());

    /// <summary>Takes somebody's link back, by the button of its page.</summary>
    public async Task TakeBackAsync(Round round, long person, Visitor by)
    {
        var page = await by.GetAsync(InvitationsLinks.Invitation(Partnership.Id, round.Id, await InvitationAsync(round, person)));
        Assert.Equal(302, (await by.SubmitAsync(page, [], "withdraw")).Status);
    }

    /// <summary>Sends it once more, to the address it was made for.</summary>
    public async Task GiveBackAsync(Round round, long person, Visitor by)
    {
        var address = await app.DbAsync(db => db.Set<Person>().Where(p => p.Id == person).Select(p => p.Email!).SingleAsync());
        var page = InvitationsLinks.Invitation(Partnership.Id, round.Id, await InvitationAsync(round, person));
        Assert.Equal(302, (await by.PostAsync(page, new() { ["Email"] = address })).Status);
    }

    public async Task AnswerAsync(string link, int[] answers, string? level = null, int? organisation = null)
    {
        using var respondent = new Respondent(app, link);
        if (level is null) await respondent.StartAsync();
        else await respondent.StartAsync(new()
        {
            ["Level"] = level,
            ["Organisation"] = organisation is { } at ? Partnership.Organisations[at].Id.ToString(CultureInfo.InvariantCulture) : "",
        });
        var (part, next) = (1, 0);
        foreach (var dimension in KnownAnswers.Instrument.Dimensions)
            Assert.Equal(302, (await respondent.AnswerAsync(part++,
                dimension.Items.ToDictionary(item => item.Id, _ => answers[next++].ToString(CultureInfo.InvariantCulture)))).Status);
        Assert.Equal(302, (await respondent.SendAsync()).Status);
    }

    /// <summary>Closes and publishes, and reads the published file.</summary>
    public async Task<Publication> PublishAsync(Round round)
    {
        Assert.Equal(302, (await Coordinator.PostAsync(RoundsLinks.CloseEarly(Partnership.Id, round.Id), [])).Status);
        Assert.Equal(302, (await Coordinator.PostAsync(RoundsLinks.Publish(Partnership.Id, round.Id), [])).Status);
        return PublicationJson.Read(await Coordinator.BytesAsync(FindingsLinks.File(Partnership.Id, round.Id, "json")));
    }

    public PublishedGroup Organisation(Publication publication, int organisation)
    {
        var unit = publication.Units.Single(u => u.Organisations is [var only] && only == Partnership.Organisations[organisation].Name).Id;
        return publication.Members.Organisations.Single(o => o.Unit == unit);
    }

    public void Dispose()
    {
        Lead.Dispose();
        Coordinator.Dispose();
    }
}
