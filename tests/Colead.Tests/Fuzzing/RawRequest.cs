using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Colead.Tests.Fuzzing;

/// <summary>A request byte by byte, which no client of ours would send.</summary>
internal static class RawRequest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <param name="ends">Whether the sender hangs up its side after the bytes, so that what is still missing never comes.</param>
    /// <returns>The status; 0 where the server hung up.</returns>
    public static async Task<int> SendAsync(Uri to, byte[] bytes, bool ends = false)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true,
            LingerState = new(true, 0) };
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, to.Port), patience.Token);
            for (var sent = 0; sent < bytes.Length;) sent += await socket.SendAsync(bytes.AsMemory(sent), patience.Token);
            if (ends) socket.Shutdown(SocketShutdown.Send);
            var start = new byte[12]; // HTTP/1.1 200
            for (var read = 0; read < start.Length;)
            {
                var length = await socket.ReceiveAsync(start.AsMemory(read), patience.Token);
                if (length == 0) return 0;
                read += length;
            }
            var line = Encoding.Latin1.GetString(start);
            return int.TryParse(line.AsSpan(9), NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status
                : throw new InvalidDataException($"“{line}” is no answer to {Encoding.Latin1.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 600)))}");
        }
        catch (SocketException)
        {
            return 0; // turned away while still sending
        }
    }
}
