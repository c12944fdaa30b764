using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Parts.Threads;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Outcomes;

/// <summary>What a form says of an outcome.</summary>
public sealed record OutcomeText(string Title, string Who, string Where, string WhatChanges, string PublicValue,
    Responsibility Responsibility, string Resources, DateOnly? DueOn, long? ThreadId, IReadOnlyList<long> Owners);

/// <summary>Setting outcomes, agreeing to them, saying what one brings, looking at them again and ending them.</summary>
public sealed class OutcomeOperations(ColeadDb db, PartnershipAccess access, TimeProvider clock)
{
    public IQueryable<Outcome> Of(Standing standing) => db.Set<Outcome>().Where(o => o.PartnershipId == standing.PartnershipId);

    /// <summary>With all that belongs to it.</summary>
    public IQueryable<Outcome> Whole(Standing standing) => Of(standing)
        .Include(o => o.Thread).Include(o => o.Organisation).Include(o => o.Partners).ThenInclude(p => p.Organisation)
            .Include(o => o.Reviews).Include(o => o.Indicators).ThenInclude(i => i.Readings).AsSplitQuery();

    /// <summary>What was read before is read anew: after a clash it is old.</summary>
    public void Forget() => db.ChangeTracker.Clear();

    /// <summary>Coordinators, and the leads of organisations that answer for it or set it.</summary>
    public static bool MayEdit(Standing standing, Outcome outcome) =>
        standing.IsCoordinator
            || (standing.IsLead && (outcome.OrganisationId == standing.OrganisationId
            || outcome.Partners.Exists(p => p.IsOwner && p.OrganisationId == standing.OrganisationId)));

    public static bool SpeaksFor(Standing standing, long organisationId) => standing.IsLead && standing.OrganisationId == organisationId;

    public async Task<Outcome?> EditableAsync(Standing standing, long outcomeId) =>
        await Whole(standing).FirstOrDefaultAsync(o => o.Id == outcomeId) is { } outcome && MayEdit(standing, outcome) ? outcome : null;

    /// <summary>Makes an outcome; the same form sent again finds the one it made.</summary>
    public async Task<long> CreateAsync(Standing standing, OutcomeText text, string formKey)
    {
        if (await Of(standing).Where(o => o.FormKey == formKey).Select(o => (long?)o.Id).FirstOrDefaultAsync() is { } made) return made;
        var outcome = new Outcome
        {
            PartnershipId = standing.PartnershipId,
            Title = text.Title,
            OrganisationId = standing.IsLead ? standing.OrganisationId : null,
            CreatedBy = standing.AccountName,
            CreatedAt = clock.Now(),
            FormKey = formKey,
        };
        Fill(outcome, text);
        db.Set<Outcome>().Add(outcome);
        access.Record(standing, "set an outcome", outcome.Title);
        try
        {
            await db.SaveChangesAsync();
            return outcome.Id;
        }
        catch (DbUpdateException error) when (db.IsDuplicate(error))
        {
            db.ChangeTracker.Clear();
            return await Of(standing).Where(o => o.FormKey == formKey).Select(o => o.Id).FirstAsync(); // the second of two clicks
        }
    }

    /// <summary>Saves a changed outcome; false when someone else changed it since. What was agreed to and now reads differently is asked
    /// again.</summary>
    public async Task<bool> SaveAsync(Standing standing, Outcome outcome, int version, OutcomeText text)
    {
        var before = Substance(outcome);
        Fill(outcome, text);
        if (Substance(outcome) != before) outcome.AskAgain();
        Token(outcome, version);
        access.Record(standing, "changed an outcome", outcome.Title);
        return await TrySaveAsync();
    }

    /// <summary>Agrees for the own organisation to what was read; false when it reads differently now.</summary>
    public async Task<bool> AgreeAsync(Standing standing, Outcome outcome, OutcomePartner partner, int version)
    {
        if (outcome.Version != version) return false;
        if (partner.AgreedAt is not null) return true;
        partner.Agree(clock.Now(), standing.AccountName);
        access.Record(standing, "agreed to an outcome", $"{partner.Organisation!.Name}: {outcome.Title}");
        return await TrySaveAsync();
    }

    public async Task<bool> TakeBackAsync(Standing standing, Outcome outcome, OutcomePartner partner)
    {
        if (partner.AgreedAt is null) return true;
        partner.TakeBack();
        access.Record(standing, "took agreement back", $"{partner.Organisation!.Name}: {outcome.Title}");
        return await TrySaveAsync();
    }

    /// <summary>Version of a contribution where there is none.</summary>
    public const int NothingThere = -1;

