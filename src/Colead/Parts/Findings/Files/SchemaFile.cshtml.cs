using System.Text;
using Colead.Analysis.Publishing;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Findings.Files;

/// <summary>What the fields of the JSON file mean.</summary>
[For(Role.Viewer, LeaversToo = true)]
public sealed class SchemaFileModel(PublishedRounds rounds) : FindingsPage(rounds)
{
    protected override Task<IActionResult> ShowAsync() =>
        Task.FromResult<IActionResult>(File(Encoding.UTF8.GetBytes(PublicationJson.Schema), "application/schema+json",
        "publication.schema.json"));
}
