using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Storage.Protection;

internal sealed class ProtectionMapping : IEntityTypeConfiguration<ProtectionKey>
{
    public void Configure(EntityTypeBuilder<ProtectionKey> builder)
    {
        builder.ToTable("ProtectionKeys");
        builder.Property(k => k.Name).HasMaxLength(200);
    }
}

internal sealed class LastingKeyNameMapping : IEntityTypeConfiguration<LastingKeyName>
{
    public void Configure(EntityTypeBuilder<LastingKeyName> builder)
    {
        builder.ToTable("LastingKey");
        builder.Property(k => k.Id).ValueGeneratedNever();
        builder.Property(k => k.Fingerprint).HasMaxLength(32);
    }
}
