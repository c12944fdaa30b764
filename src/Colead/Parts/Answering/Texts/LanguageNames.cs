using System.Globalization;

namespace Colead.Parts.Answering.Texts;

/// <summary>What a language calls itself.</summary>
public static class LanguageNames
{
    public static string Of(string tag)
    {
        if (tag == "cy") return "Cymraeg";
        try
        {
            var name = CultureInfo.GetCultureInfo(tag).NativeName;
            return name.Length == 0 ? tag : char.ToUpper(name[0], CultureInfo.InvariantCulture) + name[1..];
        }
        catch (CultureNotFoundException)
        {
            return tag;
        }
    }
}
