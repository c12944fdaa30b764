using Colead.Kit.Tables;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Findings.Files;

/// <summary>What the columns of the CSV file mean.</summary>
[For(Role.Viewer, LeaversToo = true)]
public sealed class DictionaryFileModel(PublishedRounds rounds) : FindingsPage(rounds)
{
    protected override Task<IActionResult> ShowAsync() => Task.FromResult<IActionResult>(File(TableWriter.Csv(FigureRows.DictionaryRows()),
        "text/csv", "dictionary.csv"));
}
