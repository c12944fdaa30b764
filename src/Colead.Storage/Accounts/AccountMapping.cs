using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Storage.Accounts;

internal sealed class AccountMapping : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("Accounts");
        builder.Property(a => a.Name).HasMaxLength(Account.NameLength);
        builder.HasIndex(a => a.NormalizedEmail).HasDatabaseName("EmailIndex").IsUnique();
    }
}

internal sealed class AccountTablesMapping :
    IEntityTypeConfiguration<IdentityUserClaim<long>>, IEntityTypeConfiguration<IdentityUserLogin<long>>,
    IEntityTypeConfiguration<IdentityUserToken<long>>, IEntityTypeConfiguration<IdentityUserPasskey<long>>
{
    public void Configure(EntityTypeBuilder<IdentityUserClaim<long>> builder) => builder.ToTable("AccountClaims");
    public void Configure(EntityTypeBuilder<IdentityUserLogin<long>> builder) => builder.ToTable("AccountLogins");
    public void Configure(EntityTypeBuilder<IdentityUserToken<long>> builder) => builder.ToTable("AccountTokens");

    public void Configure(EntityTypeBuilder<IdentityUserPasskey<long>> builder)
    {
        builder.ToTable("AccountPasskeys");
        builder.HasKey(p => p.CredentialId);
        builder.Property(p => p.CredentialId).HasMaxLength(1024); // the most that WebAuthn allows
        builder.OwnsOne(p => p.Data).ToJson();
        builder.HasOne<Account>().WithMany().HasForeignKey(p => p.UserId);
    }
}

internal sealed class OneTimeLinkMapping : IEntityTypeConfiguration<OneTimeLink>
{
    public void Configure(EntityTypeBuilder<OneTimeLink> builder)
    {
        builder.ToTable("OneTimeLinks");
        builder.Property(l => l.SecretHash).HasMaxLength(32);
        builder.HasIndex(l => l.SecretHash).IsUnique();
        builder.HasOne<Account>().WithMany().HasForeignKey(l => l.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AccountSessionMapping : IEntityTypeConfiguration<AccountSession>, IEntityTypeConfiguration<AccountCode>
{
    public void Configure(EntityTypeBuilder<AccountSession> builder)
    {
        builder.ToTable("AccountSessions");
        builder.Property(s => s.Id).HasMaxLength(AccountSession.IdLength);
        builder.Property(s => s.Browser).HasMaxLength(AccountSession.BrowserLength);
        builder.HasOne<Account>().WithMany().HasForeignKey(s => s.AccountId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<AccountCode> builder)
    {
        builder.ToTable("AccountCodes");
        builder.HasKey(c => c.AccountId);
        builder.Property(c => c.AccountId).ValueGeneratedNever();
        builder.HasOne<Account>().WithOne().HasForeignKey<AccountCode>(c => c.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
