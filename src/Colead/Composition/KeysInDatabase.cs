using System.Collections.Concurrent;
using System.Xml.Linq;
using Colead.Storage;
using Colead.Storage.Protection;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Colead.Composition;

/// <summary>
/// Keeps the keys that protect cookies and links in the database, each sealed under the lasting key, which is not there. While that is
/// missing, keys live in this process only: people can answer and sign in, and sign in again after the next start.
/// </summary>
public sealed class KeysInDatabase(LastingKey lasting) : IXmlRepository
{
    private readonly ConcurrentQueue<XElement> unkept = [];

    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. lasting.ProtectionKeys().Select(xml => XElement.Parse(xml)), .. unkept.Select(element => new XElement(element))];

    public void StoreElement(XElement element, string friendlyName)
    {
        if (lasting.Key is null) unkept.Enqueue(new XElement(element));
        else lasting.AddProtectionKey(friendlyName, element.ToString(SaveOptions.DisableFormatting));
    }
}

/// <summary>At each start: makes the lasting key where there is none yet, seals what an older version left open, and says so when the key
/// is missing.</summary>
public sealed partial class LastingKeyAtStart(LastingKey lasting, DatabaseEngine engine, ILogger<LastingKeyAtStart> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (lasting.Key is null) IsMissing(log, lasting.File);
            else lasting.SealOlder();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UnusableStorageException($"The folder of keys {engine.Keys.Path} cannot be used: {fault.Message}", fault);
        }
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Critical,
        Message = "The lasting key is missing: this database was sealed under {File}, and that file is not there. Nothing was made in its place. "
        + "Until it is back, everybody signs in again after each start, and no code of an authenticator app can be checked. Put the file back and start again; if it is lost for good: colead keys renew")]
    private static partial void IsMissing(ILogger log, string file);
}
