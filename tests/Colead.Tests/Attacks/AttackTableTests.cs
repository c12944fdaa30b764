using System.Text.RegularExpressions;

namespace Colead.Tests.Attacks;

/// <summary>The table of who can learn what names tests that attack, and leaves out none.</summary>
public partial class AttackTableTests
{
    [Fact]
    public void Table_OfWhoCanLearnWhat_NamesEveryClassOfAttacks_AndNoOther()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "methods", "protection.md"));
        var table = page[page.IndexOf("## Who, with what, can learn what", StringComparison.Ordinal)..];
        table = table[..table.IndexOf("\n## ", 3, StringComparison.Ordinal)];
        var named = ClassName().Matches(table).Select(match => match.Groups["name"].Value).Distinct();
        var attacking = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("[Attack(", StringComparison.Ordinal)
                && !file.EndsWith("AttackTableTests.cs", StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file)).Distinct();
        Assert.Equal(attacking.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("`([A-Za-z]+/)*(?<name>[A-Za-z]+Tests)`", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ClassName();
}
