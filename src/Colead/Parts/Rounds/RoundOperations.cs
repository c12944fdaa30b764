using System.Security.Cryptography;
using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;
using Colead.Kit.Texts;
using Colead.Parts.Instruments;
using Colead.Parts.Mail;
using Colead.Parts.Partnerships;
using Colead.Parts.Partnerships.Lists;
using Colead.Storage;
using Colead.Storage.Audit;
using Colead.Storage.Keys;
using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Rounds;

/// <summary>The steps of preparing a round, in the order of their screens.</summary>
public enum RoundStep
{
    Questionnaire,
    Who,
    Ways,
    Shown,
    Dates,
    Contact,
}

/// <summary>What a draft still lacks.</summary>
public sealed record Missing(RoundStep Step, string Sentence);

/// <summary>Whether a round was opened; if not, what it lacks, or nothing where someone else changed it in the same moment.</summary>
public sealed record Opening(bool Done, IReadOnlyList<Missing> Missing);

/// <summary>Answers from elsewhere may be those of a round that is here, and some more: whoever brings them says first that they are
/// not.</summary>
public sealed class MayBeTheSameException(string sentence) : Exception(sentence);

/// <summary>Preparing and opening rounds.</summary>
public sealed class RoundOperations(ColeadDb db, KeyFolder keys, PartnershipAccess access, InstrumentOperations instruments,
    AskedPeople asked,
    ConfirmedLists lists, IEnumerable<IRoundOpening> openings, Outbox outbox, TimeProvider clock)
{
    public const int MostYearsKept = 20;

    /// <summary>Sooner after another round, two lists that differ by one person would tell that person's answers.</summary>
    public static readonly TimeSpan BetweenRounds = TimeSpan.FromDays(90);

    /// <summary>Rounds the person may see. Drafts and what was cancelled are the coordinators' own.</summary>
    public IQueryable<Round> Of(Standing standing)
    {
        var rounds = db.Set<Round>().Where(r => r.PartnershipId == standing.PartnershipId);
        return standing.IsCoordinator ? rounds : rounds.Where(r => r.State != RoundState.Draft && r.State != RoundState.Cancelled);
    }

    /// <summary>A round that is still being prepared, with its organisations as they are called and sorted today.</summary>
    public async Task<Round?> DraftAsync(Standing standing, long roundId)
    {
        var round = await Of(standing).Include(r => r.Organisations)
            .FirstOrDefaultAsync(r => r.Id == roundId && r.State == RoundState.Draft);
        if (round is not null) await RefreshAsync(round);
        return round;
    }

    /// <summary>A draft that asks everyone of the partnership with the inventory.</summary>
    public async Task<Round> CreateAsync(Standing standing, string name)
    {
        var email = await db.Users.Where(a => a.Id == standing.AccountId).Select(a => a.Email).FirstAsync();
        var contact = $"{standing.AccountName}, {email}";
        var round = new Round
        {
            PartnershipId = standing.PartnershipId,
            Name = name,
            InstrumentHash = await instruments.KeepAsync(ShippedInstruments.Inventory2),
            Contact = contact.Length > Round.ContactLength ? email! : contact,
            Ways = outbox.IsSetUp ? [RoundWay.Mail, RoundWay.Paper] : [RoundWay.Paper],
            CreatedAt = clock.Now(),
        };
        foreach (var organisation in await CurrentOrganisationsAsync(standing.PartnershipId)) round.Organisations.Add(InRound(organisation));
        db.Set<Round>().Add(round);
        access.Record(standing, "prepared a round", name);
        await db.SaveChangesAsync();
        return round;
    }

    /// <summary>Saves a changed draft; false when someone else changed it since <paramref name="version"/> was read.</summary>
    public async Task<bool> SaveAsync(Standing standing, Round round, int version, string what)
    {
        if (round.OpensAt <= clock.Now()) round.OpensAt = null; // an opening that was missed is not made up for by surprise
        var token = db.Entry(round).Property(r => r.Version);
        token.IsModified = true; // also where only its organisations changed
        token.OriginalValue = version;
        access.Record(standing, "changed a round", $"{round.Name}: {what}");
        try
        {
            await db.SaveChangesAsync();
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    /// <summary>What a draft, as it is today, still lacks before it can open, in the order of the steps.</summary>
    public Task<IReadOnlyList<Missing>> MissingAsync(Round round) => MissingAsync(round, round.OpensAt ?? clock.Now());

    private async Task<IReadOnlyList<Missing>> MissingAsync(Round round, DateTime opens)
    {
        var missing = new List<Missing>();
        var instrument = await instruments.ReadAsync(round.InstrumentHash);
        if (round.Languages.Count == 0
            || round.Languages.Exists(tag => !instrument.Languages.ContainsKey(tag))) missing.Add(new(RoundStep.Questionnaire,
            "Choose the languages it is offered in."));
        var invitees = await asked.InviteesAsync(round);
        var people = invitees.Count;
        if (people == 0 && round.OpenLink is null) missing.Add(new(RoundStep.Who, "Nobody is invited yet."));
        if (people > 0 && !round.FoldsDecided) missing.Add(new(RoundStep.Shown,
            "Look at what could be shown, and decide which organisations are reported together."));
        else if (round.Organisations.Where(o => o.Fold is not null).GroupBy(o => o.Fold)
            .Any(fold => fold.DistinctBy(o => o.Sector).Count() > 1))
            missing.Add(new(RoundStep.Shown, "Organisations that were to be reported together are no longer of one sector. Decide again."));
        if (people > 0 && WithoutAWay(round, invitees, outbox.IsSetUp) is { } without) missing.Add(new(RoundStep.Ways, without));
        if (await TooSoonAsync(round, instrument, opens) is { } tooSoon) missing.Add(new(RoundStep.Dates, tooSoon));
        if (round.ClosesAt is null) missing.Add(new(RoundStep.Dates, "Say when it closes."));
        else if (round.ClosesAt <= clock.Now()) missing.Add(new(RoundStep.Dates, "The closing date has passed. Choose another."));
        else if (round.ClosesAt <= round.OpensAt) missing.Add(new(RoundStep.Dates, "It would close before it opens. Choose other dates."));
        if (round.Contact.Length == 0) missing.Add(new(RoundStep.Contact, "Say whom respondents may ask."));
        return missing;
    }

    /// <summary>
    /// Opens a draft: from now on names, sectors, folds, thresholds, languages and instrument are fixed, and everyone invited has an
    /// invitation. Without a coordinator it opens by itself.
    /// </summary>
    /// <param name="seen">The version that the coordinator agreed to; one that changed since is not opened.</param>
    public async Task<Opening> OpenAsync(long roundId, Standing? by, int? seen = null)
    {
        var key = keys.Make(KeyUse.Round); // on disk before anything lies under it
        var opened = false;
        try
        {
            var opening = await OpenAsync(roundId, by, seen, key);
            opened = opening.Done;
            return opening;
        }
        finally
        {
            // Where a commit's answer never came it may have opened all the same; then the key stays.
            if (!opened && await IsUnusedAsync(key)) keys.Destroy(KeyUse.Round, key.Fingerprint);
        }
    }

    private async Task<Opening> OpenAsync(long roundId, Standing? by, int? seen, SealingKey key)
    {
        db.ChangeTracker.Clear(); // what was read before the transaction may be old
        await using var transaction = await db.Database.BeginTransactionAsync();
        // One round of a partnership opens at a time: each looks at the others for the 90 days.
        await HoldAsync(db.Set<Partnership>().Where(p => db.Set<Round>().Any(r => r.Id == roundId && r.PartnershipId == p.Id)));
        var round = await db.Set<Round>().Include(r => r.Organisations).FirstAsync(r => r.Id == roundId);
        if (round.State != RoundState.Draft || (seen ?? round.Version) != round.Version) return new(false, []);
        await RefreshAsync(round);
        // measured from this moment, whatever day was announced
        if (await MissingAsync(round, clock.Now()) is { Count: > 0 } missing) return new(false, missing);
        (round.State, round.OpenedAt, round.Key) = (RoundState.Open, clock.Now(), key.Fingerprint);
        var invitees = await asked.InviteesAsync(round);
        var standing = await lists.AtAsync(round.PartnershipId, [.. invitees.Select(p => (p.PersonId, p.OrganisationId))]);
        foreach (var organisation in round.Organisations)
            if (standing.Organisations.TryGetValue(organisation.OrganisationId, out var list)) organisation.ListConfirmed =
                list.Standing == ListStanding.ConfirmedByOthers;
        try
        {
            await db.SaveChangesAsync(); // its version decides when two servers open it at once
        }
        catch (DbUpdateConcurrencyException)
        {
            return new(false, []);
        }
        foreach (var opening in openings) await opening.OpenAsync(round, invitees,
            Envelopes.Counting(round, invitees, p => standing.Counts(p.PersonId, p.OrganisationId)));
        db.AuditEntries.Add(Entry(by, round, "opened a round", $"{round.Name}, {Dates.Count(invitees.Count, "person", "people")} invited"));
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return new(true, []);
    }

    private async Task<bool> IsUnusedAsync(SealingKey key)
    {
        try
        {
            db.ChangeTracker.Clear();
            return !await db.Set<Round>().AnyAsync(r => r.Key == key.Fingerprint);
        }
        catch (Exception error) when (error is System.Data.Common.DbException or InvalidOperationException)
        {
            return false; // nobody can say; a key too many does no harm
        }
    }

    /// <summary>Everyone needs a way to get a link.</summary>
    private static string? WithoutAWay(Round round, IReadOnlyList<Invitee> people, bool mailIsSetUp)
    {
        if (round.Ways.Count == 0) return "Say how people get their links.";
        if (round.Ways.Contains(RoundWay.Mail)
            && !mailIsSetUp) return "No mail is sent from here yet. Choose another way, or have the operator set it up.";
        if (round.Ways.Contains(RoundWay.Paper)) return null;
        return people.Count(p => !p.HasAddress) is > 0 and var without
            ? $"{Dates.Count(without, "person has", "people have")} no e-mail address. Let slips be printed too, or add their addresses."
            : null;
    }

    /// <summary>The round is asked of nearly the same people with statements that were asked lately, or are being asked.</summary>
    private async Task<string?> TooSoonAsync(Round round, Instrument instrument, DateTime opens)
    {
        var asked = db.Set<Round>().Where(r => r.PartnershipId == round.PartnershipId && r.Id != round.Id && r.Origin == RoundOrigin.Asked);
        return (await AlikeAsync(asked, instrument, opens)).FirstOrDefault() is not { } other ? null
            : other.ClosedAt is { } closed
                ? $"“{other.Name}” asked the same statements and closed on {Dates.Say(closed)}. Sooner than 90 days after it, two lists that "
                    + $"differ by one person would tell what that person answered. Open this round on {Dates.Say(closed + BetweenRounds)} or later."
                : $"“{other.Name}” asks the same statements and is not over yet. A round opens at least 90 days after one that asked the same.";
    }

    /// <summary>
    /// Rounds whose answers a file may hold: one that holds them and one more would tell that one. What became of answers is all that is
    /// kept, so nobody can look; who brings them knows. Answers in a file do not age: others that were brought are among them however old,
    /// rounds that were asked for 90 days.
    /// </summary>
    public async Task<IReadOnlyList<Round>> MayBeTheSameAsync(long partnershipId, Instrument instrument)
    {
        var here = db.Set<Round>().Where(r => r.PartnershipId == partnershipId);
        return [.. await AlikeAsync(here.Where(r => r.Origin == RoundOrigin.Imported), instrument, opens: null),
            .. await AlikeAsync(here.Where(r => r.Origin == RoundOrigin.Asked), instrument, clock.Now())];
    }

    /// <summary>What is asked about them, and why.</summary>
    public static string SayMayBeTheSame(IReadOnlyList<Round> rounds) =>
        $"{Joined.And([.. rounds.Select(r => $"“{r.Name}”")])} {(rounds.Count == 1 ? "has" : "have")} the same statements. If this file holds "
        + $"the answers of {(rounds.Count == 1 ? "that round" : "one of them")} and others besides, do not bring it: whoever reads both "
        + "findings could work out what the others said.";

    /// <summary>
    /// Within the transaction that keeps answers from elsewhere, so that no other round of the partnership comes meanwhile: refuses them
    /// beside a round that nobody said they are others than.
    /// </summary>
    /// <param name="othersThan">Numbers of the rounds of which somebody said so.</param>
    /// <exception cref="MayBeTheSameException">There is such a round.</exception>
    public async Task RefuseSameAsync(long partnershipId, Instrument instrument, IReadOnlyCollection<long> othersThan)
    {
        await HoldAsync(db.Set<Partnership>().Where(p => p.Id == partnershipId));
        var same = await MayBeTheSameAsync(partnershipId, instrument);
        if (same.Any(r => !othersThan.Contains(r.Id))) throw new MayBeTheSameException(SayMayBeTheSame(same));
    }

    /// <summary>Rounds that share statements, are open or closed less than 90 days before, and show a figure; the latest first.</summary>
    /// <param name="opens">Before what; null: however long ago.</param>
    private async Task<List<Round>> AlikeAsync(IQueryable<Round> rounds, Instrument instrument, DateTime? opens)
    {
        var others = await rounds.AsNoTracking().Where(r => r.State == RoundState.Open || r.State == RoundState.Closed
            || r.State == RoundState.Published).OrderByDescending(r => r.Id).ToListAsync();
        var alike = new List<Round>();
        foreach (var other in others.Where(r => opens is null || r.ClosedAt is not { } closed || closed + BetweenRounds > opens))
        {
            var before = await instruments.ReadAsync(other.InstrumentHash);
            if (SharedStatements.Any(before, instrument) && await ShowsAFigureAsync(other)) alike.Add(other);
        }
        return alike;
    }

    /// <summary>Of these partnerships nobody else opens a round until the transaction ends.</summary>
    private static Task<int> HoldAsync(IQueryable<Partnership> partnerships) =>
        partnerships.ExecuteUpdateAsync(set => set.SetProperty(p => p.Version, p => p.Version));

    /// <summary>A round that is open may still show one.</summary>
    private async Task<bool> ShowsAFigureAsync(Round round)
    {
        var content = await db.Set<StoredPublication>().Where(p => p.RoundId == round.Id && p.Part == PublicationPart.Figures)
            .Select(p => p.Content).FirstOrDefaultAsync();
        if (content is null) return true;
        var members = PublicationJson.Read(content).Members;
        IEnumerable<PublishedCell> byLink = members.OpenLink is { } link ? [.. link.Dimensions, .. link.Items] : [];
        return byLink.Concat(members.All.Dimensions).Concat(new[] { members.Sectors, members.Levels, members.Organisations,
            members.SectorLevels }.SelectMany(view => view).SelectMany(group => group.Dimensions.Concat(group.Items)))
            .Concat(members.All.Items.Select(item => item.Mean)).Any(cell => cell.Withheld is null);
    }

    /// <summary>Gives people more time; false when the round is no longer open, or the time is not later.</summary>
    public async Task<bool> ExtendAsync(Standing standing, Round round, DateTime closesAt)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var extended = await db.Set<Round>().Where(r => r.Id == round.Id && r.State == RoundState.Open && r.ClosesAt < closesAt)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.ClosesAt, closesAt).SetProperty(r => r.Version, r => r.Version + 1));
        if (extended == 0) return false;
        access.Record(standing, "extended a round", $"{round.Name}, to {Dates.Say(closesAt)}");
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>The public part of a new open link.</summary>
    public static string NewOpenLink() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    internal static RoundOrganisation InRound(Organisation organisation) =>
        new() { OrganisationId = organisation.Id, Name = organisation.Name, Sector = organisation.Sector };

    internal Task<List<Organisation>> CurrentOrganisationsAsync(long partnershipId) =>
        db.Set<Organisation>().AsNoTracking().Where(o => o.PartnershipId == partnershipId && o.Terms.Any(t => t.LeftOn == null))
            .OrderBy(o => o.NameKey).ToListAsync();

    private async Task RefreshAsync(Round round)
    {
        var current = (await CurrentOrganisationsAsync(round.PartnershipId)).ToDictionary(o => o.Id);
        round.Organisations.RemoveAll(o => !current.ContainsKey(o.OrganisationId));
        foreach (var organisation in round.Organisations) (organisation.Name, organisation.Sector) =
            (current[organisation.OrganisationId].Name, current[organisation.OrganisationId].Sector);
    }

    /// <summary>For the audit trail, of what somebody did with a round, or its date.</summary>
    public AuditEntry Entry(Standing? by, Round round, string act, string detail) =>
        by is not null ? access.Entry(by, act, detail) : new() { At = clock.Now(), Who = "Colead", PartnershipId = round.PartnershipId,
            Act = act, Detail = detail };
}
