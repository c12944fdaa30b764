using Colead.Parts.Partnerships;

namespace Colead.Parts.Findings.Files;

/// <summary>Files of the figures, and what is in them.</summary>
[For(Role.Viewer, LeaversToo = true)]
public sealed class DownloadsModel(PublishedRounds rounds) : FindingsPage(rounds);
