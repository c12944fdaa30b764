using System.Globalization;
using Colead.Kit.Tables;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Findings.Files;

/// <summary>The published figures as a file.</summary>
[For(Role.Viewer, LeaversToo = true)]
public sealed class FileModel(PublishedRounds rounds) : FindingsPage(rounds)
{
    protected override async Task<IActionResult> ShowAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"findings-{Round.RoundId}");
        switch (RouteData.Values["format"]?.ToString()?.ToUpperInvariant())
        {
            case "JSON":
                return File(await Rounds.ContentAsync(Round), "application/json", name + ".json");
            case "CSV":
                return File(TableWriter.Csv(FigureRows.Of(Round)), "text/csv", name + ".csv");
            default:
                var book = TableWriter.Workbook(("Figures", FigureRows.Of(Round)), ("What it means", FigureRows.DictionaryRows()));
                return File(book, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name + ".xlsx");
        }
    }
}
