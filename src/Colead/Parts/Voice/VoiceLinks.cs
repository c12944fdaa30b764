namespace Colead.Parts.Voice;

/// <summary>Addresses of this part.</summary>
public static class VoiceLinks
{
    public static string Voice(long partnership, bool always = false) => $"/partnerships/{partnership}/voice"
        + (always ? "?since=start" : "");
}
