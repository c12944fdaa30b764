using Colead.Composition;

namespace Colead.Parts.Outcomes.Setting;

/// <summary>On an outcome's page: what is done for it.</summary>
public sealed record OutcomeSlot(long Outcome) : Slot;
