using System.Globalization;

namespace Colead.Kit.Texts;

/// <summary>Numbers with their unit.</summary>
public static class Quantity
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>"62%", "1,250 families".</summary>
    public static string Say(decimal value, string unit)
    {
        var number = value.ToString("#,0.####", British);
        return unit.Length == 0 ? number : unit[0] == '%' ? number + unit : $"{number} {unit}";
    }
}
