namespace Colead.Web.Features.Inventory.Answering;

/// <summary>What respondents are promised and told, true to the round's settings.</summary>
public sealed record Promise(RoundSheet Round, RespondentTexts Texts, bool ByOpenLink);
