using Colead.Parts.Partnerships;

namespace Colead.Parts.Budget.Books;

/// <summary>What an organisation carries and what it gets.</summary>
/// <param name="Minutes">Put in, in time.</param>
/// <param name="Paid">Spent by it or promised to it in cash, in pence.</param>
public sealed record Carried(long Id, string Name, SizeBand? Size, bool IsPartner, long Cash, long InKind, long Minutes, long Paid)
{
    public long Money => Cash + InKind;
    public bool IsEmpty => (Cash, InKind, Minutes, Paid) == (0, 0, 0, 0);
}

/// <summary>Who carries how much for what they get, and whether small organisations carry more than their share.</summary>
public sealed record Fairness(IReadOnlyList<Carried> Rows, IReadOnlyList<string> Warnings)
{
    public const string Rule =
        "A small organisation is one of under 50 people. It carries more than its share when its part of the hours, or of the cash and in kind together, is greater than an even share: one divided by the number of partners.";

    public long Money => Rows.Sum(r => r.Money);
    public long Minutes => Rows.Sum(r => r.Minutes);

    public static Fairness Of(IReadOnlyList<Carried> rows)
    {
        var partners = rows.Count(r => r.IsPartner);
        var (money, minutes) = (rows.Sum(r => r.Money), rows.Sum(r => r.Minutes));
        var warnings = new List<string>();
        foreach (var row in rows.Where(r => r.Size is SizeBand.Micro or SizeBand.Small))
        {
            var heavy = new List<string>();
            if (row.Minutes * partners > minutes) heavy.Add($"{BudgetWords.Percent(row.Minutes, minutes)}% of the hours");
            if (row.Money * partners > money) heavy.Add($"{BudgetWords.Percent(row.Money, money)}% of the cash and in kind");
            if (heavy.Count == 0 || partners < 2) continue;
            warnings.Add($"{row.Name} ({Words.Say(row.Size).Split(':')[0].ToLowerInvariant()}) gives {string.Join(" and ", heavy)}. An even share among {partners} partners would be {BudgetWords.Percent(1, partners)}%. Out of the pot it was paid or promised {BudgetWords.Say(row.Paid, BudgetUnit.Cash)}.");
        }
        return new(rows, warnings);
    }
}
