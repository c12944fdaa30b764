using System.Globalization;
using Colead.Analysis.Instruments;
using Colead.Parts.Instruments;

namespace Colead.Tests.Attacks;

/// <summary>Copies of a questionnaire that look like the original.</summary>
public class UnseenLettersTests
{
    [Theory]
    [InlineData(0x3164)]
    [InlineData(0x115F)]
    [InlineData(0x1160)]
    [InlineData(0xFFA0)]
    [InlineData(0x2800)]
    [InlineData(0x200B)]
    [InlineData(0x02BC)]
    [Attack("A coordinator", "a copy of the questionnaire, with letters that nobody sees behind every word or within it",
        "to ask the same again within 90 days", "the statements are the same")]
    public void Statements_WithLettersThatNobodySees_AreTheSame(int filler)
    {
        var inventory = ShippedInstruments.Agreement5;
        var unseen = char.ConvertFromUtf32(filler);
        foreach (var change in new Func<string, string>[] { word => word + unseen,
            word => word[..(word.Length / 2)] + unseen + word[(word.Length / 2)..] })
        {
            var other = inventory with
            {
                Id = "another",
                Dimensions = [.. inventory.Dimensions.Select(d => d with { Items = [.. d.Items.Select(item => item with
                {
                    Id = "x-" + item.Id,
                    Texts = item.Texts.ToDictionary(t => t.Key, t => string.Join(' ', t.Value.Split(' ').Select(change))),
                })] })],
            };
            Assert.True(SharedStatements.Any(inventory, other), filler.ToString("X", CultureInfo.InvariantCulture));
        }
    }
}
