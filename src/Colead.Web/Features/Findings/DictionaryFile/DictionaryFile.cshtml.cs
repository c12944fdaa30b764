using Colead.Web.Features.Partnerships.Rosters;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Web.Features.Findings;

/// <summary>What the columns of the CSV file mean.</summary>
public sealed class DictionaryFileModel(PublishedRounds rounds) : FindingsPage(rounds)
{
    protected override Task<IActionResult> ShowAsync() => Task.FromResult<IActionResult>(File(TableWriter.Csv(FigureRows.DictionaryRows()), "text/csv", "dictionary.csv"));
}
