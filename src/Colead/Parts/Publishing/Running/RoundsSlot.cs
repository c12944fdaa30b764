using Colead.Composition;

namespace Colead.Parts.Publishing.Running;

/// <summary>Among what a coordinator can do on the list of rounds.</summary>
public sealed record RoundsSlot(long PartnershipId) : Slot;
