using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Colead.Composition;

/// <summary>
/// A named place on a page that parts above it fill, with what they need to know of the page. The page names the slot, and nobody that
/// fills it.
/// </summary>
public abstract record Slot;

/// <summary>What one part puts into a slot.</summary>
/// <param name="Place">Among others in it, in tens.</param>
public sealed record Filling(Type Slot, int Place, Type Component);

/// <summary>How a part fills a slot of another.</summary>
public static class Slots
{
    /// <summary>The component takes the properties of the slot as its arguments, by name.</summary>
    public static IServiceCollection Fill<TSlot, TComponent>(this IServiceCollection services, int place = 10)
        where TSlot : Slot where TComponent : ViewComponent => services.AddSingleton(new Filling(typeof(TSlot), place, typeof(TComponent)));
}

/// <summary>Where the page has its slot: <c>&lt;fill-slot with="new OverviewSlot()" /&gt;</c>.</summary>
[HtmlTargetElement("fill-slot", TagStructure = TagStructure.WithoutEndTag)]
public sealed class SlotTagHelper(IViewComponentHelper components, IEnumerable<Filling> fillings) : TagHelper
{
    public required Slot With { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        ((IViewContextAware)components).Contextualize(ViewContext);
        foreach (var filling in fillings.Where(filling => filling.Slot == With.GetType()).OrderBy(filling => filling.Place))
            output.Content.AppendHtml(await components.InvokeAsync(filling.Component, With));
    }
}
