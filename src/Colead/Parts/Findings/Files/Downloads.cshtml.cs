namespace Colead.Parts.Findings.Files;

/// <summary>Files of the figures, and what is in them.</summary>
public sealed class DownloadsModel(PublishedRounds rounds) : FindingsPage(rounds);
