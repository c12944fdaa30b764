using System.Reflection;
using Colead.Kit.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Composition;

/// <summary>
/// Razor Pages as this house uses them: a journey is a folder of its part, and a form that does not pass is shown again as 400.
/// </summary>
public static class PagesSetup
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorPages(options => options.RootDirectory = "/Parts")
            .AddMvcOptions(mvc =>
            {
                mvc.Filters.Add<InvalidFormIs400>();
                mvc.Filters.Add<UnknownFormIs405>();
                mvc.ModelBinderProviders.Insert(0, new CleanTextBinderProvider());
                // No form of ours has names as jQuery writes them, and a stranger's that open a bracket and never close it are a fault to
                // these.
                mvc.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
                mvc.ValueProviderFactories.RemoveType<JQueryQueryStringValueProviderFactory>();
                mvc.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
                var messages = mvc.ModelBindingMessageProvider;
                messages.SetAttemptedValueIsInvalidAccessor((_, _) => "Choose one of the answers given");
                messages.SetNonPropertyAttemptedValueIsInvalidAccessor(_ => "Choose one of the answers given");
                messages.SetUnknownValueIsInvalidAccessor(_ => "Choose one of the answers given");
                messages.SetNonPropertyUnknownValueIsInvalidAccessor(() => "Choose one of the answers given");
                messages.SetValueIsInvalidAccessor(_ => "Choose one of the answers given");
                messages.SetValueMustNotBeNullAccessor(_ => "Choose one of the answers given");
                messages.SetMissingBindRequiredValueAccessor(_ => "Something is missing here");
                messages.SetMissingKeyOrValueAccessor(() => "Something is missing here");
            });
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "colead-form";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<CookieTempDataProviderOptions>(options =>
        {
            options.Cookie.Name = "colead-notice";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, ForbiddenLooksMissing>();
        // there are none to look for
        services.AddMvcCore().ConfigureApplicationPartManager(parts =>
            parts.FeatureProviders.Remove(parts.FeatureProviders.OfType<ControllerFeatureProvider>().Single()));
        var parts = services.Single(service => service.ServiceType == typeof(IPageApplicationModelPartsProvider)).ImplementationType!;
        services.AddSingleton<IPageApplicationModelPartsProvider>(provider =>
            new BoundPropertiesOnly((IPageApplicationModelPartsProvider)ActivatorUtilities.CreateInstance(provider, parts)));
        return services;
    }

    private sealed class InvalidFormIs400 : IAlwaysRunResultFilter
    {
        public void OnResultExecuting(ResultExecutingContext context)
        {
            if (context.Result is PageResult { StatusCode: null } page && HttpMethods.IsPost(context.HttpContext.Request.Method)
                && !context.ModelState.IsValid)
                page.StatusCode = StatusCodes.Status400BadRequest;
        }

        public void OnResultExecuted(ResultExecutedContext context)
        {
        }
    }

    /// <summary>A form or a verb that the page does not have: without this the page would be shown unread and fail.</summary>
    private sealed class UnknownFormIs405 : IPageFilter, IOrderedFilter
    {
        public int Order => int.MinValue; // before pages that look their things up first

        public void OnPageHandlerSelected(PageHandlerSelectedContext context)
        {
        }

        public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
        {
            var verb = context.HttpContext.Request.Method;
            if (context.HandlerMethod is null && (!HttpMethods.IsGet(verb) && !HttpMethods.IsHead(verb)
                || context.ActionDescriptor.HandlerMethods.Any(handler =>
                HttpMethods.IsGet(handler.HttpMethod)))) context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
        }

        public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
        {
        }
    }

    /// <summary>
    /// The framework examines every property of every page at each start, its own included, which took a third of the start. Only those
    /// that say that they are filled from the request matter.
    /// </summary>
    private sealed class BoundPropertiesOnly(IPageApplicationModelPartsProvider framework) : IPageApplicationModelPartsProvider
    {
        public PagePropertyModel CreatePropertyModel(PropertyInfo property) =>
            property.DeclaringType != typeof(PageModel) && property.GetCustomAttributes(inherit: true)
                .Any(attribute => attribute is IBindingSourceMetadata)
                ? framework.CreatePropertyModel(property)
                : new PagePropertyModel(property, []) { PropertyName = property.Name };

        public PageHandlerModel? CreateHandlerModel(MethodInfo method) => framework.CreateHandlerModel(method);

        public PageParameterModel CreateParameterModel(ParameterInfo parameter) => framework.CreateParameterModel(parameter);

        public bool IsHandler(MethodInfo methodInfo) => framework.IsHandler(methodInfo);
    }

    private sealed class ForbiddenLooksMissing : IAuthorizationMiddlewareResultHandler
    {
        private readonly AuthorizationMiddlewareResultHandler otherwise = new();

        public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy,
            PolicyAuthorizationResult authorizeResult)
        {
            if (context.GetEndpoint() is null) return next(context); // no such page, for nobody
            if (!authorizeResult.Forbidden) return otherwise.HandleAsync(next, context, policy, authorizeResult);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
    }
}
