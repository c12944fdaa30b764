namespace Colead.Storage.Outbox;

/// <summary>
/// A letter waiting to be sent, written in the same transaction as what it is about. The sender claims it for a while, sends it, and marks
/// it sent: a crash loses none and at worst sends the one under way again.
/// </summary>
public sealed class OutboxMessage
{
    public const int SubjectLength = 200;
    public const int ProblemLength = 500;
    public const int StopAtLength = 1000;
    public const int MostAttempts = 8;

    /// <summary>How a problem begins that all letters have, whomever they go to.</summary>
    public const string NoServer = "The mail server could not be ";

    public long Id { get; init; }
    public long? PartnershipId { get; init; }
    public required string To { get; init; }
    public required string Subject { get; init; }
    /// <summary>Emptied once sent: it may carry a secret.</summary>
    public required string Body { get; set; }
    public required DateTime CreatedAt { get; init; }
    public int Attempts { get; set; }
    /// <summary>Not to be tried before this.</summary>
    public required DateTime DueAt { get; set; }
    public DateTime? SentAt { get; private set; }
    public DateTime? GivenUpAt { get; private set; }
    public string? Problem { get; private set; }
    /// <summary>Its body is made when it is sent, because it carries a secret that is stored nowhere.</summary>
    public bool Composed { get; init; }
    /// <summary>Where letters of this kind are stopped by one click, without signing in. Emptied with the body: its address is a secret
    /// too.</summary>
    public string? StopAt { get; set; }
    /// <summary>A calendar file that goes with it. Emptied with the body.</summary>
    public string? Calendar { get; set; }

    public bool IsDone => SentAt is not null || GivenUpAt is not null;

    public void Sent(DateTime now)
    {
        SentAt = now;
        Problem = null;
        (Body, StopAt, Calendar) = ("", null, null);
    }

    /// <summary>Waits longer after each failure: 1, 2, 4 … minutes. What can never be delivered is given up at once.</summary>
    public void Failed(DateTime now, string problem, bool forGood)
    {
        Problem = problem.Length > ProblemLength ? problem[..ProblemLength] : problem;
        if (forGood || Attempts >= MostAttempts)
        {
            GivenUpAt = now;
            (Body, StopAt, Calendar) = ("", null, null);
        }
        else DueAt = now + TimeSpan.FromMinutes(Math.Pow(2, Attempts - 1));
    }
}
