using Colead.Parts.Actions;
using Colead.Parts.Outcomes;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Parts.Budget;

/// <summary>The books of one partnership. Whoever writes an entry counts it up, so that of two who write at once the second looks
/// again.</summary>
public sealed class Ledger : Versioned
{
    public required long PartnershipId { get; init; }
    /// <summary>Whether a statutory or a contract partnership has switched its budget on; formal ones have one always, informal ones
    /// never.</summary>
    public bool IsOn { get; set; }
    public int LastNumber { get; set; }
}

/// <summary>What an entry is about.</summary>
public sealed record EntryFacts(long PartnershipId, DateOnly On, BudgetUnit Unit, long Amount, long OrganisationId, long? OutcomeId,
    long? ActionId, string Text, string EnteredBy, long? AccountId, DateTime EnteredAt, string FormKey);

/// <summary>One line of the journal: what happened, and how it moves amounts between accounts so that they add up to nothing. Written once;
/// undone by another.</summary>
public sealed class JournalEntry : IWrittenOnce, ICheckedWhenSaved
{
    public const int TextLength = 300;
    /// <summary>A thousand million pounds, in pence.</summary>
    public const long MostAmount = 100_000_000_000;

    private readonly List<JournalLine> lines = [];

    private JournalEntry()
    {
    }

    public long Id { get; init; }
    public long PartnershipId { get; init; }
    public Partnership? Partnership { get; init; }
    /// <summary>Counted from 1 within the partnership, without gaps.</summary>
    public int Number { get; init; }
    public EntryKind Kind { get; init; }
    public DateOnly On { get; init; }
    public BudgetUnit Unit { get; init; }
    /// <summary>Pence or minutes.</summary>
    public long Amount { get; init; }
    /// <summary>Who put in, promised or spent.</summary>
    public long OrganisationId { get; init; }
    public Organisation? Organisation { get; init; }
    public long? OutcomeId { get; init; }
    public Outcome? Outcome { get; init; }
    public long? ActionId { get; init; }
    public PlannedAction? Action { get; init; }
    public string Text { get; init; } = "";
    /// <summary>The promise this draws on, gives back, or undoes.</summary>
    public long? CommitmentId { get; init; }
    /// <summary>The entry this undoes; no entry is undone twice.</summary>
    public long? ReversesId { get; init; }
    public string EnteredBy { get; init; } = "";
    public long? AccountId { get; init; }
    public DateTime EnteredAt { get; init; }
    /// <summary>One form makes one entry, however often it is sent.</summary>
    public string FormKey { get; init; } = "";
    public IReadOnlyList<JournalLine> Lines => lines;

    public static JournalEntry Contribution(EntryFacts facts, int number) =>
        Of(facts, number, EntryKind.Contribution, null, (BudgetAccount.Contributed, -facts.Amount),
            (BudgetAccount.Available, facts.Amount));

    public static JournalEntry Commitment(EntryFacts facts, int number) =>
        Of(facts, number, EntryKind.Commitment, null, (BudgetAccount.Available, -facts.Amount), (BudgetAccount.Committed, facts.Amount));

    public static JournalEntry GivenAndUsed(EntryFacts facts, int number) =>
        Of(facts, number, EntryKind.GivenAndUsed, null, (BudgetAccount.Contributed, -facts.Amount), (BudgetAccount.Spent, facts.Amount));

    /// <param name="commitmentId">The promise it was for, if one.</param>
    /// <param name="left">What is left of that promise; more than that comes out of the pot.</param>
    public static JournalEntry Spending(EntryFacts facts, int number, long? commitmentId = null, long left = 0)
    {
        var drawn = Math.Min(facts.Amount, Math.Max(0, left));
        return Of(facts, number, EntryKind.Spending, commitmentId, (BudgetAccount.Committed, -drawn),
            (BudgetAccount.Available, drawn - facts.Amount), (BudgetAccount.Spent, facts.Amount));
    }

    public static JournalEntry Release(EntryFacts facts, int number, long commitmentId) =>
        Of(facts, number, EntryKind.Release, commitmentId, (BudgetAccount.Committed, -facts.Amount),
            (BudgetAccount.Available, facts.Amount));

    /// <summary>The same lines the other way round.</summary>
    public static JournalEntry Reversal(JournalEntry first, EntryFacts facts, int number)
    {
        if (first.Kind == EntryKind.Reversal) throw new InvalidOperationException("A reversal is not undone; what happened is entered again.");
        var entry = New(facts, number, EntryKind.Reversal, first.CommitmentId ?? (first.Kind == EntryKind.Commitment ? first.Id : null),
            first.Id);
        entry.lines.AddRange(first.lines.Select(l => new JournalLine { Account = l.Account, Unit = l.Unit, Amount = -l.Amount,
            OrganisationId = l.OrganisationId, OutcomeId = l.OutcomeId, ActionId = l.ActionId }));
        return entry.Balanced();
    }

