namespace Colead.Storage;

/// <summary>What an organisation is.</summary>
public enum Sector
{
    /// <summary>Charities, community groups, faith groups, social enterprises.</summary>
    Voluntary,
    /// <summary>Councils, health bodies, police, schools.</summary>
    Public,
    /// <summary>Firms.</summary>
    Private,
}

/// <summary>Where in an organisation a person stands.</summary>
public enum Level
{
    /// <summary>Trustees, governors, directors, elected members.</summary>
    Board,
    /// <summary>Chief officers and heads of service.</summary>
    Senior,
    /// <summary>Managers and team leaders.</summary>
    Middle,
    /// <summary>People who do the work face to face.</summary>
    Frontline,
    /// <summary>People who give their time.</summary>
    Volunteer,
    /// <summary>Residents and people who use services.</summary>
    Citizen,
}
