namespace Colead.Analysis.Instruments;

/// <summary>One answer to one statement in a byte: an option, skipped, or "don't know". The two kinds of missing are kept apart.</summary>
public readonly record struct Answer
{
    /// <summary>Code of a skipped statement (also the default).</summary>
    public const byte SkippedCode = 0;

    /// <summary>Code of "don't know".</summary>
    public const byte DontKnowCode = 255;

    private Answer(byte code) => Code = code;

    /// <summary>0 skipped, 255 don't know, otherwise the option's number from 1 (lowest).</summary>
    public byte Code { get; }

    public static Answer Skipped => default;

    public static Answer DontKnow => new(DontKnowCode);

    public bool IsOption => Code is not (SkippedCode or DontKnowCode);

    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is not on <paramref name="scale"/>.</exception>
    public static Answer Of(int value, Scale scale)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, scale.Lowest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, scale.Highest);
        return new((byte)(value - scale.Lowest + 1));
    }

    public static Answer FromCode(byte code) => new(code);
}
