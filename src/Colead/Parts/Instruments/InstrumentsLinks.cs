namespace Colead.Parts.Instruments;

/// <summary>Addresses of this part.</summary>
public static class InstrumentsLinks
{
    public static string Instruments(long partnership) => $"/partnerships/{partnership}/instruments";
    /// <summary>Of a shipped instrument's id or an own one's number.</summary>
    public static string Instrument(long partnership, string key) => $"/partnerships/{partnership}/instruments/{key}";
    public static string InstrumentFile(long partnership, string key) => $"/partnerships/{partnership}/instruments/{key}/file";
    public static string InstrumentSchema(long partnership) => $"/partnerships/{partnership}/instruments/schema";
    public static string InstrumentAbout(long partnership,
        long instrument) => $"/partnerships/{partnership}/instruments/{instrument}/about";
    public static string InstrumentScale(long partnership,
        long instrument) => $"/partnerships/{partnership}/instruments/{instrument}/scale";
    public static string InstrumentDimension(long partnership, long instrument,
        string dimension) => $"/partnerships/{partnership}/instruments/{instrument}/dimensions/{dimension}";
}
