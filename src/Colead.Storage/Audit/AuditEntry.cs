namespace Colead.Storage.Audit;

/// <summary>Who did what, when. Answers and secret votes never appear here. Written once: the context refuses to change it, and so does the
/// database.</summary>
public sealed class AuditEntry : IWrittenOnce
{
    public const int ActLength = 60;
    public const int DetailLength = 500;

    public long Id { get; init; }
    public required DateTime At { get; init; }
    /// <summary>Absent when the program itself or a command at its machine acted.</summary>
    public long? AccountId { get; init; }
    /// <summary>The name at that time, so that the trail reads on when an account is gone.</summary>
    public required string Who { get; init; }
    public long? PartnershipId { get; init; }
    /// <summary>What was done, in words: "added a person".</summary>
    public required string Act { get; init; }
    /// <summary>To whom or what.</summary>
    public required string Detail { get; init; }
}
