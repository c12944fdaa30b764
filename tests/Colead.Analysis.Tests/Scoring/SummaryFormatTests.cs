using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Tests.Scoring;

/// <summary>The binary form refuses what it did not write, by name, and never falls over it.</summary>
public class SummaryFormatTests
{
    private static readonly RoundSummary Summary = RoundSummary.Of(OracleFiles.Survey("s03_five_orgs"));
    private static readonly byte[] Written = Summary.Write();

    [Fact]
    public void Read_AnyByteChanged_IsRefused()
    {
        for (var i = 0; i < Written.Length; i++)
        {
            var damaged = Written.ToArray();
            damaged[i] ^= (byte)(1 << (i % 8));
            Assert.Throws<InvalidDataException>(() => Read(damaged));
        }
    }

    [Fact]
    public void Read_CutOrLengthened_IsRefused()
    {
        for (var length = 0; length < Written.Length; length += 7) Assert.Throws<InvalidDataException>(() => Read(Written[..length]));
        Assert.Throws<InvalidDataException>(() => Read([.. Written, 0]));
    }

    [Fact]
    public void Read_ForgedWithRightChecksums_IsRefusedOrStaysWithinItsBounds()
    {
        // Somebody who can compute the checksum can make numbers up, but never break the reader.
        var random = new SeededRandom(11);
        var refused = 0;
        for (var trial = 0; trial < 2000; trial++)
        {
            var forged = Written.ToArray();
            var at = 13 + random.Next(forged.Length - 17);
            forged[at] = (byte)random.Next(256);
            try
            {
                Reseal(forged);
                Assert.True(Read(forged).All().Respondents <= int.MaxValue);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.True(refused > 700);
    }

    [Fact]
    public void Read_OtherVersion_SaysWhich()
    {
        var later = Written.ToArray();
        later[4] = 9;
        Assert.Contains("version 9", Assert.Throws<InvalidDataException>(() => Read(later)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OtherInstrumentOrOrganisations_IsRefused()
    {
        var instrument = Summary.Instrument with { Scale = new Scale(0, 4) };
        Assert.Throws<InvalidDataException>(() => RoundSummary.Read(Written, instrument, Summary.Structure));
        var swapped = new Structure([.. Summary.Structure.Organisations.Reverse()], Summary.Structure.Levels);
        Assert.Throws<InvalidDataException>(() => RoundSummary.Read(Written, Summary.Instrument, swapped));
    }

    [Fact]
    public void Write_Compared_IsSmallerThanTheAnswers()
    {
        // 1,200 people in two organisations: the answers take 36,000 bytes.
        var structure = new Structure([new Organisation("A", "public"), new Organisation("B", "private")], Field.Levels);
        var bytes = RoundSummary.Of(RandomRound.Draw(OracleFiles.Instrument, structure, 1200, new SeededRandom(2))).Write();
        Assert.InRange(bytes.Length, 1, 36_000 - 1);
    }

    private static RoundSummary Read(byte[] bytes) => RoundSummary.Read(bytes, Summary.Instrument, Summary.Structure);

    private static void Reseal(byte[] bytes)
    {
        var reader = new ByteReader(bytes.AsSpan(13));
        var head = 13 + (int)Math.Min((ulong)bytes.Length, reader.Read()) + reader.At;
        if (head + 4 < bytes.Length - 4) BitConverter.GetBytes(Checksum.Of(bytes.AsSpan(0, head))).CopyTo(bytes, head);
        BitConverter.GetBytes(Checksum.Of(bytes.AsSpan(0, bytes.Length - 4))).CopyTo(bytes, bytes.Length - 4);
    }
}
