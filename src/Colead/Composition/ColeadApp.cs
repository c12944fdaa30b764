using System.Text.Encodings.Web;
using System.Text.Unicode;
using Colead.Composition.Live;
using Colead.Storage;
using Colead.Storage.Protection;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.WebEncoders;
using Quartz;

namespace Colead.Composition;

/// <summary>The web program, composed. The serve command and the tests run the same.</summary>
public static class ColeadApp
{
    /// <summary>The most a form may carry; uploads state their own limit.</summary>
    public const int MostFormBytes = 256 * 1024;

    /// <param name="parts">In the order in which they may use each other.</param>
    public static WebApplication Build(ColeadSettings settings, DatabaseEngine engine, IReadOnlyList<Part> parts,
        Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(ColeadApp).Assembly.GetName().Name, // whose pages are served, also when a test is the program
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        // it warns at every new key that keys in a database are as safe as the database
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // Addresses of respondents' links must not get into logs, whatever level an operator sets: the framework writes addresses at levels
        // below warning.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        // What a stranger makes up (a cookie that is none of ours) is not worth a stack trace each time; and forms are read before the page
        // states its limits, see FormReader.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.None)
            .AddFilter("Microsoft.AspNetCore.Mvc.ViewFeatures.CookieTempDataProvider", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Mvc.Filters.RequestFormLimitsFilter", LogLevel.None)
            .AddFilter("Microsoft.AspNetCore.Mvc.Filters.RequestSizeLimitFilter", LogLevel.None);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostFormBytes;
        });
        var services = builder.Services;
        services.AddSingleton(settings).AddSingleton(engine).AddSingleton(engine.Keys).AddSingleton(TimeProvider.System)
            .AddSingleton<Refusals>().AddHttpContextAccessor();
        engine.AddTo(services);
        services.AddDataProtection().SetApplicationName("colead");
        services.AddOptions<Microsoft.AspNetCore.DataProtection.KeyManagement.KeyManagementOptions>()
            .Configure<LastingKey>((options, lasting) => options.XmlRepository = new KeysInDatabase(lasting));
        services.AddSingleton<LastingKey>().AddHostedService<LastingKeyAtStart>();
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true; // style sheets and scripts only: they carry no secret that compression could betray
            options.MimeTypes = ["text/css", "text/javascript", "image/svg+xml"];
        });
        services.AddPages();
        services.AddLimits(settings);
        services.AddSingleton<Troubles>().AddLive();
        services.AddQuartz(quartz => quartz.UseInMemoryStore()); // what is to be done stands in the database
        services.AddQuartzHostedService(host =>
        {
            host.WaitForJobsToComplete = true;
            host.StartDelay = TimeSpan.FromSeconds(2); // whoever opens the first page after a start goes first
        });
        foreach (var part in parts)
        {
            services.AddSingleton(part);
            part.AddTo(services);
        }
        services.Configure<RazorPagesOptions>(options =>
        {
            foreach (var part in parts) part.AddTo(options.Conventions);
        });
        adjust?.Invoke(builder);

        var app = builder.Build();
        if (settings.BehindProxy) app.UseForwardedHeaders(ProxyHeaders());
        app.UseMiddleware<SecurityHeaders>();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error/500",
            StatusCodeSelector = Limits.StatusOf,
            SuppressDiagnosticsCallback = failure => Limits.IsTold(failure.Exception, app.Services.GetRequiredService<Refusals>()),
        });
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.Use(ReadErrorPages);
        app.UseResponseCompression();
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = Assets.KeepLong });
        app.UseRouting();
        app.UseMiddleware<BodyLimit>();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<FormReader>();
        app.MapRazorPages();
        app.MapSecurityText();
        foreach (var part in parts) part.Map(app);
        return app;
    }

    /// <summary>An error page is read, whatever was sent: its form, perhaps the very trouble, is not looked at again.</summary>
    private static Task ReadErrorPages(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null
            || context.Features.Get<IExceptionHandlerPathFeature>() is not null)
            (context.Request.Method, context.Request.ContentType, context.Request.ContentLength) = (HttpMethods.Get, null, null);
        return next(context);
    }

    private static ForwardedHeadersOptions ProxyHeaders()
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownIPNetworks.Clear(); // the operator says that a proxy stands in front; whose address it has differs
        options.KnownProxies.Clear();
        return options;
    }
}
