using System.Security.Cryptography;
using Colead.Parts.Partnerships.Rosters;
using Colead.Storage;

namespace Colead.Parts.Importing;

/// <summary>
/// Answers of the same person: those that share a number, a token or an address, be it by way of a third. Which of them counts is decided
/// by what they say and not by their order, which the person may remember.
/// </summary>
internal sealed class Doubles
{
    private readonly Dictionary<(int Column, string Id), int> first = [];
    /// <summary>Of each answer one with which it belongs together; itself for the last of the way.</summary>
    private readonly List<int> with = [];

    /// <summary>Whether anything was there to tell people apart.</summary>
    public bool LookedFor => first.Count > 0;

    /// <summary>Answers are noted in their order, from 0.</summary>
    public void Note(int answer, IEnumerable<(int Column, string Text)> ids)
    {
        with.Add(answer);
        foreach (var (column, text) in ids)
            if (KeyOf(text) is { Length: > 0 } id && !first.TryAdd((column, id), answer)) with[Last(answer)] = Last(first[(column, id)]);
    }

    /// <summary>Leaves one answer of each person counting; returns how many answers are of people who are there more than once.</summary>
    public int CountOnce(List<PlannedAnswer> answers)
    {
        var repeated = 0;
        foreach (var person in Enumerable.Range(0, answers.Count).GroupBy(Last).Where(person => person.Count() > 1))
        {
            repeated += person.Count();
            var counts = person.MinBy(answer => Digest(answers[answer]), StringComparer.Ordinal);
            foreach (var answer in person)
                if (answer != counts) answers[answer] = answers[answer] with { Counts = false };
        }
        return repeated;
    }

    /// <summary>Capitals do not matter in an address; "anonymous", which Microsoft Forms writes for everybody, is nobody.</summary>
    private static string KeyOf(string text) => ShortText.Key(RosterWords.AddressIn(text)) is var key && key is "ANONYMOUS" or "UNKNOWN"
        ? "" : key;

    private int Last(int answer)
    {
        while (with[answer] != answer) answer = with[answer] = with[with[answer]];
        return answer;
    }

    private static string Digest(PlannedAnswer answer) => Convert.ToHexString(SHA256.HashData([.. answer.Answers,
        (byte)((int?)answer.Level + 1 ?? 0), (byte)((int?)answer.Sector + 1 ?? 0), .. BitConverter.GetBytes(answer.OrganisationId ?? 0)]));
}
