using System.Globalization;
using System.Text.RegularExpressions;
using Colead.Kit.Forms;
using Colead.Parts.Decisions;
using Colead.Parts.Instruments;
using Colead.Parts.Invitations;
using Colead.Parts.Meetings;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Tests.Inventory;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Instrument = Colead.Analysis.Instruments.Instrument;
using InstrumentFile = Colead.Analysis.Instruments.InstrumentFile;

namespace Colead.Tests.Hosting;

/// <summary>
/// A partnership with one of everything that any part makes: what agreeing and acting makes, and lists, invitations, uploads, questions
/// of its own and rounds in every state.
/// </summary>
public sealed class WholePartnership : IDisposable
{
    private WholePartnership(AgreeingPartnership agreeing) => Agreeing = agreeing;

    public AgreeingPartnership Agreeing { get; }
    public long Id => Agreeing.Id;
    /// <summary>As of <see cref="AgreeingPartnership"/>; R has a respondent's link, S the open link.</summary>
    public Dictionary<char, Visitor> Visitors => Agreeing.Visitors;
    /// <summary>Where the two who answer begin.</summary>
    public Dictionary<char, string> Links { get; } = [];
    /// <summary>Addresses that whoever has them may open.</summary>
    public List<string> Secrets { get; } = [];
    /// <summary>Addresses to which no link leads that stays.</summary>
    public List<string> Ways { get; } = [];

    public static async Task<WholePartnership> MakeAsync(TestApp app)
    {
        var made = new WholePartnership(await AgreeingPartnership.MakeAsync(app));
        await made.FillAsync(app);
        return made;
    }

    public void Dispose() => Agreeing.Dispose();

    private async Task FillAsync(TestApp app)
    {
        var (house, coordinator, lead) = (Agreeing.House, Visitors['C'], Visitors['L']);
        for (var i = 0; i < 3; i++)
        {
            await house.PersonAsync($"Ana Reed {i}", TestApp.NewEmail("ana"), i, alsoIn: i == 2 ? 0 : null);
            await house.PersonAsync($"Bob Low {i}", null, i, Level.Board);
        }
        await app.OpenRoundAsync(house);

        var open = "voices-" + FormKey.New();
        var running = await ClosingRound.OpenAsync(app, house,
            r => (r.Name, r.OpenLink, r.Levels, r.ClosesAt) =
            ("Running", open, [Level.Board, Level.Volunteer], app.Clock.GetUtcNow().UtcDateTime.AddDays(14)));
        await running.InviteAsync();
        (Links['R'], Links['S']) = (running.Places[0].Link, "/open/" + open);
        (Visitors['R'], Visitors['S']) = (app.Visitor(), app.Visitor());

        var closed = await ClosingRound.OpenAsync(app, house, r => r.Name = "Closed");
        await closed.InviteAsync();
        await closed.AnswerAsync(50);
        Assert.True(await closed.CloseAsync());
        var partnership = await app.DbAsync(db => db.Set<Partnership>().AsNoTracking().Include(p => p.Organisations)
            .SingleAsync(p => p.Id == Id));
        await app.RoundAsync(partnership, "Last year", app.Clock.GetUtcNow().UtcDateTime.AddDays(-400), SeededRounds.First, comments: true);
        await app.RoundAsync(partnership, "This year", app.Clock.GetUtcNow().UtcDateTime.AddDays(-40), SeededRounds.Second, comments: true);

        var invited = await coordinator.PostAsync(PartnershipsLinks.Team(Id),
            new() { ["Email"] = TestApp.NewEmail("new"), ["Role"] = "Lead", ["Organisation"] = Agreeing["theirs"] });
        Secrets.Add(Path(invited.ValueOf("link")!));
        Secrets.Add(Path((await coordinator.PostAsync(MeetingsLinks.Calendar(Id), [], "make")).ValueOf("calendar-address")!));
        var shared = await coordinator.PostAsync($"/partnerships/{Id}/threads/{Agreeing["thread"]}/share",
            new() { ["For"] = "The council", ["Title"] = "Buses" });
        Secrets.Add(Regex.Match(shared.Body, "/thread/[^\"<\\s]+", RegexOptions.None, TimeSpan.FromSeconds(1)).Value);
        foreach (var visitor in new[] { coordinator, lead })
            Ways.Add(Went(await visitor.SubmitAsync(await visitor.GetAsync(PartnershipsLinks.Import(Id)), [],
                file: ("List", "list.csv", "Name,Level\nZoe Marsh,Board\n"u8.ToArray()))));
        var matched = await ElsewhereTests.MatchAsync(coordinator, house, "x.csv", ElsewhereTests.LimeSurvey);
        Ways.AddRange([matched.Path, Went(await coordinator.SubmitAsync(matched, []))]);
        Went(await coordinator.PostAsync(InstrumentsLinks.Instruments(Id), new() { ["From"] = "inventory-12" }, "copy"));
        var own = await app.DbAsync(db => db.Set<OwnInstrument>().AsNoTracking().SingleAsync(i => i.PartnershipId == Id));
        // With statements of its own: a round that asked the same would have to wait.
        var written = InstrumentFile.Write(OtherStatements(InstrumentFile.Read(own.Content).Instrument!));
        await app.DbAsync(db => db.Set<OwnInstrument>().Where(i => i.Id == own.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.Content,
            written)));
        var draft = await app.DraftRoundAsync(house, r => r.Name = "Next");
        Went(await coordinator.PostAsync(RoundsLinks.Questionnaire(Id, draft.Id),
            new() { ["Instrument"] = own.Id.ToString(CultureInfo.InvariantCulture) }));

        Ways.AddRange(await app.DbAsync(db => db.Set<Round>().Where(r => r.PartnershipId == Id)
            .Select(r => $"/partnerships/{Id}/rounds/{r.Id}")
            .ToListAsync()));
        Ways.AddRange(await app.DbAsync(db => db.Set<Proposal>().Where(r => r.PartnershipId == Id)
            .Select(r => $"/partnerships/{Id}/decisions/{r.Id}").ToListAsync()));
        Ways.AddRange([$"{Ways[^1]}/events", $"{Ways[^1]}/versions", $"/partnerships/{Id}/meetings/{Agreeing["meeting"]}/events",
            $"/partnerships/{Id}/meetings/next-item", $"/partnerships/{Id}/agreement/versions/1/changes",
            InvitationsLinks.Slips(Id, running.Id)]);
    }

    private static string Path(string link) => new Uri(link).PathAndQuery;

    private static string Went(Answer answer)
    {
        Assert.True(answer.Status == 302, $"{answer.Path}: {answer.Status} {answer.Text}");
        return answer.Location!;
    }

    private static Instrument OtherStatements(Instrument instrument) => instrument with
    {
        Dimensions = [.. instrument.Dimensions.Select(d => d with { Items = [.. d.Items.Select(item => item with
        {
            Texts = item.Texts.ToDictionary(t => t.Key, t => $"Question {t.Value.Length} of {item.Id}?"),
        })] })],
    };
}
