namespace Colead.Parts.Partnerships.Lists;

/// <summary>What lists of people are used for says when it last was: whoever looks through one sees what has changed since.</summary>
public interface IListUse
{
    /// <summary>Null before the first time.</summary>
    Task<DateTime?> LastAsync(long partnershipId);
}
