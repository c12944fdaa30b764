using Microsoft.AspNetCore.Authorization;

namespace Colead.Parts.Partnerships;

/// <summary>Policies of a partnership's pages: a role, or one above it.</summary>
public static class RolePolicies
{
    public const string Viewer = "in the partnership";
    public const string Member = "member, lead or coordinator";
    public const string Lead = "lead or coordinator";
    public const string Coordinator = "coordinator";

    public static string Of(Role least) => least switch
    {
        Role.Viewer => Viewer,
        Role.Member => Member,
        Role.Lead => Lead,
        Role.Coordinator => Coordinator,
        _ => throw new ArgumentOutOfRangeException(nameof(least)),
    };
}

/// <summary>Who may come to a page of a partnership: this role, and those above it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ForAttribute(Role least) : AuthorizeAttribute(RolePolicies.Of(least))
{
    public Role Least => least;

    /// <summary>Those whose organisation has left may still read it: the page shows them only what was published before.</summary>
    public bool LeaversToo { get; init; }
}
