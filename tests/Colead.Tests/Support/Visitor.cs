using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Colead.Tests.Support;

/// <summary>A page as it came.</summary>
public sealed record Answer(int Status, string Path, string? Location, IHtmlDocument Document, string Body, HttpResponseHeaders Headers)
{
    public string Text => string.Join(' ', Document.Body!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    public string Heading => Document.QuerySelector("h1")?.TextContent.Trim() ?? "";

    /// <summary>The message beside a field.</summary>
    public string? ErrorOf(string field) => Document.QuerySelector($"#{field}-error")?.TextContent.Replace("Error:", "",
        StringComparison.Ordinal).Trim();

    public string? ValueOf(string field) => Document.QuerySelector($"#{field}") switch
    {
        IHtmlInputElement input => input.Value,
        IHtmlTextAreaElement lines => lines.Value,
        IHtmlSelectElement select => select.Value,
        _ => null,
    };
}

/// <summary>Someone with a browser without script: cookies, links, forms.</summary>
public sealed class Visitor : IDisposable
{
    private static readonly HtmlParser Parser = new();
    private readonly CookieContainer cookies;
    private readonly HttpClient client;

    /// <param name="from">The address that the program sees, of those of this machine: 127.0.0.2.</param>
    public Visitor(Uri address, string? from = null)
        : this(address, new(), from)
    {
    }

    private Visitor(Uri address, CookieContainer cookies, string? from = null)
    {
        this.cookies = cookies;
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies };
        if (from is not null) handler.ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        };
        client = new HttpClient(handler) { BaseAddress = address };
    }

    public async Task<Answer> GetAsync(string path) => await ReadAsync(path, await client.GetAsync(path));

    /// <summary>The cookies it would send there.</summary>
    public string CookiesFor(string path) => cookies.GetCookieHeader(new Uri(client.BaseAddress!, path));

    public Task<byte[]> BytesAsync(string path) => client.GetByteArrayAsync(path);

    /// <summary>The answer as soon as its headers are there: for what goes on and on.</summary>
    public Task<HttpResponseMessage> OpenAsync(string path) => client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);

    /// <summary>The same browser at another server of the installation: its cookies are good there too.</summary>
    public Visitor At(Uri address) => new(address, cookies);

    /// <summary>Somebody who copied this browser's cookies as they are now.</summary>
    public Visitor Thief()
    {
        var copies = new CookieContainer();
        foreach (Cookie cookie in cookies.GetAllCookies()) copies.Add(client.BaseAddress!,
            new Cookie(cookie.Name, cookie.Value, cookie.Path));
        return new(client.BaseAddress!, copies);
    }

    /// <summary>Opens the page and sends its form as a browser would: hidden and chosen fields with it, what is given over them.</summary>
    public async Task<Answer> PostAsync(string path, Dictionary<string, string> fields, string? handler = null) =>
        await SubmitAsync(await GetAsync(path), fields, handler);

    /// <summary>Sends the form of a page; of several, the one whose action names the handler, or the button that does.</summary>
    public async Task<Answer> SubmitAsync(Answer page, Dictionary<string, string> fields, string? handler = null,
        (string Name, string FileName, byte[] Content)? file = null)
    {
        var forms = page.Document.QuerySelectorAll<IHtmlFormElement>("main form").ToList();
        var form = handler is null
            ? forms.Find(f => f.Method == "post" && !(f.GetAttribute("action") ?? "").Contains("handler=", StringComparison.Ordinal))
            : forms.Find(f => (f.GetAttribute("action") ?? "").Contains("handler=" + handler, StringComparison.Ordinal))
                ?? forms.Find(f => f.QuerySelector($"[formaction*='handler={handler}']") is not null);
        Assert.True(form is not null, $"No form for \"{handler}\" on {page.Path} ({page.Status}): {page.Heading}");
        var action = (handler is null ? null : form.QuerySelector($"[formaction*='handler={handler}']")?.GetAttribute("formaction"))
            ?? form.GetAttribute("action");
        var target = new Uri(new Uri(client.BaseAddress!, page.Path), string.IsNullOrEmpty(action) ? page.Path : action).PathAndQuery;
        var values = ValuesOf(form);
        foreach (var (name, value) in fields) values[name] = value;
        return await SendAsync(target, values, file);
    }

    /// <summary>Posts exactly these fields, with a form token from another page: what a forger could send.</summary>
    public async Task<Answer> ForgeAsync(string tokenFrom, string path, Dictionary<string, string> fields)
    {
        var page = await GetAsync(tokenFrom);
        fields["__RequestVerificationToken"] =
            page.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return await SendAsync(path, fields, null);
    }

    public async Task<Answer> SendAsync(string path, Dictionary<string, string> fields,
        (string Name, string FileName, byte[] Content)? file = null)
    {
        HttpContent content;
        if (file is { } upload)
        {
            var parts = new MultipartFormDataContent();
            foreach (var (name, value) in fields.Where(field => field.Key != upload.Name)) parts.Add(new StringContent(value), name);
            parts.Add(new ByteArrayContent(upload.Content), upload.Name, upload.FileName);
            content = parts;
        }
        else content = new FormUrlEncodedContent(fields);
        using (content) return await ReadAsync(path, await client.PostAsync(path, content));
    }

    public async Task<Answer> SendRawAsync(string path, HttpContent content) =>
        await ReadAsync(path, await client.PostAsync(path, content));

    public void Dispose() => client.Dispose();

    private static Dictionary<string, string> ValuesOf(IHtmlFormElement form)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var element in form.QuerySelectorAll("input, textarea, select"))
        {
            var name = element.GetAttribute("name");
            if (string.IsNullOrEmpty(name)) continue;
            if (element is IHtmlInputElement { Type: "radio" or "checkbox" } box)
            {
                if (box.IsChecked) values[name] = box.Value;
            }
            else values[name] = element switch
            {
                IHtmlInputElement input => input.Value,
                IHtmlTextAreaElement lines => lines.Value,
                IHtmlSelectElement select => select.Value ?? "",
                _ => "",
            };
        }
        return values;
    }

    private static async Task<Answer> ReadAsync(string path, HttpResponseMessage response)
    {
        using (response)
        {
            var body = await response.Content.ReadAsStringAsync();
            return new Answer((int)response.StatusCode, path, response.Headers.Location?.OriginalString, Parser.ParseDocument(body), body,
                response.Headers);
        }
    }
}
