using Colead.Composition;

namespace Colead.Parts.Partnerships.Partners;

/// <summary>Beside the button by which an organisation leaves: what that means.</summary>
public sealed record LeavingSlot(long OrganisationId) : Slot;
