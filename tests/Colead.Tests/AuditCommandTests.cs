using System.Text.Json;
using Colead.Commands;

namespace Colead.Tests;

public sealed class AuditCommandTests : IDisposable
{
    private readonly string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(file);

    [Fact]
    public void Audit_OneHiddenOrganisation_NamesItsPeopleAndFails()
    {
        var (code, output, _) = Run("""{"k": 3, "cells": {"all": ["a", "b", "c", "d", "e"], "A": ["a", "b", "c"]}}""");
        Assert.Equal(AuditCommand.Leak, code);
        Assert.Contains("FAIL", output, StringComparison.Ordinal);
        Assert.Contains("d, e", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Audit_SeveralSetsAsJson_AnswersEachUnderItsName()
    {
        var (code, output, _) = Run("""{"safe": {"k": 2, "cells": {"all": ["a", "b"]}}, "cells": {"k": 2, "cells": {"all": ["a"]}}}""", "--json");
        using var answer = JsonDocument.Parse(output);
        Assert.Equal(AuditCommand.Leak, code);
        Assert.Equal("PASS", answer.RootElement.GetProperty("safe").GetProperty("verdict").GetString());
        var leaking = answer.RootElement.GetProperty("cells");
        Assert.Equal("FAIL", leaking.GetProperty("verdict").GetString());
        Assert.Equal("all", Assert.Single(leaking.GetProperty("primary_violations").EnumerateArray()).GetString());
        Assert.Equal("a", Assert.Single(Assert.Single(leaking.GetProperty("exposed_groups").EnumerateArray()).EnumerateArray())
            .GetString());
    }

    [Fact]
    public void Audit_SafeSet_EndsWithZero() => Assert.Equal(ExitCodes.Ok, Run("""{"k": 2, "cells": {"all": ["a", "b"]}}""").Code);

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"k": 0, "cells": {}}""")]
    [InlineData("""{"cells": {"all": ["a"]}}""")]
    [InlineData("""{"k": 5, "cells": {"all": "a"}}""")]
    [InlineData("""{"k": 5, "cells": {"all": ["a", "a"]}}""")]
    [InlineData("""{"k": 5, "cells": {"all": ["a"], "all": ["b"]}}""")]
    public void Audit_NotASetOfViews_SaysWhy(string content)
    {
        var (code, output, error) = Run(content);
        Assert.Equal(ExitCodes.BadData, code);
        Assert.Empty(output);
        Assert.NotEmpty(error);
    }

    [Fact]
    public void Audit_NoSuchFile_SaysSo()
    {
        var error = new StringWriter();
        Assert.Equal(ExitCodes.NoInput, AuditCommand.Create().Parse([file + "-missing"])
            .Invoke(new() { Output = TextWriter.Null, Error = error }));
        Assert.Contains("cannot be read", error.ToString(), StringComparison.Ordinal);
    }

    private (int Code, string Output, string Error) Run(string content, params string[] options)
    {
        File.WriteAllText(file, content);
        StringWriter output = new(), error = new();
        var code = AuditCommand.Create().Parse([file, .. options]).Invoke(new() { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
