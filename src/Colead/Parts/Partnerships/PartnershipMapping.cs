using Colead.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Parts.Partnerships;

internal sealed class PartnershipMapping : IEntityTypeConfiguration<Partnership>
{
    public void Configure(EntityTypeBuilder<Partnership> builder)
    {
        builder.ToTable("Partnerships");
        builder.Property(p => p.Name).HasMaxLength(Partnership.NameLength);
        builder.Property(p => p.Place).HasMaxLength(Partnership.PlaceLength);
        builder.Property(p => p.Purpose).HasMaxLength(Partnership.PurposeLength);
        builder.Property(p => p.WhyNotAlone).HasMaxLength(Partnership.PurposeLength);
        builder.Property(p => p.Version).IsConcurrencyToken();
    }
}

internal sealed class OrganisationMapping : IEntityTypeConfiguration<Organisation>
{
    public void Configure(EntityTypeBuilder<Organisation> builder)
    {
        builder.ToTable("Organisations");
        builder.Property(o => o.Name).HasMaxLength(Organisation.NameLength);
        builder.Property(o => o.NameKey).HasMaxLength(Organisation.NameLength);
        builder.Property(o => o.Identifier).HasMaxLength(Organisation.IdentifierLength);
        builder.Property(o => o.Version).IsConcurrencyToken();
        builder.HasIndex(o => new { o.PartnershipId, o.NameKey }).IsUnique();
        builder.HasMany(o => o.Terms).WithOne().HasForeignKey(term => term.OrganisationId);
    }
}

internal sealed class OrganisationTermMapping : IEntityTypeConfiguration<OrganisationTerm>
{
    public void Configure(EntityTypeBuilder<OrganisationTerm> builder) => builder.ToTable("OrganisationTerms");
}

internal sealed class PersonMapping : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> builder)
    {
        builder.ToTable("People");
        builder.Property(p => p.Name).HasMaxLength(Person.NameLength);
        builder.Property(p => p.NameKey).HasMaxLength(Person.NameLength);
        builder.Property(p => p.Email).HasMaxLength(EmailAddress.Length);
        builder.Property(p => p.EmailKey).HasMaxLength(EmailAddress.Length);
        builder.Property(p => p.Version).IsConcurrencyToken();
        builder.Ignore(p => p.Current);
        // no foreign keys: who wrote it stays said when the account is gone
        builder.ComplexProperty(p => p.EnteredBy, by => by.Columns("Entered"));
        // people without an address do not collide: null is never equal
        builder.HasIndex(p => new { p.PartnershipId, p.EmailKey }).IsUnique();
        builder.HasIndex(p => new { p.PartnershipId, p.NameKey });
    }
}

internal sealed class MembershipMapping : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> builder)
    {
        builder.ToTable("Memberships");
        builder.Property(m => m.Title).HasMaxLength(Person.TitleLength);
        builder.HasOne(m => m.Organisation).WithMany(o => o.Memberships).HasForeignKey(m => m.OrganisationId);
        builder.ComplexProperty(m => m.PlacedBy, by => by.Columns("Placed"));
        builder.ComplexProperty(m => m.ByCoordinator, by => by.Columns("CoordinatorConfirmed"));
        builder.ComplexProperty(m => m.ByLead, by => by.Columns("LeadConfirmed"));
    }
}

internal static class WhoWroteMapping
{
    public static void Columns(this ComplexPropertyBuilder<Writer> builder, string what)
    {
        builder.Property(by => by.AccountId).HasColumnName(what + "By");
        builder.Property(by => by.AsCoordinator).HasColumnName(what + "AsCoordinator");
    }

    public static void Columns(this ComplexPropertyBuilder<Confirmation> builder, string what)
    {
        builder.Property(by => by.AccountId).HasColumnName(what + "By");
        builder.Property(by => by.At).HasColumnName(what + "At");
        builder.Property(by => by.Hash).HasColumnName(what + "Hash").HasMaxLength(32);
    }
}

internal sealed class RoleGrantMapping : IEntityTypeConfiguration<RoleGrant>
{
    public void Configure(EntityTypeBuilder<RoleGrant> builder)
    {
        builder.ToTable("RoleGrants");
        builder.HasIndex(g => new { g.PartnershipId, g.AccountId }).IsUnique();
        builder.HasOne(g => g.Account).WithMany().HasForeignKey(g => g.AccountId);
        builder.HasOne(g => g.Organisation).WithMany().HasForeignKey(g => g.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class RoleInvitationMapping : IEntityTypeConfiguration<RoleInvitation>
{
    public void Configure(EntityTypeBuilder<RoleInvitation> builder)
    {
        builder.ToTable("RoleInvitations");
        builder.Property(i => i.Email).HasMaxLength(EmailAddress.Length);
        builder.Property(i => i.SecretHash).HasMaxLength(32);
        builder.HasIndex(i => i.SecretHash).IsUnique();
        builder.HasOne(i => i.Organisation).WithMany().HasForeignKey(i => i.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}
