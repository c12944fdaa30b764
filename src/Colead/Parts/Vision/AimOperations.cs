using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Parts.Threads;
using Colead.Parts.Vision.Fits;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Vision;

/// <summary>A wording as it is typed.</summary>
public sealed record NewWording(string Name, string Text, string Why);

/// <summary>An organisation's own aim as it is typed.</summary>
public sealed record OwnAimText(string Name, string Text, AimVisibility Visibility);

/// <summary>What is said of one shared aim.</summary>
/// <param name="Number">The wording of the shared aim that was read.</param>
/// <param name="Seen">Version of what was said before plus one; 0 where nothing was said.</param>
public sealed record Saying(long SharedAimId, int Number, FitWord Word, string Why, int Seen);

/// <summary>Shared aims and their wordings, own aims, and how the ones fit the others.</summary>
public sealed class AimOperations(ColeadDb db, PartnershipAccess access, TimeProvider clock)
{
    public IQueryable<SharedAim> Shared(Standing standing) => db.Set<SharedAim>().Where(a => a.PartnershipId == standing.PartnershipId);

    /// <summary>Shared aims that the partners have now.</summary>
    public IQueryable<SharedAim> Current(Standing standing) => Shared(standing).Where(a => a.Number > 0 && a.EndedAt == null);

    /// <summary>Own aims that this person may know of: those an organisation keeps to itself are for its own people alone, whoever else
    /// runs the partnership.</summary>
    public IQueryable<OwnAim> Own(Standing standing) =>
        db.Set<OwnAim>().Where(a => a.Organisation!.PartnershipId == standing.PartnershipId
            && (a.Visibility != AimVisibility.Itself || a.OrganisationId == standing.OrganisationId));

    /// <summary>What organisations said that this person may read.</summary>
    public IQueryable<Fit> Fits(Standing standing) =>
        db.Set<Fit>().Where(f => f.SharedAim!.PartnershipId == standing.PartnershipId
            && (f.OwnAimId == null || f.OwnAim!.Visibility != AimVisibility.Itself || f.OrganisationId == standing.OrganisationId));

    /// <summary>Proposes a new shared aim. The same proposal by the same person, waiting already, is that one.</summary>
    public async Task<SharedAim> ProposeAimAsync(Standing standing, NewWording typed)
    {
        var waiting = await db.Set<AimWording>().Include(w => w.SharedAim)
            .FirstOrDefaultAsync(w => w.SharedAim!.PartnershipId == standing.PartnershipId && w.SharedAim.Number == 0
                && w.State == WordingState.Proposed && w.AccountId == standing.AccountId && w.Name == typed.Name && w.Text == typed.Text);
        if (waiting is not null) return waiting.SharedAim!;
        var aim = new SharedAim { PartnershipId = standing.PartnershipId, Name = typed.Name, ProposedAt = clock.Now() };
        aim.Wordings.Add(Wording(standing, typed, basedOn: 0));
        db.Set<SharedAim>().Add(aim);
        access.Record(standing, "proposed a shared aim", typed.Name);
        await db.SaveChangesAsync();
        return aim;
    }

    /// <summary>Proposes another wording of an aim; null when the wording in force is no longer the one it was written against.</summary>
    public async Task<AimWording?> ProposeAsync(Standing standing, SharedAim aim, NewWording typed, int seen)
    {
        if (aim.Number != seen) return null;
        var waiting = await db.Set<AimWording>().FirstOrDefaultAsync(w => w.SharedAimId == aim.Id && w.State == WordingState.Proposed
            && w.AccountId == standing.AccountId && w.Name == typed.Name && w.Text == typed.Text);
        if (waiting is not null) return waiting;
        var wording = Wording(standing, typed, aim.Number);
        aim.Wordings.Add(wording);
        access.Record(standing, "proposed a wording", typed.Name);
        await db.SaveChangesAsync();
        return wording;
    }

    /// <summary>Puts a wording in force; false when it was decided meanwhile, or another came into force since <paramref name="seen"/>
    /// was.</summary>
    public async Task<bool> AcceptAsync(Standing standing, AimWording wording, string why, int seen)
    {
        var aim = wording.SharedAim!;
        if (wording.State != WordingState.Proposed || aim.Number != seen || aim.EndedAt is not null) return false;
        aim.Accept(wording, standing.AccountName, why.Length == 0 ? null : why, clock.Now());
        access.Record(standing, "accepted a wording", $"{wording.Name}, version {aim.Number}");
        return await SavedAsync();
    }

    /// <summary>Says no, with a reason; false when it was decided meanwhile.</summary>
    public async Task<bool> DeclineAsync(Standing standing, AimWording wording, string why)
    {
        if (wording.State != WordingState.Proposed) return false;
        wording.Decide(WordingState.Declined, standing.AccountName, why, clock.Now());
        access.Record(standing, "declined a wording", wording.Name);
        return await SavedAsync();
    }

