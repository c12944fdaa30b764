using System.Reflection;
using Xunit.v3;

namespace Colead.Attacks;

/// <summary>
/// Marks a test that attacks what people are promised. <c>./test --attack</c> runs all of them and prints a line each: who, with what,
/// tried what, learned what.
/// What is learned is what the test measured, where it measures; else what it asserts.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AttackAttribute(string who, string with, string tried, string learned) : BeforeAfterTestAttribute, ITraitAttribute
{
    /// <summary>
    /// The protection is off, or the attacker holds what it rests on: the attack has to succeed, else it would prove nothing elsewhere.
    /// </summary>
    public bool MustSucceed { get; init; }

    public string Who => who;
    public string With => with;
    public string Tried => tried;
    public string Learned => learned;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Attack", "yes")];

    /// <summary>Tells what was measured in place of what is asserted.</summary>
    public static void Measured(string what) => TestContext.Current.KeyValueStorage["measured"] = what;

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (Environment.GetEnvironmentVariable("COLEAD_ATTACKS") is not { Length: > 0 } file) return;
        var holds = TestContext.Current.TestState?.Result == TestResult.Passed;
        var said = TestContext.Current.KeyValueStorage.TryGetValue("measured", out var measured) ? (string)measured! : learned;
        var on = test.TestDisplayName.Contains("Postgres", StringComparison.Ordinal) ? "PostgreSQL"
            : test.TestDisplayName.Contains("Sqlite", StringComparison.Ordinal) ? "SQLite" : "figures";
        var outcome = (holds, MustSucceed) switch { (true, false) => "held", (true, true) => "succeeded, as it must",
            (false, false) => "BROKEN", _ => "FAILED, though it must succeed" };
        File.AppendAllText(file,
            $"{outcome}\t{on}\t{who}\t{with}\t{tried}\t{(holds ? said : "see the failure of " + test.TestDisplayName)}\n");
    }
}
