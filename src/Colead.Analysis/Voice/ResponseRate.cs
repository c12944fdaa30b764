namespace Colead.Analysis.Voice;

/// <summary>How many were invited and how many answered. A roster shorter than the answers counts as everyone having answered.</summary>
public readonly record struct ResponseRate
{
    /// <exception cref="ArgumentOutOfRangeException">A negative number.</exception>
    public ResponseRate(long answered, long invited)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(answered);
        ArgumentOutOfRangeException.ThrowIfNegative(invited);
        Answered = answered;
        Invited = Math.Max(invited, answered);
        RosterTooShort = answered > invited;
    }

    public long Answered { get; }

    public long Invited { get; }

    /// <summary>More answered than the roster names: the roster needs a look.</summary>
    public bool RosterTooShort { get; private init; }

    /// <summary>Answered/invited, 0..1; absent where nobody was invited.</summary>
    public Figure Rate => Invited > 0 ? Figure.Of((double)Answered / Invited) : Figure.Absent(Absence.NobodyInvited);

    public ResponseRate Add(ResponseRate other) => new(Answered + other.Answered, Invited + other.Invited)
    {
        RosterTooShort = RosterTooShort || other.RosterTooShort,
    };
}