    public async Task<bool> TakeBackAsync(Standing standing, AimWording wording)
    {
        if (wording.State != WordingState.Proposed || wording.AccountId != standing.AccountId) return false;
        wording.Decide(WordingState.TakenBack, standing.AccountName, null, clock.Now());
        access.Record(standing, "took back a wording", wording.Name);
        return await SavedAsync();
    }

    /// <summary>Puts a shared aim away; what was, can be read. False when someone else changed it in the same moment.</summary>
    public async Task<bool> EndAsync(Standing standing, SharedAim aim, string why, int seen)
    {
        if (!aim.IsCurrent || aim.Number != seen) return false;
        aim.End(why, clock.Now());
        access.Record(standing, "put a shared aim away", aim.Name);
        return await SavedAsync();
    }

    /// <summary>Writes an organisation's own aim. The same aim twice is one.</summary>
    public async Task<OwnAim> WriteAsync(Standing standing, OwnAimText typed)
    {
        var organisation = await OwnOrganisationAsync(standing);
        if (await db.Set<OwnAim>().FirstOrDefaultAsync(a => a.OrganisationId == organisation.Id && a.EndedAt == null
            && a.Name == typed.Name && a.Text == typed.Text) is { } same) return same;
        var aim = new OwnAim { OrganisationId = organisation.Id, Name = typed.Name, Text = typed.Text, Visibility = typed.Visibility,
            WrittenAt = clock.Now() };
        db.Set<OwnAim>().Add(aim);
        access.Record(standing, "wrote an own aim", Named(organisation, typed.Visibility, typed.Name));
        await db.SaveChangesAsync();
        return aim;
    }

