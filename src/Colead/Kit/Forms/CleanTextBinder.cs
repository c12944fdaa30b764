using Colead.Storage;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Binders;

namespace Colead.Kit.Forms;

/// <summary>Drops control characters that no form of ours takes and no database keeps, line breaks and tabs excepted.</summary>
internal sealed class CleanTextBinderProvider : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.Metadata.ModelType == typeof(string) ? new CleanTextBinder(new SimpleTypeModelBinder(typeof(string),
            context.Services.GetRequiredService<ILoggerFactory>())) : null;

    private sealed class CleanTextBinder(SimpleTypeModelBinder inner) : IModelBinder
    {
        public async Task BindModelAsync(ModelBindingContext bindingContext)
        {
            await inner.BindModelAsync(bindingContext);
            if (bindingContext.Result.Model is string text && (text.Any(IsRefused) || ShortText.Whole(text) != text))
                bindingContext.Result = ModelBindingResult.Success(ShortText.Whole(new string([.. text.Where(c => !IsRefused(c))])));
        }

        private static bool IsRefused(char c) => char.IsControl(c) && c is not ('\n' or '\r' or '\t');
    }
}
