using System.Reflection;
using Colead.Storage.Accounts;
using Colead.Storage.Audit;
using Colead.Storage.Outbox;
using Colead.Storage.Protection;
using Colead.Storage.Sealing;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Colead.Storage;

/// <summary>
/// Everything Colead keeps. What is named here is storage's own; the tables of the program's parts stand beside their operations, and are
/// asked for by <c>Set</c>. Each engine has its own subclass and its own migrations.
/// </summary>
public abstract class ColeadDb : IdentityUserContext<Account, long>
{
    private readonly Assembly program;

    protected ColeadDb(DbContextOptions options)
        : base(options) => program = options.FindExtension<TablesOfProgram>()?.Assembly
            ?? throw new ArgumentException("Made by an engine alone.", nameof(options));

    public DbSet<Draft> Drafts => Set<Draft>();
    public DbSet<Response> Responses => Set<Response>();
    public DbSet<AnsweredTag> AnsweredTags => Set<AnsweredTag>();
    public DbSet<RoundComment> Comments => Set<RoundComment>();
    public DbSet<OneTimeLink> OneTimeLinks => Set<OneTimeLink>();
    public DbSet<AccountSession> AccountSessions => Set<AccountSession>();
    public DbSet<AccountCode> AccountCodes => Set<AccountCode>();
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();
    public DbSet<SecretVote> SecretVotes => Set<SecretVote>();

    /// <summary>
    /// Inside the transaction that is open: holds the round open until the transaction ends, so that nothing is sent into a round while it
    /// closes. False when it is not open.
    /// </summary>
    public abstract Task<bool> HoldOpenAsync(long roundId, CancellationToken cancellation = default);

    /// <summary>
    /// Inside the transaction that is open: holds the voting on a proposal open until the transaction ends, so that nobody votes while it
    /// is counted. False when it is not being voted on.
    /// </summary>
    /// <param name="alone">For whoever closes it: nobody else holds it meanwhile.</param>
    public abstract Task<bool> HoldVotingAsync(long proposalId, bool alone = false, CancellationToken cancellation = default);

    /// <summary>How this engine closes a round, so that its files hold no trace either.</summary>
    public abstract RoundSealing Sealing { get; }

    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    /// <summary>Whether the error means that a row of that key is already there.</summary>
    public abstract bool IsDuplicate(DbUpdateException error);

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (ChangeTracker.Entries<IWrittenOnce>()
            .Any(entry =>
            entry.State is EntityState.Modified or EntityState.Deleted)) throw new InvalidOperationException("What is written once is neither changed nor deleted.");
        foreach (var entry in ChangeTracker.Entries<ICheckedWhenSaved>()) entry.Entity.Check(entry.State, of => Entry(of).State);
        foreach (var entry in ChangeTracker.Entries<Versioned>()
            .Where(entry => entry.State == EntityState.Modified)) entry.Entity.Version++;
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        foreach (var words in Assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsEnum: true, IsPublic: true }))
            configurationBuilder.Properties(words).HaveConversion(typeof(EnumToStringConverter<>).MakeGenericType(words)).HaveMaxLength(20);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        foreach (var assembly in Assemblies) builder.ApplyConfigurationsFromAssembly(assembly);
    }

    private IEnumerable<Assembly> Assemblies => [typeof(ColeadDb).Assembly, program];

    /// <summary>Times are UTC in the database; reading one back says so.</summary>
    private sealed class UtcConverter() : ValueConverter<DateTime,
        DateTime>(time => time, time => DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
