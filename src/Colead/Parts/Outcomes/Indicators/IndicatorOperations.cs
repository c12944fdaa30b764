using System.Globalization;
using Colead.Kit.Forms;
using Colead.Kit.Tables;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Outcomes.Indicators;

/// <summary>How a reading was taken in.</summary>
public enum ReadingResult
{
    Kept,
    /// <summary>That day has this value already: nothing to do.</summary>
    Same,
    /// <summary>That day has another value.</summary>
    Other,
}

/// <summary>What a file of readings would do, or did: problems by row, or none and what is new.</summary>
public sealed record ReadingsFile(IReadOnlyList<(int Row, string Sentence)> Problems, int New, int Unchanged);

/// <summary>Indicators, their readings, and the story behind them.</summary>
public sealed class IndicatorOperations(ColeadDb db, PartnershipAccess access, TimeProvider clock)
{
    public const int MostReadings = 2_000;
    public static TableLimits Limits { get; } = new(MostReadings, 20, 400, "readings follow below", "dates and values");

    public IQueryable<Indicator> Of(Standing standing) => db.Set<Indicator>()
        .Where(i => i.Outcome!.PartnershipId == standing.PartnershipId);

    public Task<Indicator?> FindAsync(Standing standing, long outcomeId, long indicatorId) => Of(standing)
        .Include(i => i.Readings).Include(i => i.Outcome!).ThenInclude(o => o.Partners).AsSplitQuery()
            .FirstOrDefaultAsync(i => i.Id == indicatorId && i.OutcomeId == outcomeId);

    public async Task<Indicator?> EditableAsync(Standing standing, long outcomeId, long indicatorId) =>
        await FindAsync(standing, outcomeId, indicatorId) is { } found && OutcomeOperations.MayEdit(standing, found.Outcome!) ? found
            : null;

    /// <summary>Adds an indicator; the same form sent again finds the one it made.</summary>
    public async Task<long> AddAsync(Standing standing, Outcome outcome, Indicator indicator)
    {
        var same = db.Set<Indicator>().Where(i => i.OutcomeId == outcome.Id && i.FormKey == indicator.FormKey).Select(i => (long?)i.Id);
        if (await same.FirstOrDefaultAsync() is { } made) return made;
        outcome.Indicators.Add(indicator);
        if (indicator.Target is not null) outcome.AskAgain();
        access.Record(standing, "added an indicator", $"{outcome.Title}: {indicator.Name}");
        try
        {
            await db.SaveChangesAsync();
            return indicator.Id;
        }
        catch (DbUpdateException error) when (db.IsDuplicate(error))
        {
            db.ChangeTracker.Clear();
            return (await same.FirstAsync())!.Value;
        }
    }

