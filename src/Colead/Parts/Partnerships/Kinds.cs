namespace Colead.Parts.Partnerships;

/// <summary>How a partnership is bound together.</summary>
public enum PartnershipKind
{
    /// <summary>Occasional meetings or a protocol; nothing is signed.</summary>
    Informal,
    /// <summary>A governing document, a committee or a shared budget.</summary>
    Formal,
    /// <summary>A contract in which the parties also decide together.</summary>
    Contract,
    /// <summary>Required by law.</summary>
    Statutory,
}

/// <summary>Size of an organisation by its people, paid or not.</summary>
public enum SizeBand
{
    /// <summary>Under 10.</summary>
    Micro,
    /// <summary>10 to 49.</summary>
    Small,
    /// <summary>50 to 249.</summary>
    Medium,
    /// <summary>250 and over.</summary>
    Large,
}

/// <summary>What a person with an account may do in one partnership.</summary>
public enum Role
{
    /// <summary>Sees the partnership and its organisations.</summary>
    Viewer,
    /// <summary>Belongs to the partnership.</summary>
    Member,
    /// <summary>Speaks for one organisation and looks after its people.</summary>
    Lead,
    /// <summary>Runs the partnership.</summary>
    Coordinator,
}
