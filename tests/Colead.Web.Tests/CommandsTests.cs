using Colead.Web.Commands;

namespace Colead.Web.Tests;

public class CommandsTests
{
    [Fact]
    public void Commands_Names_AreUnique() =>
        Assert.Equal(ColeadCommands.All().Count(), ColeadCommands.All().DistinctBy(c => c.Name, StringComparer.Ordinal).Count());
}
