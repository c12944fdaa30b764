using System.Security.Cryptography;
using System.Text;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Agreements;

/// <summary>A section of the draft.</summary>
/// <param name="Seen">Version of what is written plus one; 0 while nothing is.</param>
/// <param name="Asked">Whether this kind of agreement should have it; else it was written when the partnership was of another kind.</param>
public sealed record DraftSection(SectionPrompt Prompt, string Text, int Seen, string? ChangedBy, DateTime? ChangedAt, bool Asked)
{
    public bool IsEmpty => Text.Length == 0;
}

/// <summary>The draft as it is now.</summary>
public sealed record Draft(PartnershipKind Kind, IReadOnlyList<DraftSection> Sections)
{
    public IReadOnlyList<DraftSection> Asked => [.. Sections.Where(section => section.Asked)];
    public IReadOnlyList<DraftSection> Empty => [.. Sections.Where(section => section.Asked && section.IsEmpty)];
    public int Written => Asked.Count - Empty.Count;

    /// <summary>Tells one state of the draft from another, so that nobody puts forward what they have not read.</summary>
    public string Mark => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Kind + "\n"
        + string.Join("\u0000", Sections.Select(section => section.Prompt.Key + "\u0001" + section.Text)))));

    /// <summary>Whether it says what a version says.</summary>
    public bool IsThatOf(AgreementVersion version) =>
        version.Kind == Kind && version.Sections.OrderBy(section => section.Position).Select(section => (section.Key, section.Text))
            .SequenceEqual(Sections.Select(section => (section.Prompt.Key, section.Text)));
}

/// <summary>The governing document: writing it section by section, putting it forward, signing, reviewing.</summary>
public sealed class AgreementOperations(ColeadDb db, PartnershipAccess access, TimeProvider clock)
{
    public IQueryable<AgreementVersion> Versions(Standing standing) => db.Set<AgreementVersion>()
        .Where(v => v.Agreement!.PartnershipId == standing.PartnershipId);

    public Task<Agreement?> FindAsync(Standing standing) => db.Set<Agreement>().AsNoTracking()
        .FirstOrDefaultAsync(a => a.PartnershipId == standing.PartnershipId);

    /// <summary>The newest version with its sections and signatures; null while none was put forward.</summary>
    public Task<AgreementVersion?> NewestAsync(Standing standing) =>
        Versions(standing).AsNoTracking().Include(v => v.Sections).Include(v => v.Signatures).OrderByDescending(v => v.Number)
            .AsSplitQuery().FirstOrDefaultAsync();

    public async Task<Draft> DraftAsync(Standing standing)
    {
        var kind = await db.Set<Partnership>().Where(p => p.Id == standing.PartnershipId).Select(p => p.Kind).FirstAsync();
        var written = await db.Set<Agreement>().Where(a => a.PartnershipId == standing.PartnershipId).SelectMany(a => a.Sections)
            .AsNoTracking().ToDictionaryAsync(section => section.Key, StringComparer.Ordinal);
        var asked = AgreementSections.For(kind);
        var sections = asked.Select(prompt => Section(prompt, asked: true)).ToList();
        sections.AddRange(written.Values.Where(section => section.Text.Length > 0 && asked.All(prompt => prompt.Key != section.Key))
            .OrderBy(section => section.Id)
            .Select(section => AgreementSections.Find(kind, section.Key)).OfType<SectionPrompt>()
                .Select(prompt => Section(prompt, asked: false)));
        return new(kind, sections);

        DraftSection Section(SectionPrompt prompt, bool asked) => written.TryGetValue(prompt.Key, out var section)
            ? new(prompt, section.Text, section.Version + 1, section.ChangedBy, section.ChangedAt, asked)
                : new(prompt, "", 0, null, null, asked);
    }

    /// <summary>Writes a section; false when someone else did since <paramref name="seen"/> was.</summary>
    public async Task<bool> WriteAsync(Standing standing, SectionPrompt prompt, string text, int seen)
    {
        var agreement = await StartedAsync(standing);
        var section = await db.Set<AgreementSection>().FirstOrDefaultAsync(s => s.AgreementId == agreement && s.Key == prompt.Key);
        if ((section?.Text ?? "") == text) return true; // as a second press of the button finds it
        if ((section is null ? 0 : section.Version + 1) != seen) return false;
        if (section is null) db.Set<AgreementSection>().Add(new AgreementSection { AgreementId = agreement, Key = prompt.Key, Text = text,
            ChangedBy = standing.AccountName, ChangedAt = clock.Now() });
        else (section.Text, section.ChangedBy, section.ChangedAt) = (text, standing.AccountName, clock.Now());
        access.Record(standing, "wrote in the agreement", prompt.Title);
        return await SavedAsync();
    }

