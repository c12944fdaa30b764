using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Colead.Tests.Support;

/// <summary>A form as its page offers it, filled so that it is good: what a person could send.</summary>
internal sealed record Form(string Page, string Target, IReadOnlyList<(string Name, string Value)> Fields, string? File)
{
    private const string Token = "__RequestVerificationToken";

    public static IEnumerable<Form> Of(Answer page)
    {
        foreach (var form in page.Document.QuerySelectorAll<IHtmlFormElement>("form").Where(f => f.Method == "post"))
        {
            var fields = Filled(form).ToList();
            var file = form.QuerySelector("input[type=file]")?.GetAttribute("name");
            var buttons = form.QuerySelectorAll("button, input[type=submit]").ToList();
            foreach (var button in buttons.DefaultIfEmpty())
            {
                var action = button?.GetAttribute("formaction") ?? form.GetAttribute("action");
                var own = button?.GetAttribute("name") is { Length: > 0 } name ? [.. fields, (name, button.GetAttribute("value") ?? "")]
                    : fields;
                yield return new(page.Path, string.IsNullOrEmpty(action) ? page.Path
                    : new Uri(new Uri("http://here" + page.Path), (string)action).PathAndQuery, own, file);
            }
        }
    }

    /// <summary>The same with other numbers in it.</summary>
    public Form With(Func<string, string> change) =>
        this with { Target = change(Target), Fields = [.. Fields.Select(f => (change(f.Name), change(f.Value)))] };

    public async Task<Answer> SendAsync(Visitor by, string token)
    {
        var all = Fields.Where(f => f.Name != Token).Append((Token, token));
        if (File is null)
            return await by.SendRawAsync(Target, new FormUrlEncodedContent(all.Select(f => KeyValuePair.Create(f.Item1, f.Item2))));
        var parts = new MultipartFormDataContent();
        foreach (var (name, value) in all) parts.Add(new StringContent(value), name);
        parts.Add(new ByteArrayContent("Name,Level\nZoe Marsh,Board\n"u8.ToArray()), File, "list.csv");
        return await by.SendRawAsync(Target, parts);
    }

    private static IEnumerable<(string Name, string Value)> Filled(IHtmlFormElement form)
    {
        var chosen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in form.QuerySelectorAll("input, textarea, select"))
        {
            if (element.GetAttribute("name") is not { Length: > 0 } name) continue;
            switch (element)
            {
                case IHtmlInputElement { Type: "file" or "submit" or "button" }:
                    break;
                case IHtmlInputElement { Type: "radio" } radio:
                    var group = form.QuerySelectorAll<IHtmlInputElement>("input[type=radio]").Where(r => r.Name == name).ToList();
                    if (chosen.Add(name))
                        yield return (name, (group.Find(r => r.IsChecked) ?? group.Find(r => r.Value.Length > 0) ?? radio).Value);
                    break;
                case IHtmlInputElement { Type: "checkbox" } box:
                    yield return (name, box.Value);
                    break;
                case IHtmlInputElement { Type: "hidden" } hidden:
                    yield return (name, hidden.Value);
                    break;
                case IHtmlInputElement input:
                    yield return (name, input.Value is { Length: > 0 } there ? there : Plausible(input));
                    break;
                case IHtmlTextAreaElement lines:
                    yield return (name, lines.Value is { Length: > 0 } text ? text : "Plain words.");
                    break;
                case IHtmlSelectElement select:
                    var options = select.Options.Select(o => o.Value).ToList();
                    yield return (name, select.Value is { Length: > 0 } value ? value : options.Find(o => o.Length > 0) ?? "");
                    break;
            }
        }
    }

    private static string Plausible(IHtmlInputElement input) => (input.Type, input.GetAttribute("inputmode"), input.Name!) switch
    {
        ("date", _, _) => "2027-06-01",
        ("time", _, _) => "17:00",
        ("email", _, _) => "zoe@example.org",
        ("number", _, _) or (_, "numeric" or "decimal", _) => "5",
        ("password", _, _) => "grey heron on the weir",
        (_, _, var name) when Regex.IsMatch(name, "On$|From$|Date$", RegexOptions.None, TimeSpan.FromSeconds(1)) => "2027-06-01",
        (_, _, var name) when name.EndsWith("Time", StringComparison.Ordinal) => "17:00",
        _ => "Plain words",
    };
}
