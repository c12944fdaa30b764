using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Colead.Composition;
using Colead.Parts.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Support;

/// <summary>A real mail server (Debian's python3-aiosmtpd) that keeps what it is sent.</summary>
public sealed partial class SmtpServer : IDisposable
{
    private readonly Process process;
    private readonly string folder = Directory.CreateTempSubdirectory("colead-mail-").FullName;

    public SmtpServer()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }
        process = Process.Start(new ProcessStartInfo("/usr/bin/python3",
            [Path.Combine(AppContext.BaseDirectory, "Support", "smtp.py"), folder, Port.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("ready", process.StandardOutput.ReadLine());
    }

    public int Port { get; }

    /// <summary>Sends the program's letters here.</summary>
    public void Receive(ColeadSettings settings) =>
        settings.Mail = new MailSettings { Host = "127.0.0.1", Port = Port, Tls = false, From = "colead@example.org" };

    /// <summary>Waits until the program has sent all that is due, which is so many letters in all.</summary>
    public async Task HasAsync(TestApp app, int letters)
    {
        for (var i = 0; i < 600 && Letters.Count < letters; i++)
        {
            await app.Services.GetRequiredService<MailSender>().SendDueAsync(default);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        await app.UntilAsync(async db => !await db.Outbox.AnyAsync(m => m.SentAt == null && m.GivenUpAt == null));
        Assert.Equal(letters, Letters.Count);
    }

    /// <summary>Letters received, decoded, oldest first.</summary>
    public IReadOnlyList<string> Letters =>
        [.. Directory.GetFiles(folder, "*.eml")
        .OrderBy(file => int.Parse(Path.GetFileNameWithoutExtension(file), CultureInfo.InvariantCulture)).Select(Decode)];

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit(10_000);
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static string Decode(string file)
    {
        var raw = File.ReadAllText(file).ReplaceLineEndings("\n");
        var split = raw.IndexOf("\n\n", StringComparison.Ordinal);
        var (head, body) = (raw[..split], raw[(split + 2)..]);
        if (head.Contains("base64", StringComparison.OrdinalIgnoreCase)) body =
            Encoding.UTF8.GetString(Convert.FromBase64String(body.Replace("\n", "", StringComparison.Ordinal)));
        else if (head.Contains("quoted-printable", StringComparison.OrdinalIgnoreCase)) body = Soft()
            .Replace(body.Replace("=\n", "", StringComparison.Ordinal), m => ((char)Convert.ToByte(m.Groups["hex"].Value, 16)).ToString());
        return head + "\n\n" + body;
    }

    [GeneratedRegex("=(?<hex>[0-9A-F]{2})", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Soft();
}