    private static JournalEntry Of(EntryFacts facts, int number, EntryKind kind, long? commitmentId,
        params ReadOnlySpan<(BudgetAccount Account, long Amount)> moves)
    {
        if (facts.Amount is <= 0 or > MostAmount) throw new ArgumentOutOfRangeException(nameof(facts), facts.Amount,
            "An entry moves something, and no more than can be.");
        var entry = New(facts, number, kind, commitmentId, null);
        foreach (var (account, amount) in moves)
        {
            if (amount == 0) continue;
            var aimed = account != BudgetAccount.Available; // the pot is everyone's, and for everything
            entry.lines.Add(new JournalLine
            {
                Account = account,
                Unit = facts.Unit,
                Amount = amount,
                OrganisationId = aimed ? facts.OrganisationId : null,
                OutcomeId = aimed ? facts.OutcomeId : null,
                ActionId = aimed ? facts.ActionId : null,
            });
        }
        return entry.Balanced();
    }

    private static JournalEntry New(EntryFacts f, int number, EntryKind kind, long? commitmentId, long? reversesId) => new()
    {
        PartnershipId = f.PartnershipId,
        Number = number,
        Kind = kind,
        On = f.On,
        Unit = f.Unit,
        Amount = f.Amount,
        OrganisationId = f.OrganisationId,
        OutcomeId = f.OutcomeId,
        ActionId = f.ActionId,
        Text = f.Text,
        CommitmentId = commitmentId,
        ReversesId = reversesId,
        EnteredBy = f.EnteredBy,
        AccountId = f.AccountId,
        EnteredAt = f.EnteredAt,
        FormKey = f.FormKey,
    };

    /// <summary>Nothing comes from nowhere: the lines of each unit add up to zero.</summary>
    /// <summary>The books balance, whoever writes into them.</summary>
    public void Check(EntityState state, Func<object, EntityState> stateOf)
    {
        if (state == EntityState.Added && !IsBalanced) throw new InvalidOperationException("An entry whose lines do not add up to zero.");
    }

    private bool IsBalanced => lines.Count > 1 && lines.GroupBy(l => l.Unit).All(unit => unit.Sum(l => l.Amount) == 0);

    private JournalEntry Balanced() => IsBalanced ? this
        : throw new InvalidOperationException("An entry whose lines do not add up to zero.");
}

/// <summary>What an entry does to one account, for whom and towards what.</summary>
public sealed class JournalLine : IWrittenOnce, ICheckedWhenSaved
{
    public long Id { get; init; }
    public long EntryId { get; init; }
    public JournalEntry? Entry { get; init; }
    public required BudgetAccount Account { get; init; }
    public required BudgetUnit Unit { get; init; }
    /// <summary>Pence or minutes; below zero, it goes out of the account.</summary>
    public required long Amount { get; init; }
    public long? OrganisationId { get; init; }
    public Organisation? Organisation { get; init; }
    public long? OutcomeId { get; init; }
    public Outcome? Outcome { get; init; }
    public long? ActionId { get; init; }
    public PlannedAction? Action { get; init; }

    /// <summary>Lines come with their entry.</summary>
    public void Check(EntityState state, Func<object, EntityState> stateOf)
    {
        if (state == EntityState.Added
            && (Entry is null || stateOf(Entry) != EntityState.Added)) throw new InvalidOperationException("Lines come with their entry.");
    }
}

internal sealed class LedgerMapping : IEntityTypeConfiguration<Ledger>
{
    public void Configure(EntityTypeBuilder<Ledger> builder)
    {
        builder.ToTable("Ledgers");
        builder.HasKey(l => l.PartnershipId);
        builder.Property(l => l.PartnershipId).ValueGeneratedNever();
        builder.Property(l => l.Version).IsConcurrencyToken();
        builder.HasOne<Partnership>().WithMany().HasForeignKey(l => l.PartnershipId);
    }
}

internal sealed class JournalEntryMapping : IEntityTypeConfiguration<JournalEntry>
{
    public void Configure(EntityTypeBuilder<JournalEntry> builder)
    {
        builder.ToTable("JournalEntries");
        builder.Property(e => e.Text).HasMaxLength(JournalEntry.TextLength);
        builder.Property(e => e.EnteredBy).HasMaxLength(120);
        builder.Property(e => e.FormKey).HasMaxLength(Outcome.KeyLength);
        builder.HasOne(e => e.Partnership).WithMany().HasForeignKey(e => e.PartnershipId);
        builder.HasOne(e => e.Organisation).WithMany().HasForeignKey(e => e.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(e => e.Outcome).WithMany().HasForeignKey(e => e.OutcomeId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(e => e.Action).WithMany().HasForeignKey(e => e.ActionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<JournalEntry>().WithMany().HasForeignKey(e => e.CommitmentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<JournalEntry>().WithMany().HasForeignKey(e => e.ReversesId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(e => e.Lines).WithOne(l => l.Entry).HasForeignKey(l => l.EntryId);
        // twice undone is impossible; entries that undo nothing do not collide: null is never equal
        builder.HasIndex(e => e.ReversesId).IsUnique();
        builder.HasIndex(e => new { e.PartnershipId, e.Number }).IsUnique();
        builder.HasIndex(e => new { e.PartnershipId, e.FormKey }).IsUnique();
    }
}

internal sealed class JournalLineMapping : IEntityTypeConfiguration<JournalLine>
{
    public void Configure(EntityTypeBuilder<JournalLine> builder)
    {
        builder.ToTable("JournalLines");
        builder.HasOne(l => l.Organisation).WithMany().HasForeignKey(l => l.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(l => l.Outcome).WithMany().HasForeignKey(l => l.OutcomeId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(l => l.Action).WithMany().HasForeignKey(l => l.ActionId).OnDelete(DeleteBehavior.Restrict);
    }
}
