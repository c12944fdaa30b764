using Colead.Data;
using Colead.Web.Features.Inventory.Inviting;
using Colead.Web.Features.Partnerships;

namespace Colead.Web.Features.Inventory;

/// <summary>A sheet of slips for each organisation, to cut and hand out.</summary>
public sealed class SlipsModel(OpenRounds opens, RoundLetters letters, PartnershipAccess access, ColeadDb db) : PaperModel(opens, letters, access, db);
