using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace Colead.Composition;

/// <summary>
/// What one part of the program says of itself. It is the only thing of a part that is named outside its folder, in one list; the menu,
/// the pages, the jobs and the tests that go through all of them start from it.
/// </summary>
public abstract class Part
{
    /// <summary>Its services and jobs, and what it contributes to slots of other parts.</summary>
    public virtual void AddTo(IServiceCollection services)
    {
    }

    /// <summary>Other addresses that lead to its pages. A page states its own address and who may come to it.</summary>
    public virtual void AddTo(PageConventionCollection conventions)
    {
    }

    /// <summary>What it serves beside pages: streams of changes, pages written by hand.</summary>
    public virtual void Map(IEndpointRouteBuilder routes)
    {
    }

    /// <summary>Tells somebody who came too often why, in the words of the page they came to.</summary>
    public virtual void Explain(HttpContext refused)
    {
    }
}
