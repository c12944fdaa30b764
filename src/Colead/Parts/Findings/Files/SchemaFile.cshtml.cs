using System.Text;
using Colead.Analysis.Publishing;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Findings.Files;

/// <summary>What the fields of the JSON file mean.</summary>
public sealed class SchemaFileModel(PublishedRounds rounds) : FindingsPage(rounds)
{
    protected override Task<IActionResult> ShowAsync() => Task.FromResult<IActionResult>(File(Encoding.UTF8.GetBytes(PublicationJson.Schema), "application/schema+json", "publication.schema.json"));
}
