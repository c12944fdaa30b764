using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Colead.Storage.Outbox;

internal sealed class OutboxMapping : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable("Outbox");
        builder.Property(m => m.To).HasMaxLength(EmailAddress.Length);
        builder.Property(m => m.Subject).HasMaxLength(OutboxMessage.SubjectLength);
        builder.Property(m => m.Problem).HasMaxLength(OutboxMessage.ProblemLength);
        builder.Property(m => m.StopAt).HasMaxLength(OutboxMessage.StopAtLength);
        builder.Ignore(m => m.IsDone);
        builder.HasIndex(m => new { m.SentAt, m.GivenUpAt, m.DueAt });
    }
}
