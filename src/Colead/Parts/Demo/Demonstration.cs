using System.Globalization;
using Colead.Analysis;
using Colead.Kit.Texts;
using Colead.Parts.Accounts;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Colead.Storage.Accounts;
using Colead.Storage.Audit;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Demo;

/// <summary>
/// An invented partnership to look at: Harbour Vale, twelve organisations, 140 people at six levels. Made by code from a fixed seed, so
/// that it is the same everywhere; its rounds are <see cref="DemonstrationRounds"/>. Addresses end in .example, which no mail ever reaches.
/// </summary>
public sealed class Demonstration(ColeadDb db, NewAccounts newAccounts, DemonstrationRounds rounds, DemonstrationAgreeing agreeing,
    DemonstrationThread thread, TimeProvider clock)
{
    public const string CoordinatorEmail = "morgan.ellery@harbour-vale.example";
    private const string Begun = "began the demonstration";
    private const ulong Seed = 20261121;

    /// <summary>People by level: board, senior, middle, front line, volunteer, citizen.</summary>
    private static readonly DemoOrganisation[] Organisations =
    [
        new("Harbour Vale Council", Sector.Public, SizeBand.Large, [4, 4, 5, 8, 0, 3]),
        new("Vale Community Health", Sector.Public, SizeBand.Large, [4, 3, 5, 8, 0, 2]),
        new("Harbour Vale Police", Sector.Public, SizeBand.Large, [2, 2, 3, 6, 0, 1]),
        new("Vale Schools Together", Sector.Public, SizeBand.Medium, [2, 2, 3, 4, 0, 1]),
        new("Harbour Food Network", Sector.Voluntary, SizeBand.Small, [2, 2, 3, 5, 2, 0]),
        new("Vale Carers", Sector.Voluntary, SizeBand.Small, [2, 1, 2, 3, 2, 0]),
        new("Tidewater Youth", Sector.Voluntary, SizeBand.Small, [2, 1, 2, 3, 1, 0]),
        new("Seafront Housing Trust", Sector.Voluntary, SizeBand.Medium, [1, 1, 2, 3, 1, 0]),
        new("Harbour Ferries", Sector.Private, SizeBand.Small, [2, 2, 3, 4, 0, 0]),
        new("Quayside Hotels", Sector.Private, SizeBand.Medium, [2, 1, 2, 3, 0, 0]),
        new("Vale Logistics", Sector.Private, SizeBand.Medium, [1, 1, 1, 2, 0, 0]),
        new("Northgate Energy", Sector.Private, SizeBand.Large, [1, 1, 1, 0, 0, 0]),
    ];

    private static readonly string[] FirstNames =
        ("Amina Ben Carys Dev Elin Femi Grace Hugh Imani Jo Kasia Leon Mair Nia Owen Priya Quentin Rosa Sam Tariq Una Vikram Wendy Xanthe Yusuf Zoe Aled Beth Colin Dilys "
        + "Ewan Farah Gareth Hana Idris Jacek Kofi Lowri Marcus Nadia Olu Petra Rhys Sunita Tom Ursula Vera Will Yasmin Zac").Split(' ');

    private static readonly string[] LastNames =
        ("Abbott Banerjee Calder Davies Ellis Farrow Gill Hartley Iqbal Jenkins Kowal Lander Mensah Nash Okafor Pryce Quill Rahman Shaw Tanner Underhill Vaughan Webb Yates Ash "
        + "Bright Cole Dunne Esmond Fry Grant Hale Ingram Joshi Kerr Lamb Moss Noble Oduya Penrose Reeve Stone Thorne Upton Vance Wade Yorke Zaman Marsh Holt").Split(' ');

    private static readonly Dictionary<Level, string> Titles = new()
    {
        [Level.Board] = "Board member",
        [Level.Senior] = "Head of service",
        [Level.Middle] = "Team manager",
    };

    /// <summary>
    /// Fills an installation that has no partnership yet, or goes on where filling was cut short; leaves any other alone. Returns whether
    /// it did.
    /// </summary>
    public async Task<bool> FillAsync()
    {
        if (!await db.Set<Partnership>().AnyAsync() && !await db.Users.AnyAsync()) await MakePartnershipAsync();
        var begun = await db.AuditEntries.Where(e => e.Act == Begun).Select(e => e.PartnershipId).FirstOrDefaultAsync();
        if (begun is not { } partnershipId || await db.AuditEntries.AnyAsync(e => e.PartnershipId == partnershipId
            && e.Act == "made the demonstration")) return false;
        await rounds.FillAsync(partnershipId);
        await agreeing.FillAsync(partnershipId);
        await thread.FillAsync(partnershipId);
        db.AuditEntries.Add(new AuditEntry { At = clock.Now(), Who = "Colead", PartnershipId = partnershipId,
            Act = "made the demonstration", Detail = "Harbour Vale" });
        await db.SaveChangesAsync();
        return true;
    }

    private async Task MakePartnershipAsync()
    {
        var now = clock.Now();
        var partnership = new Partnership
        {
            Name = "Harbour Vale Moving Together",
            Kind = PartnershipKind.Formal,
            Place = "Harbour Vale",
            Purpose = "Fewer people in Harbour Vale live with pain, worry or loneliness because they cannot get about, join in or eat well.",
            WhyNotAlone =
                "The people who need us most meet five or six of us in a month, and none of us sees the whole of their day. The council has the streets, health has the clinics, the charities have the trust, the firms have the jobs.",
            CreatedAt = now,
        };
        var random = new SeededRandom(Seed);
        var names = Names(random);
        var joined = new DateOnly(2024, 9, 2);
        foreach (var made in Organisations) partnership.Organisations.Add(made.Build(joined));
        for (var o = 0; o < Organisations.Length; o++)
        {
            for (var level = Level.Board; level <= Level.Citizen; level++)
                for (var n = 0; n < Organisations[o].People[(int)level]; n++) partnership.People.Add(Someone(names.Dequeue(),
                    partnership.Organisations[o], level, joined.AddDays(random.Next(500))));
        }
        // Two people serve two organisations, as happens in any place.
        partnership.People[2].PlaceIn(partnership.Organisations[5], Level.Board, new DateOnly(2025, 4, 7), Writer.Unrecorded);
        partnership.People[30].PlaceIn(partnership.Organisations[6], Level.Volunteer, new DateOnly(2025, 10, 6), Writer.Unrecorded);

        await using var transaction = await db.Database.BeginTransactionAsync();
        db.Set<Partnership>().Add(partnership);
        await db.SaveChangesAsync();
        var coordinator = await AccountAsync("Morgan Ellery", CoordinatorEmail, isOperator: true);
        Grant(partnership, coordinator, Role.Coordinator, null, now);
        foreach (var o in Enumerable.Range(0, 10)) // the two smallest firms have nobody who signs in
        {
            var lead = partnership.People.First(p => p.Memberships[0].Organisation == partnership.Organisations[o] && p.Memberships[0]
                .Level == Level.Senior);
            Grant(partnership, await AccountAsync(lead.Name, lead.Email!, isOperator: false), Role.Lead, partnership.Organisations[o], now);
        }
        db.AuditEntries.Add(new AuditEntry { At = now, Who = "Colead", PartnershipId = partnership.Id, Act = Begun,
            Detail = partnership.Name });
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private async Task<Account> AccountAsync(string name, string email, bool isOperator) =>
        (await newAccounts.CreateAsync(name, email, password: null, isOperator)).Account
            ?? throw new InvalidOperationException("The demonstration needs an empty database.");

    private void Grant(Partnership partnership, Account account, Role role, Organisation? organisation, DateTime now) =>
        db.Set<RoleGrant>().Add(new RoleGrant { PartnershipId = partnership.Id, AccountId = account.Id, Role = role,
            OrganisationId = organisation?.Id, GrantedAt = now });

    private static Person Someone(string name, Organisation organisation, Level level, DateOnly since)
    {
        var domain = organisation.Name.ToLowerInvariant().Replace(' ', '-');
        var person = new Person { Name = name, Email = level == Level.Citizen ? null
            : $"{name.ToLowerInvariant().Replace(' ', '.')}@{domain}.example", EnteredBy = Writer.Unrecorded };
        person.PlaceIn(organisation, level, since, Writer.Unrecorded);
        if (Titles.TryGetValue(level, out var title)) person.Memberships[0].Title = title;
        return person;
    }

    /// <summary>Every first name with a last name, no pair twice.</summary>
    private static Queue<string> Names(SeededRandom random)
    {
        var pairs = FirstNames.SelectMany(first => LastNames.Select(last => string.Create(CultureInfo.InvariantCulture,
            $"{first} {last}"))).ToArray();
        random.Shuffle<string>(pairs);
        return new Queue<string>(pairs);
    }

    private sealed record DemoOrganisation(string Name, Sector Sector, SizeBand Size, int[] People)
    {
        public Organisation Build(DateOnly joined)
        {
            var organisation = new Organisation { Name = Name, Sector = Sector, Size = Size };
            organisation.Join(joined);
            return organisation;
        }
    }
}
