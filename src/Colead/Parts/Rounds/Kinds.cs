namespace Colead.Parts.Rounds;

/// <summary>A way by which people get their links.</summary>
public enum RoundWay
{
    /// <summary>By e-mail from here: a link is its owner's alone.</summary>
    Mail,
    /// <summary>Slips that are drawn: who prints them could use one that nobody drew.</summary>
    Paper,
    /// <summary>A list of links for the coordinator's own letters: who downloads it could see whether a link was used, or use it.</summary>
    Merge,
}

/// <summary>How a round's answers came.</summary>
public enum RoundOrigin
{
    /// <summary>People were asked here.</summary>
    Asked,
    /// <summary>Answers were collected elsewhere and came as a file.</summary>
    Imported,
}

/// <summary>What a sealed part of a publication holds.</summary>
public enum PublicationPart
{
    Figures,
    Comments,
}
