namespace Colead.Kit.Forms;

/// <summary>What a page has to say of its own status, in place of what is said of that status everywhere.</summary>
/// <param name="Typed">What was typed and not kept, to be copied.</param>
/// <param name="Address">Where to go on.</param>
/// <param name="Language">Of heading and explanation, where it is not English.</param>
public sealed record Explained(string Heading, string Explanation, string Typed, string Address, string? Language = null);
