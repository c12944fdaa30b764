namespace Colead.Parts.Mail;

/// <summary>A letter whose body carries a secret and is made only now, when it is sent.</summary>
/// <param name="StopAt">Where one click stops letters of its kind.</param>
public sealed record ComposedLetter(string Body, string? StopAt);

/// <summary>Makes the body of such a letter; null where it is to go no more. The part whose letters they are registers it.</summary>
public delegate Task<ComposedLetter?> ComposeLetter(long messageId);
