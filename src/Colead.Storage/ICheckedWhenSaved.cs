using Microsoft.EntityFrameworkCore;

namespace Colead.Storage;

/// <summary>What may only be saved as a part says: the part's invariant stands in the part, and no way of saving goes round it.</summary>
public interface ICheckedWhenSaved
{
    /// <param name="state">What is about to happen to it.</param>
    /// <param name="stateOf">What is about to happen to another.</param>
    /// <exception cref="InvalidOperationException">It may not be saved.</exception>
    void Check(EntityState state, Func<object, EntityState> stateOf);
}
