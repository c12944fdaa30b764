using System.Globalization;
using Colead.Analysis.Voice;
using FsCheck;
using FsCheck.Fluent;

namespace Colead.Analysis.Tests.Voice;

public class VoiceShareTests
{
    [Fact]
    public void Of_EveryExpectedSet_MatchesVegan()
    {
        var sets = File.ReadAllLines(OracleFiles.PathOf("extra/voice.csv")).Skip(1).Select(l => l.Split(','))
            .GroupBy(r => r[0], r => double.Parse(r[2], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(7, sets.Count);
        foreach (var set in sets)
        {
            var e = OracleFiles.Expected("x_voice").GetProperty(set.Key);
            var share = VoiceShare.Of([.. set]);
            Assert.Equal(e.Number("n"), share.Parties);
            Assert.Equal(e.Number("silent"), share.Silent);
            OracleFiles.AssertNumber(e.Number("total")!.Value, share.Total, 1e-9, set.Key + " total");
            OracleFiles.AssertFigure(e.Number("gini"), share.Gini, 1e-9, set.Key + " gini");
            OracleFiles.AssertFigure(e.Number("gini_corrected"), share.CorrectedGini, 1e-9, set.Key + " gini_corrected");
            OracleFiles.AssertFigure(e.Number("entropy"), share.Entropy, 1e-9, set.Key + " entropy");
            OracleFiles.AssertFigure(e.Number("entropy_norm"), share.NormalisedEntropy, 1e-9, set.Key + " entropy_norm");
            OracleFiles.AssertFigure(e.Number("eff_shannon"), share.EffectiveVoices, 1e-9, set.Key + " eff_shannon");
            OracleFiles.AssertFigure(e.Number("eff_simpson"), share.EffectiveVoicesSimpson, 1e-9, set.Key + " eff_simpson");
            OracleFiles.AssertFigure(e.Number("hhi"), share.Concentration, 1e-9, set.Key + " hhi");
            OracleFiles.AssertFigure(e.Number("top_share"), share.TopShare, 1e-9, set.Key + " top_share");
            Assert.Equal(share.Parties >= 3 && share.Total > 0, share.MayShow);
        }
    }

    [Fact]
    public void Gini_OneToFive_MatchesTheClosedForm()
    {
        var published = OracleFiles.Published("gini_1to5").GetProperty("published");
        var share = VoiceShare.Of([3, 1, 5, 2, 4]);
        OracleFiles.AssertFigure(published.Number("gini"), share.Gini, 1e-12, "gini");
        OracleFiles.AssertFigure(published.Number("unbiased"), share.CorrectedGini, 1e-12, "corrected");
    }

    [Fact]
    public void Of_AnyAmounts_StaysInItsBounds()
    {
        var amounts = Gen.Choose(0, 500).Select(x => x / 8.0).ArrayOf().Where(a => a.Length > 0).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20261121, 13), Prop.ForAll(amounts, x =>
        {
            var share = VoiceShare.Of(x);
            Assert.Equal(share, VoiceShare.Of([.. x.Reverse()])); // the parties' order changes nothing, to the last digit
            if (!share.Gini.IsDefined)
            {
                Assert.Equal(0, x.Sum());
                return;
            }

            var n = x.Length;
            Assert.InRange(share.Gini.Value, 0, (n - 1.0) / n + 1e-12);
            Assert.InRange(share.EffectiveVoices.Value, 1, n - share.Silent + 1e-9);
            Assert.InRange(share.EffectiveVoicesSimpson.Value, 1 - 1e-12, share.EffectiveVoices.Value + 1e-9);
            Assert.InRange(share.TopShare.Value, 1.0 / n - 1e-12, 1);
            if (n > 1) Assert.InRange(share.NormalisedEntropy.Value, 0, 1 + 1e-12);
            if (n > 1) Assert.InRange(share.CorrectedGini.Value, 0, 1 + 1e-12);
            var louder = VoiceShare.Of(Array.ConvertAll(x, a => 37 * a)); // hours or minutes: the same shares
            Assert.Equal(share.Gini.Value, louder.Gini.Value, 1e-12);
            Assert.Equal(share.EffectiveVoices.Value, louder.EffectiveVoices.Value, 1e-9);
            var joined = VoiceShare.Of([.. x, 0]); // one more silent party: more uneven, no more voices
            Assert.True(joined.Gini.Value >= share.Gini.Value - 1e-12);
            Assert.Equal(share.EffectiveVoices.Value, joined.EffectiveVoices.Value, 1e-9);
        }));
    }

    [Fact]
    public void Of_NothingToShare_SaysWhy()
    {
        Assert.Equal(Absence.TooFewParties, VoiceShare.Of([]).Gini.Why);
        Assert.Equal(Absence.NothingToShare, VoiceShare.Of([0, 0, 0]).EffectiveVoices.Why);
        Assert.Throws<ArgumentOutOfRangeException>(() => VoiceShare.Of([1, -1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => VoiceShare.Of([1, double.NaN]));
    }

    [Fact]
    public void Of_AMillionEqualParties_AreAMillionVoices()
    {
        var share = VoiceShare.Of([.. Enumerable.Repeat(0.1, 1_000_000)]);
        Assert.Equal(0, share.Gini.Value, 1e-9);
        Assert.Equal(1, share.EffectiveVoices.Value / 1_000_000, 1e-9);
    }
}
