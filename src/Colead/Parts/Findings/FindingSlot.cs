using Colead.Composition;

namespace Colead.Parts.Findings;

/// <summary>Beside a finding, or a statement: what can be done with it.</summary>
/// <param name="Kind">Of the finding; null for a statement.</param>
public sealed record FindingSlot(long RoundId, string? Kind, string Measure, string? First, string? Second, bool Button = false) : Slot;
