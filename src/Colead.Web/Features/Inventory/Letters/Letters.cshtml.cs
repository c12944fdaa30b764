using Colead.Data;
using Colead.Web.Features.Inventory.Inviting;
using Colead.Web.Features.Partnerships;

namespace Colead.Web.Features.Inventory;

/// <summary>A letter a page.</summary>
public sealed class LettersModel(OpenRounds opens, RoundLetters letters, PartnershipAccess access, ColeadDb db) : PaperModel(opens, letters, access, db);