    /// <summary>Starts a thread with an own aim that others may read; an aim starts one, however often it is asked.</summary>
    public async Task<long> TakeUpAsync(Standing standing, OwnAim aim, ThreadOperations threads)
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"own aim {aim.Id}")))[..(FormKey.Length / 2)]);
        var thread = await threads.StartAsync(standing, new(key, aim.Name, aim.Text, null, new(ThreadSource.Aim)));
        await db.Set<OwnAim>().Where(a => a.Id == aim.Id && a.ThreadId == null)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.ThreadId, thread));
        return thread;
    }

    /// <summary>Changes an own aim; false when someone else did since <paramref name="version"/> was read.</summary>
    public async Task<bool> ChangeAsync(Standing standing, OwnAim aim, OwnAimText typed, int version)
    {
        var before = aim.Visibility;
        if (typed.Visibility == AimVisibility.Itself && before != AimVisibility.Itself) await NameLessAsync(standing, aim);
        (aim.Name, aim.Text, aim.Visibility) = (typed.Name, typed.Text, typed.Visibility);
        return await SaveAsync(standing, aim, version, "changed an own aim", before);
    }

    /// <summary>What the thread that began with an aim is called once its organisation keeps the aim to itself.</summary>
    public static string NameLess(string organisation) => $"An aim of {organisation}";

    /// <summary>Takes an aim's own words out of the thread that it began, and out of that thread's links. What people gave as other words
    /// stays: it is theirs.</summary>
    private async Task NameLessAsync(Standing standing, OwnAim aim)
    {
        if (await db.Set<GoldenThread>().Include(t => t.Links)
            .FirstOrDefaultAsync(t => t.Id == aim.ThreadId && t.PartnershipId == standing.PartnershipId) is not { } thread) return;
        var organisation = (await OwnOrganisationAsync(standing)).Name;
        var name = NameLess(organisation);
        if (thread.Title == aim.Name) thread.Title = name;
        if (aim.Text.Length > 0 && thread.About == aim.Text) thread.About = "";
        foreach (var link in thread.Links.Where(l => l.Title == aim.Name)) link.Title = name;
        access.Record(standing, "took an own aim out of its thread", organisation);
    }

    public async Task<bool> EndAsync(Standing standing, OwnAim aim, int version)
    {
        if (aim.EndedAt is not null) return true;
        aim.EndedAt = clock.Now();
        return await SaveAsync(standing, aim, version, "put an own aim away", aim.Visibility);
    }

    /// <summary>
    /// Writes down how shared aims fit an own aim, or with none the organisation's work as a whole. False, and nothing written, when
    /// someone of the organisation said otherwise since, or the aim reads differently now.
    /// </summary>
    public async Task<bool> SayAsync(Standing standing, OwnAim? aim, IReadOnlyList<Saying> sayings)
    {
        var organisation = await OwnOrganisationAsync(standing);
        var said = await SaidAsync(organisation.Id, aim?.Id);
        var numbers = await Current(standing).ToDictionaryAsync(a => a.Id, a => a.Number);
        var changed = 0;
        foreach (var saying in sayings)
        {
            var fit = said.Find(f => f.SharedAimId == saying.SharedAimId);
            if (numbers.GetValueOrDefault(saying.SharedAimId) != saying.Number) return false;
            // whoever said it, it is the same
            if (fit is not null && fit.Number == saying.Number && fit.Word == saying.Word && fit.Why == saying.Why) continue;
            if ((fit is null ? 0 : fit.Version + 1) != saying.Seen) return false;
            changed++;
            if (fit is null)
                db.Set<Fit>().Add(new Fit { SharedAimId = saying.SharedAimId, OrganisationId = organisation.Id, OwnAimId = aim?.Id,
                    Number = saying.Number, Word = saying.Word, Why = saying.Why, SaidBy = standing.AccountName, SaidAt = clock.Now() });
            else (fit.Number, fit.Word, fit.Why, fit.SaidBy, fit.SaidAt) =
                (saying.Number, saying.Word, saying.Why, standing.AccountName, clock.Now());
        }
        if (changed == 0) return true;
        access.Record(standing, "said how shared aims fit", aim is null ? $"{organisation.Name}: its work as a whole"
            : Named(organisation, aim.Visibility, aim.Name));
        return await SavedAsync();
    }

    /// <summary>What was said of an own aim, or of an organisation's work as a whole.</summary>
    public Task<List<Fit>> SaidAsync(long organisationId, long? ownAimId) => db.Set<Fit>()
        .Where(f => f.OrganisationId == organisationId && f.OwnAimId == ownAimId).ToListAsync();

    /// <summary>The picture that everyone in the partnership sees alike: own aims that an organisation keeps to itself are in it for
    /// nobody.</summary>
    public async Task<FitPicture> PictureAsync(Standing standing)
    {
        var shared = await Current(standing).OrderBy(a => a.Id).Select(a => new FitPicture.Shared(a.Id, a.Name)).ToListAsync();
        var partners = await access.Organisations(standing).Where(o => o.Terms.Any(t => t.LeftOn == null)).OrderBy(o => o.NameKey)
            .Select(o => new FitPicture.Partner(o.Id, o.Name)).ToListAsync();
        var own = await db.Set<OwnAim>().Where(a => a.Organisation!.PartnershipId == standing.PartnershipId
            && a.Visibility != AimVisibility.Itself && a.EndedAt == null).OrderBy(a => a.Id)
            .Select(a => new FitPicture.Own(a.Id, a.OrganisationId, a.Name)).ToListAsync();
        var said = await db.Set<Fit>().Where(f => f.SharedAim!.PartnershipId == standing.PartnershipId && f.SharedAim.EndedAt == null
            && (f.OwnAimId == null || (f.OwnAim!.Visibility != AimVisibility.Itself && f.OwnAim.EndedAt == null)))
            .Select(f => new FitPicture.Said(f.SharedAimId, f.OrganisationId, f.OwnAimId, f.Word, f.Number < f.SharedAim!.Number))
                .ToListAsync();
        return new(shared, partners, own, said);
    }

    private AimWording Wording(Standing standing, NewWording typed, int basedOn) => new()
    {
        Name = typed.Name,
        Text = typed.Text,
        Why = typed.Why,
        AccountId = standing.AccountId,
        Who = standing.AccountName,
        OrganisationId = standing.OrganisationId,
        At = clock.Now(),
        BasedOn = basedOn,
    };

    private Task<Organisation> OwnOrganisationAsync(Standing standing) => db.Set<Organisation>()
        .FirstAsync(o => o.Id == standing.OrganisationId && o.PartnershipId == standing.PartnershipId);

    /// <summary>Coordinators read the audit trail: it never names what an organisation keeps to itself.</summary>
    private static string Named(Organisation organisation, AimVisibility visibility, string name) => visibility == AimVisibility.Itself
        ? organisation.Name : $"{organisation.Name}: {name}";

    private async Task<bool> SaveAsync(Standing standing, OwnAim aim, int version, string act, AimVisibility before)
    {
        db.Entry(aim).Property(a => a.Version).OriginalValue = version;
        var organisation = await OwnOrganisationAsync(standing);
        access.Record(standing, act, Named(organisation, before == AimVisibility.Itself ? before : aim.Visibility, aim.Name));
        return await SavedAsync();
    }

    /// <summary>False when someone else was quicker; then nothing of it is kept in hand, so that a page reads what they saved.</summary>
    private async Task<bool> SavedAsync()
    {
        try
        {
            await db.SaveChangesAsync();
            return true;
        }
        catch (DbUpdateException error) when (error is DbUpdateConcurrencyException || db.IsDuplicate(error))
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }
}
