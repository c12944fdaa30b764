using Colead.Data.Accounts;
using Colead.Data.Audit;
using Colead.Data.Mail;
using Colead.Data.Partnerships;
using Colead.Data.Protection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Colead.Data;

/// <summary>Everything Colead keeps. Each engine has its own subclass and its own migrations.</summary>
public abstract class ColeadDb(DbContextOptions options) : IdentityUserContext<Account, long>(options)
{
    public DbSet<Partnership> Partnerships => Set<Partnership>();
    public DbSet<Organisation> Organisations => Set<Organisation>();
    public DbSet<Person> People => Set<Person>();
    public DbSet<Membership> Memberships => Set<Membership>();
    public DbSet<RoleGrant> RoleGrants => Set<RoleGrant>();
    public DbSet<RoleInvitation> RoleInvitations => Set<RoleInvitation>();
    public DbSet<RosterUpload> RosterUploads => Set<RosterUpload>();
    public DbSet<OneTimeLink> OneTimeLinks => Set<OneTimeLink>();
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();

    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    /// <summary>Whether the error means that a row of that key is already there.</summary>
    public abstract bool IsDuplicate(DbUpdateException error);

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        foreach (var entry in ChangeTracker.Entries<Versioned>().Where(entry => entry.State == EntityState.Modified)) entry.Entity.Version++;
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        foreach (var words in new[] { typeof(PartnershipKind), typeof(Sector), typeof(SizeBand), typeof(Level), typeof(Role) })
            configurationBuilder.Properties(words).HaveConversion(typeof(EnumToStringConverter<>).MakeGenericType(words)).HaveMaxLength(20);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(ColeadDb).Assembly);
    }

    /// <summary>Times are UTC in the database; reading one back says so.</summary>
    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(time => time, time => DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