    /// <summary>
    /// Freezes the draft as the next version, to be signed; its number, or null when the draft is no longer as it was read. What says the
    /// same as the newest version is that version.
    /// </summary>
    public async Task<int?> PutForwardAsync(Standing standing, string mark, DateOnly? reviewOn)
    {
        var draft = await DraftAsync(standing);
        var newest = await NewestAsync(standing);
        if (newest is not null && draft.IsThatOf(newest)) return newest.Number;
        if (draft.Mark != mark) return null;
        var agreement = await db.Set<Agreement>().FirstAsync(a => a.PartnershipId == standing.PartnershipId);
        var version = new AgreementVersion
        {
            AgreementId = agreement.Id,
            Number = (newest?.Number ?? 0) + 1,
            PartnershipName = standing.PartnershipName,
            Kind = draft.Kind,
            ReviewOn = reviewOn,
            PutForwardBy = standing.AccountName,
            PutForwardAt = clock.Now(),
        };
        for (var i = 0; i < draft.Sections.Count; i++)
            version.Sections.Add(new AgreementVersionSection { Position = i, Key = draft.Sections[i].Prompt.Key, Title = draft.Sections[i]
                .Prompt.Title, Text = draft.Sections[i].Text });
        db.Set<AgreementVersion>().Add(version);
        agreement.ReviewOn = reviewOn;
        access.Record(standing, "put the agreement forward", $"version {version.Number}");
        if (await SavedAsync()) return version.Number;
        // someone else put the same forward
        return await NewestAsync(standing) is { } quicker && draft.IsThatOf(quicker) ? quicker.Number : null;
    }

    /// <summary>
    /// A lead signs for its own organisation; true when it has signed. False where a newer version was put forward: nobody signs what they
    /// have not read.
    /// </summary>
    public async Task<bool> SignAsync(Standing standing, AgreementVersion version)
    {
        var organisation = await db.Set<Organisation>().FirstAsync(o => o.Id == standing.OrganisationId
            && o.PartnershipId == standing.PartnershipId);
        return await SignAsync(standing, version, organisation, standing.AccountName, clock.Today(), onPaper: false);
    }

    /// <summary>A coordinator enters a signature that was given on paper, under the version that was printed.</summary>
    public Task<bool> SignOnPaperAsync(Standing standing, AgreementVersion version, Organisation organisation, string signedBy,
        DateOnly signedOn) =>
        SignAsync(standing, version, organisation, signedBy, signedOn, onPaper: true);

    /// <summary>Takes a paper signature back that was entered by mistake. The audit trail keeps that it was there.</summary>
    public async Task TakeBackAsync(Standing standing, AgreementSignature signature)
    {
        db.Set<AgreementSignature>().Remove(signature);
        access.Record(standing, "took a paper signature back",
            $"{signature.OrganisationName}, {signature.SignedBy}, version {signature.AgreementVersion!.Number}");
        await SavedAsync();
    }

    /// <summary>Says when the agreement is looked at again; false when someone else said another day since <paramref name="seen"/> was
    /// shown.</summary>
    public async Task<bool> ReviewAsync(Standing standing, DateOnly reviewOn, DateOnly? seen)
    {
        var agreement = await db.Set<Agreement>().FirstAsync(a => a.PartnershipId == standing.PartnershipId);
        if (agreement.ReviewOn == reviewOn) return true;
        if (agreement.ReviewOn != seen) return false;
        agreement.ReviewOn = reviewOn;
        access.Record(standing, "set the agreement’s review date", Dates.Say(reviewOn));
        return await SavedAsync();
    }

    private async Task<bool> SignAsync(Standing standing, AgreementVersion version, Organisation organisation, string signedBy,
        DateOnly signedOn, bool onPaper)
    {
        if (await db.Set<AgreementSignature>().AnyAsync(s => s.AgreementVersionId == version.Id
            && s.OrganisationId == organisation.Id)) return true;
        if (await Versions(standing).AnyAsync(v => v.Number > version.Number)) return false;
        db.Set<AgreementSignature>().Add(new AgreementSignature
        {
            AgreementVersionId = version.Id,
            OrganisationId = organisation.Id,
            OrganisationName = organisation.Name,
            SignedBy = signedBy,
            SignedOn = signedOn,
            OnPaper = onPaper,
            EnteredBy = standing.AccountName,
            EnteredByAccountId = standing.AccountId,
            EnteredAt = clock.Now(),
        });
        access.Record(standing, onPaper ? "entered a signature on paper" : "signed the agreement",
            $"{organisation.Name}, {signedBy}, version {version.Number}");
        await SavedAsync(); // where another press was quicker, it is signed
        return true;
    }

    /// <summary>The partnership's agreement, begun with its first section. Two who begin it at once begin the same.</summary>
    private async Task<long> StartedAsync(Standing standing)
    {
        if (await FindAsync(standing) is { } found) return found.Id;
        db.Set<Agreement>().Add(new Agreement { PartnershipId = standing.PartnershipId, StartedAt = clock.Now() });
        await SavedAsync();
        return (await FindAsync(standing))!.Id;
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
