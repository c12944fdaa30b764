using System.Globalization;
using System.Threading.RateLimiting;
using Colead.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Colead.Composition;

/// <summary>How much and how often: limits on guessing, and on the size of what is sent.</summary>
public static class Limits
{
    /// <summary>For pages where passwords, codes or secrets are tried. Only posts count.</summary>
    public const string Attempts = "attempts";
    /// <summary>For where a respondent's link leads: beginning, and trying the short code of a draft.</summary>
    public const string Beginnings = "beginnings";

    public static IServiceCollection AddLimits(this IServiceCollection services, ColeadSettings settings)
    {
        services.Configure<FormOptions>(form =>
        {
            form.ValueCountLimit = 500;
            form.KeyLengthLimit = 200;
            form.ValueLengthLimit = 64 * 1024;
        });
        return services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = (context, _) =>
            {
                var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var left) ? left : TimeSpan.FromMinutes(1);
                context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                foreach (var part in context.HttpContext.RequestServices.GetServices<Part>()) part.Explain(context.HttpContext);
                return ValueTask.CompletedTask;
            };
            limiter.AddPolicy(Attempts, context => HttpMethods.IsPost(context.Request.Method)
                ? ByAddress(context, "tries", settings.AttemptsPerMinute, TimeSpan.FromMinutes(1))
                : Unlimited);
            limiter.AddPolicy(Beginnings, context => !HttpMethods.IsPost(context.Request.Method) ? Unlimited
                : IsCode(context) ? ByAddress(context, "codes", settings.AttemptsPerMinute, TimeSpan.FromMinutes(1))
                : context.Request.RouteValues.ContainsKey("openLink")
                    ? ByAddress(context, "open", settings.OpenAnswersPerHour, TimeSpan.FromHours(1))
                : ByAddress(context, "personal", settings.AnswersBegunPerMinute, TimeSpan.FromMinutes(1)));
        });
    }

    /// <summary>
    /// As the page chooses: by the first of these, in whatever letters. Under any other name, or none, it begins a questionnaire.
    /// </summary>
    private static bool IsCode(HttpContext context) => context.Request.Query["handler"] is [var handler, ..]
        && string.Equals(handler, "code", StringComparison.OrdinalIgnoreCase);

    private static RateLimitPartition<string> Unlimited => RateLimitPartition.GetNoLimiter("");

    private static RateLimitPartition<string> ByAddress(HttpContext context, string what, int most, TimeSpan within) =>
        RateLimitPartition.GetFixedWindowLimiter($"{what} {context.Connection.RemoteIpAddress}",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = within, QueueLimit = 0 });

    /// <summary>What was sent wrongly is the sender's error; anything else is ours.</summary>
    public static int StatusOf(Exception error) => error switch
    {
        // of some the server says 0
        BadHttpRequestException bad => bad.StatusCode is >= 400 and < 500 ? bad.StatusCode : StatusCodes.Status400BadRequest,
        _ when FullDisk.Is(error) => StatusCodes.Status507InsufficientStorage,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>Whether the log needs no more than a line, which it has.</summary>
    public static bool IsTold(Exception error, Refusals refusals)
    {
        if (FullDisk.Is(error)) refusals.Note("Nothing can be kept: the disk is full or fails.", LogLevel.Error);
        else if (error is BadHttpRequestException) refusals.Note("Requests that could not be read were refused.");
        else return false;
        return true;
    }
}

/// <summary>Refuses a body that says it is too large without keeping any of it; the person gets a page and not a broken
/// connection.</summary>
public sealed class BodyLimit(RequestDelegate next)
{
    /// <summary>A browser shows our answer only when its own sending is through, so what is refused is taken in and thrown away, up to
    /// this.</summary>
    private const long MostDrained = 64 * 1024 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        var limit = context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? ColeadApp.MostFormBytes;
        var size = context.Request.ContentLength;
        var tooLarge = size > limit;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature) feature.MaxRequestBodySize = tooLarge
            && size <= MostDrained ? size : limit;
        if (!tooLarge)
        {
            await next(context);
            return;
        }
        if (size <= MostDrained) await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
    }
}
