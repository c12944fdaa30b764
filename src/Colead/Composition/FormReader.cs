using Colead.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Colead.Composition;

/// <summary>
/// Reads what is sent before any page does. A body that is no form, a part without an end, a boundary that never comes: the sender is told,
/// once and here, and no page has to think of it.
/// </summary>
public sealed class FormReader(RequestDelegate next, IOptions<FormOptions> usual, Refusals refusals)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is { } endpoint && await ReadAsync(context, endpoint) is { } status)
        {
            refusals.Note("Requests that could not be read were refused.");
            context.Response.StatusCode = status;
            return;
        }
        await next(context);
    }

    /// <returns>Why it is refused; null where it can be read, or nothing was sent.</returns>
    private async Task<int?> ReadAsync(HttpContext context, Endpoint endpoint)
    {
        var request = context.Request;
        // an error page too, whatever was sent
        if ((HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.ContentType is null) return null;
        if (!request.HasFormContentType)
        {
            if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return null;
            if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true
                && request.ContentLength != 0) return StatusCodes.Status415UnsupportedMediaType;
            request.Form = FormCollection.Empty; // whoever looks into it finds nothing, rather than that there is none
            return null;
        }
        var limits = endpoint.Metadata.GetMetadata<RequestFormLimitsAttribute>();
        context.Features.Set<IFormFeature>(new FormFeature(request, limits is null ? usual.Value : Limited(limits)));
        try
        {
            await request.ReadFormAsync(context.RequestAborted);
            return null;
        }
        catch (BadHttpRequestException refused)
        {
            return Limits.StatusOf(refused);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or ArgumentException or FormatException or NotSupportedException && !FullDisk.Is(broken))
        {
            return StatusCodes.Status400BadRequest;
        }
    }

    /// <summary>As the page states them.</summary>
    private static FormOptions Limited(RequestFormLimitsAttribute limits) => new()
    {
        ValueCountLimit = limits.ValueCountLimit,
        KeyLengthLimit = limits.KeyLengthLimit,
        ValueLengthLimit = limits.ValueLengthLimit,
        MultipartBodyLengthLimit = limits.MultipartBodyLengthLimit,
    };
}
