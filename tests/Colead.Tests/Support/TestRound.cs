using Colead.Analysis.Instruments;
using Colead.Parts.Instruments;
using Colead.Parts.Invitations;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Keys;
using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Support;

/// <summary>A round of a new partnership's three organisations, open unless said otherwise.</summary>
public sealed class TestRound
{
    private TestRound(TestApp app, TestPartnership partnership, Round round) => (App, Partnership, Round) = (app, partnership, round);

    public TestApp App { get; }
    public TestPartnership Partnership { get; }
    public Round Round { get; }
    public long Id => Round.Id;
    public SealingKey Key => App.Services.GetRequiredService<KeyFolder>().Read(KeyUse.Round, Round.Key!);

    public static async Task<TestRound> MakeAsync(TestApp app, Action<Round>? set = null, Instrument? instrument = null,
        int?[]? folds = null)
    {
        var partnership = await app.PartnershipAsync();
        instrument ??= ShippedInstruments.Inventory12;
        using var scope = app.Services.CreateScope();
        var hash = await scope.ServiceProvider.GetRequiredService<InstrumentOperations>().KeepAsync(instrument);
        var now = app.Clock.GetUtcNow().UtcDateTime;
        var round = new Round
        {
            PartnershipId = partnership.Id,
            Name = "Autumn",
            State = RoundState.Open,
            InstrumentHash = hash,
            Languages = [.. instrument.Languages.Keys.OrderByDescending(tag => tag == "en")],
            Contact = "Jo Tide, jo@example.org",
            CreatedAt = now,
            OpenedAt = now,
            Key = app.Services.GetRequiredService<KeyFolder>().Make(KeyUse.Round).Fingerprint,
        };
        for (var i = 0; i < 3; i++)
            round.Organisations.Add(new() { OrganisationId = partnership.Organisations[i].Id, Name = partnership.Organisations[i].Name,
                Sector = partnership.Organisations[i].Sector, Fold = folds?[i] });
        set?.Invoke(round);
        await app.SaveAsync(db => db.Set<Round>().Add(round));
        return new(app, partnership, round);
    }

    /// <summary>Invites a new person and gives the address of their link.</summary>
    public async Task<string> InviteAsync(int organisation = 0, Level level = Level.Frontline, int? alsoIn = null) =>
        await InvitePersonAsync(await Partnership.PersonAsync("Ana Reed", null, organisation, level, alsoIn), organisation, level);

    public Task<string> InvitePersonAsync(long personId, int organisation, Level level)
    {
        var links = new LinkMaker(Key);
        return App.DbAsync(async db =>
        {
            var organisationId = Partnership.Organisations[organisation].Id;
            var invitation = new Invitation { RoundId = Id, PersonId = personId, OrganisationId = organisationId, Level = level,
                Counts = true, SecretHash = BitConverter.GetBytes(personId) };
            db.Set<Invitation>().Add(invitation);
            if (await db.Set<Invited>().FindAsync(Id, organisationId, level) is { } stratum) (stratum.People, stratum.Counting) =
                (stratum.People + 1, stratum.Counting + 1);
            else db.Set<Invited>().Add(new() { RoundId = Id, OrganisationId = organisationId, Level = level, People = 1, Counting = 1 });
            await db.SaveChangesAsync();
            var secret = links.Secret(invitation.Id, 0);
            await db.Set<Invitation>().Where(i => i.Id == invitation.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.SecretHash, secret.Hash()));
            return AnswerLinks.Answer(secret.ToString());
        });
    }

    public static byte[] HashOf(string link) => LinkSecret.Read(link[(link.LastIndexOf('/') + 1)..])!.Hash();

    public Task MoveToAsync(RoundState state) => App.DbAsync(db => db.Set<Round>().Where(r => r.Id == Id)
        .ExecuteUpdateAsync(set => set.SetProperty(r => r.State, state)));

    /// <summary>Answers as closing reads them.</summary>
    public async Task<List<AnswerContent>> ResponsesAsync()
    {
        using var scope = App.Services.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<SealedAnswers>()
            .ReadAsync(Round.Id, Round.Key, () => Assert.Fail("Somebody wrote into the database.")).ToListAsync();
    }

    /// <summary>Drafts as they lie in the database.</summary>
    public Task<List<Draft>> RowsAsync() => App.DbAsync(db => db.Drafts.AsNoTracking().Where(d => d.RoundId == Id).ToListAsync());

    public async Task<List<DraftContent>> DraftsAsync() => (await RowsAsync())
        .ConvertAll(d => DraftContent.Open(Key, Id, new(d.Key, d.Tag, d.Content))!);

    /// <summary>Whether each of the invitations was answered; only the round's key tells.</summary>
    public Task<List<bool>> AnsweredAsync() => App.DbAsync(async db =>
    {
        var tags = await db.Set<AnsweredTag>().Where(t => t.RoundId == Id).Select(t => t.Tag).ToListAsync();
        return (await db.Set<Invitation>().Where(i => i.RoundId == Id).OrderBy(i => i.Id).Select(i => i.Id).ToListAsync())
            .ConvertAll(id => tags.Exists(t => t.AsSpan().SequenceEqual(Key.Tag(SealedAnswers.AnsweredTag, id))));
    });
}

/// <summary>Someone who answers, with a browser without script.</summary>
public sealed class Respondent(TestApp app, string link) : IDisposable
{
    private readonly Visitor visitor = app.Visitor();

    public Visitor Visitor => visitor;
    public string Link => link;

    public Task<Answer> OpenAsync(string page = "") => visitor.GetAsync(link + page);

    public async Task StartAsync(Dictionary<string, string>? fields = null)
    {
        var answer = await visitor.PostAsync(link, fields ?? []);
        Assert.Equal((302, link + "/1"), (answer.Status, answer.Location));
    }

    /// <summary>Presses a button on a part, with what was there before and what is given.</summary>
    public async Task<Answer> AnswerAsync(int part, Dictionary<string, string> fields, string go = "next") =>
        await visitor.PostAsync($"{link}/{part}", new(fields, StringComparer.Ordinal) { ["_go"] = go });

    /// <summary>Every statement of every part with one option.</summary>
    public async Task AnswerAllAsync(Instrument instrument, int option)
    {
        for (var part = 1; part <= instrument.Dimensions.Count; part++)
            Assert.Equal(302, (await AnswerAsync(part, instrument.Dimensions[part - 1]
                .Items.ToDictionary(item => item.Id, _ => option.ToString(System.Globalization.CultureInfo.InvariantCulture)))).Status);
    }

    public Task<Answer> SendAsync() => visitor.PostAsync(link + "/review", []);

    public void Dispose() => visitor.Dispose();
}
