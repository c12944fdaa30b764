using System.Numerics;
using System.Text.Json;
using Colead.Analysis.Disclosure;

namespace Colead.Analysis.Tests.Disclosure;

public class ViewSetAuditTests
{
    [Fact]
    public void Run_ExpectedCases_GivesVerdictsAndGroups()
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Oracle", "disclosure",
            "cases.json")));
        var seen = 0;
        foreach (var expected in cases.RootElement.EnumerateObject())
        {
            var cells = expected.Value.GetProperty("cells").EnumerateObject()
                .ToDictionary(c => c.Name, c => (IReadOnlyCollection<string>)Strings(c.Value), StringComparer.Ordinal);
            var verdict = ViewSetAudit.Run(new(expected.Value.GetProperty("k").GetInt32(), cells));
            Assert.True(verdict.Decided);
            Assert.Equal(expected.Value.GetProperty("verdict").GetString() == "PASS", verdict.Passes);
            Assert.Equal(Strings(expected.Value.GetProperty("primary_violations")), verdict.PrimaryViolations);
            Assert.Equal(
                expected.Value.GetProperty("exposed_groups").EnumerateArray().Select(g => string.Join(' ', Strings(g)))
                    .Order(StringComparer.Ordinal),
                verdict.ExposedGroups.Select(g => string.Join(' ', g)).Order(StringComparer.Ordinal));
            seen++;
        }

        Assert.Equal(8, seen);
    }

    [Fact]
    public void Run_CycleOfThreeUnions_ExposesEachPart()
    {
        string[] x = ["a", "b", "c"], y = ["d", "e", "f"], z = ["g", "h", "i"];
        var verdict = ViewSetAudit.Run(new(5, new Dictionary<string,
            IReadOnlyCollection<string>> { ["xy"] = [.. x, .. y], ["yz"] = [.. y, .. z], ["xz"] = [.. x, .. z] }));
        Assert.Equal(["a b c", "d e f", "g h i"], verdict.ExposedGroups.Select(g => string.Join(' ', g)));
    }

    [Fact]
    public void Run_RandomCells_FindsExactlyWhatEverySubsetShows()
    {
        var random = new SeededRandom(73);
        var leaks = 0;
        for (var i = 0; i < 1000; i++)
        {
            var people = 4 + random.Next(7);
            var k = 2 + random.Next(4);
            var cells = Enumerable.Range(0, 1 + random.Next(7)).ToDictionary(
                c => $"c{c}",
                _ => (IReadOnlyCollection<string>)[.. Enumerable.Range(0, people).Where(_ => random.Next(3) > 0).Select(p => $"p{p}")],
                StringComparer.Ordinal);
            var space = new RationalSpace(people, cells.Values.Select(c => Enumerable.Range(0, people)
                .Select(p => c.Contains($"p{p}") ? BigInteger.One : 0).ToArray()));
            var expected = new List<string>();
            for (var subset = 1; subset < 1 << people; subset++)
            {
                if (BitOperations.PopCount((uint)subset) >= k) continue;
                if (space.Contains([.. Enumerable.Range(0, people).Select(p => (BigInteger)(subset >> p & 1))]))
                    expected.Add(string.Join(' ', Enumerable.Range(0, people).Where(p => (subset >> p & 1) == 1).Select(p => $"p{p}")
                        .Order(StringComparer.Ordinal)));
            }

            var verdict = ViewSetAudit.Run(new(k, cells));
            Assert.Equal(expected.Order(StringComparer.Ordinal), verdict.ExposedGroups.Select(g => string.Join(' ', g))
                .Order(StringComparer.Ordinal));
            leaks += expected.Count > 0 ? 1 : 0;
        }

        Assert.InRange(leaks, 100, 990);
    }

    [Fact]
    public void Run_BeyondItsBound_FailsRatherThanGuesses()
    {
        var cells = Enumerable.Range(0, 40)
            .ToDictionary(c => $"c{c}", c => (IReadOnlyCollection<string>)[$"p{c}", $"p{(c + 1) % 40}", $"p{(c + 2) % 40}"],
            StringComparer.Ordinal);
        var verdict = ViewSetAudit.Run(new(3, cells), 10);
        Assert.False(verdict.Decided);
        Assert.False(verdict.Passes);
    }

    [Fact]
    public void LinearAudit_RandomRealFigures_AgreesWithEverySubset()
    {
        var random = new SeededRandom(74);
        var leaks = 0;
        for (var i = 0; i < 1000; i++)
        {
            var atoms = 3 + random.Next(6);
            var k = 2 + random.Next(5);
            var people = Enumerable.Range(0, atoms).Select(_ => (long)random.Next(4)).ToArray();
            var figures = Enumerable.Range(0, 1 + random.Next(5))
                .Select(_ => Enumerable.Range(0, atoms).Select(_ => random.Next(2) == 0 ? 0 : (random.Next(7) - 3) / 4.0).ToArray())
                .ToArray();
            var space = new RationalSpace(atoms, figures.Select(f => f.Select(x => (BigInteger)(4 * x)).ToArray()));
            var leak = false;
            for (var subset = 1; subset < 1 << atoms && !leak; subset++)
                leak = Enumerable.Range(0, atoms).Where(a => (subset >> a & 1) == 1).Sum(a => people[a]) < k
                    && space.ReachesWithin(a => (subset >> a & 1) == 1);
            Assert.Equal(leak ? AuditVerdict.Leaks : AuditVerdict.Passes, LinearAudit.Run(figures, people, k));
            leaks += leak ? 1 : 0;
        }

        Assert.InRange(leaks, 100, 990);
    }

    private static string[] Strings(JsonElement list) => [.. list.EnumerateArray().Select(e => e.GetString()!)];
}
