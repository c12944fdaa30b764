using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;

namespace Colead.Parts.Publishing;

/// <summary>Ending a round: closing it, by hand or on its date, and cancelling it.</summary>
public sealed class RoundEnds(RoundOperations rounds, PartnershipAccess access, ClosingOperations closing, TimeProvider clock)
{
    /// <summary>Closes an open round now. By date, nobody closes it. False where there is nothing to close.</summary>
    public Task<bool> CloseAsync(Round round, Standing? by) => closing.CloseAsync(round.Id, clock.Now(),
        rounds.Entry(by, round, "closed a round", by is null ? $"{round.Name}, on its date" : $"{round.Name}, early"));

    /// <summary>Ends a draft or an open round for good; what was answered is destroyed. False when it is closed already.</summary>
    public Task<bool> CancelAsync(Standing standing, Round round) =>
        closing.DestroyAsync(round.Id, access.Entry(standing, "cancelled a round", round.Name));
}
