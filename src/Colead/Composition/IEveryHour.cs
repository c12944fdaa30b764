namespace Colead.Composition;

/// <summary>Something that a part does every hour, in its own order among others: it takes no harm from running twice, or late.</summary>
public interface IEveryHour
{
    Task ActAsync();
}
