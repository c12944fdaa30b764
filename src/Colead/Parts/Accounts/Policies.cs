using Microsoft.AspNetCore.Authorization;

namespace Colead.Parts.Accounts;

/// <summary>Policies that belong to no part. A page that states none can be reached by nobody.</summary>
public static class Policies
{
    public const string SignedIn = "signed in";
    public const string Operator = "operator";
}

internal sealed class OperatorRequirement : IAuthorizationRequirement;

internal sealed class OperatorHandler(CurrentAccount current) : AuthorizationHandler<OperatorRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, OperatorRequirement requirement)
    {
        if (await current.ReadAsync() is { IsOperator: true }) context.Succeed(requirement);
    }
}