    /// <summary>Saves a changed indicator; false when someone else changed it since. Owners agreed to another target than one that is new:
    /// they are asked again.</summary>
    public async Task<bool> SaveAsync(Standing standing, Indicator indicator, int version, string act = "changed an indicator")
    {
        var token = db.Entry(indicator).Property(i => i.Version);
        token.OriginalValue = version;
        token.IsModified = true;
        if (((Indicator)db.Entry(indicator).OriginalValues.ToObject()).Promise != indicator.Promise) indicator.Outcome!.AskAgain();
        access.Record(standing, act, $"{indicator.Outcome!.Title}: {indicator.Name}");
        try
        {
            await db.SaveChangesAsync();
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    public async Task RemoveAsync(Standing standing, Indicator indicator)
    {
        access.Record(standing, "took out an indicator",
            $"{indicator.Outcome!.Title}: {indicator.Name}, {Dates.Count(indicator.Readings.Count, "reading", "readings")}");
        db.Set<Indicator>().Remove(indicator);
        await db.SaveChangesAsync();
    }

    /// <summary>Keeps what was read on a day. Where that day has another value already, nothing is overwritten.</summary>
    public async Task<ReadingResult> ReadAsync(Standing standing, Indicator indicator, DateOnly day, decimal value, string note)
    {
        if (indicator.Readings.Find(r => r.On == day) is { } there) return there.Value == value ? ReadingResult.Same : ReadingResult.Other;
        indicator.Readings.Add(NewReading(standing, day, value, note, imported: false));
        access.Record(standing, "added a reading", $"{indicator.Name}: {OutcomeWords.Say(value, indicator.Unit)} on {Dates.Say(day)}");
        try
        {
            await db.SaveChangesAsync();
            return ReadingResult.Kept;
        }
        catch (DbUpdateException error) when (db.IsDuplicate(error))
        {
            db.ChangeTracker.Clear();
            return await db.Set<Reading>().AnyAsync(r => r.IndicatorId == indicator.Id && r.On == day && r.Value == value)
                ? ReadingResult.Same : ReadingResult.Other;
        }
    }

    /// <summary>Puts a reading right; the trail keeps what it was. False when someone else did since.</summary>
    public async Task<bool> CorrectAsync(Standing standing, Indicator indicator, Reading reading, decimal value, string note, int version)
    {
        if (reading.Value == value && reading.Note == note && reading.Version == version) return true;
        access.Record(standing, "corrected a reading",
            $"{indicator.Name} on {Dates.Say(reading.On)}: {OutcomeWords.Say(reading.Value, indicator.Unit)} is now {OutcomeWords.Say(value, indicator.Unit)}");
        (reading.Value, reading.Note, reading.EnteredBy, reading.EnteredAt) = (value, note, standing.AccountName, clock.Now());
        db.Entry(reading).Property(r => r.Version).OriginalValue = version;
        try
        {
            await db.SaveChangesAsync();
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    public async Task TakeOutAsync(Standing standing, Indicator indicator, Reading reading)
    {
        access.Record(standing, "took out a reading",
            $"{indicator.Name} on {Dates.Say(reading.On)}: {OutcomeWords.Say(reading.Value, indicator.Unit)}");
        db.Set<Reading>().Remove(reading);
        await db.SaveChangesAsync();
    }

    /// <summary>
    /// Takes a file of dates and values: all rows or, with any problem, none. Days that are there with the same value are left as they are,
    /// so the same file again changes nothing.
    /// </summary>
    public async Task<ReadingsFile> ImportAsync(Standing standing, Indicator indicator, TableFile table)
    {
        var (dateColumn, valueColumn) = (Column(table, 0, "date", "day", "on", "month"),
            Column(table, 1, "value", "reading", "figure", "amount"));
        var rows = table.Rows.Select(r => (r.Number, Day: r[dateColumn], Value: r[valueColumn])).ToList();
        // no row of names
        if (DayOf(table.Headers[dateColumn]) is not null) rows.Insert(0,
            (1, table.Headers[dateColumn], valueColumn < table.Headers.Count ? table.Headers[valueColumn] : ""));
        var problems = new List<(int, string)>();
        var there = indicator.Readings.ToDictionary(r => r.On, r => r.Value);
        var seen = new Dictionary<DateOnly, int>();
        var fresh = new List<Reading>();
        foreach (var row in rows)
        {
            if (DayOf(row.Day) is not { } day) problems.Add((row.Number, row.Day.Length == 0 ? "There is no date"
                : $"“{row.Day}” is no date we can read. Write it as 3/12/2026 or 2026-12-03"));
            else if (Typed.ReadNumber(row.Value) is not { } value) problems.Add((row.Number, row.Value.Length == 0 ? "There is no value"
                : $"“{row.Value}” is no number"));
            else if (!Reading.CanHold(value)) problems.Add((row.Number,
                $"“{row.Value}” is larger, or has more decimal places, than can be kept: at most four places"));
            else if (day > clock.Today()) problems.Add((row.Number, $"{Dates.Say(day)} is still to come"));
            else if (!seen.TryAdd(day, row.Number)) problems.Add((row.Number, $"{Dates.Say(day)} stands in row {seen[day]} already"));
            else if (there.TryGetValue(day, out var kept) && kept != value) problems.Add((row.Number,
                $"{Dates.Say(day)} has {OutcomeWords.Say(kept, indicator.Unit)} already, and the file says {OutcomeWords.Say(value, indicator.Unit)}. Correct that reading, or the file"));
            else if (!there.ContainsKey(day)) fresh.Add(NewReading(standing, day, value, "", imported: true));
        }
        if (problems.Count == 0 && LooksLikeShares(indicator, fresh)) problems.Add((0,
            $"These look like shares of one ({fresh.Find(r => r.Value % 1 != 0)!.Value}), but this indicator counts per cent. Multiply them by a hundred in the file"));
        if (problems.Count > 0 || fresh.Count == 0) return new(problems, 0, rows.Count - problems.Count);
        indicator.Readings.AddRange(fresh);
        access.Record(standing, "imported readings", $"{indicator.Name}: {Dates.Count(fresh.Count, "reading", "readings")}");
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateException error) when (db.IsDuplicate(error))
        {
            return new([(0, "Someone else added readings in the same moment. Bring the file once more")], 0, 0);
        }
        return new([], fresh.Count, rows.Count - fresh.Count);
    }

    /// <summary>A workbook keeps 34% as 0.34: nobody who begins at 31% means that.</summary>
    private static bool LooksLikeShares(Indicator indicator, List<Reading> fresh) =>
        indicator.Unit.StartsWith('%') && Math.Max(Math.Abs(indicator.Baseline ?? 0), Math.Abs(indicator.Target ?? 0)) > 1
            && fresh.Exists(r => r.Value % 1 != 0) && fresh.TrueForAll(r => Math.Abs(r.Value) <= 1);

    /// <summary>A day as people write it, or as a workbook keeps it: days counted from the end of 1899.</summary>
    private static DateOnly? DayOf(string text) => Typed.ReadDay(text)
        ?? (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var serial)
            && serial is >= 20_000 and < 80_000 ? DateOnly.FromDateTime(DateTime.FromOADate(serial)) : null);

    private Reading NewReading(Standing standing, DateOnly day, decimal value, string note, bool imported) =>
        new() { On = day, Value = value, Note = note, EnteredBy = standing.AccountName, EnteredAt = clock.Now(), Imported = imported };

    private static int Column(TableFile table, int otherwise, params string[] names)
    {
        for (var i = 0; i < table.Headers.Count; i++)
            if (names.Contains(table.Headers[i].Trim(), StringComparer.OrdinalIgnoreCase)) return i;
        return otherwise;
    }
}
