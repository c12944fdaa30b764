using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Colead.Parts.Answering;

/// <summary>Renders a view with its layout outside a Razor page.</summary>
public sealed class RespondentViews(IRazorViewEngine engine, ITempDataProvider temporary, IModelMetadataProvider metadata)
{
    public async Task<string> RenderAsync<T>(HttpContext http, string path, T model)
    {
        var found = engine.GetView(null, path, isMainPage: true);
        found.EnsureSuccessful(null);
        await using var writer = new StringWriter();
        await found.View.RenderAsync(new ViewContext(new ActionContext(http, http.GetRouteData(), new ActionDescriptor()), found.View,
            new ViewDataDictionary<T>(metadata, new ModelStateDictionary()) { Model = model }, new TempDataDictionary(http, temporary),
                writer, new HtmlHelperOptions()));
        return writer.ToString();
    }
}