    /// <summary>What the own organisation brings, in its own sentence. An empty one is taken out.</summary>
    public async Task<bool> ContributeAsync(Standing standing, Outcome outcome, long organisationId, string sentence, int version)
    {
        var partner = outcome.Partners.Find(p => p.OrganisationId == organisationId);
        if (partner is null)
        {
            if (sentence.Length == 0) return true;
            outcome.Partners.Add(partner = new OutcomePartner { OrganisationId = organisationId, Contribution = sentence });
        }
        else
        {
            if (partner.Contribution == sentence) return true;
            partner.Contribution = sentence;
            db.Entry(partner).Property(p => p.Version).OriginalValue = version;
            if (sentence.Length == 0 && !partner.IsOwner) outcome.Partners.Remove(partner);
        }
        access.Record(standing, "said what an organisation brings", outcome.Title);
        return await TrySaveAsync();
    }

    /// <summary>False when that day is one already.</summary>
    public async Task<bool> AddReviewAsync(Standing standing, Outcome outcome, DateOnly day)
    {
        if (outcome.Reviews.Exists(r => r.On == day)) return false;
        outcome.Reviews.Add(new OutcomeReview { On = day });
        access.Record(standing, "added a review point", $"{outcome.Title}: {Dates.Say(day)}");
        return await TrySaveAsync();
    }

    public async Task HoldReviewAsync(Standing standing, Outcome outcome, OutcomeReview review, string note)
    {
        review.Held(clock.Now(), standing.AccountName, note);
        access.Record(standing, "reviewed an outcome", $"{outcome.Title}: {Dates.Say(review.On)}");
        await db.SaveChangesAsync();
    }

    public async Task DropReviewAsync(Standing standing, Outcome outcome, OutcomeReview review)
    {
        outcome.Reviews.Remove(review);
        access.Record(standing, "took out a review point", $"{outcome.Title}: {Dates.Say(review.On)}");
        await db.SaveChangesAsync();
    }

    /// <summary>It is over, with how it went; or goes on, where the note is null.</summary>
    public async Task<bool> EndAsync(Standing standing, Outcome outcome, string? note, int version)
    {
        // the same press, twice
        if (note is null ? outcome.EndedAt is null : outcome.EndedAt is not null && outcome.EndedNote == note) return true;
        if (note is null) outcome.GoOn();
        else outcome.End(clock.Now(), note);
        Token(outcome, version);
        access.Record(standing, note is null ? "took an outcome up again" : "ended an outcome", outcome.Title);
        return await TrySaveAsync();
    }

    /// <summary>Organisations that may own an outcome: partners of today, and those who own it already.</summary>
    public async Task<IReadOnlyList<Choice>> OrganisationsAsync(Standing standing, params IEnumerable<long> also)
    {
        var more = also.ToList();
        var found = await access.Organisations(standing).Where(o => o.Terms.Any(t => t.LeftOn == null) || more.Contains(o.Id))
            .OrderBy(o => o.NameKey).Select(o => new { o.Id, o.Name }).ToListAsync();
        return [.. found.Select(o => new Choice(Typed.Id(o.Id), o.Name))];
    }

    /// <summary>Threads that go on, and the one chosen already.</summary>
    public async Task<IReadOnlyList<Choice>> ThreadsAsync(Standing standing, long? also)
    {
        var found = await db.Set<GoldenThread>().Where(t => t.PartnershipId == standing.PartnershipId
            && (t.EndedAt == null || t.Id == also)).OrderByDescending(t => t.StartedAt).Select(t => new { t.Id, t.Title }).ToListAsync();
        return [.. found.Select(t => new Choice(Typed.Id(t.Id), t.Title))];
    }

    internal static OutcomeText TextOf(Outcome o) =>
        new(o.Title, o.Who, o.Where, o.WhatChanges, o.PublicValue, o.Responsibility, o.Resources, o.DueOn, o.ThreadId,
            [.. o.Partners.Where(p => p.IsOwner).Select(p => p.OrganisationId).Order()]);

    private static void Fill(Outcome outcome, OutcomeText text)
    {
        (outcome.Title, outcome.Who, outcome.Where, outcome.WhatChanges) = (text.Title, text.Who, text.Where, text.WhatChanges);
        (outcome.PublicValue, outcome.Responsibility, outcome.Resources, outcome.DueOn, outcome.ThreadId) =
            (text.PublicValue, text.Responsibility, text.Resources, text.DueOn, text.ThreadId);
        outcome.OwnedBy(text.Owners.ToHashSet());
    }

    /// <summary>What an owner agrees to.</summary>
    private static (string, string, string, string, Responsibility, string, DateOnly?, string) Substance(Outcome o) =>
        (o.Title, o.Who, o.Where, o.WhatChanges, o.Responsibility, o.Resources, o.DueOn,
        string.Join(' ', o.Partners.Where(p => p.IsOwner).Select(p => p.OrganisationId).Order()));

    private void Token(Outcome outcome, int version)
    {
        var token = db.Entry(outcome).Property(o => o.Version);
        token.IsModified = true; // also where only its owners changed
        token.OriginalValue = version;
    }

    private async Task<bool> TrySaveAsync()
    {
        try
        {
            await db.SaveChangesAsync();
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
        catch (DbUpdateException error) when (db.IsDuplicate(error))
        {
            return false; // the same row, a moment earlier
        }
    }
}
