using Colead.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Colead.Parts.Outcomes;

/// <summary>How one sees whether an outcome comes nearer: a figure, where it began, where it should get to.</summary>
public sealed class Indicator : Versioned
{
    public const int NameLength = 200;
    public const int UnitLength = 40;
    public const int StoryLength = 4000;

    public long Id { get; init; }
    public long OutcomeId { get; init; }
    public Outcome? Outcome { get; init; }
    public required string Name { get; set; }
    /// <summary>Such as "%" or "families"; empty for a bare number.</summary>
    public string Unit { get; set; } = "";
    public Direction Direction { get; set; }
    public Frequency Frequency { get; set; } = Frequency.Quarterly;
    public decimal? Baseline { get; set; }
    public DateOnly? BaselineOn { get; set; }
    public decimal? Target { get; set; }
    /// <summary>When the target is to be reached; without one, the outcome's date.</summary>
    public DateOnly? TargetOn { get; set; }
    /// <summary>What partnerships like this one reached, where somebody knows.</summary>
    public decimal? PeersReached { get; set; }
    public string PeersSource { get; set; } = "";

    /// <summary>Why it was chosen; several may be true.</summary>
    public bool ShowsChange { get; set; }
    public bool PeopleAsked { get; set; }
    public bool Required { get; set; }
    public bool DataExist { get; set; }
    /// <summary>The answer to "what would the people concerned count?", asked where data that exist were the only reason.</summary>
    public string WhatCounts { get; set; } = "";

    public string Story { get; set; } = "";
    public Confidence Confidence { get; set; }
    public string ConfidenceWhy { get; set; } = "";
    public required DateTime CreatedAt { get; init; }
    public required string FormKey { get; init; }
    public List<Reading> Readings { get; } = [];

    /// <summary>What an owner of the outcome agrees to: what is counted, and how far it should get.</summary>
    public (string Name, string Unit, Direction, decimal? Target, DateOnly? TargetOn) Promise => (Name, Unit, Direction, Target, TargetOn);

    /// <summary>Counted because it is there, and for no other reason.</summary>
    public bool ChosenForDataAlone => DataExist && !ShowsChange && !PeopleAsked && !Required;

    /// <summary>By when it is to be read next: one period after it was last read, or after its start.</summary>
    public DateOnly NextReadingBy
    {
        get
        {
            var last = Readings.Count > 0 ? Readings.Max(r => r.On) : BaselineOn ?? DateOnly.FromDateTime(CreatedAt);
            return Frequency switch
            {
                Frequency.Weekly => last.AddDays(7),
                Frequency.Monthly => last.AddMonths(1),
                Frequency.Quarterly => last.AddMonths(3),
                Frequency.HalfYearly => last.AddMonths(6),
                _ => last.AddYears(1),
            };
        }
    }

    /// <summary>Whether a value is at the target or beyond it.</summary>
    public bool Reaches(decimal value) => Target is { } target && (Direction == Direction.Up ? value >= target : value <= target);
}

/// <summary>What an indicator was on a day.</summary>
public sealed class Reading : Versioned
{
    public const int NoteLength = 300;
    /// <summary>Places after the point, and the largest amount, that every engine keeps exactly.</summary>
    public const int Places = 4;
    public const decimal Most = 1_000_000_000_000m;

    public long Id { get; init; }
    public long IndicatorId { get; init; }
    public Indicator? Indicator { get; init; }
    public required DateOnly On { get; init; }
    public required decimal Value { get; set; }
    public string Note { get; set; } = "";
    public required string EnteredBy { get; set; }
    public required DateTime EnteredAt { get; set; }
    /// <summary>Whether it came from a file.</summary>
    public bool Imported { get; set; }

    /// <summary>Whether the figure can be kept to the last digit.</summary>
    public static bool CanHold(decimal value) => Math.Abs(value) <= Most && decimal.Round(value, Places) == value;
}

internal sealed class IndicatorMapping : IEntityTypeConfiguration<Indicator>
{
    public void Configure(EntityTypeBuilder<Indicator> builder)
    {
        builder.ToTable("Indicators");
        builder.Property(i => i.Name).HasMaxLength(Indicator.NameLength);
        builder.Property(i => i.Unit).HasMaxLength(Indicator.UnitLength);
        builder.Property(i => i.Baseline).HasConversion(FourPlaces.Converter);
        builder.Property(i => i.Target).HasConversion(FourPlaces.Converter);
        builder.Property(i => i.PeersReached).HasConversion(FourPlaces.Converter);
        builder.Property(i => i.PeersSource).HasMaxLength(Outcome.ShortLength);
        builder.Property(i => i.WhatCounts).HasMaxLength(Outcome.TextLength);
        builder.Property(i => i.Story).HasMaxLength(Indicator.StoryLength);
        builder.Property(i => i.ConfidenceWhy).HasMaxLength(Outcome.TextLength);
        builder.Property(i => i.FormKey).HasMaxLength(Outcome.KeyLength);
        builder.Property(i => i.Version).IsConcurrencyToken();
        builder.Ignore(i => i.ChosenForDataAlone);
        builder.HasMany(i => i.Readings).WithOne(r => r.Indicator).HasForeignKey(r => r.IndicatorId);
        builder.HasIndex(i => new { i.OutcomeId, i.FormKey }).IsUnique();
    }
}

internal sealed class ReadingMapping : IEntityTypeConfiguration<Reading>
{
    public void Configure(EntityTypeBuilder<Reading> builder)
    {
        builder.ToTable("IndicatorReadings");
        builder.Property(r => r.Value).HasConversion(FourPlaces.Converter);
        builder.Property(r => r.Note).HasMaxLength(Reading.NoteLength);
        builder.Property(r => r.EnteredBy).HasMaxLength(120);
        builder.Property(r => r.Version).IsConcurrencyToken();
        builder.HasIndex(r => new { r.IndicatorId, r.On }).IsUnique();
    }
}

/// <summary>Decimals as whole ten-thousandths: SQLite has no exact decimals, and so both engines keep and sort them alike.</summary>
internal static class FourPlaces
{
    private const decimal Scale = 10_000m;

    public static ValueConverter<decimal, long> Converter { get; } = new(value => decimal.ToInt64(value * Scale), kept => kept / Scale);
}
